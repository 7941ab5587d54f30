import { type CheckPlan, mapPlan } from '../plan.ts';
import { emitExpression } from './emit.ts';
import type { Expression } from './expression.ts';

/** A stretch of JavaScript among plain data. */
class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * JavaScript for the plans of a rule's checks, as an array literal that needs the functions of `runtime.ts` as `r`.
 * Throws where an expression uses what `emitExpression` does not know.
 */
export function emitPlans(plans: readonly CheckPlan<Expression>[]): string {
  return print(plans.map((plan) => mapPlan(plan, code)));
}

function code({ tree, text }: Expression): Code {
  const emitted = emitExpression(tree);
  if (emitted === undefined) throw new Error(`src/rules/cel/emit.ts does not know all of: ${text}`);
  return new Code(emitted);
}

function print(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(print)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${print(part)}`)}}`;
}
