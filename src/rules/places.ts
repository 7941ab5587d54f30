import type { Environment } from '@marcbachmann/cel-js';
import type { Place } from '../model/fact.ts';
import { compileExpression, type Expression, type ExpressionProblem, isProblem, type Node, parseTree } from './cel/expression.ts';
import type { Lookup } from './lookup.ts';
import { type Home, homeOf } from './subjects.ts';
import { attempt, type Variables } from './variables.ts';
import { behind, factOf, isView, type View } from './view.ts';
import { VOCABULARY, wordName } from './vocabulary/vocabulary.ts';

/** Finds where a finding stands; undefined where the path leads nowhere. */
export type PlaceFinder = (variables: Variables, lookup: Lookup) => Home | undefined;

/**
 * Compiles an `at`: a path to an entity (`member`), a fact (`member.priority`), an item of a list of
 * facts (`virtualServer.pools[0]`), or a choice between such (`a ? b : c`). `list` is the path whose
 * items the variable `item` walks over, so that `at: each` points at the very word.
 */
export function compilePlace(text: string, environment: Environment, item?: ListPath): PlaceFinder | ExpressionProblem {
  const tree = parseTree(text, environment);
  return isProblem(tree) ? tree : finderFor(tree, environment, item);
}

/** A variable that walks over the items of a list, with the list's own path. */
export interface ListPath {
  readonly variable: string;
  readonly list: Expression;
}

function finderFor(tree: Node, environment: Environment, item?: ListPath): PlaceFinder | ExpressionProblem {
  const part = (node: Node) => partOf(node, environment);
  const args = tree.args as readonly Node[];
  if (tree.op === '?:') return choice(args, part, environment, item);
  if (tree.op === '.' && args[0]) {
    const owner = part(args[0]);
    const whole = part(tree);
    if (isProblem(whole)) return whole;
    const field = String((tree.args as readonly unknown[])[1]);
    return isProblem(owner) ? owner : (variables, lookup) => homeOfField(attempt(owner, variables), field, lookup);
  }
  if (tree.op === 'id' && item && tree.args === item.variable) return itemFinder(item, environment);
  if (tree.op === '[]' && args[0]?.op === '.' && args[1]) {
    const [ownerNode, field] = args[0].args as readonly [Node, string];
    const owner = part(ownerNode);
    const index = part(args[1]);
    const whole = part(tree);
    if (isProblem(owner) || isProblem(index) || isProblem(whole)) return [owner, index, whole].find(isProblem) as ExpressionProblem;
    return (variables, lookup) =>
      homeOfValue(attempt(whole, variables), lookup) ??
      homeOfItem(attempt(owner, variables), field, Number(attempt(index, variables)), lookup);
  }
  const whole = part(tree);
  if (isProblem(whole)) return whole;
  if (!wordName(whole.type) && whole.type !== 'dyn')
    return { message: `'at' must lead to an entity or one of its fields, not to a ${whole.type}`, offset: tree.range.start };
  return (variables, lookup) => homeOfValue(attempt(whole, variables), lookup);
}

/** A part of a path as an expression of its own; offsets of problems count from the start of the whole. */
function partOf(node: Node, environment: Environment): Expression | ExpressionProblem {
  const { start, end } = node.range;
  const part = compileExpression(node.input.slice(start, end), environment);
  return isProblem(part) ? { ...part, offset: part.offset + start } : part;
}

function choice(
  args: readonly Node[],
  part: (node: Node) => Expression | ExpressionProblem,
  environment: Environment,
  item?: ListPath,
): PlaceFinder | ExpressionProblem {
  const [test, yes, no] = args as [Node, Node, Node];
  const condition = part(test);
  const left = finderFor(yes, environment, item);
  const right = finderFor(no, environment, item);
  if (isProblem(condition)) return condition;
  if (typeof left !== 'function') return left;
  if (typeof right !== 'function') return right;
  return (variables, lookup) => (attempt(condition, variables) === true ? left(variables, lookup) : right(variables, lookup));
}

/** The variable is the item itself where that has a place; else the word in the list of facts that it came from. */
function itemFinder({ variable, list }: ListPath, environment: Environment): PlaceFinder | ExpressionProblem {
  const owner = list.tree.op === '.' ? compileExpression(ownerText(list.tree), environment) : undefined;
  if (owner && isProblem(owner)) return owner;
  const field = String((list.tree.args as readonly unknown[])[1]);
  return (variables, lookup) => {
    const own = homeOfValue(variables[variable], lookup);
    if (own || !owner) return own;
    const index = (attempt(list, variables) as readonly unknown[] | undefined)?.indexOf(variables[variable]) ?? -1;
    return homeOfItem(attempt(owner, variables), field, index, lookup);
  };
}

function ownerText(tree: Node): string {
  const [owner] = tree.args as readonly [Node];
  return owner.input.slice(owner.range.start, owner.range.end);
}

function homeOfValue(value: unknown, lookup: Lookup): Home | undefined {
  if (!isView(value)) return undefined;
  const { raw, kind } = behind(value);
  return homeOf(kind, raw, lookup);
}

function homeOfField(owner: unknown, field: string, lookup: Lookup): Home | undefined {
  if (!isView(owner)) return undefined;
  const home = homeOfValue(owner, lookup);
  const at = placeIn(factOf(owner, field));
  if (at) return home && { ...home, at };
  return isDerived(owner, field) ? (homeOfValue((owner as unknown as Record<string, unknown>)[field], lookup) ?? home) : home;
}

function homeOfItem(owner: unknown, field: string, index: number, lookup: Lookup): Home | undefined {
  if (!isView(owner)) return undefined;
  const home = homeOfValue(owner, lookup);
  const list = factOf(owner, field);
  const at = Array.isArray(list) ? placeIn(list[index]) : undefined;
  return at && home ? { ...home, at } : home;
}

function isDerived(view: View, field: string): boolean {
  return VOCABULARY[behind(view).kind].fields[field]?.derive !== undefined;
}

/** The place of a stated fact or an entity, or the place that the value is. */
function placeIn(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('at' in value) return value.at as Place;
  return 'file' in value && 'line' in value && 'endColumn' in value ? (value as Place) : undefined;
}
