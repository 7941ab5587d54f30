import { Unknown } from './cel/unknown.ts';

/** What the expressions of one check can name. Values computed by `let` are computed when first asked for. */
export type Variables = Record<string, unknown>;

/** Mistakes in the vocabulary show up as these; anything else that CEL throws while running means "unknown". */
const BUGS = new Set(['field_type_mismatch', 'list_item_type_mismatch', 'variable_type_mismatch', 'unsupported_type']);

/** The value that the interpreter gives; undefined is unknown. */
export function attempt(run: (variables: Variables) => unknown, variables: Variables): unknown {
  const { stackTraceLimit } = Error;
  // Most of what is thrown here only says "unknown", and stack traces are what is slow about it.
  Error.stackTraceLimit = 0;
  try {
    return run(variables);
  } catch (error) {
    if (error instanceof Unknown || isUnknown(error)) return undefined;
    Error.stackTraceLimit = stackTraceLimit;
    // A bug: it throws again, this time with its stack trace.
    return run(variables);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Whether it is CEL's own error, told by its name: compiled rules run without CEL being loaded. */
function isUnknown(error: unknown): boolean {
  return error instanceof Error && error.name === 'EvaluationError' && 'code' in error && !BUGS.has(String(error.code));
}

const ROOT = Symbol('root');

/** Makes a check's variables for one subject: those given, and those that `lets` compute when first asked for, at most once. */
export function variablesWith(
  lets: readonly (readonly [string, (variables: Variables) => unknown])[],
): (given: Readonly<Record<string, unknown>>) => Variables {
  const shared = {};
  for (const [name, compute] of lets) {
    Object.defineProperty(shared, name, {
      enumerable: true,
      get(this: { readonly [ROOT]: Variables }) {
        const root = this[ROOT];
        const value = compute(root);
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
