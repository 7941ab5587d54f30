import { canonicalAddress, subnetOf } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import { isStated } from '../model/fact.ts';
import type { Peering } from '../model/peering.ts';
import { namesIn } from './descriptions.ts';
import { hash53 } from './hash53.ts';
import { POINT_TO_POINT } from './links.ts';
import { shortName } from './names.ts';
import { namedBy, namesOf } from './pairs.ts';
import { portIndex } from './port-index.ts';

/**
 * By what a device can be joined with others, as hashes of names, addresses and subnets. Two devices that share
 * nothing here have nothing to do with each other: no rule and no fault sees both.
 */
export interface DeviceKeys {
  /** What is its own: devices that have one of these in common belong together. */
  readonly own: Float64Array;
  /** What it speaks of: it belongs together with those whose own it is. */
  readonly mentions: Float64Array;
  /** Its addresses, and in the same order the subnets that they lie in. */
  readonly addresses: Float64Array;
  readonly subnets: Float64Array;
  readonly peerings: readonly PeeringKeys[];
}

/** A peering, which looks for its peer by name and address, and failing that by its id. */
export interface PeeringKeys {
  readonly kind: Peering['kind'];
  readonly id?: number;
  readonly own: Float64Array;
  readonly mentions: Float64Array;
}

/** The keys of a device, its name apart (see `nameKey`): that may be another once all devices are known. */
export function keysOf(device: Device): DeviceKeys {
  const places = placesOf(device);
  return {
    own: hashed(ownOf(device)),
    addresses: Float64Array.from(places, ({ address }) => hash53(address)),
    subnets: Float64Array.from(places, ({ subnet }) => hash53(subnet)),
    mentions: hashed(mentionsOf(device)),
    peerings: device.peerings.map((peering): PeeringKeys => {
      const ofKind = (keys: Iterable<string>) => hashed([...keys].map((key) => ofPeering(peering.kind, key)));
      return {
        kind: peering.kind,
        ...(peering.id ? { id: hash53(`${peering.kind}\n#${peering.id.value}`) } : {}),
        own: ofKind(namesOf(device, peering)),
        mentions: ofKind(namedBy(peering)),
      };
    }),
  };
}

/** The key of a host name, whoever says it. */
export function nameKey(name: string): number {
  return hash53(shortName(name));
}

/** The key by which a peering of a kind finds a host name. */
export function peerKey(kind: Peering['kind'], name: string): number {
  return hash53(ofPeering(kind, shortName(name)));
}

function ofPeering(kind: Peering['kind'], key: string): string {
  return `${kind}\n${key}`;
}

function* ownOf(device: Device): Generator<string> {
  const { hostname, interfaces, members, peerings } = device;
  if (hostname) yield shortName(hostname.value);
  for (const { kind, addresses } of interfaces) {
    for (const { address, prefix } of addresses) {
      // By which a device reaches itself: every device has it.
      if (kind === 'loopback' && isOfItself(address)) continue;
      yield canonicalAddress(address);
      const subnet = prefix !== undefined && POINT_TO_POINT.has(prefix) ? subnetOf(address, prefix) : undefined;
      if (subnet !== undefined) yield subnet;
    }
  }
  for (const { virtualAddresses, unicastSource, interface: port } of members) {
    for (const { address } of virtualAddresses) yield canonicalAddress(address);
    if (unicastSource) yield canonicalAddress(unicastSource.value);
    // Members of one id in one subnet may be one group.
    for (const { addresses } of port ? portIndex(device).allNamed(port.value) : [])
      for (const { address, prefix } of addresses) yield subnetOf(address, prefix) ?? address;
  }
  for (const { self, selfAddress, heartbeats } of peerings) {
    if (self) yield shortName(self.value);
    if (selfAddress) yield canonicalAddress(selfAddress.value);
    for (const { source } of heartbeats) if (source) yield canonicalAddress(source.value);
  }
}

/** Where a device stands: its addresses with their subnets. */
function placesOf({ interfaces }: Device): { address: string; subnet: string }[] {
  return interfaces.flatMap(({ kind, addresses }) =>
    addresses.flatMap(({ address, prefix, floating }) => {
      const subnet = kind === 'loopback' || floating?.value === true ? undefined : subnetOf(address, prefix);
      return subnet === undefined ? [] : [{ address: canonicalAddress(address), subnet }];
    }),
  );
}

function* mentionsOf({ interfaces, members, peerings, pools, monitors, routes }: Device): Generator<string> {
  for (const port of interfaces) if (isStated(port.description)) yield* namesIn(port.description.value);
  for (const { unicastPeers, triggers } of members) {
    for (const { value } of unicastPeers) yield* eitherWay(value);
    for (const { addresses } of triggers) for (const address of addresses) yield* eitherWay(address);
  }
  for (const { peers, heartbeats, syncAddress } of peerings) {
    for (const { name, address } of peers) {
      if (name !== undefined) yield shortName(name);
      if (address) yield* eitherWay(address.value);
    }
    for (const { destination } of heartbeats) if (destination) yield canonicalAddress(destination.value);
    if (syncAddress) yield canonicalAddress(syncAddress.value);
  }
  for (const pool of pools) {
    for (const member of pool.members) if (member.address) yield* eitherWay(member.address.value);
    for (const { destination } of pool.monitors) if (destination) yield* eitherWay(destination.value);
  }
  for (const { destination } of monitors) if (destination) yield* eitherWay(destination.value);
  for (const { nextHop } of routes) if (nextHop) yield canonicalAddress(nextHop.value);
}

/** An address, or the name of a host in its place. */
function* eitherWay(text: string): Generator<string> {
  const address = canonicalAddress(text);
  const name = shortName(text);
  yield address;
  if (name !== address) yield name;
}

function isOfItself(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function hashed(keys: Iterable<string>): Float64Array {
  const hashes = new Set<number>();
  for (const key of keys) hashes.add(hash53(key));
  return Float64Array.from(hashes);
}
