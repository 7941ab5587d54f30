import { canonicalAddress } from '../model/address.ts';
import type { Monitor, Pool, VirtualServer } from '../model/balancing.ts';
import type { Device } from '../model/device.ts';
import type { Entity } from '../model/entity.ts';
import type { Interface } from '../model/interface.ts';
import type { Peering } from '../model/peering.ts';
import type { Member, VirtualAddress } from '../model/redundancy.ts';
import type { Group, Link, LinkEnd, Network, Pair, Segment } from '../network/network.ts';
import { unknown } from './cel/unknown.ts';
import { groupBy, lazy } from './indexes.ts';
import { buildListLookup, type ListLookup } from './lookup-lists.ts';

/** A cable as seen from one of its ends. */
interface LinkView {
  readonly link: Link;
  readonly near: LinkEnd;
  readonly far: LinkEnd;
}

/** Answers about a network that rules ask often, each index built when first asked. What is not there is undefined. */
export interface Lookup extends ListLookup {
  readonly network: Network;
  readonly device: (name: string) => Device | undefined;
  /** The devices of these names, each once; names without a config here are left out. */
  readonly devices: (names: readonly string[]) => readonly Device[];
  /** What an entity is part of: a trigger's member, a pool member's pool, an address's interface. */
  readonly parent: (part: object) => object | undefined;
  /** The entity itself where its list is all known; else the reading expression is "unknown". */
  readonly known: <T extends Entity>(entity: T, list: keyof T & string) => T;
  readonly interfaceNamed: (device: string, name: string) => Interface | undefined;
  /** Interfaces that have an address as their own. */
  readonly interfacesWith: (address: string) => readonly Interface[];
  readonly partners: (device: string) => readonly Device[];
  /** The same; "unknown" where there seems to be none, and a device of which little is known may be one. */
  readonly knownPartners: (device: string) => readonly Device[];
  readonly pairsOf: (device: string) => readonly Pair[];
  readonly group: (member: Member) => Group | undefined;
  readonly others: (member: Member) => readonly Member[];
  /** The same address in groups that it is not a part of. */
  readonly otherClaims: (address: VirtualAddress) => readonly VirtualAddress[];
  /** The other members of its sync group on the same device. */
  readonly movesWith: (member: Member) => readonly Member[];
  readonly otherPeerings: (peering: Peering) => readonly Peering[];
  readonly linksOf: (device: string) => readonly Link[];
  readonly linkOf: (device: string, port: string) => LinkView | undefined;
  /** Names of the nodes at the other ends of a port's cables; of all its ports for a LAG. */
  readonly cabledTo: (device: string, port: string) => readonly string[];
  readonly segmentsOf: (device: string, port: string) => readonly Segment[];
  readonly interfacesOn: (segment: Segment) => readonly Interface[];
  readonly poolsNamed: (device: string, name: string) => readonly Pool[];
  readonly poolsOf: (server: VirtualServer) => readonly Pool[];
  readonly virtualServersOf: (pool: Pool) => readonly VirtualServer[];
  readonly poolsWithMonitor: (monitor: Monitor) => readonly Pool[];
}

function known<T extends Entity>(entity: T, list: keyof T & string): T {
  return entity.open?.includes(list) ? unknown(`part of ${list} is not seen here`) : entity;
}

const portKey = (device: string, port: string): string => `${device}\n${port}`;

function parentsIn(network: Network): ReadonlyMap<object, object> {
  const parents = new Map<object, object>();
  const adopt = (parent: object, parts: readonly object[]) => {
    for (const part of parts) parents.set(part, parent);
  };
  for (const device of network.devices) {
    for (const one of device.interfaces) adopt(one, one.addresses);
    for (const one of device.members) {
      adopt(one, [...one.triggers, ...one.virtualAddresses]);
      if (one.authentication) adopt(one, [one.authentication]);
    }
    for (const one of device.peerings) adopt(one, [...one.peers, ...one.heartbeats]);
    for (const one of device.pools) adopt(one, one.members);
  }
  return parents;
}

function linkViews(network: Network): ReadonlyMap<string, LinkView> {
  const views = new Map<string, LinkView>();
  for (const link of network.links) {
    const [a, b] = link.ends;
    for (const [near, far] of [
      [a, b],
      [b, a],
    ] as const) {
      const key = portKey(near.node, near.interface?.name ?? near.port);
      if (!views.has(key)) views.set(key, { link, near, far });
    }
  }
  return views;
}

