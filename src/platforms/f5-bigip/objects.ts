import { type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { numberFact, wordFact } from '../entity.ts';
import { fullPath } from '../f5-names.ts';

/** A configuration object: every statement about it, in the order of the files. */
export interface F5Object {
  /** With its partition where the kind has one. */
  readonly name: string;
  /** The third word of `ltm monitor http`. */
  readonly type: string;
  readonly statements: Statement[];
}

/** Objects of one kind by name. */
export type Kind = Map<string, F5Object>;

/** Kinds whose names have no partition. */
const FLAT: ReadonlySet<string> = new Set(['net interface', 'net trunk', 'sys db', 'sys ha-group', 'sys management-ip']);

/** Kinds with a type before the name. */
const TYPED: ReadonlySet<string> = new Set(['ltm monitor', 'ltm profile', 'ltm persistence']);

/** Files a statement under its object. Names of a saved configuration and of commands meet here. */
export function file(kinds: Map<string, Kind>, kind: string, s: Statement): F5Object | undefined {
  const typed = TYPED.has(kind);
  const written = s.words[typed ? 3 : 2] ?? '';
  if (isUnknown(s.words[2] ?? '')) return undefined;
  const name = flatKind(kind) ? flatName(written) : fullPath(written);
  const objects = kinds.get(kind) ?? new Map<string, F5Object>();
  kinds.set(kind, objects);
  const known = objects.get(name);
  if (known) {
    known.statements.push(s);
    return known;
  }
  const object: F5Object = { name, type: typed ? (s.words[2] ?? '') : '', statements: [s] };
  objects.set(name, object);
  return object;
}

function flatKind(kind: string): boolean {
  return FLAT.has(kind);
}

/** Trunks and interfaces stand in no partition, though references may give one. */
export function flatName(name: string): string {
  return name.startsWith('/Common/') ? name.slice('/Common/'.length) : name;
}

/** The first statement about an object: the one that defines it. */
export function definitionOf(object: F5Object): Statement {
  return object.statements[0] as Statement;
}

/** The last statement that sets a property; marks it as read. */
export function property(object: F5Object, key: string): Statement | undefined {
  return propertyOf(
    object.statements.flatMap((s) => s.children),
    key,
  );
}

/** As `property`, among given statements. */
export function propertyOf(statements: readonly Statement[], key: string): Statement | undefined {
  const found = statements.findLast((s) => s.words[0] === key);
  if (found) found.use = 'read';
  return found;
}

/** The value of a property of one word. */
export function textOf(object: F5Object, key: string): Fact<string> | undefined {
  const s = property(object, key);
  return s && wordFact(s, 1);
}

/** As `textOf`, where `none` means that nothing is set. */
export function nameOf(object: F5Object, key: string): Fact<string> | undefined {
  const fact = textOf(object, key);
  return fact && (fact.value === 'none' || fact.value === 'any6') ? undefined : fact;
}

/** A property that is a number. */
export function numberOf(object: F5Object, key: string, scale = 1): Fact<number> | undefined {
  const s = property(object, key);
  return s && numberFact(s, 1, scale);
}

/** A property that is `enabled` or `disabled` (also yes, true). */
export function switchOf(object: F5Object, key: string): Fact<boolean> | undefined {
  const s = property(object, key);
  const fact = s && wordFact(s, 1);
  if (!s || !fact) return undefined;
  const on = /^(?:enabled?|yes|true)$/.test(fact.value);
  return on || /^(?:disabled?|no|false)$/.test(fact.value) ? stated(on, placeOfWord(s, 1)) : undefined;
}

/** The state that the flag `enabled` or `disabled` sets, the later one where both stand. */
export function stateOf(statements: readonly Statement[]): Fact<boolean> | undefined {
  const flag = statements.findLast((s) => s.words.length === 1 && /^(?:enabled|disabled)$/.test(s.words[0] as string));
  if (!flag || flag.maybe) return undefined;
  flag.use = 'read';
  return stated(flag.words[0] === 'enabled', placeOfWord(flag, 0));
}

/** An entry of a list property: a name and what its block says. */
export interface Entry {
  readonly name: string;
  readonly at: Place;
  /** The statement that names it: its own place is the whole entry. */
  readonly statement: Statement;
  readonly properties: Statement[];
}

/** Entries of a list property (`members`, `devices`, `interfaces`) after all that `add`, `modify` and `delete` did to it. */
export function entriesOf(
  object: F5Object,
  key: string,
): { readonly entries: readonly Entry[]; readonly open: boolean; readonly said?: Statement } {
  const lists = object.statements.flatMap((s) => s.children).filter((s) => s.words[0] === key);
  const entries = new Map<string, Entry>();
  let open = false;
  for (const list of lists) {
    list.use = 'read';
    const verb = list.words[1];
    if (verb !== 'add' && verb !== 'modify' && verb !== 'delete') entries.clear();
    if (list.maybe) open = true;
    const inline = list.words
      .slice(1)
      .map((_, i) => i + 1)
      .filter((i) => !LIST_VERBS.has(list.words[i] as string));
    for (const index of list.children.length > 0 ? [] : inline) put(entries, list, index, []);
    for (const item of list.children) {
      if (item.maybe) open = true;
      item.words.forEach((word, index) => {
        if (verb === 'delete') entries.delete(word);
        else put(entries, item, index, index === item.words.length - 1 ? item.children : []);
      });
    }
  }
  const said = lists.at(-1);
  const known = [...entries.values()].filter((e) => !isUnknown(e.name));
  return { entries: known, open: open || known.length < entries.size, ...(said ? { said } : {}) };
}

const LIST_VERBS: ReadonlySet<string> = new Set(['add', 'modify', 'delete', 'replace-all-with', 'none']);

function put(entries: Map<string, Entry>, s: Statement, index: number, properties: readonly Statement[]): void {
  s.use = 'read';
  const name = s.words[index] as string;
  const known = entries.get(name);
  if (known) for (const one of properties) known.properties.push(one);
  else entries.set(name, { name, at: placeOfWord(s, index), statement: s, properties: [...properties] });
}
