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
const LOOKED_AT = 65_536;

/** Asks every platform whether a file is its own; the surest wins, the first of equals. */
export function recognise(source: SourceText, platforms: readonly Platform[]): Recognised | undefined {
  const head: SourceText = source.text.length > LOOKED_AT ? { ...source, text: source.text.slice(0, LOOKED_AT) } : source;
  let best: Recognised | undefined;
  for (const platform of platforms) {
    const seen = platform.recognise(head);
    if (seen && seen.score >= LEAST_SCORE && seen.score > (best?.score ?? 0)) best = { platform, ...seen };
  }
  return best;
}
