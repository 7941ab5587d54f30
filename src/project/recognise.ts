import type { Platform } from '../platforms/platform.ts';
import type { SourceText } from '../syntax/source.ts';

/** The platform that a file is taken for, and why. */
export interface Recognised {
  readonly platform: Platform;
  readonly score: number;
  readonly why: string;
}

/** Below this a likeness is chance. */
const LEAST_SCORE = 0.3;
/** From here on nothing else writes such a thing. */
const SURE = 0.9;
const LOOKED_AT = 65_536;
/** Most files tell in their first lines what they are. */
const FIRST_LOOK = 4096;

/** The platform that a file is taken for: the one that is sure by its first lines, else the surest of all, the first of equals. */
export function recognise(source: SourceText, platforms: readonly Platform[]): Recognised | undefined {
  const first = head(source, FIRST_LOOK);
  for (const platform of platforms) {
    const seen = platform.recognise(first);
    if (seen && seen.score >= SURE) return { platform, ...seen };
  }
  const longer = head(source, LOOKED_AT);
  let best: Recognised | undefined;
  for (const platform of platforms) {
    const seen = platform.recognise(longer);
    if (seen && seen.score >= LEAST_SCORE && seen.score > (best?.score ?? 0)) best = { platform, ...seen };
  }
  return best;
}

/** The platforms whose statements a file holds: the one that took it, and those that share files with it and are sure of theirs. */
export function sharersOf(source: SourceText, taken: Platform, platforms: readonly Platform[]): Platform[] {
  if (!taken.sharesFiles) return [taken];
  const looked = head(source, LOOKED_AT);
  return platforms.filter((one) => one === taken || (one.sharesFiles && (one.recognise(looked)?.score ?? 0) >= SURE));
}

/** The beginning of a text, whole lines where there are several. */
function head(source: SourceText, size: number): SourceText {
  if (source.text.length <= size) return source;
  const end = source.text.lastIndexOf('\n', size);
  return { ...source, text: source.text.slice(0, end > 0 ? end : size) };
}
