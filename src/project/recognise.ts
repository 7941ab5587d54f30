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

/** Asks every platform whether a file is its own; the surest wins, the first of equals. */
export function recognise(source: SourceText, platforms: readonly Platform[]): Recognised | undefined {
  const [first, second] = likely(head(source, FIRST_LOOK), platforms);
  if (first && first.score >= SURE && (second === undefined || second.score < SURE)) return first;
  return likely(head(source, LOOKED_AT), platforms)[0];
}

/** The platforms that a text looks like, the surest first. */
function likely(source: SourceText, platforms: readonly Platform[]): Recognised[] {
  const seen = platforms.flatMap((platform): Recognised[] => {
    const one = platform.recognise(source);
    return one && one.score >= LEAST_SCORE ? [{ platform, ...one }] : [];
  });
  return seen.sort((a, b) => b.score - a.score);
}

/** The beginning of a text, whole lines where there are several. */
function head(source: SourceText, size: number): SourceText {
  if (source.text.length <= size) return source;
  const end = source.text.lastIndexOf('\n', size);
  return { ...source, text: source.text.slice(0, end > 0 ? end : size) };
}
