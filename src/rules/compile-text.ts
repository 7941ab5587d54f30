import type { Environment } from '@marcbachmann/cel-js';
import { compileExpression, type Expression, type ExpressionProblem, isProblem } from './cel/expression.ts';
import type { TextPlan } from './plan.ts';

/** Types whose values can stand in a text. */
const PRINTABLE = /^(string|int|uint|double|bool|dyn|list<string>|list<int>)$/;

/** Compiles a text whose `{{ }}` hold CEL; offsets of problems count from the start of the text. */
export function compileText(text: string, environment: Environment): TextPlan<Expression> | ExpressionProblem {
  const parts: (string | Expression)[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('{{', from);
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) return { message: "'{{' without '}}'", offset: open };
    const expression = compileExpression(text.slice(open + 2, close), environment);
    if (isProblem(expression)) return { message: expression.message, offset: open + 2 + expression.offset };
    if (!PRINTABLE.test(expression.type))
      return { message: `a ${expression.type} cannot be printed; name one of its fields`, offset: open + 2 };
    parts.push(text.slice(from, open), expression);
    from = close + 2;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== '');
}
