import { emitPlans } from '../../src/rules/cel/emit-plan.ts';
import * as runtime from '../../src/rules/cel/runtime.ts';
import { compileRule, interpreted } from '../../src/rules/compile.ts';
import type { ReadyRule, Rule } from '../../src/rules/rule.ts';

/** A rule as the interpreter runs it, and as the build compiles it. Throws where an expression is wrong. */
export function readyOf(rule: Rule): { readonly interpreted: ReadyRule; readonly compiled: ReadyRule } {
  const result = compileRule(rule);
  if (result.mistakes.length > 0) throw new Error(JSON.stringify(result.mistakes));
  const plans = new Function('r', `return ${emitPlans(result.plans)}`)(runtime);
  return { interpreted: interpreted(rule, result), compiled: { ...rule, plans: () => plans } };
}
