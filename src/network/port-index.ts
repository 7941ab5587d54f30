import { canonicalAddress, subnetOf } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Interface } from '../model/interface.ts';

/** A device's interfaces by what the network asks of them, so that large devices are not searched again and again. */
export interface PortIndex {
  /** The first interface of that name. */
  readonly named: (name: string) => Interface | undefined;
  readonly allNamed: (name: string) => readonly Interface[];
  /** The first interface with an address in whose subnet this one lies. */
  readonly carrierOf: (address: string) => Interface | undefined;
  /** Whether the address is on one of the interfaces, floating or not. */
  readonly has: (address: string) => boolean;
  /** Subinterfaces and VLAN interfaces that ride on a port. */
  readonly ridingOn: (name: string) => readonly Interface[];
}

const indexes = new WeakMap<Device, PortIndex>();

/** The index of a device, made when first asked for. */
export function portIndex(device: Device): PortIndex {
  let index = indexes.get(device);
  if (!index) {
    index = buildIndex(device);
    indexes.set(device, index);
  }
  return index;
}

function buildIndex({ interfaces }: Device): PortIndex {
  const byName = new Map<string, Interface[]>();
  const byParent = new Map<string, Interface[]>();
  const addresses = new Set<string>();
  for (const port of interfaces) {
    push(byName, port.name, port);
    if (port.parent) push(byParent, port.parent.value, port);
    for (const { address } of port.addresses) addresses.add(canonicalAddress(address));
  }
  return {
    named: (name) => byName.get(name)?.[0],
    allNamed: (name) => byName.get(name) ?? [],
    carrierOf: carrierIndex(interfaces),
    has: (address) => addresses.has(canonicalAddress(address)),
    ridingOn: (name) => byParent.get(name) ?? [],
  };
}

/** Looks an address up in the subnets of each prefix length that occurs; the earliest interface prevails. */
function carrierIndex(interfaces: readonly Interface[]): PortIndex['carrierOf'] {
  const orders = new Map<number, Map<string, number>>();
  const known = new Map<string, Interface | undefined>();
  interfaces.forEach((port, order) => {
    for (const { address, prefix } of port.addresses) {
      const subnet = subnetOf(address, prefix);
      if (subnet === undefined || prefix === undefined) continue;
      const subnets = orders.get(prefix) ?? new Map<string, number>();
      orders.set(prefix, subnets);
      if (!subnets.has(subnet)) subnets.set(subnet, order);
    }
  });
  const find = (address: string): Interface | undefined => {
    let best = interfaces.length;
    for (const [prefix, subnets] of orders) {
      const subnet = subnetOf(address, prefix);
      if (subnet !== undefined) best = Math.min(best, subnets.get(subnet) ?? best);
    }
    return interfaces[best];
  };
  return (address) => {
    if (!known.has(address)) known.set(address, find(address));
    return known.get(address);
  };
}

/** Adds a value to the list under a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
