import type { Monitor, Pool, PoolMember, VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { child, childrenOf, ignoreAll } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { type Context, entity, refer } from './context.ts';
import { BUILT_IN_MONITORS, defaultMonitor } from './health.ts';
import { PAGES } from './pages.ts';

type Protocol = NonNullable<Pool['protocol']>['value'];

const PROTOCOLS: Readonly<Record<string, Protocol>> = table({
  http: 'http',
  'fast-http': 'http',
  http2: 'http',
  https: 'https',
  http2s: 'https',
  tcp: 'tcp',
  'tcp-proxy': 'tcp',
  'ssl-proxy': 'tcp',
  smtp: 'tcp',
  'dns-tcp': 'tcp',
  mysql: 'tcp',
  mssql: 'tcp',
  ftp: 'tcp',
  udp: 'udp',
  'dns-udp': 'udp',
  radius: 'udp',
});

/** Service groups and virtual servers, once all servers and monitors are known. */
export function buildBalancing(context: Context): void {
  for (const server of context.servers.values()) markServer(context, server);
  const used = new Set(context.virtuals.flatMap((v) => childrenOf(v, 'port').map((port) => child(port, 'service-group')?.words[1])));
  for (const [name, group] of context.groups) context.facts.pools.push(pool(context, name, group, used));
  for (const virtual of context.virtuals) context.facts.virtualServers.push(...virtualServers(context, virtual));
}

/** Marks what is read of a server and refers to its monitors; ports are looked up from the service groups. */
function markServer(context: Context, server: Statement): void {
  for (const line of [server, ...childrenOf(server, 'port')]) {
    for (const s of line.children) {
      if (['port', 'disable', 'enable', 'health-check', 'health-check-disable', 'weight'].includes(s.words[0] ?? '')) s.use = 'read';
      else if (s.words[0] === 'no') s.use = s.words[1] === 'health-check' ? 'read' : 'ignored';
      else ignoreAll(s);
      if (s.words[0] === 'health-check') refer(context, s, 1, 'monitor', 'health monitor', context.monitors, BUILT_IN_MONITORS);
    }
  }
}

/** Word index of the protocol of `slb service-group NAME tcp`. */
const GROUP_PROTOCOL = 3;

function pool(context: Context, name: string, s: Statement, used: ReadonlySet<string | undefined>): Pool {
  const protocol = protocolAt(s, GROUP_PROTOCOL);
  const check = child(s, 'health-check');
  if (check) refer(context, check, 1, 'monitor', 'health monitor', context.monitors, BUILT_IN_MONITORS);
  const own = check && monitorNamed(context, check);
  const minimum = child(s, 'min-active-member');
  const minimumActive = minimum && numberFact(minimum, 1);
  const members = childrenOf(s, 'member').map((m) => member(context, name, m, own, check));
  const unmonitored = members.find((m) => m.monitored?.value === false)?.monitored;
  const monitored = unmonitored ?? members.find((m) => m.monitored)?.monitored;
  for (const line of s.children) line.use = 'read';
  return {
    ...entity(context, placeOfStatement(s)),
    name,
    ...(protocol ? { protocol } : {}),
    members,
    monitors: own ? [own] : sharedMonitors(members),
    ...(monitored ? { monitored } : {}),
    ...(minimumActive ? { minimumActive } : {}),
    ...(used.has(name) ? { used: true } : {}),
    ...(s.children.some((c) => c.maybe) ? { open: ['members', 'monitors'] } : {}),
  };
}

function sharedMonitors(members: readonly PoolMember[]): Monitor[] {
  const found = new Map<string, Monitor>();
  for (const m of members) for (const monitor of m.monitors) found.set(monitor.name, monitor);
  return [...found.values()];
}

/** `member SERVER PORT [priority N] [disable]`, its options in a block in newer releases; `SERVER:PORT` in older ones. */
function member(
  context: Context,
  group: string,
  s: Statement,
  groupMonitor: Monitor | undefined,
  groupCheck: Statement | undefined,
): PoolMember {
  const [serverName = '', glued] = (s.words[1] ?? '').split(':');
  const portWord = glued ?? s.words[2] ?? '';
  const server = context.servers.get(serverName);
  if (glued === undefined) refer(context, s, 1, 'server', 'slb server', context.servers);
  const port = server && childrenOf(server, 'port').find((p) => p.words[1] === portWord);
  const address = server && wordFact(server, 3);
  const number = /^\d+$/.test(portWord) && !s.maybe ? stated(Number(portWord), placeOfWord(s, glued === undefined ? 2 : 1)) : undefined;
  const priority = child(s, 'priority') ?? (s.words.includes('priority') ? s : undefined);
  const priorityGroup = priority && numberFact(priority, priority.words.indexOf('priority') + 1);
  const off = [...[server, port].map((b) => b && disabledBy(b)), disabledBy(s)].find((line) => line !== undefined);
  const enabled = off ? headFact(off, false) : server ? byDefault(true, PAGES.server) : undefined;
  const watch = watching(context, server, port, groupMonitor, groupCheck);
  for (const line of s.children) line.use = 'read';
  return {
    ...entity(context, placeOfStatement(s)),
    name: `${serverName}:${portWord}`,
    pool: group,
    ...(address && /^[\w.:-]+$/.test(address.value) ? { address } : {}),
    ...(number && number.value > 0 ? { port: number } : {}),
    ...(enabled ? { enabled } : {}),
    ...(priorityGroup ? { priorityGroup } : {}),
    ...watch,
    ...(off?.maybe ? { open: ['enabled'] } : {}),
  };
}

function disabledBy(block: Statement): Statement | undefined {
  const inBlock = block.children.findLast((c) => ['disable', 'disable-with-health-check', 'enable'].includes(c.words[0] ?? ''));
  if (inBlock) return inBlock.words[0] === 'enable' ? undefined : inBlock;
  return block.words.length > 3 && block.words.includes('disable') ? block : undefined;
}

/** The checks in force for a member: the group's, its port's or the default one; a port's `health-check-disable` leaves it unwatched. */
function watching(
  context: Context,
  server: Statement | undefined,
  port: Statement | undefined,
  groupMonitor: Monitor | undefined,
  groupCheck: Statement | undefined,
): Pick<PoolMember, 'monitors' | 'monitored'> {
  const monitors: Monitor[] = groupMonitor ? [groupMonitor] : [];
  const own = port && child(port, 'health-check');
  const off = port && (child(port, 'health-check-disable') ?? child(port, 'no', 'health-check'));
  const portMonitor = own && monitorNamed(context, own);
  if (portMonitor) monitors.push(portMonitor);
  else if (port && !off && !own && !groupMonitor) monitors.push(defaultMonitor(context, port.words[2] === 'udp' ? 'udp' : 'tcp', port));
  const serverCheck = server && child(server, 'health-check');
  const serverMonitor = serverCheck && monitorNamed(context, serverCheck);
  if (serverMonitor) monitors.push(serverMonitor);
  if (groupCheck) return { monitors, ...given(headFact(groupCheck, true)) };
  if (off) return { monitors, ...given(headFact(off, false)) };
  if (own) return { monitors, ...given(headFact(own, true)) };
  return server ? { monitors, monitored: byDefault(true, PAGES.defaultChecks) } : { monitors };
}

function given(monitored: Fact<boolean> | undefined): { monitored?: Fact<boolean> } {
  return monitored ? { monitored } : {};
}

function monitorNamed(context: Context, check: Statement): Monitor | undefined {
  const name = check.words[1] ?? '';
  return context.monitors.get(name) ?? (name === 'ping' ? defaultMonitor(context, 'icmp', check) : undefined);
}

/** One virtual server a port: `slb virtual-server NAME ADDRESS` with its `port` blocks. */
function virtualServers(context: Context, s: Statement): VirtualServer[] {
  const address = wordFact(s, 3);
  const vrid = child(s, 'vrid');
  const named = vrid && wordFact(vrid, 1);
  const group = named && vrid ? stated(`vrid ${named.value}`, placeOfHead(vrid)) : undefined;
  const floating = vrid && headFact(vrid, true);
  const off = disabledBy(s);
  for (const line of s.children) {
    if (['port', 'vrid', 'disable', 'enable', 'arp-disable'].includes(line.words[0] ?? '')) line.use = 'read';
    else ignoreAll(line);
  }
  return childrenOf(s, 'port').map((port): VirtualServer => {
    const to = child(port, 'service-group');
    if (to) refer(context, to, 1, 'pool', 'slb service-group', context.groups);
    const poolName = to && wordFact(to, 1);
    const protocol = protocolAt(port, 2);
    const number = numberFact(port, 1);
    const disabled = disabledBy(port) ?? off;
    const answers = port.children.find(
      (c) => ['redirect-to-https', 'aflex'].includes(c.words[0] ?? '') || c.words.includes('http-redirect'),
    );
    const answersItself = answers && headFact(answers, true);
    const mirrored = mirroring(port);
    for (const line of port.children) line.use = 'read';
    return {
      ...entity(context, placeOfStatement(port)),
      name: `${s.words[2] ?? ''}:${port.words[1] ?? ''}`,
      ...(address && /^[\d.]+$|:/.test(address.value) ? { address } : {}),
      ...(number ? { port: number } : {}),
      ...(protocol ? { protocol } : {}),
      enabled: (disabled && headFact(disabled, false)) ?? byDefault(true, PAGES.virtualServer),
      pools: poolName ? [poolName] : [],
      ...(answersItself ? { answersItself } : {}),
      ...(group && floating ? { group, floating } : {}),
      ...(mirrored ? { mirrored } : {}),
      ...(port.children.some((c) => c.maybe) || (to && !poolName) ? { open: ['pools'] } : {}),
    };
  });
}

/** `ha-conn-mirror`, which only layer-4 ports offer. */
function mirroring(port: Statement): Fact<boolean> | undefined {
  const on = child(port, 'ha-conn-mirror');
  if (on) return headFact(on, true);
  return ['tcp', 'udp'].includes(port.words[2] ?? '') ? byDefault(false, PAGES.virtualServer) : undefined;
}

function protocolAt(s: Statement, index: number): Fact<Protocol> | undefined {
  const word = wordFact(s, index);
  return word && 'at' in word ? stated(PROTOCOLS[word.value] ?? 'other', word.at) : undefined;
}
