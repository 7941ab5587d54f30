import type { Place } from '../model/fact.ts';
import type { Lookup } from './lookup.ts';
import type { Ask, PlacePlan } from './plan.ts';
import { type Home, homeOf } from './subjects.ts';
import type { Variables } from './variables.ts';
import { behind, factOf, isView, type View } from './view.ts';
import { VOCABULARY } from './vocabulary/vocabulary.ts';

/** Where a finding stands; undefined where the path leads nowhere. */
export function placeOf(plan: PlacePlan<Ask>, variables: Variables, lookup: Lookup): Home | undefined {
  if ('choose' in plan) return placeOf(plan.choose(variables) === true ? plan.yes : plan.no, variables, lookup);
  if ('item' in plan) return placeOfItem(plan, variables, lookup);
  if ('index' in plan)
    return (
      homeOfValue(plan.whole(variables), lookup) ?? homeOfItem(plan.owner(variables), plan.field, Number(plan.index(variables)), lookup)
    );
  return 'owner' in plan ? homeOfField(plan.owner(variables), plan.field, lookup) : homeOfValue(plan.whole(variables), lookup);
}

/** The variable is the item itself where that has a place; else the word in the list of facts that it came from. */
function placeOfItem({ item, list }: Extract<PlacePlan<Ask>, { item: string }>, variables: Variables, lookup: Lookup): Home | undefined {
  const own = homeOfValue(variables[item], lookup);
  if (own || !list) return own;
  const index = (list.whole(variables) as readonly unknown[] | undefined)?.indexOf(variables[item]) ?? -1;
  return homeOfItem(list.owner(variables), list.field, index, lookup);
}

function homeOfValue(value: unknown, lookup: Lookup): Home | undefined {
  if (!isView(value)) return undefined;
  const { raw, kind } = behind(value);
  return homeOf(kind, raw, lookup);
}

function homeOfField(owner: unknown, field: string, lookup: Lookup): Home | undefined {
  if (!isView(owner)) return undefined;
  const home = homeOfValue(owner, lookup);
  const at = placeIn(factOf(owner, field));
  if (at) return home && { ...home, at };
  return isDerived(owner, field) ? (homeOfValue((owner as unknown as Record<string, unknown>)[field], lookup) ?? home) : home;
}

function homeOfItem(owner: unknown, field: string, index: number, lookup: Lookup): Home | undefined {
  if (!isView(owner)) return undefined;
  const home = homeOfValue(owner, lookup);
  const list = factOf(owner, field);
  const at = Array.isArray(list) ? placeIn(list[index]) : undefined;
  return at && home ? { ...home, at } : home;
}

function isDerived(view: View, field: string): boolean {
  return VOCABULARY[behind(view).kind].fields[field]?.derive !== undefined;
}

/** The place of a stated fact or an entity, or the place that the value is. */
function placeIn(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('at' in value) return value.at as Place;
  return 'file' in value && 'line' in value && 'endColumn' in value ? (value as Place) : undefined;
}
