import type { Place } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { Includes } from './includes.ts';
import { inForce, type Scope, scopeOf } from './scope.ts';

/** The protocols of `*_pass` directives, by their first word. */
const PASSES = new Set(['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass']);

/** A place that hands requests on, with what is in force there. */
export interface Pass {
  readonly statement: Statement;
  /** `proxy`, `grpc`, `fastcgi` …: the prefix of the directives that concern it. */
  readonly family: string;
  readonly scope: Scope;
  /** `health_check` directives beside it. */
  readonly healthChecks: readonly Statement[];
  readonly stream: boolean;
  /** Where it sends to, variables resolved as far as the config allows; empty: not known. */
  readonly targets: readonly Target[];
  /** Some targets are decided at run time. */
  readonly open: boolean;
}

/** An upstream's name or a host, as written. */
export interface Target {
  readonly text: string;
  readonly at: Place;
}

/** What a server block does with its requests. */
export interface Handling {
  readonly passes: readonly Pass[];
  /** A directive that answers without passing anything on. */
  readonly answers?: Statement;
  readonly missing: boolean;
}

const ANSWERS = new Set([
  'return',
  'root',
  'alias',
  'try_files',
  'stub_status',
  'empty_gif',
  'autoindex',
  'content_by_lua_file',
  'js_content',
]);
const FILES = new Set(['root', 'alias', 'autoindex']);
const NESTED = new Set(['location', 'if', 'limit_except']);

/** Values that `map`, `split_clients`, `geo` can give a variable. */
export type Variables = ReadonlyMap<string, readonly Target[]>;

/** Every pass of a server block, its locations included. */
export function handlingOf(
  statements: readonly Statement[],
  parent: Scope,
  stream: boolean,
  includes: Includes,
  variables: Variables,
  seen = new Set<Statement>(),
): Handling {
  const { list, missing } = includes.contents(statements);
  const scope = scopeOf(list, missing, parent);
  const healthChecks = list.filter((s) => s.words[0] === 'health_check');
  const passes: Pass[] = [];
  let answers: Statement | undefined;
  let incomplete = missing;
  // Beside a pass, a document root serves nothing.
  const passing = list.some((s) => PASSES.has(s.words[0] ?? ''));
  for (const s of list) {
    const word = s.words[0] ?? '';
    if (PASSES.has(word)) {
      passes.push({ statement: s, family: word.slice(0, -5), scope, healthChecks, stream, ...resolve(s, scope, variables) });
    } else if (
      (ANSWERS.has(word) && !(passing && FILES.has(word))) ||
      word.endsWith('_by_lua_block') ||
      (word === 'rewrite' && /^(?:redirect|permanent)$/.test(s.words[3] ?? ''))
    ) {
      answers ??= s;
    } else if (NESTED.has(word) && !seen.has(s)) {
      // A file that includes itself within a location would never end.
      const inner = handlingOf(s.children, scope, stream, includes, variables, seen.add(s));
      for (const one of inner.passes) passes.push(one);
      answers ??= inner.answers;
      if (inner.missing) incomplete = true;
    }
  }
  return { passes, ...(answers ? { answers } : {}), missing: incomplete };
}

/** The targets of a pass: `http://NAME/uri`, `NAME`, or a variable whose values the config lists. */
function resolve(s: Statement, scope: Scope, variables: Variables): { targets: readonly Target[]; open: boolean } {
  const at = placeOfHead(s);
  const word = s.words[1] ?? '';
  if (s.maybe) return { targets: [], open: true };
  const text = word.replace(/^[a-z0-9]{1,16}:\/\//, '');
  if (!text.includes('$')) return { targets: [{ text: text.startsWith('unix:') ? text : (text.split('/')[0] ?? ''), at }], open: false };
  const name = /^\$\{?(\w+)\}?(?:\/|$|\$)/.exec(text)?.[1];
  if (name === undefined) return { targets: [], open: true };
  const listed = variables.get(name);
  if (listed) return { targets: listed.filter((t) => !t.text.includes('$')), open: listed.some((t) => t.text.includes('$')) };
  const set = inForce(scope, 'set');
  const value = set?.words[1] === `$${name}` ? (set.words[2] ?? '').replace(/^[a-z0-9]{1,16}:\/\//, '') : '$';
  if (value.includes('$') || !set) return { targets: [], open: true };
  return { targets: [{ text: value.split('/')[0] ?? '', at: placeOfHead(set) }], open: false };
}

/** The values of the `map`, `geo` and `split_clients` blocks of a list. */
export function variablesOf(list: readonly Statement[]): Map<string, Target[]> {
  const found = new Map<string, Target[]>();
  for (const s of list) {
    const kind = s.words[0];
    if (kind !== 'map' && kind !== 'split_clients' && kind !== 'geo') continue;
    const name = s.words.at(-1)?.replace(/^\$/, '') ?? '';
    const values = s.children
      .filter((c) => c.words.length === 2 && c.words[0] !== 'include')
      .map((c) => ({ text: (c.words[1] ?? '').replace(/^[a-z0-9]{1,16}:\/\//, ''), at: placeOfHead(c) }));
    found.set(name, s.children.some((c) => c.words[0] === 'include') ? [...values, { text: '$', at: placeOfHead(s) }] : values);
  }
  return found;
}
