import { createHash } from 'node:crypto';
import type { DeviceFacts, DeviceRole } from '../model/device.ts';
import type { Secret } from '../model/entity.ts';
import { type Fact, type Place, stated } from '../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../syntax/statement.ts';
import { isUnknown } from '../syntax/template.ts';

/** An entity that is built up while reading: its fields can be set, its lists grow. */
export type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Facts of a device about which nothing is known yet. */
export function noFacts(role: DeviceRole): Growing<DeviceFacts> {
  return {
    role,
    interfaces: [],
    vlans: [],
    routes: [],
    members: [],
    peerings: [],
    watches: [],
    virtualServers: [],
    pools: [],
    monitors: [],
    references: [],
    remarks: [],
    settings: [],
  };
}

/** The fact that word `index` of a statement states; unknown where the word is missing, a template's placeholder, or behind a template's condition. */
export function wordFact(s: Statement, index: number): Fact<string> | undefined {
  const word = s.words[index];
  return word === undefined || isUnknown(word) || s.maybe ? undefined : stated(word, placeOfWord(s, index));
}

/** As `wordFact`, for a whole number in decimal; `scale` turns the vendor's unit into the model's (1000: seconds to milliseconds, fractions kept). */
export function numberFact(s: Statement, index: number, scale = 1): Fact<number> | undefined {
  const word = wordFact(s, index);
  if (!word || !/^-?\d+(\.\d+)?$/.test(word.value)) return undefined;
  const value = Math.round(Number(word.value) * scale);
  return Number.isSafeInteger(value) ? stated(value, placeOfWord(s, index)) : undefined;
}

/** A fact that the whole head of a statement states (a flag such as `nopreempt`). */
export function headFact<T>(s: Statement, value: T): Fact<T> | undefined {
  return s.maybe ? undefined : stated(value, placeOfHead(s));
}

/** A password or key, kept only so that it can be compared. */
export function secretFact(s: Statement, index: number): Fact<Secret> | undefined {
  const word = wordFact(s, index);
  return word && stated(sealed(word.value), placeOfWord(s, index));
}

/** Seals a secret: what remains can be compared and nothing else. */
export function sealed(text: string): Secret {
  return { secret: true, digest: createHash('sha256').update(text).digest('hex') };
}

/** The place of the whole statement, for an entity's `at`. */
export function wholePlace(s: Statement): Place {
  return placeOfStatement(s);
}
