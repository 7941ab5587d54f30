import type { Variables } from './variables.ts';

/** Asks something of a check's variables; undefined is "unknown". */
export type Ask = (variables: Variables) => unknown;

/** A text with holes: what stands between them, and what fills them. */
export type TextPlan<E> = readonly (string | E)[];

/** How to find where a finding stands. */
export type PlacePlan<E> =
  | { readonly choose: E; readonly yes: PlacePlan<E>; readonly no: PlacePlan<E> }
  /** The fact `field` of an entity. */
  | { readonly owner: E; readonly field: string }
  /** One item of a list of facts. */
  | { readonly whole: E; readonly owner: E; readonly field: string; readonly index: E }
  /** What the loop variable `item` stands at: an entity, or an item of the list of facts that it walks over. */
  | { readonly item: string; readonly list?: { readonly whole: E; readonly owner: E; readonly field: string } }
  /** An entity. */
  | { readonly whole: E };

export interface RelatedPlan<E> {
  readonly each?: E;
  readonly given?: E;
  readonly at: PlacePlan<E>;
  readonly message: TextPlan<E>;
}

/** What an edit does to its place: puts other words there, takes it out, or adds words or lines to it. */
export type EditAct = 'replace' | 'delete' | 'append' | 'before' | 'after' | 'inside';

export interface EditPlan<E> {
  readonly act: EditAct;
  /** One edit for each of its elements, which is the variable `other`. */
  readonly each?: E;
  readonly given?: E;
  readonly at: PlacePlan<E>;
  readonly find?: string;
  readonly unless?: readonly string[];
  readonly text: TextPlan<E>;
}

/** A change that puts the finding right. */
export interface SuggestionPlan<E> {
  readonly given?: E;
  readonly title: TextPlan<E>;
  readonly edits: readonly EditPlan<E>[];
}

/**
 * A check of a rule, its expressions in the form E: parsed and type-checked (`Expression`), ready to be asked
 * (`Ask`), or as code for the build.
 */
export interface CheckPlan<E> {
  readonly lets: readonly (readonly [string, E])[];
  readonly given: readonly E[];
  readonly each?: E;
  readonly require: E;
  readonly at: PlacePlan<E>;
  readonly message: TextPlan<E>;
  /** By platform. */
  readonly fix: Readonly<Record<string, TextPlan<E>>>;
  readonly related: readonly RelatedPlan<E>[];
  /** By platform; of several the first that is sure. */
  readonly suggest: Readonly<Record<string, readonly SuggestionPlan<E>[]>>;
}

/** The same plan with its expressions in another form. */
export function mapPlan<E extends object, F>(plan: CheckPlan<E>, to: (expression: E) => F): CheckPlan<F> {
  const text = (parts: TextPlan<E>) => mapText(parts, to);
  return {
    lets: plan.lets.map(([name, expression]) => [name, to(expression)]),
    given: plan.given.map(to),
    ...(plan.each ? { each: to(plan.each) } : {}),
    require: to(plan.require),
    at: mapPlace(plan.at, to),
    message: text(plan.message),
    fix: Object.fromEntries(Object.entries(plan.fix).map(([platform, parts]) => [platform, text(parts)])),
    related: plan.related.map(({ each, given, at, message }) => ({
      ...(each ? { each: to(each) } : {}),
      ...(given ? { given: to(given) } : {}),
      at: mapPlace(at, to),
      message: text(message),
    })),
    suggest: Object.fromEntries(
      Object.entries(plan.suggest).map(([platform, suggestion]) => [platform, suggestion.map((one) => mapSuggestion(one, to))]),
    ),
  };
}

function mapText<E extends object, F>(parts: TextPlan<E>, to: (expression: E) => F): TextPlan<F> {
  return parts.map((part) => (typeof part === 'string' ? part : to(part)));
}

function mapSuggestion<E extends object, F>({ given, title, edits }: SuggestionPlan<E>, to: (expression: E) => F): SuggestionPlan<F> {
  return {
    ...(given ? { given: to(given) } : {}),
    title: mapText(title, to),
    edits: edits.map(({ act, each, given, at, find, unless, text }) => ({
      act,
      ...(each ? { each: to(each) } : {}),
      ...(given ? { given: to(given) } : {}),
      at: mapPlace(at, to),
      ...(find === undefined ? {} : { find }),
      ...(unless ? { unless } : {}),
      text: mapText(text, to),
    })),
  };
}

function mapPlace<E, F>(plan: PlacePlan<E>, to: (expression: E) => F): PlacePlan<F> {
  if ('choose' in plan) return { choose: to(plan.choose), yes: mapPlace(plan.yes, to), no: mapPlace(plan.no, to) };
  if ('item' in plan) {
    const { item, list } = plan;
    return list ? { item, list: { whole: to(list.whole), owner: to(list.owner), field: list.field } } : { item };
  }
  if ('index' in plan) return { whole: to(plan.whole), owner: to(plan.owner), field: plan.field, index: to(plan.index) };
  return 'owner' in plan ? { owner: to(plan.owner), field: plan.field } : { whole: to(plan.whole) };
}
