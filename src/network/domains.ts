import { type DeviceKeys, nameKey, peerKey } from './domain-keys.ts';
import type { Wiring } from './network.ts';
import { push } from './port-index.ts';
import { setsOf, unionFind } from './union-find.ts';

/** A device as far as it matters for what belongs together. */
export interface Placed {
  readonly name: string;
  readonly files: readonly { readonly path: string }[];
  readonly keys: DeviceKeys;
}

/** Devices, by their numbers, and nodes of the wiring that may have to do with each other, and with nothing else. */
export interface Domain {
  readonly devices: readonly number[];
  readonly nodes: readonly string[];
}

/**
 * Splits the devices of a network into HA domains: what a domain's devices are to each other (peers, neighbours, members
 * of one group) is the same whether the others are looked at or not. It errs on the side of larger domains.
 */
export function domainsOf(devices: readonly Placed[], wirings: readonly Wiring[]): Domain[] {
  const nodes = [...new Set(wirings.flatMap(nodesOf))];
  const sets = unionFind(devices.length + nodes.length);
  const ownerOf = joinOwners(devices, sets.union);
  devices.forEach(({ keys }, device) => {
    for (const key of keys.mentions) {
      const owner = ownerOf(key);
      if (owner !== undefined) sets.union(device, owner);
    }
  });
  joinPeerings(devices, sets.union);
  joinNodes(devices, wirings, nodes, sets.union);
  return setsOf(devices.length + nodes.length, sets).map((members) => ({
    devices: members.filter((member) => member < devices.length),
    nodes: members.flatMap((member) => nodes[member - devices.length] ?? []),
  }));
}

/** Of each wiring the part that concerns a domain, for each domain. */
export function sharedOut(wirings: readonly Wiring[], domains: readonly Domain[]): Wiring[][] {
  const home = new Map(domains.flatMap(({ nodes }, domain) => nodes.map((node) => [node, domain] as const)));
  const shares: Wiring[][] = domains.map(() => []);
  for (const { evidence, nodes, links } of wirings) {
    const parts = new Map<number, { evidence: Wiring['evidence']; nodes: Wiring['nodes'][number][]; links: Wiring['links'][number][] }>();
    const partAt = (node: string) => {
      const domain = home.get(node) as number;
      const part = parts.get(domain) ?? { evidence, nodes: [], links: [] };
      parts.set(domain, part);
      return part;
    };
    for (const node of nodes) partAt(node.name).nodes.push(node);
    for (const link of links) partAt(link.a.node).links.push(link);
    for (const [domain, part] of parts) shares[domain]?.push(part);
  }
  return shares;
}

type Union = (a: number, b: number) => void;

function nodesOf({ nodes, links }: Wiring): string[] {
  return [...nodes.map(({ name }) => name), ...links.flatMap(({ a, b }) => [a.node, b.node])];
}

/** Joins those that have something of their own in common, and tells of a key one of its owners: they are all together. */
function joinOwners(devices: readonly Placed[], union: Union): (key: number) => number | undefined {
  const first = new Map<number, number>();
  const own = (key: number, device: number): void => {
    const owner = first.get(key);
    if (owner === undefined) first.set(key, device);
    else union(owner, device);
  };
  devices.forEach(({ name, keys }, device) => {
    own(nameKey(name), device);
    for (const key of keys.own) own(key, device);
  });
  joinSubnets(devices, own);
  return (key) => first.get(key);
}

/**
 * Joins the devices of a subnet where it matters who else is in it: where it is a device's own (it runs a redundancy
 * protocol there), and where an address stands twice, so that it is the subnet of several sites. All devices may well
 * be in one management network.
 */
function joinSubnets(devices: readonly Placed[], own: (key: number, device: number) => void): void {
  const telling = new Set<number>();
  const subnetOf = new Map<number, number>();
  for (const { keys } of devices) {
    for (const key of keys.own) telling.add(key);
    keys.addresses.forEach((address, i) => {
      const subnet = keys.subnets[i] as number;
      const other = subnetOf.get(address);
      if (other === undefined) subnetOf.set(address, subnet);
      else telling.add(other).add(subnet);
    });
  }
  devices.forEach(({ keys }, device) => {
    for (const subnet of keys.subnets) if (telling.has(subnet)) own(subnet, device);
  });
}

/** A peering that finds exactly one device that it may mean has found its peer; all others look among those with their id. */
function joinPeerings(devices: readonly Placed[], union: Union): void {
  const owners = new Map<number, number[]>();
  devices.forEach(({ name, keys: { peerings } }, device) => {
    for (const { kind, own } of peerings) for (const key of new Set([peerKey(kind, name), ...own])) push(owners, key, device);
  });
  const seeking = new Map<number, number>();
  devices.forEach(({ keys: { peerings } }, device) => {
    for (const { id, mentions } of peerings) {
      const meant = new Set([...mentions].flatMap((key) => owners.get(key) ?? []));
      meant.delete(device);
      for (const other of meant) union(device, other);
      if (id === undefined || meant.size === 1) continue;
      const other = seeking.get(id);
      if (other === undefined) seeking.set(id, device);
      else union(device, other);
    }
  });
}

/** Joins a node of the wiring with the devices that it may be, by name or folder, and with what it is cabled to. */
function joinNodes(devices: readonly Placed[], wirings: readonly Wiring[], nodes: readonly string[], union: Union): void {
  if (nodes.length === 0) return;
  const named = new Map<number, number[]>();
  devices.forEach(({ name, files }, device) => {
    push(named, nameKey(name), device);
    const folders = new Set(files.flatMap(({ path }) => path.split('/').slice(0, -1)));
    for (const folder of folders) push(named, nameKey(folder), device);
  });
  const numbers = new Map(nodes.map((name, index) => [name, devices.length + index]));
  for (const [name, node] of numbers) for (const device of named.get(nameKey(name)) ?? []) union(device, node);
  for (const { links } of wirings) for (const { a, b } of links) union(numbers.get(a.node) as number, numbers.get(b.node) as number);
}
