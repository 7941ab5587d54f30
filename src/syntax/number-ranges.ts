/** A stretch of numbers, inclusive on both ends. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** Every VLAN id that a trunk can carry (IEEE 802.1Q). */
export const ALL_VLANS: readonly NumberRange[] = [{ from: 1, to: 4094 }];

/**
 * Reads a list such as `1,10-20,30`, as vendors write VLAN lists; undefined where it is not one.
 * Numbers outside `min` to `max` make it none. The result is sorted and without overlaps.
 */
export function parseRanges(text: string, min = 1, max = 4094): readonly NumberRange[] | undefined {
  const ranges: NumberRange[] = [];
  for (const part of text.split(',')) {
    const found = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (!found) return undefined;
    const from = Number(found[1]);
    const to = Number(found[2] ?? found[1]);
    if (from < min || to > max || from > to) return undefined;
    ranges.push({ from, to });
  }
  return uniteRanges(ranges);
}

/** The numbers of all `ranges`, sorted, neighbours joined. */
export function uniteRanges(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const united: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else united.push({ ...range });
  }
  return united;
}

/** The numbers of `ranges` that are not in `less`. */
export function subtractRanges(ranges: readonly NumberRange[], less: readonly NumberRange[]): readonly NumberRange[] {
  let left = [...uniteRanges(ranges)];
  for (const { from, to } of less) {
    left = left.flatMap((range) => {
      if (to < range.from || from > range.to) return [range];
      const before = range.from < from ? [{ from: range.from, to: from - 1 }] : [];
      const after = range.to > to ? [{ from: to + 1, to: range.to }] : [];
      return [...before, ...after];
    });
  }
  return left;
}

/** Whether a number is in one of the ranges. */
export function inRanges(ranges: readonly NumberRange[], number: number): boolean {
  return ranges.some(({ from, to }) => number >= from && number <= to);
}

/** Each number of the ranges, at most `limit`. */
export function numbersOf(ranges: readonly NumberRange[], limit = 4096): number[] {
  const numbers: number[] = [];
  for (const { from, to } of ranges) for (let n = from; n <= to && numbers.length < limit; n++) numbers.push(n);
  return numbers;
}
