import { describe, expect, test } from '@jest/globals';
import { ALL_VLANS, inRanges, numbersOf, parseRanges, subtractRanges, uniteRanges } from '../../src/syntax/number-ranges.ts';

describe('VLAN lists', () => {
  test('are sorted and joined', () => {
    expect(parseRanges('30,10-12,13,11')).toEqual([
      { from: 10, to: 13 },
      { from: 30, to: 30 },
    ]);
  });

  test.each(['', '10,', '20-10', '0', '4095', 'all', '10-20-30', '1 2'])('%j is none', (text) => {
    expect(parseRanges(text)).toBeUndefined();
  });

  test('lose what is taken away', () => {
    expect(subtractRanges(ALL_VLANS, [{ from: 2, to: 4093 }])).toEqual([
      { from: 1, to: 1 },
      { from: 4094, to: 4094 },
    ]);
    expect(subtractRanges([{ from: 5, to: 6 }], ALL_VLANS)).toEqual([]);
  });

  test('gain what is added, and tell what they hold', () => {
    const ranges = uniteRanges([
      { from: 1, to: 2 },
      { from: 3, to: 3 },
      { from: 9, to: 9 },
    ]);
    expect(numbersOf(ranges)).toEqual([1, 2, 3, 9]);
    expect([inRanges(ranges, 3), inRanges(ranges, 4)]).toEqual([true, false]);
  });
});
