/** Thrown by what an expression asks for and the configs do not say; it ends the expression with "unknown". */
export class Unknown extends Error {}

/** One for each thing that is unknown, whoever asks: making an error takes far longer than throwing it. */
const errors = new Map<string, Unknown>();

/** Ends the evaluation of an expression with "unknown"; `what` is one of a few texts. */
export function unknown(what: string): never {
  const error = errors.get(what) ?? new Unknown(`unknown: ${what}`);
  errors.set(what, error);
  throw error;
}
