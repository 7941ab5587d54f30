import { isSecret } from '../model/entity.ts';
import { Unknown, unknown } from './cel/unknown.ts';
import type { Lookup } from './lookup.ts';
import { VOCABULARY, type WordName, wordName } from './vocabulary/vocabulary.ts';
import type { Word } from './vocabulary/words.ts';

const RAW = Symbol('raw');
const LOOKUP = Symbol('lookup');
const KIND = Symbol('kind');
/** Values asked for before. */
const KNOWN = Symbol('known');

/** A thing of the network as expressions see it: facts unwrapped, numbers as CEL ints, absent fields undefined. */
export interface View {
  readonly [RAW]: object;
  readonly [KIND]: WordName;
}

/** A secret as expressions see it: two of them can be compared, nothing else. */
export class SecretView {
  readonly #digest: string;
  constructor(digest: string) {
    this.#digest = digest;
  }
  equals(other: SecretView): boolean {
    return this.#digest === other.#digest;
  }
}

type ViewClass = new (raw: object, lookup: Lookup) => View;

/** CEL tells types apart by constructor, so each kind has a class of its own. */
export const VIEW_CLASSES: ReadonlyMap<WordName, ViewClass> = new Map(
  (Object.keys(VOCABULARY) as WordName[]).map((kind) => [kind, makeClass(kind)]),
);

function makeClass(kind: WordName): ViewClass {
  const View = class {
    readonly [RAW]: object;
    readonly [LOOKUP]: Lookup;
    readonly [KIND] = kind;
    readonly [KNOWN]: unknown[] = [];
    constructor(raw: object, lookup: Lookup) {
      this[RAW] = raw;
      this[LOOKUP] = lookup;
    }
  };
  for (const [index, [field, word]] of Object.entries(VOCABULARY[kind].fields).entries()) {
    const read = reader(word.type);
    Object.defineProperty(View.prototype, field, {
      get(this: InstanceType<typeof View>) {
        const known = this[KNOWN][index];
        if (known !== undefined) return known;
        const value = read(rawField(this[RAW], field, word, this[LOOKUP]), this[LOOKUP]);
        this[KNOWN][index] = value;
        return value;
      },
    });
    // As compiled code asks: undefined for what is unknown.
    Object.defineProperty(View.prototype, `$${field}`, {
      get(this: InstanceType<typeof View>) {
        const known = this[KNOWN][index];
        return known !== undefined ? known : knownOr(() => (this as unknown as Record<string, unknown>)[field]);
      },
    });
  }
  return View;
}

/** The value of `ask`, or undefined where it ends with "unknown". */
export function knownOr<T>(ask: () => T): T | undefined {
  const { stackTraceLimit } = Error;
  // It says "unknown", not where: stack traces are what is slow about it.
  Error.stackTraceLimit = 0;
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function rawField(raw: object, field: string, word: Word, lookup: Lookup): unknown {
  if (word.derive) return word.derive(raw, lookup);
  if ('open' in raw && (raw as { open?: readonly string[] }).open?.includes(field)) unknown(`part of ${field} is not seen here`);
  return (raw as Record<string, unknown>)[field];
}

/** How a value of the model becomes a value of this CEL type; undefined stays undefined. */
function reader(type: string): (value: unknown, lookup: Lookup) => unknown {
  const list = /^list<(.+)>$/.exec(type);
  if (list?.[1]) {
    const element = reader(list[1]);
    return (value, lookup) => {
      const items = unwrapped(value);
      return Array.isArray(items) ? items.map((item) => element(item, lookup)) : undefined;
    };
  }
  const kind = wordName(type);
  if (kind) return (value, lookup) => (value === undefined ? undefined : viewOf(kind, value as object, lookup));
  if (type.startsWith('map<')) return (value) => (value === undefined ? undefined : plainMap(value as object));
  return scalar;
}

function plainMap(record: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(record).map(([key, value]) => [key, scalar(value)]));
}

/** A fact's value; CEL ints are BigInt. */
function scalar(fact: unknown): unknown {
  const value = unwrapped(fact);
  if (typeof value === 'number') return BigInt(Math.round(value));
  if (isSecret(value)) return new SecretView(value.digest);
  return value === null || typeof value === 'object' ? undefined : value;
}

function unwrapped(fact: unknown): unknown {
  return typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : fact;
}

const views = new WeakMap<Lookup, WeakMap<object, View>>();

/** The view of a thing; the same thing has the same view throughout one lookup. */
export function viewOf(kind: WordName, raw: object, lookup: Lookup): View {
  let known = views.get(lookup);
  if (!known) {
    known = new WeakMap();
    views.set(lookup, known);
  }
  let view = known.get(raw);
  if (!view) {
    const ViewClass = VIEW_CLASSES.get(kind);
    if (!ViewClass) throw new Error(`no view of ${kind}`);
    view = new ViewClass(raw, lookup);
    known.set(raw, view);
  }
  return view;
}

/** Whether a value of an expression is a view. */
export function isView(value: unknown): value is View {
  return typeof value === 'object' && value !== null && RAW in value;
}

/** The model's own object behind a view, and its kind. */
export function behind(view: View): { readonly raw: object; readonly kind: WordName } {
  return { raw: view[RAW], kind: view[KIND] };
}

/** The field as the model has it, with its origin; undefined for derived fields. */
export function factOf(view: View, field: string): unknown {
  const word = VOCABULARY[view[KIND]].fields[field];
  return word && !word.derive ? (view[RAW] as Record<string, unknown>)[field] : undefined;
}

/** Field names and CEL types of a kind, for the environment. */
export function fieldTypes(kind: WordName): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(VOCABULARY[kind].fields).map(([field, word]) => [field, word.type]));
}
