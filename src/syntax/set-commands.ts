import { type ConfigNode, emptyTree, plant, prune } from './config-tree.ts';
import type { Source } from './source.ts';
import type { Statement } from './statement.ts';

/** What the tree of a configuration is made from, and where in it. */
export interface TreeOptions {
  /** The path at which the top of a brace section stands (`show configuration interfaces ae0`), by the line of its first statement. */
  readonly base?: (source: Source, line: number) => readonly string[];
}

/** Commands of a session that say nothing of the configuration. */
const SESSION =
  /^(?:configure|config|commit|save|exit|quit|show|run|rollback|load|echo|source|sudo|sleep|if|then|else|elif|fi|for|do|done|begin|end|compare|copy|annotate|rename|protect|unprotect|set|cli|export|generate|confirm|reboot|insert|wildcard|discard|\$|\/|\.)/;

/**
 * One tree out of the files of a host, in whichever form each is written: braces, or commands (`set`,
 * `delete`, `deactivate`, `edit`, `top`, `up`). What is inactive is left out.
 */
export function configTree(sources: readonly Source[], options: TreeOptions = {}): ConfigNode {
  const root = emptyTree();
  for (const source of sources) {
    if (isCommands(source.statements)) runCommands(root, source.statements);
    else for (const s of source.statements) plantBlock(below(root, s, options.base?.(source, s.line) ?? []), s, 0);
  }
  return root;
}

/** Whether the statements are commands rather than a tree in braces. */
export function isCommands(statements: readonly Statement[]): boolean {
  return statements.some((s) => verbOf(s).verb === 'set' && s.children.length === 0);
}

const MAX_DEPTH = 100;

function plantBlock(parent: ConfigNode, s: Statement, depth: number): void {
  const tag = /^(?:inactive|delete|protect|replace|active):$/.test(s.words[0] ?? '') ? 1 : 0;
  if (/^(?:inactive|delete):$/.test(s.words[0] ?? '')) {
    ignoreAllIn(s);
    return;
  }
  if (depth > MAX_DEPTH) return;
  const node = plant(parent, s, tag);
  for (const inner of s.children) plantBlock(node, inner, depth + 1);
}

function ignoreAllIn(s: Statement): void {
  s.use = 'ignored';
  for (const inner of s.children) ignoreAllIn(inner);
}

function runCommands(root: ConfigNode, statements: readonly Statement[]): void {
  let level: readonly string[] = [];
  for (const s of statements) {
    const { verb, from } = verbOf(s);
    const path = [...level, ...s.words.slice(from)];
    if (verb === 'set') plant(below(root, s, level), s, from);
    else if (SESSION.test(verb) || /^(?:delete|del|deactivate|activate|edit|top|up)$/.test(verb)) s.use = 'ignored';
    if (/^(?:delete|del|deactivate)$/.test(verb) && path.length > 0) prune(root, path);
    else if (verb === 'edit') level = path;
    else if (verb === 'top') level = [];
    else if (verb === 'up') level = level.slice(0, -1);
  }
}

/** The command's verb, behind a wrapper where scripts use one, and where its path begins. */
function verbOf(s: Statement): { verb: string; from: number } {
  const wrapped = /(?:cmd-wrapper|WRAPPER\}?"?)$/.test(s.words[0] ?? '') ? 1 : 0;
  return { verb: s.words[wrapped] ?? '', from: wrapped + 1 };
}

function below(root: ConfigNode, s: Statement, path: readonly string[]): ConfigNode {
  let at = root;
  for (const word of path) {
    const next = at.children.get(word) ?? {
      word,
      parent: at,
      statement: s,
      index: 0,
      children: new Map(),
      statements: [],
      maybe: s.maybe ?? false,
    };
    at.children.set(word, next);
    at = next;
  }
  return at;
}
