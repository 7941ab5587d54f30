import { factOf, isView, knownOr, type SecretView } from '../view.ts';
import { HELPERS } from './helpers.ts';

/**
 * What the code that `emit.ts` writes calls. Every function takes and gives CEL values, undefined for "unknown":
 * an operation on something unknown is unknown.
 */

type Value = unknown;
type Items = readonly Value[] | undefined;
type Answer = boolean | undefined;

/** A field of anything. */
export function get(owner: Value, field: string): Value {
  return owner === undefined ? undefined : knownOr(() => (owner as Record<string, Value>)[field]);
}

/** `has(owner.field)`: the config says so, or a default does. */
export function has(owner: Value, field: string): Answer {
  return owner === undefined ? undefined : knownOr(() => (owner as Record<string, Value>)[field] !== undefined);
}

/** `stated(owner.field)`: the config itself says so. */
export function stated(owner: Value, field: string): Answer {
  if (owner === undefined) return undefined;
  const fact = isView(owner) ? factOf(owner, field) : undefined;
  return fact !== undefined && !(typeof fact === 'object' && fact !== null && 'default' in fact);
}

const FUNCTIONS = new Map(HELPERS.map(({ signature, handler }) => [signature.slice(0, signature.indexOf('(')), handler]));

/** A function of the vocabulary. */
export function call(name: string, args: readonly Value[]): Value {
  return args.includes(undefined) ? undefined : knownOr(() => FUNCTIONS.get(name)?.(...args));
}

export function list(items: readonly Value[]): Items {
  return items.includes(undefined) ? undefined : items;
}

export function item(items: Items, index: Value): Value {
  return items === undefined || index === undefined ? undefined : items[Number(index)];
}

export function entry(map: ReadonlyMap<Value, Value> | undefined, key: Value): Value {
  return key === undefined ? undefined : map?.get(key);
}

export function among(value: Value, items: Items): Answer {
  return value === undefined || items === undefined ? undefined : items.includes(value);
}

export function keyOf(key: Value, map: ReadonlyMap<Value, Value> | undefined): Answer {
  return key === undefined || map === undefined ? undefined : map.has(key);
}

export function size(items: Items): bigint | undefined {
  return items === undefined ? undefined : BigInt(items.length);
}

export function string(value: Value): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function int(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}

export function not(value: Value): Answer {
  return value === undefined ? undefined : !value;
}

export function equal(a: Value, b: Value): Answer {
  return a === undefined || b === undefined ? undefined : a === b;
}

/** Values of different types cannot be compared: unknown. */
export function equalDyn(a: Value, b: Value): Answer {
  return typeof a === typeof b ? equal(a, b) : undefined;
}

export function equalSecret(a: SecretView | undefined, b: SecretView | undefined): Answer {
  return a === undefined || b === undefined ? undefined : a.equals(b);
}

export function equalList(a: Items, b: Items): Answer {
  return a === undefined || b === undefined ? undefined : a.length === b.length && a.every((value, i) => value === b[i]);
}

type Ordered = bigint | string | undefined;

export function lt(a: Ordered, b: Ordered): Answer {
  return a === undefined || b === undefined ? undefined : a < b;
}

export function le(a: Ordered, b: Ordered): Answer {
  return a === undefined || b === undefined ? undefined : a <= b;
}

export function gt(a: Ordered, b: Ordered): Answer {
  return a === undefined || b === undefined ? undefined : a > b;
}

export function ge(a: Ordered, b: Ordered): Answer {
  return a === undefined || b === undefined ? undefined : a >= b;
}

/** The sum of ints, or two strings in a row. */
export function add<T extends bigint | string>(a: T | undefined, b: T | undefined): Value {
  return a === undefined || b === undefined ? undefined : (a as string) + (b as string);
}

export function concat(a: Items, b: Items): Items {
  return a === undefined || b === undefined ? undefined : [...a, ...b];
}

type Int = bigint | undefined;

export function sub(a: Int, b: Int): Int {
  return a === undefined || b === undefined ? undefined : a - b;
}

export function mul(a: Int, b: Int): Int {
  return a === undefined || b === undefined ? undefined : a * b;
}

export function div(a: Int, b: Int): Int {
  return a === undefined || b === undefined || b === 0n ? undefined : a / b;
}

export function mod(a: Int, b: Int): Int {
  return a === undefined || b === undefined || b === 0n ? undefined : a % b;
}

export function contains(text: string | undefined, part: string | undefined): Answer {
  return text === undefined || part === undefined ? undefined : text.includes(part);
}

export function startsWith(text: string | undefined, part: string | undefined): Answer {
  return text === undefined || part === undefined ? undefined : text.startsWith(part);
}

export function endsWith(text: string | undefined, part: string | undefined): Answer {
  return text === undefined || part === undefined ? undefined : text.endsWith(part);
}

type Predicate = (item: Value) => Value;

/** One true item is enough; else an unknown one makes it unknown. */
export function exists(items: Items, holds: Predicate): Answer {
  if (items === undefined) return undefined;
  let answer: Answer = false;
  for (const one of items) {
    const held = holds(one);
    if (held === true) return true;
    if (held === undefined) answer = undefined;
  }
  return answer;
}

/** One false item is enough; else an unknown one makes it unknown. */
export function all(items: Items, holds: Predicate): Answer {
  if (items === undefined) return undefined;
  let answer: Answer = true;
  for (const one of items) {
    const held = holds(one);
    if (held === false) return false;
    if (held === undefined) answer = undefined;
  }
  return answer;
}

export function existsOne(items: Items, holds: Predicate): Answer {
  const held = filter(items, holds);
  return held === undefined ? undefined : held.length === 1;
}

/** Unknown where one item is. */
export function filter(items: Items, holds: Predicate): Items {
  if (items === undefined) return undefined;
  const kept: Value[] = [];
  for (const one of items) {
    const held = holds(one);
    if (held === undefined) return undefined;
    if (held === true) kept.push(one);
  }
  return kept;
}

export function map(items: Items, transform: Predicate): Items {
  return items === undefined ? undefined : list(items.map((one) => transform(one)));
}
