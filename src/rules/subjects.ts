import type { Device } from '../model/device.ts';
import type { Entity } from '../model/entity.ts';
import type { Place } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Group, Link, LinkConflict, Network, Pair, Segment, Service } from '../network/network.ts';
import type { Lookup } from './lookup.ts';
import type { WordName } from './vocabulary/vocabulary.ts';

const each =
  (list: (device: Device) => readonly object[]) =>
  (network: Network): readonly object[] =>
    network.devices.flatMap(list);

/** Monitors are defined on the device, in a pool or in a member, and may be shared. */
const monitorsOf = (d: Device) => [
  ...new Set([...d.monitors, ...d.pools.flatMap((p) => [...p.monitors, ...p.members.flatMap((m) => m.monitors)])]),
];

const LISTS: Readonly<Partial<Record<WordName, (network: Network) => readonly object[]>>> = {
  device: (network) => network.devices,
  interface: each((d) => d.interfaces),
  interfaceAddress: each((d) => d.interfaces.flatMap((i) => i.addresses)),
  vlan: each((d) => d.vlans),
  route: each((d) => d.routes),
  member: each((d) => d.members),
  authentication: each((d) => d.members.flatMap((m) => m.authentication ?? [])),
  virtualAddress: each((d) => d.members.flatMap((m) => m.virtualAddresses)),
  trigger: each((d) => d.members.flatMap((m) => m.triggers)),
  watch: each((d) => d.watches),
  peering: each((d) => d.peerings),
  peer: each((d) => d.peerings.flatMap((p) => p.peers)),
  heartbeat: each((d) => d.peerings.flatMap((p) => p.heartbeats)),
  virtualServer: each((d) => d.virtualServers),
  pool: each((d) => d.pools),
  poolMember: each((d) => d.pools.flatMap((p) => p.members)),
  monitor: each(monitorsOf),
  reference: each((d) => d.references),
  remark: each((d) => d.remarks),
  setting: each((d) => d.settings),
  group: (network) => network.groups,
  pair: (network) => network.pairs,
  link: (network) => network.links,
  wiringConflict: (network) => network.conflicts,
  segment: (network) => network.segments,
  service: (network) => network.services,
  uplink: (network) => network.uplinks,
};

/** Everything of one kind in a network, in the order of devices and of lines. */
export function subjectsOf(kind: WordName, network: Network): readonly object[] {
  return LISTS[kind]?.(network) ?? [];
}

/** Where a thing stands, and on which device. */
export interface Home {
  readonly at: Place;
  readonly device: string;
  readonly platform: PlatformId;
}

/** The home of any thing in the vocabulary; for what spans devices, that of its first part. */
export function homeOf(kind: WordName, thing: object, lookup: Lookup): Home | undefined {
  switch (kind) {
    case 'device':
      return homeOfDevice(thing as Device);
    case 'group':
      return (thing as Group).members[0];
    case 'pair': {
      const pair = thing as Pair;
      return pair.peerings[0] ?? homeOfDevice(lookup.device(pair.devices[0]));
    }
    case 'link':
    case 'linkEnd': {
      const ends = kind === 'link' ? (thing as Link).ends : [thing as Link['ends'][0]];
      const end = ends.find((e) => e.interface);
      return end?.interface ?? homeOfDevice(lookup.devices(ends.map((e) => e.node))[0]);
    }
    case 'wiringConflict': {
      const { dropped } = thing as LinkConflict;
      const home = homeOf('link', dropped, lookup);
      return home && { ...home, at: dropped.at };
    }
    case 'segment':
      return lookup.interfacesOn(thing as Segment)[0];
    case 'service':
      return homeOfService(thing as Service, lookup);
    default:
      return 'at' in thing ? (thing as Entity) : undefined;
  }
}

function homeOfDevice(device: Device | undefined): Home | undefined {
  const platform = device?.platforms[0];
  return device && platform && { at: device.at, device: device.name, platform };
}

function homeOfService({ address, devices }: Service, lookup: Lookup): Home | undefined {
  const owners = lookup.devices(devices);
  return (
    first(owners, (d) => lookup.listening(d.name, address)) ??
    first(owners, (d) => lookup.claiming(d.name, address)) ??
    homeOfDevice(owners[0])
  );
}

function first(devices: readonly Device[], find: (device: Device) => readonly Entity[]): Entity | undefined {
  for (const device of devices) {
    const [found] = find(device);
    if (found) return found;
  }
  return undefined;
}
