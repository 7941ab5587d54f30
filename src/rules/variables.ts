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
const KNOWN = Symbol('known');

/** Computed, and unknown. */
const UNKNOWN = Symbol('unknown');

/** What a subject is given to a check as: the name, and the check's options. */
type Give = (subject: unknown) => Variables;

/**
 * Makes a check's variables for one subject after another: the subject under its name, the options, and those that
 * `lets` compute when first asked for, at most once.
 */
export function variablesWith(
  lets: readonly (readonly [string, (variables: Variables) => unknown])[],
  name: string,
  options: Readonly<Record<string, unknown>>,
): Give {
  class Given {
    readonly [ROOT]: Given;
    readonly [KNOWN]: unknown[];
    readonly options: typeof options;
    // Here, not beside the names: one is made for each subject of each check, and that is several times as fast.
    constructor(subject: unknown) {
      this[ROOT] = this;
      this[KNOWN] = [];
      this.options = options;
      (this as Variables)[name] = subject;
    }
  }
  for (const [index, [variable, compute]] of lets.entries()) {
    Object.defineProperty(Given.prototype, variable, {
      get(this: Given) {
        const known = this[KNOWN][index];
        if (known !== undefined) return known === UNKNOWN ? undefined : known;
        const value = compute(this[ROOT] as unknown as Variables);
        this[KNOWN][index] = value ?? UNKNOWN;
        return value;
      },
    });
  }
  return (subject) => new Given(subject) as unknown as Variables;
}

/** The same variables and one more. */
export function withVariable(variables: Variables, name: string, value: unknown): Variables {
  return Object.create(variables, { [name]: { value, enumerable: true } }) as Variables;
}
