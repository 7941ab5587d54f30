import { ipVersion } from '../../model/address.ts';
import type { Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact, numberFact } from '../entity.ts';
import { type Checks, checksOf } from './checks.ts';
import { type Context, entity, type Upstream } from './context.ts';
import { PAGES } from './pages.ts';
import type { Pass, Target } from './passes.ts';
import { retrying } from './retry.ts';
import { numberParameter } from './scope.ts';

/** An upstream block as a pool. */
export function upstreamPool(context: Context, upstream: Upstream): Pool {
  const { list, missing } = context.includes.contents(upstream.statement.children);
  const users = context.users.get(upstream.name) ?? [];
  const checks = checksOf(context, upstream, list, users);
  for (const one of checks.remarks) context.facts.remarks.push(one);
  const servers = list.filter((s) => s.words[0] === 'server');
  const state = list.find((s) => s.words[0] === 'state');
  const resolving = servers.find((s) => s.words.includes('resolve')) ?? state;
  const discovered = resolving && headFact(resolving, true);
  const open = missing || state !== undefined || servers.some((s) => s.maybe);
  const passive = passiveChecks(upstream, servers);
  const used = users.length > 0 ? true : context.complete ? false : undefined;
  return {
    ...entity(context, placeOfStatement(upstream.statement)),
    name: upstream.name,
    ...(users.length > 0 || context.complete ? { protocol: stated(protocolOf(upstream, users), placeOfHead(upstream.statement)) } : {}),
    members: servers.map((s) => member(context, upstream, s, checks)),
    ...(discovered ? { discovered } : {}),
    monitors: checks.monitors,
    ...(checks.monitored ? { monitored: checks.monitored } : {}),
    ...(passive ? { passiveMonitored: passive } : {}),
    ...retrying(users),
    ...(used === undefined ? {} : { used }),
    ...persistence(list),
    extra: sharing(context, upstream, list, missing),
    ...(open ? { open: ['members', 'monitors'] } : {}),
  };
}

function protocolOf(upstream: Upstream, users: readonly Pass[]): NonNullable<Pool['protocol']>['value'] {
  if (upstream.stream) return 'tcp';
  const pass = users[0];
  if (pass && pass.family !== 'proxy' && pass.family !== 'grpc') return 'other';
  return /^(?:https|grpcs):/.test(pass?.statement.words[1] ?? '') ? 'https' : 'http';
}

/** One `server` line of an upstream; port 80 where none is given. */
function member(context: Context, upstream: Upstream, s: Statement, checks: Checks): PoolMember {
  const text = s.words[1] ?? '';
  const { host, port } = splitAddress(text);
  const known = !isUnknown(text) && !s.maybe && host !== '';
  const at = placeOfWord(s, 1);
  const flag = (name: string): Fact<boolean> | undefined => {
    const index = s.words.indexOf(name);
    return index < 0 || s.maybe ? undefined : stated(true, placeOfWord(s, index));
  };
  const down = flag('down');
  const weight = numberParameter(s, 'weight');
  const backup = flag('backup');
  const once = resolvedOnce(s, host);
  const source = upstream.stream ? PAGES.streamUpstream : PAGES.upstream;
  return {
    ...entity(context, placeOfHead(s)),
    name: text,
    pool: upstream.name,
    ...(known ? { address: stated(host, at) } : {}),
    ...(known && port !== undefined
      ? { port: stated(port, at) }
      : known && !host.startsWith('unix:') && !upstream.stream
        ? { port: byDefault(80, source) }
        : {}),
    enabled: down && isStated(down) ? stated(false, down.at) : byDefault(true, source),
    ...(backup ? { backup } : {}),
    ...(weight ? { weight } : {}),
    ...(checks.monitors.length > 0 && checks.monitored ? { monitored: checks.monitored } : {}),
    monitors: checks.monitors,
    ...(once ? { resolvedOnce: once } : {}),
    ...(s.maybe ? { open: ['enabled', 'backup'] } : {}),
  };
}

/** A host name is looked up at start and never again, unless `resolve` says otherwise; `localhost` does not move. */
function resolvedOnce(s: Statement, host: string): Fact<boolean> | undefined {
  if (s.maybe || !isName(host)) return undefined;
  const index = s.words.indexOf('resolve');
  return index < 0 ? stated(true, placeOfWord(s, 1)) : stated(false, placeOfWord(s, index));
}

function isName(host: string): boolean {
  return host !== '' && host !== 'localhost' && !host.startsWith('unix:') && ipVersion(host) === 0 && !isUnknown(host);
}

