import { canonicalAddress, subnetOf } from '../model/address.ts';
import type { Pool, PoolMember, VirtualServer } from '../model/balancing.ts';
import type { Device } from '../model/device.ts';
import type { Interface, Route, Vlan } from '../model/interface.ts';
import type { Member, VirtualAddress } from '../model/redundancy.ts';
import type { Group, Link, LinkEnd, Network, Uplink } from '../network/network.ts';
import { unknown } from './cel/unknown.ts';
import { groupBy, lazy } from './indexes.ts';

/**
 * Answers about what the things on one device, or on the two of a pair, have in common. Each rests on
 * an index over the whole network, so that asking for every thing costs no more than reading them all.
 */
export interface ListLookup {
  readonly membersOn: (device: string, port: string) => readonly Member[];
  readonly inSyncGroup: (device: string, group: string) => readonly Member[];
  /** Interfaces whose own config makes them ports of a LAG. */
  readonly bundledIn: (device: string, lag: string) => readonly Interface[];
  readonly withMlagId: (device: string, id: string) => readonly Interface[];
  /** Interfaces with an address, of known prefix length, in the subnet of `address`; unknown where the device has more than are seen here. */
  readonly interfacesIn: (device: string, address: string, prefix: number) => readonly Interface[];
  /** Whether a static route of the device leads to the address; its IPv4 default route does not count. */
  readonly routedBy: (device: string, address: string) => boolean;
  /** The VLAN of a device whose bridge priority for it is known. */
  readonly bridgeFor: (device: string, vlan: number) => Vlan | undefined;
  /** Members of election protocols whose interface is in the VLAN; unknown where the interface of one of them is. */
  readonly gatewaysOf: (device: string, vlan: number) => readonly Member[];
  readonly isTracked: (device: string, port: string) => boolean;
  readonly isReferencedTrigger: (device: string, name: string) => boolean;
  /** Virtual servers of a device that are bound to just this address. */
  readonly boundTo: (device: string, address: string) => readonly VirtualServer[];
  /** Virtual servers of a device whose address is written just so. */
  readonly listening: (device: string, address: string) => readonly VirtualServer[];
  /** Virtual addresses of a device that are written just so. */
  readonly claiming: (device: string, address: string) => readonly VirtualAddress[];
  /** Memberships of a device that carry an address; unknown where one of them has addresses not seen here. */
  readonly carrying: (device: string, address: string) => readonly Member[];
  /** The same address as the other members of its group have it. */
  readonly counterparts: (address: VirtualAddress, others: readonly Member[]) => readonly VirtualAddress[];
  readonly uplinksOf: (member: Member) => readonly Uplink[];
  readonly uplinksOn: (device: string) => readonly Uplink[];
  /** Redundancy groups that both devices are in. */
  readonly sharedGroups: (devices: readonly [string, string]) => readonly Group[];
  /** Other groups of the same protocol, id and address family on the same segment. */
  readonly clashes: (group: Group) => readonly Group[];
  readonly ofHostname: (name: string) => readonly Device[];
  /** Servers of a pool with the address and port of this one; none where it lacks one of them. */
  readonly sameTarget: (pool: Pool, member: PoolMember) => readonly PoolMember[];
  /** The other ends of the cables of a port, or of all ports of a LAG. */
  readonly farEnds: (device: string, port: string) => readonly LinkEnd[];
  readonly serversNamed: (device: string, name: string) => Device['virtualServers'];
  readonly poolsUsing: (device: string, monitor: string) => Device['pools'];
}

type InterfaceNamed = (device: string, port: string) => Interface | undefined;

/** Protocols whose members are gateways of a VLAN. */
const GATEWAYS: ReadonlySet<string> = new Set(['hsrp', 'vrrp', 'glbp']);

const key = (device: string, name: string | number): string => `${device}\n${name}`;

