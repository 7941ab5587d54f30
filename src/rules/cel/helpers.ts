import { createRequire } from 'node:module';
import { closest, distance } from 'fastest-levenshtein';
import type { RE2JS } from 're2js';
import { inSubnet, ipVersion, isFirstHost, sameAddress } from '../../model/address.ts';
import { Unknown, unknown } from './unknown.ts';

/** A function that expressions can call, besides CEL's own. */
interface Helper {
  readonly signature: string;
  readonly doc: string;
  // biome-ignore lint/suspicious/noExplicitAny: each handler takes what its CEL signature says, which TypeScript cannot see.
  readonly handler: (...args: any[]) => unknown;
}

/** The functions of an own rule; `docs/vocabulary.md` lists them. */
export const HELPERS: readonly Helper[] = [
  { signature: 'sum(list<int>): int', doc: 'Sum; 0 for an empty list', handler: (l: bigint[]) => l.reduce((a, b) => a + b, 0n) },
  { signature: 'min(list<int>): int', doc: 'Smallest; unknown for an empty list', handler: (l: bigint[]) => extreme(l, (a, b) => a < b) },
  { signature: 'max(list<int>): int', doc: 'Largest; unknown for an empty list', handler: (l: bigint[]) => extreme(l, (a, b) => a > b) },
  { signature: 'distinct(list<T>): list<T>', doc: 'Each value once, in the order met', handler: (l: unknown[]) => [...new Set(l)] },
  {
    signature: 'sorted(list<string>): list<string>',
    doc: 'In the order of characters',
    handler: (l: string[]) => [...l].sort(),
  },
  {
    signature: 'quoted(list<string>): string',
    doc: "For messages: `'a', 'b' and 'c'`",
    handler: (l: string[]) => enumeration(l.map((text) => `'${text}'`)),
  },
  { signature: 'listed(list<string>): string', doc: 'For messages: `a, b and c`', handler: enumeration },
  {
    signature: 'suggest(string, list<string>): string',
    doc: "For messages, after a name that is not there: `; did you mean 'x'?`, else what there is, else nothing",
    handler: suggest,
  },
  {
    signature: 'seconds(int): string',
    doc: 'Milliseconds for messages: `3 s`, `0.5 s`',
    handler: (ms: bigint) => `${Number(ms) / 1000} s`,
  },
  { signature: 'lower(string): string', doc: 'In lower case', handler: (text: string) => text.toLowerCase() },
  { signature: 're(string, string): bool', doc: 'The text holds a match of the RE2 pattern (linear time)', handler: search },
  { signature: 'isAddress(string): bool', doc: 'An IPv4 or IPv6 address', handler: (text: string) => ipVersion(text) !== 0 },
  {
    signature: 'sameAddress(string, string): bool',
    doc: 'The same IP address, however IPv6 is abbreviated',
    handler: sameAddress,
  },
  {
    signature: 'inSubnet(string, string): bool',
    doc: 'The address lies in the subnet, given as CIDR',
    handler: (address: string, cidr: string) => inSubnet(address, cidr),
  },
  {
    signature: 'sameSubnet(string, string, int): bool',
    doc: 'Both addresses lie in one subnet of that prefix length',
    handler: (a: string, b: string, prefix: bigint) => inSubnet(a, `${b}/${prefix}`),
  },
  {
    signature: 'firstHost(string, int): bool',
    doc: 'The first host address of its subnet of that prefix length, which is what gateways are given',
    handler: (address: string, prefix: bigint) => isFirstHost(address, Number(prefix)),
  },
  {
    signature: 'sameVlans(list<VlanRange>, list<VlanRange>): bool',
    doc: 'Both lists of ranges hold the same VLANs',
    handler: (a: readonly Range[], b: readonly Range[]) => vlanText(a) === vlanText(b),
  },
  {
    signature: 'carries(int, list<VlanRange>): bool',
    doc: 'The VLAN is in one of the ranges',
    handler: (vlan: bigint, ranges: readonly Range[]) => ranges.some((r) => r.from <= vlan && vlan <= r.to),
  },
];

interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/** One text for one set of VLANs, however its ranges are cut and ordered. */
function vlanText(ranges: readonly Range[]): string {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: { from: bigint; to: bigint }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    // biome-ignore lint/complexity/useMathMinMax: Math.max does not take bigint
    if (last && from <= last.to + 1n) last.to = to > last.to ? to : last.to;
    else merged.push({ from, to });
  }
  return merged.map((range) => `${range.from}-${range.to}`).join(',');
}

function extreme(list: readonly bigint[], better: (a: bigint, b: bigint) => boolean): bigint {
  const [first, ...rest] = list;
  if (first === undefined) unknown('an empty list has no smallest or largest');
  return rest.reduce((best, value) => (better(value, best) ? value : best), first);
}

function enumeration(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function suggest(name: string, known: readonly string[]): string {
  const offered = [...new Set(known)];
  if (offered.length === 0) return '';
  const near = closest(name, offered);
  if (!/^\d+$/.test(name) && distance(name, near) <= Math.max(1, name.length / 4)) return `; did you mean '${near}'?`;
  return offered.length > 5 ? '' : `; defined: ${offered.sort().join(', ')}`;
}

const require = createRequire(import.meta.url);
const patterns = new Map<string, RE2JS>();

/** The compiled pattern; throws where it is no RE2 pattern. */
export function pattern(source: string): RE2JS {
  let compiled = patterns.get(source);
  if (!compiled) {
    // Its Unicode tables take longer to load than all rules: only rules that call `re` pay for them.
    const re2 = require('re2js') as { readonly RE2JS: typeof RE2JS };
    compiled = re2.RE2JS.compile(source);
    patterns.set(source, compiled);
  }
  return compiled;
}

function search(text: string, source: string): boolean {
  try {
    return pattern(source).matcher(text).find();
  } catch {
    throw new Unknown(`unknown: ${source} is no pattern`);
  }
}
