import type { Place } from '../../model/fact.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';
import type { Menu, Menus } from './menu.ts';

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

/** The place of a menu with its settings. */
export function placeOfMenu(menu: Menu): Place {
  return placeOfStatement(menu.head);
}
