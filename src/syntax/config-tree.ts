import { type Place, startOfLine } from '../model/fact.ts';
import { placeOfStatement, placeOfWord, type Statement } from './statement.ts';

/**
 * One word of a configuration that is a tree of words (Junos, VyOS): `set a b c` and `a { b c; }` are
 * the same path, whichever form it is written in.
 */
export interface ConfigNode {
  readonly word: string;
  readonly parent?: ConfigNode;
  /** Where the word is first written. */
  readonly statement: Statement | undefined;
  readonly index: number;
  /** In the order in which they were last set: of several values of one leaf, the last prevails. */
  readonly children: Map<string, ConfigNode>;
  /** Statements that end with this word. */
  readonly statements: Statement[];
  /** Behind a template's condition. */
  maybe: boolean;
}

/** An empty tree. */
export function emptyTree(): ConfigNode {
  return { word: '', statement: undefined, index: 0, children: new Map(), statements: [], maybe: false };
}

/** Deeper paths are cut: no config nests so deep. */
const MAX_DEPTH = 60;

/** Adds the words of a statement from `from` on below `node`; `[ a b ]` adds each. Returns the node of the last word. */
export function plant(node: ConfigNode, s: Statement, from = 0): ConfigNode {
  let at = node;
  for (let i = from; i < s.words.length && i < MAX_DEPTH; i++) {
    const word = s.words[i] as string;
    if (word === '[') {
      for (let item = i + 1; item < s.words.length && s.words[item] !== ']'; item++) addWord(at, s, item).statements.push(s);
      return at;
    }
    at = addWord(at, s, i);
  }
  at.statements.push(s);
  return at;
}

function addWord(parent: ConfigNode, s: Statement, index: number): ConfigNode {
  const word = s.words[index] as string;
  const known = parent.children.get(word);
  if (known) {
    if (s.maybe !== true) known.maybe = false;
    if (known.children.size === 0) {
      parent.children.delete(word);
      parent.children.set(word, known);
    }
    return known;
  }
  const node = { word, parent, statement: s, index, children: new Map(), statements: [], maybe: s.maybe ?? false };
  parent.children.set(word, node);
  return node;
}

/** The node at a path of words, undefined where nobody wrote it; the statements on the way count as read. */
export function follow(node: ConfigNode | undefined, ...path: readonly string[]): ConfigNode | undefined {
  let at = node;
  for (const word of path) {
    at = at?.children.get(word);
    if (!at) return undefined;
    markRead(at);
  }
  return at;
}

/** The nodes below a path, each marked as read. */
export function listed(node: ConfigNode | undefined, ...path: readonly string[]): ConfigNode[] {
  const found = [...(follow(node, ...path)?.children.values() ?? [])];
  for (const one of found) markRead(one);
  return found;
}

/** The value of a leaf: the last word below the path. */
export function leaf(node: ConfigNode | undefined, ...path: readonly string[]): ConfigNode | undefined {
  return listed(node, ...path).at(-1);
}

function markRead(node: ConfigNode): void {
  for (const s of node.statements) s.use = 'read';
}

/** Marks what is unmarked in a node and below as known and of no concern. */
export function ignoreBelow(node: ConfigNode): void {
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    for (const s of at.statements) s.use ??= 'ignored';
    for (const one of at.children.values()) stack.push(one);
  }
}

/** Takes the path of words out of the tree. */
export function prune(root: ConfigNode, path: readonly string[]): void {
  const node = path.reduce<ConfigNode | undefined>((at, word) => at?.children.get(word), root);
  if (node?.parent) node.parent.children.delete(node.word);
}

/** The place of the word itself. */
export function wordPlace(node: ConfigNode): Place {
  return node.statement ? placeOfWord(node.statement, node.index) : NOWHERE;
}

/** The place of the statement that first writes the word, with its block where the block is the word's own. */
export function nodePlace(node: ConfigNode): Place {
  return node.statement ? placeOfStatement(node.statement) : NOWHERE;
}

const NOWHERE: Place = startOfLine('', 1);