/** The answers about this network, each index made when first asked. */
export function buildListLookup(network: Network, interfaceNamed: InterfaceNamed): ListLookup {
  const { devices } = network;
  const interfaces = lazy(() => devices.flatMap((d) => d.interfaces));
  const members = lazy(() => devices.flatMap((d) => d.members));
  const by = <T>(things: () => readonly T[], keys: (thing: T) => readonly string[]) => {
    const index = lazy(() => groupBy(things(), keys));
    return (device: string, name: string | number): readonly T[] => index().get(key(device, name)) ?? [];
  };
  const membersOn = by(members, (m) => (m.interface ? [key(m.device, m.interface.value)] : []));
  const inSyncGroup = by(members, (m) => (m.syncGroup ? [key(m.device, m.syncGroup.value)] : []));
  const bridges = by(
    () => devices.flatMap((d) => d.vlans.filter((v) => v.stpPriority)),
    (v) => [key(v.device, v.id)],
  );
  const gateways = by(members, (m) => {
    const vlan = m.interface && GATEWAYS.has(m.protocol) ? interfaceNamed(m.device, m.interface.value)?.vlan : undefined;
    return vlan ? [key(m.device, vlan.value)] : [];
  });
  const astray = lazy(
    () =>
      new Set(
        members()
          .filter((m) => GATEWAYS.has(m.protocol) && (!m.interface || !interfaceNamed(m.device, m.interface.value)))
          .map((m) => m.device),
      ),
  );
  const half = lazy(
    () =>
      new Set(
        members()
          .filter((m) => m.open?.includes('virtualAddresses'))
          .map((m) => m.device),
      ),
  );
  const partly = lazy(
    () =>
      new Set(
        interfaces()
          .filter((i) => i.open?.includes('addresses'))
          .map((i) => i.device),
      ),
  );
  const inSubnet = subnetIndex(lazy(() => new Map(devices.map((d) => [d.name, d]))));
  const tracked = lazy(() => new Set(members().flatMap((m) => m.triggers.flatMap((t) => t.interfaces.map((port) => key(m.device, port))))));
  const triggers = lazy(
    () => new Set(devices.flatMap((d) => d.references.filter((r) => r.to === 'trigger').map((r) => key(r.device, r.name)))),
  );
  const carriers = by(members, (m) => m.virtualAddresses.map((a) => key(m.device, canonicalAddress(a.address))));
  const bound = by(
    () => devices.flatMap((d) => d.virtualServers),
    (v) => (v.address ? [key(v.device, canonicalAddress(v.address.value))] : []),
  );
  const uplinks = lazy(() => {
    const index = new Map<Member, Uplink[]>();
    for (const uplink of network.uplinks) index.set(uplink.member, [...(index.get(uplink.member) ?? []), uplink]);
    return index;
  });
  const groupsOf = lazy(() => groupBy(network.groups, (g) => g.members.map((m) => m.device)));
  const numbers = lazy(() => groupBy(network.groups, (g) => (g.segment === undefined ? [] : [numberOf(g)])));
  const hostnames = lazy(() => groupBy(devices, (d) => (d.hostname ? [d.hostname.value] : [])));
  const onDevice = lazy(() => groupBy(network.uplinks, (u) => [u.device]));
  return {
    membersOn,
    inSyncGroup,
    bundledIn: by(interfaces, (i) => (i.lag ? [key(i.device, i.lag.value)] : [])),
    withMlagId: by(interfaces, (i) => (i.mlagId ? [key(i.device, i.mlagId.value)] : [])),
    interfacesIn: (device, address, prefix) =>
      partly().has(device) ? unknown('an interface has addresses that are not seen here') : inSubnet(device, address, prefix),
    routedBy: routeIndex(
      lazy(() =>
        groupBy(
          devices.flatMap((d) => d.routes),
          (r) => [r.device],
        ),
      ),
    ),
    bridgeFor: (device, vlan) => bridges(device, vlan)[0],
    gatewaysOf: (device, vlan) =>
      astray().has(device) ? unknown('the interface of one of its groups is not seen here') : gateways(device, vlan),
    isTracked: (device, port) => tracked().has(key(device, port)),
    isReferencedTrigger: (device, name) => triggers().has(key(device, name)),
    boundTo: (device, address) => bound(device, canonicalAddress(address)),
    carrying: (device, address) =>
      half().has(device) ? unknown('a group has addresses that are not seen here') : carriers(device, canonicalAddress(address)),
    listening: by(
      () => devices.flatMap((d) => d.virtualServers),
      (v) => (v.address ? [key(v.device, v.address.value)] : []),
    ),
    claiming: by(
      () => members().flatMap((m) => m.virtualAddresses),
      (a) => [key(a.device, a.address)],
    ),
    counterparts: counterpartIndex(),
    uplinksOf: (member) => uplinks().get(member) ?? [],
    uplinksOn: (device) => onDevice().get(device) ?? [],
    sharedGroups: ([left, right]) => {
      const there = new Set(groupsOf().get(right));
      return (groupsOf().get(left) ?? []).filter((g) => there.has(g));
    },
    clashes: (group) => (group.segment === undefined ? [] : (numbers().get(numberOf(group)) ?? []).filter((g) => g !== group)),
    ofHostname: (name) => hostnames().get(name) ?? [],
    sameTarget: targetIndex(),
    farEnds: farEndIndex(network.links, interfaceNamed),
    serversNamed: by(
      () => devices.flatMap((d) => d.virtualServers),
      (v) => [key(v.device, v.name)],
    ),
    poolsUsing: by(
      () => devices.flatMap((d) => d.pools),
      (p) => [...p.monitors, ...p.members.flatMap((m) => m.monitors)].map((m) => key(p.device, m.name)),
    ),
  };
}

