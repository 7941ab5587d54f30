import { type ExpressionProblem, isProblem } from './cel/expression.ts';
import type { Check } from './rule.ts';

/** A mistake in one of a rule's expressions: the path to it in the rule, and the character (from 0) of that text. */
export interface ExpressionMistake extends ExpressionProblem {
  readonly path: readonly (string | number)[];
}

/** Passes what compiled; notes what did not, or what has another type than it must have. */
export type Report = <T extends object>(path: readonly (string | number)[], result: T | ExpressionProblem, type?: RegExp) => T | undefined;

/** Gathers the mistakes of check `index`. */
export function reporter(index: number, check: Check, mistakes: ExpressionMistake[]): Report {
  return (path, result, type) => {
    const full = [...(path[0] === 'fix' && !check.fix ? [] : ['checks', index]), ...path];
    if (isProblem(result)) mistakes.push({ ...result, path: full });
    else if (type && 'type' in result && !type.test(String(result.type)))
      mistakes.push({ path: full, offset: 0, message: `gives a ${result.type}; it must be a ${NAMES.get(type)}` });
    else return result;
    return undefined;
  };
}

/** CEL types, for `Report`. */
export const BOOL = /^(bool|dyn)$/;
export const LIST = /^(list|dyn)/;
const NAMES = new Map([
  [BOOL, 'bool'],
  [LIST, 'list'],
]);

/** The type of a list's elements, from the list's own: `list<Member>`. */
export function elementType(list: string): string {
  return /^list<(.+)>$/.exec(list)?.[1] ?? 'dyn';
}