/** `host`, `host:port`, `[::1]:port` or `unix:path`. */
export function splitAddress(text: string): { host: string; port?: number } {
  if (text.startsWith('unix:')) return { host: text };
  const bracket = /^\[([^\]]{1,64})\](?::(\d{1,5}))?$/.exec(text);
  if (bracket) return bracket[2] === undefined ? { host: bracket[1] as string } : { host: bracket[1] as string, port: Number(bracket[2]) };
  const colon = text.lastIndexOf(':');
  const port = colon < 0 ? '' : text.slice(colon + 1);
  return /^\d{1,5}$/.test(port) ? { host: text.slice(0, colon), port: Number(port) } : { host: text };
}

/** Failed requests take a server out unless `max_fails=0`; a backup's setting does not speak for the pool. */
function passiveChecks(upstream: Upstream, servers: readonly Statement[]): Fact<boolean> | undefined {
  const primary = servers.filter((s) => !s.words.includes('backup') && !s.maybe);
  const off = primary.map((s) => numberParameter(s, 'max_fails')).find((fact) => fact?.value === 0);
  if (off && isStated(off)) return stated(false, off.at);
  if (primary.length === 0) return undefined;
  const said = primary.map((s) => numberParameter(s, 'max_fails')).find((fact) => fact !== undefined);
  if (said && isStated(said)) return stated(true, said.at);
  return byDefault(true, upstream.stream ? PAGES.streamUpstream : PAGES.upstream);
}

const PERSISTENCE = new Set(['ip_hash', 'hash', 'sticky', 'session_sticky']);

function persistence(list: readonly Statement[]): Pick<Pool, 'persistence' | 'persistenceShared'> {
  const line = list.find((s) => PERSISTENCE.has(s.words[0] ?? ''));
  const kind = line?.words[0];
  const said = line && headFact(line, kind ?? '');
  if (!line || !said) return {};
  // A hash needs no memory: the peer computes the same.
  const shared =
    kind === 'ip_hash' || kind === 'hash'
      ? headFact(line, true)
      : line.words[1] === 'learn'
        ? headFact(line, line.words.includes('sync'))
        : undefined;
  return { persistence: said, ...(shared ? { persistenceShared: shared } : {}) };
}

/** Whether workers share what they know of the servers (`zone`), and how many workers there are. */
function sharing(context: Context, upstream: Upstream, list: readonly Statement[], missing: boolean): NonNullable<Pool['extra']> {
  const zone = list.find((s) => s.words[0] === 'zone');
  const shared = zone
    ? headFact(zone, true)
    : missing
      ? undefined
      : byDefault(false, upstream.stream ? PAGES.streamUpstream : PAGES.upstream);
  const line = context.workers;
  const workers = line
    ? (numberFact(line, 1) ?? (line.words[1] === 'auto' ? headFact(line, 'auto') : undefined))
    : context.complete
      ? byDefault(1, PAGES.main)
      : undefined;
  return { ...(shared ? { zone: shared } : {}), ...(workers ? { workerProcesses: workers } : {}) };
}

/** A pass to a host as a pool of one, under the host's name; a service on this very host is none. */
export function literalPool(context: Context, target: Target, pass: Pass): Pool | undefined {
  const { host, port } = splitAddress(target.text);
  if (!isDestination(target.text)) return undefined;
  // An upstream that is not seen, or whose name a template fills in, may be the one that is meant.
  if (port === undefined && (context.broken || [...context.upstreams.keys()].some(isUnknown))) return undefined;
  const literal = !pass.statement.words[1]?.includes('$');
  const at = target.at;
  const once: Fact<boolean> | undefined = isName(host) && literal ? stated(true, at) : undefined;
  const secure = /^(?:https|grpcs):/.test(pass.statement.words[1] ?? '');
  const usual = secure ? 443 : 80;
  const number: Fact<number> | undefined =
    port !== undefined ? stated(port, at) : pass.family === 'proxy' && !pass.stream ? byDefault(usual, PAGES.proxy) : undefined;
  const only: PoolMember = {
    ...entity(context, at),
    name: target.text,
    pool: target.text,
    address: stated(host, at),
    ...(number ? { port: number } : {}),
    monitors: [],
    ...(once ? { resolvedOnce: once } : {}),
  };
  return {
    ...entity(context, at),
    name: target.text,
    protocol: stated(pass.stream ? 'tcp' : pass.family !== 'proxy' ? 'other' : secure ? 'https' : 'http', at),
    members: [only],
    monitors: [],
    used: true,
  };
}

/** Whether a target is another host. */
function isDestination(text: string): boolean {
  const { host } = splitAddress(text);
  return host !== '' && !isUnknown(text) && !host.startsWith('unix:') && host !== 'localhost' && !host.startsWith('127.') && host !== '::1';
}
