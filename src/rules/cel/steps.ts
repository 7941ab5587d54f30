/**
 * How far the expressions of one rule may go on one network. CEL always ends, but loops inside loops over a large
 * estate would end next week; what is counted is the same on every machine, unlike a time.
 */
export const MOST_STEPS = 10_000_000;

/** A rule went too far: its author's mistake, not halint's. */
export class TooManySteps extends Error {
  constructor(rule: string) {
    super(`rule ${rule} takes too many steps on this network; look for a loop inside a loop`);
  }
}

let rule = '';
let left = Number.POSITIVE_INFINITY;

/** From here on the steps are those of this rule. */
export function countStepsOf(id: string, most: number = MOST_STEPS): void {
  rule = id;
  left = most;
}

/** Throws once the rule at work has gone too far: `||` and `exists` go on after what is thrown inside them. */
export function checkSteps(): void {
  if (left < 0) throw new TooManySteps(rule);
}

/** Takes as many steps as a list, a map or a text has parts. */
function take(value: unknown): void {
  left -= typeof value === 'string' || Array.isArray(value) ? value.length : value instanceof Map ? value.size : 0;
  checkSteps();
}

/** A node of cel-js's tree as its evaluator sees it; a macro has its loop in `meta.alternate`. */
interface Running {
  readonly op: string;
  readonly args: unknown;
  readonly meta?: { readonly alternate?: Running; readonly evaluate: Evaluate };
  readonly handle?: (over: unknown, loop: unknown, evaluator: Evaluator, context: unknown) => unknown;
  evaluate: Evaluate;
}

type Evaluate = (evaluator: Evaluator, node: Running, context: unknown) => unknown;

interface Evaluator {
  readonly run: (node: unknown, context: unknown) => unknown;
}

/** Makes the loops of a type-checked tree, and all that makes a list or a text longer, count their steps. */
export function countSteps(tree: unknown): void {
  if (Array.isArray(tree)) for (const part of tree) countSteps(part);
  else if (typeof tree === 'object' && tree !== null && 'op' in tree) countNode(tree as Running);
}

function countNode(node: Running): void {
  if (node.meta?.alternate) countSteps(node.meta.alternate);
  else if (node.op === 'comprehension') countLoop(node);
  else {
    countSteps(node.args);
    if (node.op === '+') countSum(node);
  }
}

function countLoop(node: Running): void {
  const loop = node.args as { readonly iterable: Running; readonly step: Running };
  countSteps([loop.iterable, loop.step]);
  node.evaluate = (evaluator, own, context) => {
    const over = evaluator.run(loop.iterable, context);
    take(over);
    return own.handle?.(over, loop, evaluator, context);
  };
}

function countSum(node: Running): void {
  node.evaluate = (evaluator, own, context) => {
    const sum = own.meta?.evaluate(evaluator, own, context);
    take(sum);
    return sum;
  };
}
