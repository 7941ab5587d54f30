import type { Pool } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { numberFact, wordFact } from '../entity.ts';
import { readProxyMonitor } from './checks.ts';
import { modeOf } from './frontends.ts';
import { type Context, entityAt, isKnown, lastLine, linesOf, MANUAL, optionFact, type ProxySection, present, timeFact } from './proxy.ts';
import { hidesServers, readMembers, type Server } from './servers.ts';

/** A backend's or listen section's servers as a pool. */
export function readPool(proxy: ProxySection, servers: readonly Server[], context: Context): Pool {
  const members = readMembers(proxy, servers, context);
  const hidden = hidesServers(proxy, servers);
  const template = servers.find((server) => server.template);
  const states = members.map((member) => member.monitored?.value);
  const known = !hidden && members.length > 0 && !states.includes(undefined);
  return {
    ...entityAt(proxy.section, context),
    name: proxy.name,
    members,
    monitors: readProxyMonitor(proxy, servers, context),
    ...(hidden ? { open: ['members'] } : {}),
    ...persistenceOf(proxy),
    ...present({
      protocol: modeOf(proxy, context),
      discovered: template && stated(true, placeOfHead(template.line)),
      monitored: known ? stated(!states.includes(false), placeOfHead(proxy.section)) : undefined,
      passiveMonitored: observing(servers),
      retriesElsewhere: retriesElsewhere(proxy, context),
      allBackups: optionFact(proxy.lines, 'allbackups') ?? (context.fragment ? undefined : byDefault(false, MANUAL)),
      connectTimeout: timeoutOf(proxy, 'connect', 'contimeout'),
      serverTimeout: timeoutOf(proxy, 'server', 'srvtimeout'),
      used: usedOf(proxy, context),
      extra: extraOf(proxy),
    }),
  };
}

/** `timeout NAME`, or the 1.x word for it. */
function timeoutOf(proxy: ProxySection, name: string, old: string): Fact<number> | undefined {
  const s = proxy.lines.findLast((line) => (line.words[0] === 'timeout' && line.words[1] === name) || line.words[0] === old);
  return s && timeFact(s, s.words[0] === old ? 1 : 2);
}

function observing(servers: readonly Server[]): Fact<boolean> | undefined {
  const params = servers.map((server) => (server.param('check') ? server.param('observe') : undefined));
  const first = params[0];
  return first && params.every((param) => param !== undefined) ? stated(true, placeOfWord(first.line, first.index)) : undefined;
}

/** `retries 0` and `no option redispatch` leave a failed connection failed; without the option only the same server is tried again. */
function retriesElsewhere(proxy: ProxySection, context: Context): Fact<boolean> | undefined {
  const retries = lastLine(proxy.lines, 'retries');
  if (retries?.words[1] === '0' && !retries.maybe) return stated(false, placeOfHead(retries));
  const redispatch = optionFact(proxy.lines, 'redispatch') ?? old(proxy);
  if (redispatch) return redispatch;
  return context.fragment || linesOf(proxy.lines, 'option', 'redispatch').length > 0 ? undefined : byDefault(false, MANUAL);
}

/** HAProxy 1.x: `redispatch` without `option`. */
function old(proxy: ProxySection): Fact<boolean> | undefined {
  const s = proxy.lines.findLast((line) => line.words[0] === 'redispatch' || line.words[0] === 'redisp');
  return s && !s.maybe ? stated(true, placeOfHead(s)) : undefined;
}

/** A stick table on a server choice is shared where it names a peers section; a cookie needs no sharing. */
function persistenceOf(proxy: ProxySection): Pick<Pool, 'persistence' | 'persistenceShared'> {
  const sticks = proxy.own.find((line) => line.words[0] === 'stick' && line.words[1] !== 'store-response');
  const table = lastLine(proxy.own, 'stick-table');
  if (sticks && !sticks.maybe) {
    const persistence = stated('stick-table', placeOfHead(sticks));
    const elsewhere = sticks.words.includes('table');
    if (!table || table.maybe || elsewhere) return { persistence };
    const peers = table.words.indexOf('peers');
    return { persistence, persistenceShared: stated(peers > 0, peers > 0 ? placeOfWord(table, peers) : placeOfHead(table)) };
  }
  const cookie = proxy.lines.findLast((line) => line.words[0] === 'cookie' || line.words[0] === 'appsession');
  return cookie && !cookie.maybe ? { persistence: stated('cookie', placeOfHead(cookie)) } : {};
}

/** Whether some proxy sends to it; unknown where a name is made at run time. */
function usedOf(proxy: ProxySection, context: Context): boolean | undefined {
  if (proxy.kind === 'listen') return true;
  if (context.backendsUsed.has(proxy.name)) return true;
  return context.fragment || [...context.backendsUsed].some((name) => !isKnown(name)) ? undefined : false;
}

function extraOf(proxy: ProxySection): NonNullable<Pool['extra']> {
  const extra: Record<string, Fact<string | number | boolean>> = {};
  const put = (name: string, s: Statement | undefined, read: (s: Statement) => Fact<string | number> | undefined): void => {
    const fact = s && read(s);
    if (fact) extra[name] = fact;
  };
  put('balance', lastLine(proxy.lines, 'balance'), (s) => wordFact(s, 1));
  put('retries', lastLine(proxy.lines, 'retries'), (s) => numberFact(s, 1));
  put('retry-on', lastLine(proxy.lines, 'retry-on'), (s) => wordFact(s, 1));
  put('load-server-state-from-file', lastLine(proxy.lines, 'load-server-state-from-file'), (s) => wordFact(s, 1));
  for (const name of ['queue', 'check', 'client', 'tunnel']) {
    const s = lastLine(proxy.lines, 'timeout', name);
    const fact = timeFact(s, 2);
    if (fact) extra[`timeout ${name}`] = fact;
  }
  return extra;
}
