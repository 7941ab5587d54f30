import { EvaluationError } from '@marcbachmann/cel-js';
import type { Expression } from './cel/expression.ts';

/** What the expressions of one check can name. Values computed by `let` are computed when first asked for. */
export type Variables = Record<string, unknown>;

/** Mistakes in the vocabulary show up as these; anything else that CEL throws while running means "unknown". */
const BUGS = new Set(['field_type_mismatch', 'list_item_type_mismatch', 'variable_type_mismatch', 'unsupported_type']);

/** The value of an expression; undefined is unknown. */
export function attempt(expression: Expression, variables: Variables): unknown {
  const { stackTraceLimit } = Error;
  // Most of what is thrown here only says "unknown", and stack traces are what is slow about it.
  Error.stackTraceLimit = 0;
  try {
    return expression.run(variables);
  } catch (error) {
    if (error instanceof EvaluationError && !BUGS.has(error.code)) return undefined;
    Error.stackTraceLimit = stackTraceLimit;
    // A bug: it throws again, this time with its stack trace.
    return expression.run(variables);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const ROOT = Symbol('root');

/** Makes a check's variables for one subject: those given, and those that `lets` compute when first asked for, at most once. */
export function variablesWith(lets: readonly (readonly [string, Expression])[]): (given: Readonly<Record<string, unknown>>) => Variables {
  const shared = {};
  for (const [name, expression] of lets) {
    Object.defineProperty(shared, name, {
      enumerable: true,
      get(this: { readonly [ROOT]: Variables }) {
        const root = this[ROOT];
        const value = expression.run(root);
        Object.defineProperty(root, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return (given) => {
    const variables = Object.assign(Object.create(shared), given);
    variables[ROOT] = variables;
    return variables;
  };
}

/** The same variables and one more. */
export function withVariable(variables: Variables, name: string, value: unknown): Variables {
  return Object.create(variables, { [name]: { value, enumerable: true } }) as Variables;
}
