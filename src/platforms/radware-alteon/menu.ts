import { type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';

/** One menu of the dump, such as `/c/slb/virt 1/service 80 http`, with all that is set in it. */
export interface Menu {
  /** `['slb', 'virt 1', 'service 80 http']`. */
  readonly path: readonly string[];
  readonly head: Statement;
  readonly settings: Statement[];
}

/** All menus of a host in order; two blocks of one path are one menu. */
export interface Menus {
  readonly all: readonly Menu[];
  readonly at: (...path: string[]) => Menu | undefined;
  /** Menus right below a path whose own name begins with a word: `below('virt', 'slb')`. */
  readonly named: (word: string, ...path: string[]) => readonly Menu[];
}

/** How many words a menu's own segment may hold before the rest is settings of a one-line command. */
const OBJECTS =
  /^(?:real|group|virt|vr|vrgroup|if|gw|vlan|port|trunk|peer|floatip|service|health|trigger|service-group|track|switch|pip|http|ssl|appshape|adv|ucast|cntrules)\b/;

/** Collects the menus of a dump; what stands outside any menu is left alone. */
export function menusOf(statements: readonly Statement[]): Menus {
  const byPath = new Map<string, Menu>();
  for (const s of statements) {
    const segments = segmentsOf(s);
    if (!segments) continue;
    const { path, rest } = split(segments);
    const key = path.join('/');
    const menu = byPath.get(key) ?? { path, head: s, settings: [] };
    byPath.set(key, menu);
    for (const words of rest) menu.settings.push(inline(s, words));
    for (const one of s.children) menu.settings.push(one);
  }
  const all = [...byPath.values()];
  const byWord = new Map<string, Menu[]>();
  for (const menu of all) {
    const key = wordKey(menu.path.at(-1)?.split(' ')[0] ?? '', menu.path.slice(0, -1));
    const known = byWord.get(key);
    if (known) known.push(menu);
    else byWord.set(key, [menu]);
  }
  return {
    all,
    at: (...path) => byPath.get(path.join('/')),
    named: (word, ...path) => byWord.get(wordKey(word, path)) ?? NONE,
  };
}

const NONE: readonly Menu[] = [];

function wordKey(word: string, path: readonly string[]): string {
  return `${path.join('/')}\n${word}`;
}

/** `/c/slb/virt 1/service 80 http` as `slb`, `virt 1`, `service 80 http`. */
function segmentsOf(s: Statement): string[] | undefined {
  const first = s.words[0] ?? '';
  if (!/^\/c(?:fg)?(?:\/|$)/.test(first)) return undefined;
  return s.words
    .join(' ')
    .split('/')
    .slice(2)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A menu's path, and the settings that follow it on one line: `/c/slb/real 1/ena/rip 10.0.0.1`. */
function split(segments: readonly string[]): { path: readonly string[]; rest: readonly string[][] } {
  let length = Math.min(segments.length, segments[0]?.startsWith('port ') ? 1 : 2);
  // Names below are those of SNMP's users and communities, never the device's.
  if (segments.includes('snmpv3')) return { path: segments, rest: [] };
  while (length < segments.length && (segments[length - 1] === 'trigger' || OBJECTS.test(segments[length] as string))) length++;
  return { path: segments.slice(0, length), rest: segments.slice(length).map(wordsOf) };
}

/** A setting's words; quotes are gone by now, so a name keeps its blanks. */
function wordsOf(part: string): string[] {
  const words = part.split(' ');
  return words[0] === 'name' || words[0] === 'descr' ? [words[0], words.slice(1).join(' ')] : words;
}

function inline(s: Statement, words: string[]): Statement {
  return { ...s, words, columns: words.map(() => s.column), ends: words.map(() => s.ends.at(-1) ?? s.endColumn), children: [], parent: s };
}

/** The last setting of that name. */
export function setting(menu: Menu | undefined, name: string): Statement | undefined {
  return menu?.settings.findLast((s) => s.words[0] === name);
}

/** The word that a setting gives. */
export function textOf(menu: Menu | undefined, name: string): Fact<string> | undefined {
  const s = setting(menu, name);
  return s && wordFact(s, 1);
}

/** The number that a setting gives. */
export function numberOf(menu: Menu | undefined, name: string, scale = 1): Fact<number> | undefined {
  const s = setting(menu, name);
  return s && numberFact(s, 1, scale);
}

/** A switch: `preem ena`, `share d`. */
export function switchOf(menu: Menu | undefined, name: string): Fact<boolean> | undefined {
  const s = setting(menu, name);
  if (!s || s.maybe) return undefined;
  const word = s.words[1] ?? '';
  return /^(?:e|ena|on)/.test(word)
    ? stated(true, placeOfHead(s))
    : /^(?:d|dis|off)/.test(word)
      ? stated(false, placeOfHead(s))
      : undefined;
}

/** Whether the menu's object is switched on: `ena` or `dis` alone. */
export function enabledOf(menu: Menu): Fact<boolean> | undefined {
  const s = menu.settings.findLast((line) => line.words.length === 1 && /^(?:ena|dis|on|off)$/.test(line.words[0] ?? ''));
  return s && headFact(s, s.words[0] === 'ena' || s.words[0] === 'on');
}

/** The object's number or name: `1` of `virt 1`. */
export function idOf(menu: Menu): string {
  return menu.path.at(-1)?.split(' ')[1] ?? '';
}

/** The values of all settings of that name: `add 1`, `add 2`. */
export function allOf(menu: Menu | undefined, name: string): Statement[] {
  return menu?.settings.filter((s) => s.words[0] === name && s.words.length > 1) ?? [];
}
