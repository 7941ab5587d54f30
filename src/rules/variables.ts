import { EvaluationError } from '@marcbachmann/cel-js';
import type { Expression } from './cel/expression.ts';

/** What the expressions of one check can name. Values computed by `let` are computed when first asked for. */
export type Variables = Record<string, unknown>;

/** Mistakes in the vocabulary show up as these; anything else that CEL throws while running means "unknown". */
const BUGS = new Set(['field_type_mismatch', 'list_item_type_mismatch', 'variable_type_mismatch', 'unsupported_type']);

/** The value of an expression; undefined is unknown. */
export function attempt(expression: Expression, variables: Variables): unknown {
  try {
    return expression.run(variables);
  } catch (error) {
    if (error instanceof EvaluationError && !BUGS.has(error.code)) return undefined;
    throw error;
  }
}

/** Adds a variable that is computed when first asked for, and at most once. */
export function addLazy(variables: Variables, name: string, expression: Expression): void {
  Object.defineProperty(variables, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = expression.run(variables);
      Object.defineProperty(variables, name, { value });
      return value;
    },
  });
}

/** The same variables and one more. */
export function withVariable(variables: Variables, name: string, value: unknown): Variables {
  return Object.create(variables, { [name]: { value, enumerable: true } }) as Variables;
}
