import type { Entity } from '../model/entity.ts';
import { Unknown, unknown } from './cel/unknown.ts';
import type { Lookup } from './lookup.ts';
import { VOCABULARY, type WordName, wordName } from './vocabulary/vocabulary.ts';
import type { Word } from './vocabulary/words.ts';

const RAW = Symbol('raw');
const LOOKUP = Symbol('lookup');
const KIND = Symbol('kind');
const OPEN = Symbol('open');
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
    readonly [KIND]: WordName;
    readonly [KNOWN]: unknown[];
    /** Lists that may hold more than is seen here. */
    readonly [OPEN]: readonly string[] | undefined;
    constructor(raw: object, lookup: Lookup) {
      this[RAW] = raw;
      this[LOOKUP] = lookup;
      this[KIND] = kind;
      this[KNOWN] = [];
      this[OPEN] = (raw as Partial<Entity>).open;
    }
  };
  for (const [index, [field, word]] of Object.entries(VOCABULARY[kind].fields).entries()) {
    const read = reader(word.type);
    const ask = (view: InstanceType<typeof View>): unknown => read(rawField(view, field, word), view[LOOKUP]);
    /** The field's value, ABSENT or UNKNOWN; found once. */
    const state = (view: InstanceType<typeof View>): unknown => {
      const known = view[KNOWN][index];
      if (known !== undefined) return known;
      const value = valueOr(() => ask(view), UNKNOWN) ?? ABSENT;
      view[KNOWN][index] = value;
      return value;
    };
    const define = (name: string, get: (this: InstanceType<typeof View>) => unknown) =>
      Object.defineProperty(View.prototype, name, { get });
    define(field, function () {
      const value = state(this);
      // It asks again, to say in its own words what is unknown.
      return value === UNKNOWN ? ask(this) : value === ABSENT ? undefined : value;
    });
    // As compiled code asks: undefined for what is unknown, and whether there is a value.
    define(`$${field}`, function () {
      const value = state(this);
      return value === UNKNOWN || value === ABSENT ? undefined : value;
    });
    define(`?${field}`, function () {
      const value = state(this);
      return value === UNKNOWN ? undefined : value !== ABSENT;
    });
  }
  return View;
}

/** What a field is found to be, other than a value. */
const ABSENT = Symbol('absent');
const UNKNOWN = Symbol('unknown');

/** The value of `ask`, or undefined where it ends with "unknown". */
export function knownOr<T>(ask: () => T): T | undefined {
  return valueOr(ask, undefined);
}

function valueOr<T, U>(ask: () => T, otherwise: U): T | U {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unknown) return otherwise;
    throw error;
  }
}

interface Inside {
  readonly [RAW]: object;
  readonly [LOOKUP]: Lookup;
  readonly [OPEN]: readonly string[] | undefined;
}

function rawField(view: Inside, field: string, { derive }: Word): unknown {
  if (derive) return derive(view[RAW], view[LOOKUP]);
  if (view[OPEN]?.includes(field)) unknown(`part of ${field} is not seen here`);
  return (view[RAW] as Record<string, unknown>)[field];
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
  if (typeof value === 'object' && value !== null && 'secret' in value && 'digest' in value) return new SecretView(String(value.digest));
  return value === null || typeof value === 'object' ? undefined : value;
}

function unwrapped(fact: unknown): unknown {
  return typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : fact;
}

const views = new WeakMap<Lookup, Map<object, View>>();

/** The view of a thing; the same thing has the same view throughout one lookup. */
export function viewOf(kind: WordName, raw: object, lookup: Lookup): View {
  const known = viewsOf(lookup);
  let view = known.get(raw);
  if (!view) {
    const ViewClass = VIEW_CLASSES.get(kind);
    if (!ViewClass) throw new Error(`no view of ${kind}`);
    view = new ViewClass(raw, lookup);
    known.set(raw, view);
  }
  return view;
}

/** Of the lookup asked last: one is at work at a time. */
let latest: { readonly lookup: Lookup; readonly views: Map<object, View> } | undefined;

function viewsOf(lookup: Lookup): Map<object, View> {
  if (latest?.lookup === lookup) return latest.views;
  const known = views.get(lookup) ?? new Map<object, View>();
  views.set(lookup, known);
  latest = { lookup, views: known };
  return known;
}

/** Whether a view's field has a value; undefined where that is unknown. */
export function hasField(view: View, field: string): boolean | undefined {
  return (view as unknown as Record<string, boolean | undefined>)[`?${field}`];
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
