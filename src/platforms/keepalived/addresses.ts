import { type Fact, stated } from '../../model/fact.ts';
import type { VirtualAddress } from '../../model/redundancy.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact, wordFact } from '../entity.ts';
import { type Context, entityAt, listLines, present } from './context.ts';

/** What the address lists of an instance say. */
export interface Addresses {
  readonly list: readonly VirtualAddress[];
  /** Some lines cannot be told: a placeholder, a condition. */
  readonly open: boolean;
}

/** Reads `virtual_ipaddress` and `virtual_ipaddress_excluded`. */
export function readAddresses(instance: Statement, context: Context): Addresses {
  const lines = [
    ...listLines(instance, 'virtual_ipaddress').map((line) => ({ line, advertised: true })),
    ...listLines(instance, 'virtual_ipaddress_excluded').map((line) => ({ line, advertised: false })),
  ];
  const list: VirtualAddress[] = [];
  for (const { line, advertised } of lines) {
    const address = readAddress(line, advertised, context);
    if (address) list.push(address);
  }
  return { list, open: list.length < lines.length };
}

function readAddress(line: Statement, advertised: boolean, context: Context): VirtualAddress | undefined {
  const word = line.words[0] as string;
  if (isUnknown(word) || line.maybe) return undefined;
  const [address, prefix] = splitPrefix(word);
  if (!/^[\da-fA-F.:]+$/.test(address)) return undefined;
  const excluded: Fact<boolean> | undefined = advertised ? undefined : headFact(line, false);
  const noTrack = line.words.indexOf('no_track');
  return {
    ...entityAt(line, context),
    address,
    ...present({
      prefix,
      interface: optionFact(line, 'dev'),
      tracked: noTrack > 0 ? stated(false, placeOfWord(line, noTrack)) : undefined,
      advertised: excluded,
    }),
  };
}

/** The value behind an option's word: `dev eth0`. */
export function optionFact(line: Statement, option: string): Fact<string> | undefined {
  const at = line.words.indexOf(option);
  return at > 0 ? wordFact(line, at + 1) : undefined;
}

/** Address and prefix length of `10.0.0.1/24`; the length is absent where it is not a number. */
export function splitPrefix(word: string): [string, number | undefined] {
  const slash = word.indexOf('/');
  if (slash < 0) return [word, undefined];
  const prefix = word.slice(slash + 1);
  return [word.slice(0, slash), /^\d{1,3}$/.test(prefix) ? Number(prefix) : undefined];
}
