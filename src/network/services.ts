import { canonicalAddress, ipVersion } from '../model/address.ts';
import type { VirtualServer } from '../model/balancing.ts';
import type { Device } from '../model/device.ts';
import type { Group, Service } from './network.ts';
import { push } from './port-index.ts';

/**
 * What clients use: every virtual address of a redundancy group, with each port that a virtual
 * server of its members listens on there (none: the address alone), and every virtual server with an
 * address of its own. Whose an address is that some group of the device may move cannot be told.
 */
export function findServices(devices: readonly Device[], groups: readonly Group[]): Service[] {
  const byName = new Map(devices.map((d) => [d.name, d]));
  const services = new Map<string, Service>();
  const add = (owners: readonly string[], address: string, port: number | null): void => {
    const key = `${owners.join('|')}\n${address}\n${port}`;
    const name = `${owners.join('|')} ${address}${port === null ? '' : `:${port}`}`;
    services.set(key, { name, address, port, devices: owners });
  };
  const grouped = new Set<string>();
  for (const group of groups) {
    const owners = [...new Set(group.members.map((m) => m.device))];
    const hosts = owners.map((name) => byName.get(name)).filter((d) => d !== undefined);
    for (const address of new Set(group.members.flatMap((m) => m.virtualAddresses.map((v) => canonicalAddress(v.address))))) {
      for (const owner of owners) grouped.add(`${owner}\n${address}`);
      const ports = new Set(hosts.flatMap((d) => listenersOn(d, address)).flatMap((server) => (server.port ? [server.port.value] : [])));
      if (ports.size === 0) add(owners, address, null);
      for (const port of ports) add(owners, address, port === 0 ? null : port);
    }
  }
  for (const device of devices) {
    for (const { address, port, open } of device.virtualServers) {
      if (open?.includes('group') && device.members.length > 0) continue;
      if (!address || ipVersion(address.value) === 0 || isLocal(address.value)) continue;
      const own = canonicalAddress(address.value);
      if (!grouped.has(`${device.name}\n${own}`)) add([device.name], own, port && port.value > 0 ? port.value : null);
    }
  }
  return [...services.values()];
}

/** The virtual servers of a device that take connections to `address`: bound to it or to every address; in the order of its config. */
export function listenersOn(device: Device, address: string): readonly VirtualServer[] {
  const { bound, order } = listenersOf(device);
  const everywhere = ['*', ...(ipVersion(address) === 4 ? ['0.0.0.0'] : []), '::'];
  const here = new Set([...everywhere, canonicalAddress(address)].flatMap((at) => bound.get(at) ?? []));
  return [...here].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

interface Listeners {
  readonly bound: ReadonlyMap<string, readonly VirtualServer[]>;
  readonly order: ReadonlyMap<VirtualServer, number>;
}

const listeners = new WeakMap<Device, Listeners>();

/** The virtual servers of a device by the address they are bound to, in its one spelling; those switched off are left out. */
function listenersOf(device: Device): Listeners {
  const known = listeners.get(device);
  if (known) return known;
  const bound = new Map<string, VirtualServer[]>();
  const open = device.virtualServers.filter((server) => server.enabled?.value !== false && server.address !== undefined);
  for (const server of open) push(bound, canonicalAddress(server.address?.value ?? ''), server);
  const made = { bound, order: new Map(open.map((server, index) => [server, index])) };
  listeners.set(device, made);
  return made;
}

function isLocal(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '::1' || address.startsWith('127.');
}
