import type { Place } from '../../model/fact.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';
import { idOf, type Menu, type Menus } from './menu.ts';

/** What is gathered while reading one host's dump. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly menus: Menus;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'radware-alteon' } {
  return { at, device: context.device, platform: 'radware-alteon' };
}

const IDS = new WeakMap<readonly Menu[], readonly string[]>();

/** The numbers or names of a list of menus, made once a list. */
export function idsOf(menus: readonly Menu[]): readonly string[] {
  const ids = IDS.get(menus) ?? menus.map(idOf);
  IDS.set(menus, ids);
  return ids;
}

/** The place of a menu with its settings. */
export function placeOfMenu(menu: Menu): Place {
  return placeOfStatement(menu.head);
}
