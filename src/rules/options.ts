import { closest, distance } from 'fastest-levenshtein';
import type { Rule } from './rule.ts';

type Option = number | string | boolean;

/** What is wrong with the options that a project gives a rule, each as a sentence without a full stop. */
export function optionProblems(rule: Rule, given: Readonly<Record<string, Option>>): string[] {
  const own = rule.options ?? {};
  return Object.entries(given).flatMap(([name, value]) => {
    const meant = own[name];
    if (meant === undefined) return [`rule ${rule.id} has no option '${name}'${suggestion(name, Object.keys(own))}`];
    return typeof value === typeof meant ? [] : [`option '${name}' of rule ${rule.id} must be a ${typeof meant}, such as ${meant}`];
  });
}

/** The options in force as CEL values: the project's where they are of the right type, else the rule's own. */
export function optionValues(rule: Rule, given: Readonly<Record<string, Option>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rule.options ?? {}).map(([name, own]) => {
      const value = typeof given[name] === typeof own ? (given[name] as Option) : own;
      return [name, typeof value === 'number' && Number.isInteger(own) ? BigInt(Math.round(value)) : value];
    }),
  );
}

function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(name, [...known]);
  return distance(name, near) <= Math.max(2, name.length / 3) ? `; did you mean '${near}'?` : `; it has ${known.join(', ')}`;
}
