import { type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { scalar } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import { flagOr, key, text } from '../f5-json.ts';
import { baseName } from '../f5-names.ts';
import { targetOf } from './pointers.ts';

export const PAGE = 'https://clouddocs.f5.com/products/extensions/f5-appsvcs-extension/latest/refguide/schema-reference.html';

/** An object of a declaration: `/Tenant/Application/name`. */
export interface Item {
  readonly name: string;
  /** `/Tenant/Application`. */
  readonly folder: string;
  readonly class: string;
  readonly statement: Statement;
  /** A template of BIG-IQ (`schemaOverlay`), or what it includes, may say more of it, and of what stands beside it. */
  readonly open?: true;
  /** The declaration that it stands in: pointers lead about within one. `partial`: some applications of a tenant. */
  readonly declaration: { readonly template: boolean; readonly partial: boolean };
  /** Where its tenant or application is switched off: then nothing of it is deployed. */
  readonly off?: Fact<boolean>;
}

/** What is gathered while reading a host's declarations. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly items: readonly Item[];
  readonly byName: ReadonlyMap<string, readonly Item[]>;
  /** Names of the objects of a class, for "did you mean". */
  readonly namesOf: ReadonlyMap<string, readonly string[]>;
}

/** A context for what the declarations of a device hold. */
export function contextOf(device: string, items: readonly Item[]): Context {
  const byName = new Map<string, Item[]>();
  const namesOf = new Map<string, string[]>();
  for (const item of items) {
    push(byName, item.name, item);
    push(namesOf, item.class, baseName(item.name));
  }
  return { device, facts: noFacts('load-balancer'), items, byName, namesOf };
}

function push<T>(lists: Map<string, T[]>, name: string, value: T): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'f5-as3' } {
  return { at, device: context.device, platform: 'f5-as3' };
}

/** What a pointer of an object leads to, where that stands in the declaration. */
export function resolve(context: Context, from: Item, pointer: string): Item | undefined {
  const target = targetOf(from.name, pointer);
  const found = (target === undefined ? undefined : context.byName.get(target)) ?? [];
  return found.find((item) => item.declaration === from.declaration) ?? found[0];
}

/** What a property of an object refers to. */
export interface Referent {
  /** The object that it points to. */
  readonly item?: Item;
  /** An object that the device has from elsewhere, by its path. */
  readonly bigip?: Fact<string>;
  /** The pointer, where it leads to nothing though it should. */
  readonly missing?: string;
}

/**
 * What a property refers to: a pointer as its text or below `use`, a path on the device below `bigip`.
 * None of the fields: what it refers to cannot be told here.
 */
export function refersTo(context: Context, from: Item, s: Statement, ...classes: readonly string[]): Referent {
  const bigip = text(s, 'bigip');
  if (bigip) return { bigip };
  const pointer = scalar(s)?.value ?? text(s, 'use')?.value;
  if (pointer === undefined) return {};
  const item = resolve(context, from, pointer);
  if (item) return classes.includes(item.class) ? { item } : { missing: pointer };
  return mayBeElsewhere(context, from, pointer) ? {} : { missing: pointer };
}

/** Whether a pointer may lead to what is not seen here: what a template includes, and `Common`, which the device keeps. */
function mayBeElsewhere(context: Context, from: Item, pointer: string): boolean {
  const target = targetOf(from.name, pointer);
  if (target === undefined || from.declaration.template || from.open) return true;
  if (from.declaration.partial) return !target.startsWith(`${from.folder}/`);
  if (!target.startsWith('/Common/')) return false;
  return !context.items.some((item) => item.declaration === from.declaration && item.name.startsWith('/Common/'));
}

/** Records that a name is used; `missing` is the pointer that leads nowhere. */
export function refer(
  context: Context,
  s: Statement,
  to: 'pool' | 'monitor',
  noun: string,
  name: string,
  defined: boolean,
  builtIn: readonly string[] = [],
): void {
  const named = context.namesOf.get(noun) ?? [];
  const candidates = builtIn.length > 0 ? [...builtIn, ...named] : named;
  context.facts.references.push({ ...entity(context, placeOfHead(s)), to, noun, name, defined, candidates });
}

/** The pool that is named at a statement; undefined where it is not known here. */
export function pointedPool(context: Context, from: Item, s: Statement, noun: 'Pool' | 'GSLB_Pool'): Fact<string> | undefined {
  const { item, bigip, missing } = refersTo(context, from, s, noun);
  if (item) refer(context, s, 'pool', noun, baseName(item.name), true);
  if (missing !== undefined) refer(context, s, 'pool', noun, missing, false);
  return item ? stated(item.name, placeOfHead(s)) : bigip;
}

/** Whether a service or a member takes new connections: `off`, `enable` and `adminState`; undefined where a template decides. */
export function availability(s: Statement, off?: Fact<boolean>): Fact<boolean> | undefined {
  if (off) return off;
  const enable = flagOr(s, 'enable', true, PAGE);
  const state = text(s, 'adminState');
  if (enable?.value === false) return enable;
  if (state && state.value !== 'enable') return { ...state, value: false };
  return key(s, 'adminState') && !state ? undefined : enable;
}
