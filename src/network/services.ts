import { canonicalAddress, ipVersion, sameAddress } from '../model/address.ts';
import type { VirtualServer } from '../model/balancing.ts';
import type { Device } from '../model/device.ts';
import type { Group, Service } from './network.ts';
import { push } from './port-index.ts';

/**
 * What clients use: every virtual address of a redundancy group, with each port that a virtual
 * server of its members listens on there (none: the address alone), and every virtual server with an
 * address of its own.
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
    const portsAt = listeningPorts(owners.flatMap((name) => byName.get(name)?.virtualServers ?? []));
    for (const address of new Set(group.members.flatMap((m) => m.virtualAddresses.map((v) => canonicalAddress(v.address))))) {
      for (const owner of owners) grouped.add(`${owner}\n${address}`);
      const ports = portsAt(address);
      if (ports.size === 0) add(owners, address, null);
      for (const port of ports) add(owners, address, port === 0 ? null : port);
    }
  }
  for (const device of devices) {
    for (const { address, port } of device.virtualServers) {
      if (!address || ipVersion(address.value) === 0 || isLocal(address.value)) continue;
      const own = canonicalAddress(address.value);
      if (!grouped.has(`${device.name}\n${own}`)) add([device.name], own, port && port.value > 0 ? port.value : null);
    }
  }
  return [...services.values()];
}

/** The ports on which some of the virtual servers listen at an address, in the order of the servers. */
function listeningPorts(servers: readonly VirtualServer[]): (address: string) => ReadonlySet<number> {
  const bound = new Map<string, VirtualServer[]>();
  const order = new Map<VirtualServer, number>();
  for (const server of servers) {
    if (server.enabled?.value === false || server.address === undefined || !server.port) continue;
    order.set(server, order.size);
    push(bound, canonicalAddress(server.address.value), server);
  }
  return (address) => {
    const here = ['*', ...(ipVersion(address) === 4 ? ['0.0.0.0'] : []), '::', address].flatMap((at) => bound.get(at) ?? []);
    const inOrder = here.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return new Set(inOrder.flatMap((server) => (server.port ? [server.port.value] : [])));
  };
}

/** Whether a virtual server takes connections to `address`: it is bound to it or to every address. */
export function listensOn(server: VirtualServer, address: string): boolean {
  if (server.enabled?.value === false || server.address === undefined) return false;
  const bound = server.address.value;
  return bound === '*' || (bound === '0.0.0.0' && ipVersion(address) === 4) || bound === '::' || sameAddress(bound, address);
}

function isLocal(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '::1' || address.startsWith('127.');
}
