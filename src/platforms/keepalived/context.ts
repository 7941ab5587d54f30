import type { Entity } from '../../model/entity.ts';
import type { Fact } from '../../model/fact.ts';
import { childrenOf } from '../../syntax/handlers.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';

/** The manual page: where keepalived documents its keywords and defaults. */
export const MANUAL = 'https://www.keepalived.org/manpage.html';
/** Defaults that only the code states. */
export const CODE = 'https://github.com/acassen/keepalived/blob/v2.2.7/keepalived';

/** Something an instance can track, with what its definition says. */
export interface Tracked {
  readonly statement: Statement;
  readonly kind: 'script' | 'process' | 'file' | 'bfd';
  readonly name: string;
}

/** What reading one host's keepalived configuration builds up. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly roots: readonly Statement[];
  /** Where each of them stands in the order in which keepalived reads. */
  readonly order: ReadonlyMap<Statement, number>;
  /** By kind and name: `script chk_haproxy`. */
  readonly tracked: ReadonlyMap<string, Tracked>;
  /** `kind name` of what some instance or sync group tracks. */
  readonly bound: Set<string>;
  readonly globals: readonly Statement[];
  readonly syncGroups: readonly Statement[];
  /** An include is not among the inputs: what is not seen may stand there. */
  readonly partial: boolean;
}

/** Entity fields of a thing that the statement defines. */
export function entityAt(s: Statement, context: Context): Entity {
  return { at: placeOfStatement(s), device: context.device, platform: 'keepalived' };
}

/** The statement of a block that is in force for a keyword: keepalived takes the last. */
export function last(block: Statement | undefined, ...keywords: string[]): Statement | undefined {
  return block?.children.findLast((c) => keywords.includes(c.words[0] as string));
}

/** The global setting in force for a keyword. */
export function globalSetting(context: Context, keyword: string): Statement | undefined {
  return context.globals.flatMap((block) => childrenOf(block, keyword)).at(-1);
}

/** The lines of all of a block's lists of that name. */
export function listLines(block: Statement, name: string): Statement[] {
  return childrenOf(block, name).flatMap((list) => (list.words.length > 1 ? [list] : list.children));
}

/** keepalived's BOOL, true where nothing is written behind the keyword. */
export function boolWord(s: Statement | undefined, index: number): boolean | undefined {
  if (!s) return undefined;
  const word = s.words[index];
  if (word === undefined || /^(?:on|true|yes)$/.test(word)) return true;
  return /^(?:off|false|no)$/.test(word) ? false : undefined;
}

/** The entries of an object whose values are there: for optional fields of entities. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Scales a fact's number, its origin kept. */
export function scaled(fact: Fact<number> | undefined, by: (value: number) => number): Fact<number> | undefined {
  return fact && { ...fact, value: by(fact.value) };
}
