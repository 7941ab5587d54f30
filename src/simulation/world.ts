import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Interface } from '../model/interface.ts';
import { type Edge, vertexKey } from '../network/layer2.ts';
import type { Group, Link, Network, Segment, Service } from '../network/network.ts';
import { push } from '../network/port-index.ts';
import { WHOLE_TOPOLOGY } from '../network/segments.ts';
import { setsOf, unionFind } from '../network/union-find.ts';

import { mlagPairs } from './mlag.ts';

/** The healthy network, indexed once for all faults. */
export interface World {
  readonly network: Network;
  readonly devices: ReadonlyMap<string, Device>;
  /** By `vertexKey(device, interface)`. */
  readonly interfaces: ReadonlyMap<string, Interface>;
  readonly linkOfPort: ReadonlyMap<string, Link>;
  /** Links with an end that its config switches off. */
  readonly disabledLinks: ReadonlySet<Link>;
  /** Ports of each LAG, by `vertexKey(device, lag)`. */
  readonly lagPorts: ReadonlyMap<string, readonly string[]>;
  /** Edges of each vertex of the layer-2 graph. */
  readonly edgesOf: readonly (readonly Edge[])[];
  /** Where an address lives while all is well: device or end host, and its port. */
  readonly ownersOf: ReadonlyMap<string, readonly { readonly node: string; readonly port: string }[]>;
  /** Segment of each vertex that a layer-3 end stands on, while all is well. */
  readonly segmentOfVertex: ReadonlyMap<number, Segment>;
  readonly hosts: ReadonlySet<string>;
  /** Groups that hold a virtual address, by canonical address. */
  readonly groupsOf: ReadonlyMap<string, readonly Group[]>;
  /** The same, of the groups that a device is in: by `vertexKey(device, address)`. */
  readonly groupsOn: ReadonlyMap<string, readonly Group[]>;
  readonly serviceOrder: ReadonlyMap<Service, number>;
  /** Groups of a service's devices that hold its address. */
  readonly groupsOfService: ReadonlyMap<Service, readonly Group[]>;
  /** Groups that come to their outcome together, since sync groups tie them. */
  readonly clusters: readonly (readonly Group[])[];
  readonly clusterSet: ReadonlySet<readonly Group[]>;
  readonly clusterOf: ReadonlyMap<Group, readonly Group[]>;
  /** Devices of MLAG domains, whose ports may be taken down in answer to a fault. */
  readonly suspendable: ReadonlySet<string>;
  /** Ports of each device that a whole topology shows cabled. */
  readonly cabledPorts: ReadonlyMap<string, readonly string[]>;
}

/** Indexes a network for simulation. */
export function buildWorld(network: Network): World {
  const interfaces = new Map<string, Interface>();
  const lagPorts = new Map<string, string[]>();
  const ownersOf = new Map<string, { node: string; port: string }[]>();
  const own = (address: string, node: string, port: string): void => push(ownersOf, canonicalAddress(address), { node, port });
  for (const device of network.devices) {
    for (const port of device.interfaces) {
      interfaces.set(vertexKey(device.name, port.name), port);
      if (port.lag) push(lagPorts, vertexKey(device.name, port.lag.value), port.name);
      for (const { address, floating } of port.addresses) if (floating?.value !== true) own(address, device.name, port.name);
    }
  }
  for (const node of network.nodes) for (const { address, port } of node.addresses ?? []) own(address, node.name, port);
  const linkOfPort = new Map<string, Link>();
  for (const link of network.links) for (const end of link.ends) linkOfPort.set(vertexKey(end.node, end.port), link);
  const edgesOf: Edge[][] = network.layer2.vertices.map(() => []);
  for (const edge of network.layer2.edges) {
    edgesOf[edge.a]?.push(edge);
    edgesOf[edge.b]?.push(edge);
  }
  const groupsOf = new Map<string, Group[]>();
  const groupsOn = new Map<string, Group[]>();
  for (const group of network.groups) {
    for (const address of new Set(group.members.flatMap((m) => m.virtualAddresses.map((v) => canonicalAddress(v.address))))) {
      push(groupsOf, address, group);
      for (const device of new Set(group.members.map((m) => m.device))) push(groupsOn, vertexKey(device, address), group);
    }
  }
  const clusters = clustersOf(network.groups);
  const order = new Map(network.groups.map((group, index) => [group, index]));
  const inOrder = (groups: readonly Group[]): Group[] => [...new Set(groups)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const cabledPorts = new Map<string, string[]>();
  for (const { ends, evidence } of network.links)
    if (WHOLE_TOPOLOGY.has(evidence)) for (const { node, port } of ends) push(cabledPorts, node, port);
  const segmentOfVertex = new Map<number, Segment>();
  for (const segment of network.segments) {
    for (const { node, interface: port } of segment.attachments) {
      const vertex = network.layer2.vertexOfInterface.get(vertexKey(node, port));
      if (vertex !== undefined) segmentOfVertex.set(vertex, segment);
    }
  }
  return {
    network,
    devices: new Map(network.devices.map((d) => [d.name, d])),
    interfaces,
    linkOfPort,
    disabledLinks: new Set(
      network.links.filter((l) => l.ends.some((end) => interfaces.get(vertexKey(end.node, end.port))?.enabled?.value === false)),
    ),
    lagPorts,
    edgesOf,
    ownersOf,
    segmentOfVertex,
    hosts: new Set(network.nodes.filter((n) => n.kind === 'host').map((n) => n.name)),
    groupsOf,
    groupsOn,
    groupsOfService: new Map(
      network.services.map((s) => [s, inOrder(s.devices.flatMap((device) => groupsOn.get(vertexKey(device, s.address)) ?? []))]),
    ),
    clusters,
    serviceOrder: new Map(network.services.map((service, index) => [service, index])),
    clusterSet: new Set(clusters),
    clusterOf: new Map(clusters.flatMap((cluster) => cluster.map((group) => [group, cluster] as const))),
    suspendable: new Set(mlagPairs(network).flatMap((pair) => pair.devices)),
    cabledPorts,
  };
}

function clustersOf(groups: readonly Group[]): readonly (readonly Group[])[] {
  const sets = unionFind(groups.length);
  const first = new Map<string, number>();
  groups.forEach(({ members }, index) => {
    for (const { device, syncGroup } of members) {
      if (!syncGroup) continue;
      const key = vertexKey(device, syncGroup.value);
      const other = first.get(key);
      if (other === undefined) first.set(key, index);
      else sets.union(other, index);
    }
  });
  return setsOf(groups.length, sets).map((indices) => indices.map((index) => groups[index] as Group));
}
