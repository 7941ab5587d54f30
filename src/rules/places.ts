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
    return homeOfValue(plan.whole(variables), lookup) ?? homeOfItem(plan.owner(variables), plan.field, plan.index(variables), lookup);
  return 'owner' in plan ? homeOfField(plan.owner(variables), plan.field, lookup) : homeOfValue(plan.whole(variables), lookup);
}

/** As `placeOf`, of exactly what the path leads to: undefined where no config says it. */
export function statedPlaceOf(plan: PlacePlan<Ask>, variables: Variables, lookup: Lookup): Place | undefined {
  if ('choose' in plan) {
    const answer = plan.choose(variables);
    return answer === undefined ? undefined : statedPlaceOf(answer === true ? plan.yes : plan.no, variables, lookup);
  }
  if ('item' in plan) {
    const own = homeOfValue(variables[plan.item], lookup);
    const owner = plan.list?.owner(variables);
    return own || !plan.list || !isView(owner)
      ? own?.at
      : placeIn(itemOf(factOf(owner, plan.list.field), indexOfItem(plan.item, plan.list, variables)));
  }
  const whole = 'whole' in plan ? homeOfValue(plan.whole(variables), lookup) : undefined;
  if (whole || !('owner' in plan)) return whole?.at;
  const owner = plan.owner(variables);
  if (!isView(owner)) return undefined;
  const fact = factOf(owner, plan.field);
  if ('index' in plan) return placeIn(itemOf(fact, plan.index(variables)));
  return placeIn(fact) ?? homeOfValue((owner as unknown as Record<string, unknown>)[`$${plan.field}`], lookup)?.at;
}

/** The variable is the item itself where that has a place; else the word in the list of facts that it came from. */
function placeOfItem({ item, list }: Extract<PlacePlan<Ask>, { item: string }>, variables: Variables, lookup: Lookup): Home | undefined {
  const own = homeOfValue(variables[item], lookup);
  if (own || !list) return own;
  return homeOfItem(list.owner(variables), list.field, indexOfItem(item, list, variables), lookup);
}

function indexOfItem(item: string, list: { readonly whole: Ask }, variables: Variables): number {
  return (list.whole(variables) as readonly unknown[] | undefined)?.indexOf(variables[item]) ?? -1;
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
  if (!isDerived(owner, field)) return home;
  const derived = (owner as unknown as Record<string, unknown>)[field];
  const place = isView(derived) ? placeIn(behind(derived).raw) : undefined;
  return homeOfValue(derived, lookup) ?? (home && place ? { ...home, at: place } : home);
}

function homeOfItem(owner: unknown, field: string, key: unknown, lookup: Lookup): Home | undefined {
  if (!isView(owner)) return undefined;
  const home = homeOfValue(owner, lookup);
  const at = placeIn(itemOf(factOf(owner, field), key));
  return at && home ? { ...home, at } : home;
}

/** One item of a list, or one entry of a map such as `member.extra`. */
function itemOf(whole: unknown, key: unknown): unknown {
  if (Array.isArray(whole)) return whole[Number(key)];
  return typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[String(key)] : undefined;
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
