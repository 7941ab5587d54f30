import { ipVersion } from '../../model/address.ts';
import type { Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { flag, whole } from '../../syntax/tree.ts';
import { elements, flagOr, key, text } from '../f5-json.ts';
import { baseName, withoutRouteDomain } from '../f5-names.ts';
import { type Context, entity, type Item, PAGE, pointedPool, refersTo } from './context.ts';
import { boundGslbMonitors, gslbMonitor } from './gslb-monitors.ts';
import type { Bound } from './monitors.ts';

/** Adds domains (wide IPs) as virtual servers without an address, with their pools and monitors. */
export function buildGslb(context: Context): void {
  const fallbacks = new Map<string, Fact<string> | undefined>();
  for (const domain of ofClass(context, 'GSLB_Domain')) {
    const pools = addDomain(context, domain);
    const last = key(domain.statement, 'lastResortPool');
    const resort = last && pointedPool(context, domain, last, 'GSLB_Pool');
    // When a pool is down, the domain answers with the next one.
    for (const pool of pools) fallbacks.set(pool.value, fallbacks.get(pool.value) ?? pools.find((p) => p.value !== pool.value) ?? resort);
  }
  for (const pool of ofClass(context, 'GSLB_Pool')) context.facts.pools.push(poolOf(context, pool, fallbacks));
  for (const monitor of ofClass(context, 'GSLB_Monitor')) context.facts.monitors.push(gslbMonitor(context, monitor));
}

function ofClass(context: Context, name: string): Item[] {
  return context.items.filter((item) => item.class === name);
}

function addDomain(context: Context, item: Item): Fact<string>[] {
  const s = item.statement;
  const named = ['pools', 'poolsCname'].flatMap((list) => elements(s, list)).map((one) => pointedPool(context, item, one, 'GSLB_Pool'));
  const pools = named.filter((pool) => pool !== undefined);
  const enabled = item.off ?? flagOr(s, 'enabled', true, PAGE);
  const open = key(s, 'iRules') !== undefined || named.includes(undefined);
  context.facts.virtualServers.push({
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    ...(enabled ? { enabled } : {}),
    pools,
    ...(open ? { open: ['pools'] } : {}),
  });
  return pools;
}

function poolOf(context: Context, item: Item, fallbacks: ReadonlyMap<string, Fact<string> | undefined>): Pool {
  const s = item.statement;
  const bound = boundGslbMonitors(context, item, s);
  const kind = text(s, 'resourceRecordType');
  const members = elements(s, 'members').map((member) => memberOf(context, item, member, bound));
  const watched = bound.list.length > 0 && bound.said ? stated(true, placeOfHead(bound.said)) : undefined;
  const modes = ['lbModePreferred', 'lbModeAlternate', 'lbModeFallback'].map((mode) => text(s, mode)?.value);
  const fallback = fallbacks.get(item.name) ?? (modes.includes('fallback-ip') ? text(s, 'fallbackIP') : undefined);
  const open = [...(bound.open ? ['monitors'] : []), ...(elements(s, 'members').some((m) => m.maybe) ? ['members'] : [])];
  return {
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    members,
    // A domain name stands for whatever it resolves to.
    ...(kind && !/^A{1,4}$/.test(kind.value) ? { discovered: { ...kind, value: true } } : {}),
    monitors: bound.list,
    ...(watched ? { monitored: watched } : {}),
    ...(fallback ? { fallback } : {}),
    // Which domains answer with it, and what else they have, may stand elsewhere.
    used: !item.off && flag(key(s, 'enabled'))?.value !== false && fallbacks.has(item.name),
    ...(open.length > 0 ? { open } : {}),
  };
}

function memberOf(context: Context, item: Item, member: Statement, bound: Bound): PoolMember {
  const said = key(member, 'server');
  const server = said && refersTo(context, item, said, 'GSLB_Server').item;
  const name = text(member, 'virtualServer')?.value;
  const target = server && name !== undefined ? virtualServerOf(server, name) : undefined;
  const host = text(target, 'address') ?? text(member, 'domainName');
  const address = host && { ...host, value: withoutRouteDomain(host.value) };
  const port = whole(key(target, 'port'));
  const weight = whole(key(member, 'ratio'));
  const enabled = availability(context, [member, target, server?.statement], server);
  const watching = [bound, ...monitorsOf(context, server, target)];
  const monitors = watching.flatMap((one) => one.list);
  const open = !target || watching.some((one) => one.open);
  const monitored = watchedBy(watching, server, open);
  return {
    ...entity(context, placeOfStatement(member)),
    name: server ? `${baseName(server.name)}:${name ?? '?'}` : (address?.value ?? name ?? '?'),
    pool: item.name,
    ...(address && (!target || ipVersion(address.value) !== 0) ? { address } : {}),
    ...(port && port.value > 0 ? { port } : {}),
    ...(enabled ? { enabled } : {}),
    ...(weight ? { weight } : {}),
    monitors: monitors.filter((monitor, i) => monitors.findIndex((m) => m.name === monitor.name) === i),
    ...(monitored ? { monitored } : {}),
    ...(open ? { open: ['monitors'] } : {}),
  };
}

/** A server's virtual server by its name; one without a name is named by its number. */
function virtualServerOf(server: Item, name: string): Statement | undefined {
  return elements(server.statement, 'virtualServers').find((s, i) => (text(s, 'name')?.value ?? String(i)) === name);
}

/** What watches a virtual server apart from the pool's monitors: the server's, and its own. */
function monitorsOf(context: Context, server: Item | undefined, target: Statement | undefined): Bound[] {
  return server ? [server.statement, target].flatMap((s) => (s ? [boundGslbMonitors(context, server, s)] : [])) : [];
}

/** A BIG-IP is asked by the `bigip` monitor where nothing else is said; a host of another make by none. */
function watchedBy(watching: readonly Bound[], server: Item | undefined, open: boolean): Fact<boolean> | undefined {
  const first = watching.find((one) => one.list.length > 0)?.said;
  if (first) return stated(true, placeOfHead(first));
  const kind = text(server?.statement, 'serverType');
  if (open || !server || (key(server.statement, 'serverType') && !kind)) return undefined;
  return byDefault((kind?.value ?? 'bigip') === 'bigip', PAGE);
}

/** Off where the member, its virtual server, the server or its data center is. */
function availability(context: Context, parts: readonly (Statement | undefined)[], server: Item | undefined): Fact<boolean> | undefined {
  const site = server && key(server.statement, 'dataCenter');
  const center = site && refersTo(context, server, site, 'GSLB_Data_Center').item;
  const states = [...parts, center?.statement].map((s) => s && flagOr(s, 'enabled', true, PAGE));
  const off = states.find((state) => state?.value === false);
  const known = [...parts, center?.statement].every((s, i) => !s || states[i] !== undefined);
  return off ?? (known ? states[0] : undefined);
}
