import type { Statement } from './statement.ts';

/** What a platform does with a statement that it knows. */
export type Handler<C> = (statement: Statement, context: C) => void;

/**
 * A platform's table: a path of words (`*` is any word) to a handler. `ignore`: known, and of no
 * concern to HA. The longest path wins; of equal ones the one with the fewest `*`.
 */
export type HandlerTable<C> = Readonly<Record<string, Handler<C> | 'ignore'>>;

interface Entry<C> {
  readonly path: readonly string[];
  readonly wildcards: number;
  readonly handler: Handler<C> | 'ignore';
}

/** A compiled table. */
export interface Dispatcher<C> {
  /** Gives every statement to its handler and marks it as read or ignored; one that no path fits stays unmarked. */
  readonly run: (statements: readonly Statement[], context: C) => void;
}

/** How words are compared with a path. */
export interface DispatchOptions {
  /** Words may be abbreviated as on a Cisco prompt: `int` for `interface`. */
  readonly abbreviations?: boolean;
  /** Words are compared without regard to case (NetScaler); the table's keys are in lower case. */
  readonly ignoreCase?: boolean;
}

/** Compiles a table once, when it is first needed: most runs meet few platforms. */
export function compileHandlers<C>(table: HandlerTable<C>, options: DispatchOptions = {}): Dispatcher<C> {
  let find: Find<C> | undefined;
  return {
    run: (statements, context) => {
      find ??= finderOf(table, options);
      for (const statement of statements) {
        const handler = find(statement.words)?.handler;
        if (handler === undefined) continue;
        if (handler === 'ignore') {
          ignoreAll(statement);
        } else {
          statement.use = 'read';
          handler(statement, context);
        }
      }
    },
  };
}

type Find<C> = (words: readonly string[]) => Entry<C> | undefined;

function finderOf<C>(table: HandlerTable<C>, options: DispatchOptions): Find<C> {
  const entries = Object.entries(table).map(([key, handler]): Entry<C> => {
    const path = key.split(' ');
    return { path, wildcards: path.filter((word) => word === '*').length, handler };
  });
  entries.sort((a, b) => b.path.length - a.path.length || a.wildcards - b.wildcards);
  const byFirstWord = new Map<string, Entry<C>[]>();
  for (const entry of entries) {
    const first = entry.path[0] as string;
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), entry]);
  }
  const longest = entries[0]?.path.length ?? 0;
  const anyFirst = byFirstWord.get('*') ?? [];
  return (written) => {
    const words = options.ignoreCase ? written.slice(0, longest).map((word) => word.toLowerCase()) : written;
    const own = byFirstWord.get(words[0] as string);
    if (own === undefined && options.abbreviations) return entries.find((entry) => fits(entry.path, words, true));
    return (
      own?.find((entry) => fits(entry.path, words, options.abbreviations ?? false)) ??
      anyFirst.find((entry) => fits(entry.path, words, options.abbreviations ?? false))
    );
  };
}

/** Marks a statement and all in its block as known and of no concern to HA. */
export function ignoreAll(statement: Statement): void {
  const stack = [statement];
  for (let s = stack.pop(); s; s = stack.pop()) {
    s.use = 'ignored';
    for (const one of s.children) stack.push(one);
  }
}

function fits(path: readonly string[], words: readonly string[], abbreviations: boolean): boolean {
  if (path.length > words.length) return false;
  for (let i = 0; i < path.length; i++) {
    const want = path[i] as string;
    const word = words[i] as string;
    if (want === '*' || want === word) continue;
    if (!abbreviations || word.length < 2 || !want.startsWith(word.toLowerCase())) return false;
  }
  return true;
}

/** The child whose first words are `path`, the last one where several are (the later statement prevails on most platforms). */
export function child(statement: Statement, ...path: string[]): Statement | undefined {
  return statement.children.findLast((c) => path.every((word, i) => c.words[i] === word));
}

/** Every child whose first words are `path`. */
export function childrenOf(statement: Statement, ...path: string[]): Statement[] {
  return statement.children.filter((c) => path.every((word, i) => c.words[i] === word));
}
