import type { Environment } from '@marcbachmann/cel-js';
import { compileExpression, type Expression, type ExpressionProblem, isProblem, type Node, parseTree } from './cel/expression.ts';
import type { PlacePlan } from './plan.ts';
import { wordName } from './vocabulary/vocabulary.ts';

type Planned = PlacePlan<Expression> | ExpressionProblem;

/**
 * Compiles an `at`: a path to an entity (`member`), a fact (`member.priority`), an item of a list of
 * facts (`virtualServer.pools[0]`), or a choice between such (`a ? b : c`). `item` is the loop variable
 * with the path of the list that it walks over, so that `at: each` points at the very word.
 */
export function compilePlace(text: string, environment: Environment, item?: ListPath): Planned {
  const tree = parseTree(text, environment);
  return isProblem(tree) ? tree : planOf(tree, environment, item);
}

/** A variable that walks over the items of a list, with the list's own path. */
export interface ListPath {
  readonly variable: string;
  readonly list: Expression;
}

function planOf(tree: Node, environment: Environment, item?: ListPath): Planned {
  const part = (node: Node) => partOf(node, environment);
  const args = tree.args as readonly Node[];
  if (tree.op === '?:') return choice(args, environment, item);
  if (tree.op === 'id' && item && tree.args === item.variable) return itemPlan(item, environment);
  const whole = part(tree);
  if (isProblem(whole)) return whole;
  if (tree.op === '.' && args[0]) {
    const owner = part(args[0]);
    return isProblem(owner) ? owner : { owner, field: String((tree.args as readonly unknown[])[1]) };
  }
  if (tree.op === '[]' && args[0]?.op === '.' && args[1]) {
    const [ownerNode, field] = args[0].args as readonly [Node, string];
    const owner = part(ownerNode);
    const index = part(args[1]);
    return isProblem(owner) ? owner : isProblem(index) ? index : { whole, owner, field, index };
  }
  if (!wordName(whole.type) && whole.type !== 'dyn')
    return { message: `'at' must lead to an entity or one of its fields, not to a ${whole.type}`, offset: tree.range.start };
  return { whole };
}

/** A part of a path as an expression of its own; offsets of problems count from the start of the whole. */
function partOf(node: Node, environment: Environment): Expression | ExpressionProblem {
  const { start, end } = node.range;
  const part = compileExpression(node.input.slice(start, end), environment);
  return isProblem(part) ? { ...part, offset: part.offset + start } : part;
}

function choice(args: readonly Node[], environment: Environment, item?: ListPath): Planned {
  const [test, left, right] = args as [Node, Node, Node];
  const choose = partOf(test, environment);
  const yes = planOf(left, environment, item);
  const no = planOf(right, environment, item);
  if (isProblem(choose)) return choose;
  return isProblem(yes) ? yes : isProblem(no) ? no : { choose, yes, no };
}

function itemPlan({ variable, list }: ListPath, environment: Environment): Planned {
  if (list.tree.op !== '.') return { item: variable };
  const [node, field] = list.tree.args as readonly [Node, string];
  const owner = compileExpression(node.input.slice(node.range.start, node.range.end), environment);
  return isProblem(owner) ? owner : { item: variable, list: { whole: list, owner, field } };
}