/** The answers about this network. */
export function buildLookup(network: Network): Lookup {
  const byName = lazy(() => new Map(network.devices.map((d) => [d.name, d])));
  const parents = lazy(() => parentsIn(network));
  const ports = lazy(() => new Map(network.devices.flatMap((d) => d.interfaces.map((i) => [portKey(d.name, i.name), i] as const))));
  const groups = lazy(() => new Map(network.groups.flatMap((g) => g.members.map((m) => [m, g] as const))));
  const pairs = lazy(() => groupBy(network.pairs, (p) => p.devices));
  const links = lazy(() => groupBy(network.links, (l) => l.ends.map((e) => e.node)));
  const linkEnds = lazy(() => linkViews(network));
  const segments = lazy(() => groupBy(network.segments, (s) => s.attachments.map((a) => portKey(a.node, a.interface))));
  const pools = lazy(() =>
    groupBy(
      network.devices.flatMap((d) => d.pools),
      (p) => [portKey(p.device, p.name)],
    ),
  );
  const servers = lazy(() =>
    groupBy(
      network.devices.flatMap((d) => d.virtualServers),
      (v) => v.pools.map((p) => portKey(v.device, p.value)),
    ),
  );
  const halfSeen = lazy(
    () => new Set(network.devices.filter((d) => d.virtualServers.some((v) => v.open?.includes('pools'))).map((d) => d.name)),
  );

  const holders = lazy(() =>
    groupBy(
      network.devices.flatMap((d) => d.interfaces),
      (i) => i.addresses.filter((a) => a.floating?.value !== true).map((a) => canonicalAddress(a.address)),
    ),
  );
  const claims = lazy(() =>
    groupBy(
      network.devices.flatMap((d) => d.members.filter((m) => m.protocol !== 'anycast').flatMap((m) => m.virtualAddresses)),
      (a) => [canonicalAddress(a.address)],
    ),
  );

  const device = (name: string) => byName().get(name);
  const devices = (names: readonly string[]) => [...new Set(names)].map(device).filter((d) => d !== undefined);
  const pairsOf = (name: string) => pairs().get(name) ?? [];
  const partners = (name: string) => devices(pairsOf(name).flatMap((p) => p.devices.filter((d) => d !== name)));
  const interfaceNamed = (name: string, port: string) => ports().get(portKey(name, port));
  const lists = buildListLookup(network, interfaceNamed);
  return {
    ...lists,
    network,
    device,
    devices,
    parent: (part) => parents().get(part),
    known,
    interfaceNamed,
    interfacesWith: (address) => holders().get(canonicalAddress(address)) ?? [],
    partners,
    knownPartners: (name) => {
      const found = partners(name);
      return found.length === 0 && network.halfKnown.some((other) => other !== name) ? unknown('part of a device is not seen here') : found;
    },
    pairsOf,
    group: (member) => groups().get(member),
    others: (member) =>
      groups()
        .get(member)
        ?.members.filter((m) => m.device !== member.device) ?? [],
    otherClaims: (address) => {
      const mine = groups().get(parents().get(address) as Member);
      return (claims().get(canonicalAddress(address.address)) ?? []).filter((a) => groups().get(parents().get(a) as Member) !== mine);
    },
    movesWith: (member) => {
      const sync = member.syncGroup?.value;
      return sync === undefined ? [] : lists.inSyncGroup(member.device, sync).filter((m) => m !== member);
    },
    otherPeerings: (peering) =>
      pairsOf(peering.device)
        .filter((p) => p.peerings.includes(peering))
        .flatMap((p) => p.peerings.filter((other) => other.device !== peering.device && other.kind === peering.kind)),
    linksOf: (name) => links().get(name) ?? [],
    linkOf: (name, port) => linkEnds().get(portKey(name, port)),
    cabledTo: (name, port) => {
      const members = lists.bundledIn(name, port).map((i) => i.name);
      return [port, ...members].flatMap((p) => linkEnds().get(portKey(name, p))?.far.node ?? []);
    },
    segmentsOf: (name, port) => segments().get(portKey(name, port)) ?? [],
    interfacesOn: (segment) => segment.attachments.map((a) => interfaceNamed(a.node, a.interface)).filter((i) => i !== undefined),
    poolsNamed: (name, pool) => pools().get(portKey(name, pool)) ?? [],
    poolsOf: (server) => known(server, 'pools').pools.flatMap((p) => pools().get(portKey(server.device, p.value)) ?? []),
    virtualServersOf: (pool) =>
      halfSeen().has(pool.device)
        ? unknown('some virtual server has pools that are not seen here')
        : (servers().get(portKey(pool.device, pool.name)) ?? []),
    poolsWithMonitor: (monitor) => lists.poolsUsing(monitor.device, monitor.name),
  };
}
