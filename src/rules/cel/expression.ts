import type { Environment } from '@marcbachmann/cel-js';
import { closest, distance } from 'fastest-levenshtein';
import type { Ask } from '../plan.ts';
import { attempt, type Variables } from '../variables.ts';
import { VOCABULARY, wordName } from '../vocabulary/vocabulary.ts';
import { HELPERS, pattern } from './helpers.ts';
import { checkSteps, countSteps } from './steps.ts';

/** What is wrong with an expression, and at which character of it (counted from 0). */
export interface ExpressionProblem {
  readonly message: string;
  readonly offset: number;
}

/** A parsed and type-checked expression. */
export interface Expression {
  readonly text: string;
  /** CEL type: `bool`, `list<Member>`. */
  readonly type: string;
  /** Throws for "unknown". */
  readonly run: Ask;
  /** Gives undefined for "unknown". */
  readonly ask: Ask;
  readonly tree: Node;
}

/** A node of cel-js's syntax tree, as far as it is needed here. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly input: string;
  readonly range: { readonly start: number; readonly end: number };
}

interface CelError {
  readonly code?: string;
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number; readonly end: number };
  readonly node?: Node;
}

/** Parses and type-checks an expression over the variables of `environment`. */
export function compileExpression(text: string, environment: Environment): Expression | ExpressionProblem {
  try {
    const parsed = environment.parse(text);
    const tree = parsed.ast as unknown as Node;
    const forbidden = findForbidden(tree);
    if (forbidden) return forbidden;
    const check = parsed.check();
    if (!check.valid) return explain(check.error as unknown as CelError, environment);
    countSteps(tree);
    const run = (variables: Variables) => parsed(variables);
    const ask = (variables: Variables) => {
      const value = attempt(run, variables);
      checkSteps();
      return value;
    };
    return { text, type: check.type ?? 'dyn', run, ask, tree };
  } catch (error) {
    return explain(error as CelError, environment);
  }
}

/** The syntax tree of an expression alone, for a choice between places whose types may differ. */
export function parseTree(text: string, environment: Environment): Node | ExpressionProblem {
  try {
    const tree = environment.parse(text).ast as unknown as Node;
    return findForbidden(tree) ?? tree;
  } catch (error) {
    return explain(error as CelError, environment);
  }
}

/** Names that CEL itself knows. */
const CEL_NAMES = new Set([
  'bool',
  'bytes',
  'cel',
  'double',
  'google',
  'int',
  'list',
  'map',
  'null_type',
  'optional',
  'string',
  'type',
  'uint',
]);

/** Whether compiling gave a problem. */
export function isProblem(result: object): result is ExpressionProblem {
  return 'offset' in result;
}

/** All nodes of a tree, outermost first. */
function* nodes(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) {
    for (const part of tree) yield* nodes(part);
  } else if (typeof tree === 'object' && tree !== null && 'op' in tree) {
    yield tree as Node;
    yield* nodes((tree as Node).args);
  }
}

function findForbidden(tree: Node): ExpressionProblem | undefined {
  for (const node of nodes(tree)) {
    if (node.op !== 'rcall' && node.op !== 'call') continue;
    const [name, first, second] = node.args as readonly [string, unknown, unknown];
    if (name === 'matches') {
      return { message: 'matches() can run for ever on a long text; use re(text, pattern)', offset: node.range.start };
    }
    const source = name === 're' && Array.isArray(first) ? (first[1] as Node | undefined) : (second as Node | undefined);
    if (name === 're' && source?.op === 'value' && typeof source.args === 'string') {
      const problem = patternProblem(source.args);
      if (problem) return { message: problem, offset: source.range.start };
    }
  }
  return undefined;
}

function patternProblem(source: string): string | undefined {
  try {
    pattern(source);
    return undefined;
  } catch (error) {
    return `not an RE2 pattern: ${(error as Error).message}`;
  }
}

function explain(error: CelError, environment: Environment): ExpressionProblem {
  const offset = error.range?.start ?? 0;
  const summary = error.summary ?? error.message.split('\n')[0] ?? 'not an expression';
  const better = betterMessage(error, environment);
  return { message: better ?? sentence(summary), offset };
}

function betterMessage(error: CelError, environment: Environment): string | undefined {
  const node = error.node;
  if (error.code === 'no_such_key' && node?.op === '.') {
    const [left, field] = node.args as readonly [{ readonly checkedType?: { readonly name: string } }, string];
    const kind = left.checkedType && wordName(left.checkedType.name);
    return kind && noSuch(`${kind} has no field '${field}'`, field, Object.keys(VOCABULARY[kind].fields));
  }
  if (error.code === 'unknown_variable') {
    const name = String(node?.args);
    return noSuch(
      `'${name}' is unknown here`,
      name,
      environment
        .getDefinitions()
        .variables.map((v) => v.name)
        .filter((v) => !CEL_NAMES.has(v)),
    );
  }
  if (error.code === 'no_matching_overload' && (node?.op === 'call' || node?.op === 'rcall')) {
    const name = String((node.args as readonly unknown[])[0]);
    const own = HELPERS.find((h) => h.signature.startsWith(`${name}(`));
    if (own) return `${sentence(error.summary ?? '')}; it is ${own.signature}`;
    const names = [
      ...HELPERS.map((h) => h.signature.slice(0, h.signature.indexOf('('))),
      'size',
      'has',
      'stated',
      'string',
      'int',
      'exists',
    ];
    const near = closest(name, names);
    if (!names.includes(name) && distance(name, near) <= 2) return `no function '${name}'; did you mean '${near}'?`;
  }
  return undefined;
}

function noSuch(what: string, name: string, offered: readonly string[]): string {
  if (offered.length === 0) return what;
  const near = closest(name, [...offered]);
  const list = [...offered].sort().join(', ');
  return distance(name, near) <= Math.max(2, name.length / 3)
    ? `${what}; did you mean '${near}'? It has: ${list}`
    : `${what}; it has: ${list}`;
}

function sentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
