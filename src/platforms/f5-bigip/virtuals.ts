import { ipVersion } from '../../model/address.ts';
import type { VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, placeOf, stated } from '../../model/fact.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { baseName, endpoint, fullPath } from '../f5-names.ts';
import { all, type Context, entity, find, refer } from './context.ts';
import { definitionOf, entriesOf, type F5Object, nameOf, property, stateOf, switchOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';
import { type PoolUse, poolOf } from './pools.ts';
import { addressOf, groupOf } from './traffic-groups.ts';

type Protocol = NonNullable<VirtualServer['protocol']>['value'];

/** Adds virtual servers, and the pools with what those say of them. */
export function buildBalancing(context: Context): void {
  const uses = new Map<string, PoolUse>();
  for (const object of all(context, 'ltm virtual')) {
    const { server, use } = virtualOf(context, object);
    context.facts.virtualServers.push(server);
    for (const pool of server.pools) uses.set(pool.value, agreed(uses.get(pool.value), use));
  }
  for (const object of all(context, 'ltm pool')) context.facts.pools.push(poolOf(context, object, uses.get(object.name)));
}

/** What two virtual servers both say of a pool that they share. */
function agreed(a: PoolUse | undefined, b: PoolUse): PoolUse {
  if (!a) return b;
  const protocol = a.protocol?.value === b.protocol?.value ? a.protocol : undefined;
  const persistence = a.persistence ?? b.persistence;
  return { used: true, ...(protocol ? { protocol } : {}), ...(persistence ? { persistence } : {}) };
}

function virtualOf(context: Context, object: F5Object): { server: VirtualServer; use: PoolUse } {
  const s = definitionOf(object);
  const at = placeOfStatement(s);
  const where = listening(context, object);
  const pool = nameOf(object, 'pool');
  const pools = pool ? [stated(fullPath(pool.value), placeOf(pool, at))] : [];
  for (const fact of pools) refer(context, { at: placeOf(fact, at), name: fact.value, kind: 'ltm pool', to: 'pool' });
  const profiles = profilesOf(context, object);
  const protocol = protocolOf(object, profiles);
  const mirrored = switchOf(object, 'mirror');
  const persistence = entriesOf(object, 'persist').entries[0];
  // An iRule or a policy may choose other pools, or answer by itself; the shipped redirect only answers.
  const chosen = ['rules', 'policies'].flatMap((list) => entriesOf(object, list).entries);
  const redirects = chosen.length > 0 && chosen.every((entry) => baseName(entry.name) === '_sys_https_redirect');
  const open = (chosen.length > 0 && !redirects) || object.statements.some((o) => o.maybe);
  const server: VirtualServer = {
    ...entity(context, at),
    name: object.name,
    ...where,
    ...(protocol ? { protocol } : {}),
    enabled: stateOf(object.statements.flatMap((o) => o.children)) ?? byDefault(true, PAGES.virtual),
    pools,
    ...(mirrored ? { mirrored } : {}),
    ...(redirects && chosen[0] ? { answersItself: stated(true, chosen[0].at) } : {}),
    ...(open ? { open: ['pools'] } : {}),
  };
  const inside = protocol && stated(serverSide(protocol.value, profiles), placeOf(protocol, at));
  const use: PoolUse = {
    used: true,
    ...(inside ? { protocol: inside } : {}),
    ...(persistence ? { persistence: stated(persistence.name, persistence.at) } : {}),
  };
  return { server, use };
}

/** The address and port of a virtual server, and what moves the address. */
function listening(context: Context, object: F5Object): Pick<VirtualServer, 'address' | 'port' | 'group' | 'floating' | 'bindsAnywhere'> {
  const destination = textOf(object, 'destination');
  if (!destination) return {};
  const at = placeOf(destination, placeOfStatement(definitionOf(object)));
  const { host, port } = endpoint(destination.value);
  const mask = textOf(object, 'mask')?.value;
  const folder = destination.value.startsWith('/') ? destination.value.slice(0, destination.value.lastIndexOf('/') + 1) : '/Common/';
  const withDomain = baseName(destination.value).replace(/[:.][\w-]+$/, '');
  const named = find(context, 'ltm virtual-address', `${folder}${host}`) ?? find(context, 'ltm virtual-address', `${folder}${withDomain}`);
  const address = ipVersion(host) === 0 && named ? addressOf(named) : host;
  const network = mask !== undefined && mask !== 'any' && mask !== '255.255.255.255' && ipVersion(address) === 4 && address !== '0.0.0.0';
  const known = !network && (ipVersion(address) !== 0 || address === '*');
  const group = named && groupOf(named);
  return {
    ...(known ? { address: stated(address, at) } : {}),
    ...(port === undefined ? {} : { port: stated(port, at) }),
    ...(group ? { group } : {}),
    ...(group ? { floating: stated(baseName(group.value) !== 'traffic-group-local-only', placeOf(group, at)) } : {}),
    bindsAnywhere: byDefault(true, PAGES.virtual),
  };
}

interface Profiles {
  readonly types: ReadonlySet<string>;
  readonly complete: boolean;
}

/** Types of the profiles that the name of a shipped one tells. */
const SHIPPED: Readonly<Record<string, string>> = table({
  http: 'http',
  'http-explicit': 'http',
  'http-transparent': 'http',
  http2: 'http2',
  clientssl: 'client-ssl',
  'clientssl-secure': 'client-ssl',
  'clientssl-insecure-compatible': 'client-ssl',
  serverssl: 'server-ssl',
  'serverssl-insecure-compatible': 'server-ssl',
  tcp: 'tcp',
  udp: 'udp',
  fastL4: 'fastl4',
  fasthttp: 'fasthttp',
});

function profilesOf(context: Context, object: F5Object): Profiles {
  const types = new Set<string>();
  let complete = true;
  const defined = all(context, 'ltm profile');
  for (const { name } of entriesOf(object, 'profiles').entries) {
    const path = fullPath(name);
    const type = defined.find((p) => p.name === path)?.type ?? SHIPPED[baseName(path)];
    if (type !== undefined) types.add(type);
    else if (!/^(?:tcp|udp|oneconnect|f5-tcp|mptcp|web|stream|wan)/.test(baseName(path))) complete = false;
  }
  return { types, complete };
}

function protocolOf(object: F5Object, profiles: Profiles): Fact<Protocol> | undefined {
  const s = property(object, 'profiles') ?? property(object, 'ip-protocol');
  if (!s) return undefined;
  const at = placeOfStatement(s);
  const { types } = profiles;
  if (types.has('http') || types.has('fasthttp')) return stated(types.has('client-ssl') ? 'https' : 'http', at);
  const ip = textOf(object, 'ip-protocol')?.value;
  if (ip === 'udp' || types.has('udp')) return stated('udp', at);
  if (ip !== undefined && ip !== 'tcp') return stated('other', at);
  return profiles.complete ? stated('tcp', at) : undefined;
}

/** What the pool speaks: HTTP in clear unless a server-side SSL profile encrypts it. */
function serverSide(client: Protocol, profiles: Profiles): Protocol {
  if (client !== 'http' && client !== 'https') return client;
  return profiles.types.has('server-ssl') ? 'https' : 'http';
}
