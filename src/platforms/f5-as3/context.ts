import type { Fact, Place } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';
import { flagOr, key, text } from '../f5-json.ts';

export const PAGE = 'https://clouddocs.f5.com/products/extensions/f5-appsvcs-extension/latest/refguide/schema-reference.html';

/** An object of a declaration: `/Tenant/Application/name`. */
export interface Item {
  readonly name: string;
  /** `/Tenant/Application`. */
  readonly folder: string;
  readonly class: string;
  readonly statement: Statement;
}

/** What is gathered while reading a host's declarations. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly items: readonly Item[];
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'f5-as3' } {
  return { at, device: context.device, platform: 'f5-as3' };
}

/** What a pointer of an object leads to: a name beside it, in its tenant, or from the root; `/@/` is this tenant. */
export function resolve(context: Context, from: Item, pointer: string): Item | undefined {
  const tenant = from.folder.slice(0, from.folder.indexOf('/', 1));
  const names = pointer.startsWith('/')
    ? [pointer.replace(/^\/@\//, `${tenant}/`), `${tenant}${pointer}`]
    : [`${from.folder}/${pointer}`, `${tenant}/${pointer}`, `/${pointer}`];
  return names.map((name) => context.items.find((item) => item.name === name)).find((item) => item !== undefined);
}

/** Whether a service or a member takes new connections: `enable` and `adminState`; undefined where a template decides. */
export function availability(s: Statement): Fact<boolean> | undefined {
  const enable = flagOr(s, 'enable', true, PAGE);
  const state = text(s, 'adminState');
  if (enable?.value === false) return enable;
  if (state && state.value !== 'enable') return { ...state, value: false };
  return key(s, 'adminState') && !state ? undefined : enable;
}
