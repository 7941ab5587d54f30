/** Thrown by what an expression asks for and the configs do not say; it ends the expression with "unknown". */
export class Unknown extends Error {}

/** Ends the evaluation of an expression with "unknown". */
export function unknown(what: string): never {
  throw new Unknown(`unknown: ${what}`);
}
