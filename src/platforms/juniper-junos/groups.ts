import type { ConfigNode } from '../../syntax/config-tree.ts';

/**
 * Applies configuration groups: what `groups G` says holds wherever `apply-groups G` stands at or above, unless
 * said there; a name in `<>` fits the names that are there. Groups named by a variable (`${node}`) are left out.
 */
export function applyGroups(root: ConfigNode): void {
  const groups = root.children.get('groups');
  if (groups) inherit(root, [], groups, []);
}

const MAX_DEPTH = 40;

function inherit(node: ConfigNode, positions: readonly ConfigNode[], groups: ConfigNode, path: readonly string[]): void {
  if (path.length > MAX_DEPTH) return;
  const active = [...applied(node, groups, path), ...positions];
  for (const from of active) for (const child of from.children.values()) graft(node, child);
  const inner = path.length === 0 && groups.children.size > 0;
  for (const child of node.children.values()) {
    if (inner && child === groups) continue;
    const fitting = active.flatMap((from) => [...from.children.values()].filter((c) => fits(c.word, child.word)));
    const next = [...path, child.word];
    if (fitting.length > 0 || mayApply(child)) inherit(child, fitting, groups, next);
  }
}

/** Whether a node or one below it applies groups of its own. */
function mayApply(node: ConfigNode): boolean {
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.children.has('apply-groups')) return true;
    for (const one of at.children.values()) stack.push(one);
  }
  return false;
}

/** The places in the groups that a node applies which stand for the node itself. */
function applied(node: ConfigNode, groups: ConfigNode, path: readonly string[]): ConfigNode[] {
  const names = [...(node.children.get('apply-groups')?.children.values() ?? [])];
  for (const name of names) for (const s of name.statements) s.use ??= 'read';
  return names.flatMap((name) => {
    let at = [...groups.children.values()].filter((group) => group.word === name.word);
    for (const word of path) at = at.flatMap((n) => [...n.children.values()].filter((c) => fits(c.word, word)));
    return at;
  });
}

/** Adds a group's word where it is missing, before what is there: of two values the node's own prevails. */
function graft(node: ConfigNode, child: ConfigNode): void {
  const { word } = child;
  if (word.startsWith('<') || word === 'apply-groups' || node.children.has(word)) return;
  if (node.children.has(`no-${word}`) || (word.startsWith('no-') && node.children.has(word.slice(3)))) return;
  const { statement, index, statements, maybe } = child;
  const copy: ConfigNode = { word, parent: node, statement, index, statements, maybe, children: new Map() };
  const rest = [...node.children];
  node.children.clear();
  node.children.set(word, copy);
  for (const [name, one] of rest) node.children.set(name, one);
}

/** Whether a group's name fits: itself, or `<...>` with `*` for any characters. */
function fits(pattern: string, word: string): boolean {
  if (pattern === word) return true;
  if (!pattern.startsWith('<') || !pattern.endsWith('>')) return false;
  const parts = pattern.slice(1, -1).split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return first === word;
  const last = rest.pop() ?? '';
  if (!word.startsWith(first) || !word.endsWith(last) || word.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = word.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= word.length - last.length;
}
