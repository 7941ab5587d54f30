import type { Entity } from '../../model/entity.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';
import type { noFacts } from '../entity.ts';

/** The manual of the oldest version still in wide use; its defaults have not changed since. */
export const MANUAL = 'https://docs.haproxy.org/2.6/configuration.html';

export type ProxyKind = 'frontend' | 'backend' | 'listen';

/** A proxy with what is in force for it. */
export interface ProxySection {
  readonly kind: ProxyKind;
  readonly name: string;
  readonly section: Statement;
  /** Its own lines. */
  readonly own: readonly Statement[];
  /** The lines of its defaults sections, then its own: the last of a keyword prevails. */
  readonly lines: readonly Statement[];
}

/** What reading one host's HAProxy configuration builds up. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly sections: readonly Statement[];
  readonly proxies: readonly ProxySection[];
  /** Not the whole configuration: what is not said here may be said elsewhere. */
  readonly fragment: boolean;
  /** Names that `use_backend` and `default_backend` say, those made at run time too. */
  readonly backendsUsed: ReadonlySet<string>;
}

/** Entity fields of a thing that the statement defines. */
export function entityAt(s: Statement, context: Context): Entity {
  return { at: placeOfStatement(s), device: context.device, platform: 'haproxy' };
}

/** The sections of a kind. */
export function sectionsOf(context: Context, kind: string): Statement[] {
  return context.sections.filter((section) => section.words[0] === kind);
}

/** Puts every proxy together with the defaults that it inherits: those it names with `from`, else the last before it. */
export function readProxies(sections: readonly Statement[]): ProxySection[] {
  const named = new Map<string, readonly Statement[]>();
  let current: readonly Statement[] = [];
  const proxies: ProxySection[] = [];
  for (const section of sections) {
    const kind = section.words[0] as string;
    const from = section.words.indexOf('from');
    const base = from > 0 ? (named.get(section.words[from + 1] ?? '') ?? []) : undefined;
    if (kind === 'defaults') {
      current = [...(base ?? []), ...section.children];
      const name = section.words[1];
      if (name !== undefined && name !== 'from') named.set(name, current);
    } else if ((kind === 'frontend' || kind === 'backend' || kind === 'listen') && section.words[1] !== undefined) {
      proxies.push({ kind, name: section.words[1], section, own: section.children, lines: [...(base ?? current), ...section.children] });
    }
  }
  return proxies;
}

function begins(line: Statement, path: readonly string[]): boolean {
  return path.every((word, index) => line.words[index] === word);
}

/** The line in force that begins with these words. */
export function lastLine(lines: readonly Statement[], ...path: string[]): Statement | undefined {
  return lines.findLast((line) => begins(line, path));
}

/** Every line that begins with these words. */
export function linesOf(lines: readonly Statement[], ...path: string[]): Statement[] {
  return lines.filter((line) => begins(line, path));
}

/** Whether `option NAME` is on, where it is said: the last of `option`, `no option` and `default option` prevails. */
export function optionFact(lines: readonly Statement[], name: string): Fact<boolean> | undefined {
  const s = optionLine(lines, name);
  if (!s || s.maybe || s.words[0] === 'default') return undefined;
  return stated(s.words[0] !== 'no', placeOfHead(s));
}

/** The line that last says something about `option NAME`. */
export function optionLine(lines: readonly Statement[], name: string): Statement | undefined {
  return lines.findLast((s) => begins(s, ['option', name]) || begins(s, ['no', 'option', name]) || begins(s, ['default', 'option', name]));
}

const UNITS: Readonly<Record<string, number>> = table({ us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 });

/** A time in milliseconds; without a unit HAProxy counts milliseconds (section 2.5). */
export function timeFact(s: Statement | undefined, index: number): Fact<number> | undefined {
  const match = /^(\d{1,12})(us|ms|s|m|h|d)?$/.exec(s?.words[index] ?? '');
  if (!s || !match || s.maybe) return undefined;
  return stated(Math.round(Number(match[1]) * (UNITS[match[2] ?? 'ms'] as number)), placeOfWord(s, index));
}

/** A word that can be known: no placeholder, no `<fill-me-in>`, no log-format expression. */
export function isKnown(word: string | undefined): word is string {
  return word !== undefined && word !== '' && !isUnknown(word) && !/[<>]|%\[/.test(word);
}

/** The entries of an object whose values are there: for optional fields of entities. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
