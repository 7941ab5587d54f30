import type { Monitor, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { isNumeric, readAddress } from './address.ts';
import { readServerMonitors } from './checks.ts';
import { type Param, paramsOf } from './params.ts';
import { type Context, entityAt, isKnown, MANUAL, type ProxySection, present } from './proxy.ts';

/** A server of a proxy with the settings in force for it. */
export interface Server {
  readonly line: Statement;
  readonly name: string;
  readonly template: boolean;
  readonly address: string | undefined;
  /** The last place that sets a word; `no-X` and `X` cancel each other. */
  readonly param: (name: string) => Param | undefined;
}

const known = new WeakMap<ProxySection, readonly Server[]>();

/** Every server line of a proxy, those behind a template's condition too. */
export function readServers(proxy: ProxySection): readonly Server[] {
  const servers = known.get(proxy) ?? serversOf(proxy);
  known.set(proxy, servers);
  return servers;
}

function serversOf(proxy: ProxySection): Server[] {
  const servers: Server[] = [];
  const defaults: { name: string; param: Param }[] = [];
  for (const line of proxy.lines) {
    if (line.words[0] === 'default-server') for (const one of paramsOf(line, 1)) defaults.push(one);
    const template = line.words[0] === 'server-template';
    if ((line.words[0] !== 'server' && !template) || line.words.length < 3) continue;
    const addressAt = template ? 3 : 2;
    const all = [...defaults, ...paramsOf(line, addressAt + 1)];
    servers.push({
      line,
      name: line.words[1] as string,
      template,
      address: line.words[addressAt],
      param: (name) => {
        const last = all.findLast(
          (entry) => entry.name === name || entry.name === `no-${name}` || (name === 'disabled' && entry.name === 'enabled'),
        );
        return last?.name === name && !last.param.line.maybe ? last.param : undefined;
      },
    });
  }
  return servers;
}

/** Turns a proxy's servers into pool members; those that may not be there are left out (the pool's `open` says so). */
export function readMembers(proxy: ProxySection, servers: readonly Server[], context: Context): PoolMember[] {
  return servers
    .filter((server) => !server.line.maybe && isKnown(server.name))
    .map((server) => readMember(proxy, server, servers, context));
}

function readMember(proxy: ProxySection, server: Server, servers: readonly Server[], context: Context): PoolMember {
  const { line } = server;
  const address = readAddress(server.address ?? '');
  const addressAt = server.template ? 3 : 2;
  const monitors = readServerMonitors(proxy, server, context);
  const flag = (name: string, otherwise: boolean): Fact<boolean> => {
    const param = server.param(name);
    return param ? stated(!otherwise, placeOfWord(param.line, param.index)) : byDefault(otherwise, MANUAL);
  };
  const hostKnown = address.host !== undefined && address.host !== '*';
  return {
    ...entityAt(line, context),
    name: server.template ? line.words.slice(1, 3).join(' ') : server.name,
    pool: proxy.name,
    monitors,
    enabled: flag('disabled', true),
    backup: flag('backup', false),
    ...present({
      address: hostKnown && address.host !== undefined ? stated(address.host, placeOfWord(line, addressAt)) : undefined,
      port: address.port === undefined ? undefined : stated(address.port, placeOfWord(line, addressAt)),
      weight: weightOf(server),
      monitored: monitoredOf(proxy, server, servers, monitors, context, 0),
      resolvedOnce: resolvedOnce(server, address.host),
    }),
  };
}

function weightOf(server: Server): Fact<number> | undefined {
  const param = server.param('weight');
  if (!param) return byDefault(1, MANUAL);
  const word = param.line.words[param.index + 1] ?? '';
  return /^\d{1,3}$/.test(word) ? stated(Number(word), placeOfWord(param.line, param.index + 1)) : undefined;
}

/** A check of its own, an agent, or the state of a server that is checked. */
function monitoredOf(
  proxy: ProxySection,
  server: Server,
  servers: readonly Server[],
  monitors: readonly Monitor[],
  context: Context,
  depth: number,
): Fact<boolean> | undefined {
  const check = server.param('check') ?? server.param('agent-check');
  if (check) return stated(true, placeOfWord(check.line, check.index));
  const track = server.param('track');
  if (!track) return monitors.length > 0 ? undefined : stated(false, placeOfHead(server.line));
  const target = trackedServer(track, proxy, servers, context);
  if (!target || depth > 10) return undefined;
  const outcome = monitoredOf(target.proxy, target.server, readServers(target.proxy), [], context, depth + 1);
  return outcome && stated(outcome.value, placeOfWord(track.line, track.index));
}

/** The server that `track` names. */
export function trackedServer(
  track: Param,
  proxy: ProxySection,
  servers: readonly Server[],
  context: Context,
): { proxy: ProxySection; server: Server } | undefined {
  const [first, second] = (track.line.words[track.index + 1] ?? '').split('/');
  const owner = second === undefined ? proxy : context.proxies.find((p) => p.kind !== 'frontend' && p.name === first);
  if (!owner) return undefined;
  const server = (owner === proxy ? servers : readServers(owner)).find((s) => s.name === (second ?? first));
  return server && { proxy: owner, server };
}

/** A name without resolvers is looked up when HAProxy starts, and never again (section 5.3). */
function resolvedOnce(server: Server, host: string | undefined): Fact<boolean> | undefined {
  if (host === undefined || isNumeric(host) || host === 'localhost' || host.startsWith('@')) return undefined;
  const resolvers = server.param('resolvers');
  const at = placeOfWord(server.line, server.template ? 3 : 2);
  return resolvers ? stated(false, placeOfWord(resolvers.line, resolvers.index)) : stated(true, at);
}

/** Whether some of a proxy's servers are not seen: behind a condition, in a loop, named by a placeholder, or in lines that are one. */
export function hidesServers(proxy: ProxySection, servers: readonly Server[]): boolean {
  if (servers.some((server) => server.line.maybe || server.template || !isKnown(server.name))) return true;
  return proxy.own.some((line) => isUnknown(line.words[0] as string) || (line.words[0] === 'server' && line.words.length < 3));
}