function numberOf({ segment, protocol, id, addressFamily }: Group): string {
  return [segment, protocol, id, addressFamily].join('\n');
}

/** For each prefix length that is asked for, the interfaces of a device by the subnets of their addresses. */
function subnetIndex(byName: () => ReadonlyMap<string, Device>): ListLookup['interfacesIn'] {
  const indexes = new Map<string, ReadonlyMap<string, readonly Interface[]>>();
  return (device, address, prefix) => {
    const of = key(device, prefix);
    let index = indexes.get(of);
    if (!index) {
      index = groupBy(byName().get(device)?.interfaces ?? [], (i) =>
        i.addresses.flatMap((a) => (a.prefix === undefined ? [] : (subnetOf(a.address, prefix) ?? []))),
      );
      indexes.set(of, index);
    }
    const subnet = subnetOf(address, prefix);
    return subnet === undefined ? [] : (index.get(subnet) ?? []);
  };
}

/** The subnets that a device's static routes lead to, by prefix length. */
function routeIndex(byDevice: () => ReadonlyMap<string, readonly Route[]>): ListLookup['routedBy'] {
  const indexes = new Map<string, ReadonlyMap<number, ReadonlySet<string>>>();
  const make = (device: string): ReadonlyMap<number, ReadonlySet<string>> => {
    const index = new Map<number, Set<string>>();
    for (const { prefix } of byDevice().get(device) ?? []) {
      const [network = '', length = ''] = prefix.split('/');
      const subnet = prefix !== '0.0.0.0/0' && /^\d{1,3}$/.test(length) ? subnetOf(network, Number(length)) : undefined;
      if (subnet !== undefined) index.set(Number(length), (index.get(Number(length)) ?? new Set()).add(subnet));
    }
    return index;
  };
  return (device, address) => {
    const index = indexes.get(device) ?? make(device);
    indexes.set(device, index);
    return [...index].some(([length, subnets]) => {
      const subnet = subnetOf(address, length);
      return subnet !== undefined && subnets.has(subnet);
    });
  };
}

/** Addresses of each member by their one spelling, made when first asked. */
function counterpartIndex(): ListLookup['counterparts'] {
  const indexes = new WeakMap<Member, ReadonlyMap<string, VirtualAddress>>();
  return (address, others) =>
    others.flatMap((member) => {
      let index = indexes.get(member);
      if (!index) {
        // The first of two equal ones prevails.
        index = new Map(member.virtualAddresses.map((a) => [canonicalAddress(a.address), a] as const).reverse());
        indexes.set(member, index);
      }
      return index.get(canonicalAddress(address.address)) ?? [];
    });
}

/** Servers of each pool by address and port, made when first asked. */
function targetIndex(): ListLookup['sameTarget'] {
  const indexes = new WeakMap<Pool, ReadonlyMap<string, readonly PoolMember[]>>();
  const target = ({ address, port }: PoolMember): readonly string[] => (address && port ? [`${address.value}\n${port.value}`] : []);
  return (pool, member) => {
    const index = indexes.get(pool) ?? groupBy(pool.members, target);
    indexes.set(pool, index);
    return target(member).flatMap((key) => index.get(key) ?? []);
  };
}

/** Ends of cables by what is at their other ends: the LAG of the port there, else the port itself. */
function farEndIndex(links: readonly Link[], interfaceNamed: InterfaceNamed): ListLookup['farEnds'] {
  const logical = ({ node, interface: port }: LinkEnd): readonly string[] => {
    const name = (port?.lag && interfaceNamed(node, port.lag.value))?.name ?? port?.name;
    return name === undefined ? [] : [key(node, name)];
  };
  const left = lazy(() => groupBy(links, (l) => logical(l.ends[0])));
  const right = lazy(() => groupBy(links, (l) => logical(l.ends[1])));
  return (device, port) => {
    const of = key(device, port);
    return [...(left().get(of) ?? []).map((l) => l.ends[1]), ...(right().get(of) ?? []).map((l) => l.ends[0])];
  };
}
