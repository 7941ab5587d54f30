/** A stretch of a line, counted from 0, and what is shown in its place. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Puts each rewrite's text where its stretch stood; rewrites stand in order and do not overlap. */
export function rewrite(text: string, rewrites: readonly Rewrite[]): string {
  let result = '';
  let at = 0;
  for (const one of rewrites) {
    result += text.slice(at, one.start) + one.text;
    at = one.end;
  }
  return result + text.slice(at);
}

/** Puts rewrites in order and drops those that begin inside the one before. */
export function withoutOverlaps(rewrites: readonly Rewrite[]): Rewrite[] {
  const kept: Rewrite[] = [];
  for (const one of [...rewrites].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.end > one.start && one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  }
  return kept;
}
