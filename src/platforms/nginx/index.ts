import type { DeviceFacts, Remark } from '../../model/device.ts';
import { isBroken, type Source } from '../../syntax/source.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { type Context, entity } from './context.ts';
import { parse } from './grammar.ts';
import { includesOf } from './includes.ts';
import { mark } from './mark.ts';
import { variablesOf } from './passes.ts';
import { recognise } from './recognise.ts';
import { type Scope, scopeOf } from './scope.ts';
import { buildServers } from './servers.ts';
import { upstreamPool } from './upstreams.ts';

/** The blocks that only a main file has at its top. */
const MAIN = new Set(['http', 'stream', 'events']);

/** Reads the top of a file: the main contexts, or, in a part, what an `http` or `stream` block would hold. */
function readTop(context: Context, source: Source): void {
  const { list, missing } = context.includes.contents(source.statements);
  const top = scopeOf(list, missing);
  const isMain = list.some((s) => MAIN.has(s.words[0] ?? ''));
  for (const s of list) {
    if (s.words[0] === 'worker_processes') context.workers = s;
    if (s.words[0] === 'include' && /\/modules-enabled\//.test(s.words[1] ?? '')) context.openSource = s;
    if (s.words[0] !== 'http' && s.words[0] !== 'stream') continue;
    const inner = context.includes.contents(s.children);
    const scope = scopeOf(inner.list, inner.missing, top);
    if (!scope.incomplete) context.complete = true;
    readContext(context, inner.list, scope, s.words[0] === 'stream');
  }
  if (!isMain) readContext(context, list, scopeOf(list, true), isStream(list));
}

/** What an `http` or `stream` block holds. */
function readContext(context: Context, list: readonly Statement[], scope: Scope, stream: boolean): void {
  for (const [name, values] of variablesOf(list)) context.variables.set(name, values);
  for (const s of list) {
    if (s.words[0] === 'upstream' && s.words[1] !== undefined) defineUpstream(context, s, s.words[1], stream);
    else if (s.words[0] === 'server' && (s.children.length > 0 || s.words.length === 1))
      context.servers.push({ statement: s, stream, scope });
    else if (s.words[0] === 'match') context.matches.add(s.words[1] ?? '');
  }
}

function defineUpstream(context: Context, s: Statement, name: string, stream: boolean): void {
  const earlier = context.upstreams.get(name);
  if (!earlier) {
    context.upstreams.set(name, { name, statement: s, stream });
    return;
  }
  if (earlier.statement === s || earlier.stream !== stream || s.maybe || earlier.statement.maybe) return;
  const remark: Remark = {
    ...entity(context, placeOfHead(s)),
    kind: 'duplicate-definition',
    subject: name,
    text: 'nginx refuses to start with two upstreams of one name',
    other: placeOfHead(earlier.statement),
  };
  context.facts.remarks.push(remark);
}

/** A part whose servers pass to hosts without a scheme belongs in a `stream` block. */
function isStream(list: readonly Statement[]): boolean {
  const servers = list.filter((s) => s.words[0] === 'server' && s.children.length > 0);
  const passes = servers.flatMap((s) => s.children.filter((c) => c.words[0] === 'proxy_pass'));
  return (
    passes.length > 0 &&
    passes.every((s) => !/^[a-z]{1,10}:\/\//.test(s.words[1] ?? '')) &&
    !servers.some((s) => s.children.some((c) => c.words[0] === 'location'))
  );
}

function read(host: HostSources): DeviceFacts {
  const facts = noFacts('load-balancer');
  const includes = includesOf(host.sources);
  const context: Context = {
    device: host.device,
    facts,
    includes,
    upstreams: new Map(),
    servers: [],
    variables: new Map(),
    matches: new Set(),
    users: new Map(),
    literals: new Set(),
    complete: false,
    broken: host.sources.some(isBroken),
    openSource: undefined,
    workers: undefined,
  };
  for (const source of includes.roots) readTop(context, source);
  for (const source of host.sources) mark(source.statements);
  buildServers(context);
  for (const upstream of context.upstreams.values()) facts.pools.push(upstreamPool(context, upstream));
  // A web server that hands nothing on is a host like any other.
  if (facts.pools.length === 0 && context.upstreams.size === 0) facts.role = 'host';
  if (!context.complete) facts.fragment = true;
  return facts;
}

/** nginx and NGINX Plus: `nginx.conf` and what it includes. */
export const nginx: Platform = {
  id: 'nginx',
  title: 'nginx',
  comment: '#',
  host: 'daemons',
  recognise,
  parse,
  hostname: () => undefined,
  extent: (source) => (source.statements.some((s) => MAIN.has(s.words[0] ?? '')) ? 'main' : 'part'),
  read,
};
