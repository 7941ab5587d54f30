import type { Fact } from '../../model/fact.ts';
import { stated } from '../../model/fact.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { numberFact, wordFact } from '../entity.ts';

/** Where the value of an option (`-state`) stands in a command; options come in any order and any case. */
export function optionIndex(s: Statement, option: string): number | undefined {
  const at = s.words.findIndex((word) => word.length === option.length && word.toLowerCase() === option);
  return at >= 0 && at + 1 < s.words.length ? at + 1 : undefined;
}

/** The words of an option that takes several (`-ifnum 1/1 1/2`), as indices. */
export function optionIndices(s: Statement, option: string): number[] {
  const first = optionIndex(s, option);
  if (first === undefined) return [];
  const indices: number[] = [];
  for (let i = first; i < s.words.length && !isOption(s.words[i] as string); i++) indices.push(i);
  return indices;
}

/** The value of an option, named in lower case. */
export function optionFact(s: Statement, option: string): Fact<string> | undefined {
  const index = optionIndex(s, option);
  return index === undefined ? undefined : wordFact(s, index);
}

/** A numeric option; `scale` turns its unit into the model's. */
export function optionNumber(s: Statement, option: string, scale = 1): Fact<number> | undefined {
  const index = optionIndex(s, option);
  return index === undefined ? undefined : numberFact(s, index, scale);
}

const UNITS: Readonly<Record<string, number>> = table({ MSEC: 1, SEC: 1000, MIN: 60_000 });

/** A duration in milliseconds: seconds unless a unit follows (`-interval 2 MIN`). */
export function optionDuration(s: Statement, option: string): Fact<number> | undefined {
  const index = optionIndex(s, option);
  if (index === undefined) return undefined;
  return numberFact(s, index, UNITS[s.words[index + 1]?.toUpperCase() ?? ''] ?? 1000);
}

const YES = new Set(['ON', 'YES', 'ENABLED', 'ENABLE', 'TRUE']);
const NO = new Set(['OFF', 'NO', 'DISABLED', 'DISABLE', 'FALSE', 'NONE']);

/** A switch: `ON`, `YES`, `ENABLED` or their opposites; anything else is unknown. */
export function optionSwitch(s: Statement, option: string): Fact<boolean> | undefined {
  const index = optionIndex(s, option);
  if (index === undefined || s.maybe) return undefined;
  const word = (s.words[index] as string).toUpperCase();
  if (!YES.has(word) && !NO.has(word)) return undefined;
  return stated(YES.has(word), placeOfWord(s, index));
}

/** Whether a flag without a value (`-tagged`) stands in the command. */
export function hasFlag(s: Statement, flag: string): boolean {
  return s.words.some((word) => word.toLowerCase() === flag);
}

/**
 * Indices of the words between the object's name and its first option. Words of a placeholder in
 * brackets (`[IP ADDRESS]`) count as one, whose value is unknown: -1.
 */
export function positionals(s: Statement, from: number): number[] {
  const indices: number[] = [];
  for (let i = from; i < s.words.length; i++) {
    const word = s.words[i] as string;
    if (isOption(word)) break;
    if (!isOpeningBracket(word)) {
      indices.push(i);
      continue;
    }
    indices.push(-1);
    while (i < s.words.length && !(s.words[i] as string).endsWith(']')) i++;
  }
  return indices;
}

function isOption(word: string): boolean {
  return /^-[a-z]/i.test(word);
}

function isOpeningBracket(word: string): boolean {
  return /^[[<][A-Za-z]/.test(word);
}
