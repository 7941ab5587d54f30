import { type Fact, stated } from '../model/fact.ts';
import { placeOfWord, type Statement } from './statement.ts';
import { table } from './table.ts';
import { isUnknown } from './template.ts';

/* Ways through YAML, JSON and TOML that were read as statements (see data.ts). */

/** The statement at a path of keys below a list of statements, marked as read on the way. */
export function at(statements: readonly Statement[], ...path: string[]): Statement | undefined {
  let list = statements;
  let found: Statement | undefined;
  for (const key of path) {
    found = list.findLast((s) => s.words[0] === key);
    if (!found) return undefined;
    found.use = 'read';
    list = found.children;
  }
  return found;
}

/** The elements of the list at a path; an element that is a scalar has it as its second word. */
export function items(statements: readonly Statement[], ...path: string[]): Statement[] {
  const list = (path.length === 0 ? statements : (at(statements, ...path)?.children ?? [])).filter((s) => s.words[0] === '-');
  for (const s of list) s.use = 'read';
  return list;
}

/** The scalar of a statement; unknown where it is a placeholder or conditional. */
export function scalar(s: Statement | undefined): Fact<string> | undefined {
  const word = s?.words[1];
  return !s || word === undefined || isUnknown(word) || s.maybe ? undefined : stated(word, placeOfWord(s, 1));
}

/** A whole number. */
export function whole(s: Statement | undefined): Fact<number> | undefined {
  const word = scalar(s);
  return s && word && /^\d{1,15}$/.test(word.value) ? stated(Number(word.value), placeOfWord(s, 1)) : undefined;
}

const UNITS: Readonly<Record<string, number>> = table({ ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 });

/** A duration such as `5s`, `0.25s`, `1m30s` in milliseconds; a bare number is seconds. */
export function duration(s: Statement | undefined): Fact<number> | undefined {
  const word = scalar(s);
  if (!s || !word || word.value === '') return undefined;
  let total = 0;
  let rest = word.value;
  while (rest !== '') {
    const part = /^(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m|h)?/.exec(rest);
    if (!part) return undefined;
    total += Number(part[1]) * (UNITS[part[2] ?? 's'] ?? 1000);
    rest = rest.slice(part[0].length);
  }
  return stated(Math.round(total), placeOfWord(s, 1));
}

/** `true` or `false`. */
export function flag(s: Statement | undefined): Fact<boolean> | undefined {
  const word = scalar(s);
  return s && word && /^(?:true|false)$/.test(word.value) ? stated(word.value === 'true', placeOfWord(s, 1)) : undefined;
}

/** Every statement below a list, parents before children. */
export function descendants(statements: readonly Statement[]): Statement[] {
  const found: Statement[] = [];
  const stack = [...statements].reverse();
  for (let s = stack.pop(); s; s = stack.pop()) {
    found.push(s);
    for (let i = s.children.length - 1; i >= 0; i--) stack.push(s.children[i] as Statement);
  }
  return found;
}

/** Marks what is left unmarked in these statements as known and of no concern. */
export function ignoreRest(statements: readonly Statement[]): void {
  for (const s of descendants(statements)) s.use ??= 'ignored';
}
