import { type Environment, EvaluationError } from '@marcbachmann/cel-js';
import { factOf, isView } from '../view.ts';
import { HELPERS } from './helpers.ts';

/** What a macro sees of the checker and the evaluator. */
interface Walker {
  readonly check: (node: unknown, context: unknown) => unknown;
  readonly run: (node: unknown, context: unknown) => unknown;
  readonly getType: (name: string) => unknown;
}

interface FieldNode {
  readonly op: string;
  readonly args: readonly [unknown, string];
}

/** Adds the helpers and `stated(x.field)`: the config says so itself, as opposed to a default. */
export function registerHelpers(environment: Environment): void {
  for (const { signature, handler, doc } of HELPERS) environment.registerFunction({ signature, handler, description: doc, async: false });
  const stated = ({ args }: { args: readonly unknown[] }) => {
    const field = args[0] as FieldNode;
    return {
      typeCheck(walker: Walker, _macro: unknown, context: unknown) {
        if (field.op !== '.') throw new EvaluationError('stated() takes a field, as in stated(member.preempt)');
        walker.check(field, context);
        return walker.getType('bool');
      },
      evaluate(walker: Walker, _macro: unknown, context: unknown) {
        const view = walker.run(field.args[0], context);
        if (!isView(view)) return false;
        const fact = factOf(view, field.args[1]);
        return fact !== undefined && !isDefault(fact);
      },
    };
  };
  environment.registerFunction('stated(ast): bool', stated as never);
}

function isDefault(fact: unknown): boolean {
  return typeof fact === 'object' && fact !== null && 'default' in fact;
}
