import { compareAddresses, inSubnet, subnetOf } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Layer2, Vertex } from './layer2.ts';
import type { Attachment, Link, LinkEvidence, Segment, Wiring } from './network.ts';
import { portIndex, push } from './port-index.ts';
import { setsOf, unionFind } from './union-find.ts';
import { memberWith } from './virtual-addresses.ts';

/** Sources that show all the cables of a device; the others show a few. */
export const WHOLE_TOPOLOGY: ReadonlySet<LinkEvidence> = new Set(['project-file', 'containerlab', 'batfish']);

/** Whether a wiring shows all the cables of the devices in it. */
export function isMapped({ evidence, links }: Pick<Wiring, 'evidence' | 'links'>): boolean {
  return WHOLE_TOPOLOGY.has(evidence) && links.length > 0;
}

/**
 * Which interfaces share a broadcast domain. Where the wiring is known it decides; ends of devices
 * that no link touches are put together by their subnet (`wired: false`), since that is what their
 * addresses say.
 */
export function findSegments(devices: readonly Device[], layer2: Layer2, links: readonly Link[]): Segment[] {
  const { vertices, edges } = layer2;
  const sets = unionFind(vertices.length);
  for (const edge of edges) sets.union(edge.a, edge.b);
  const wired = new Set(edges.flatMap((edge) => [edge.a, edge.b]));
  const mapped = new Set(links.filter((link) => WHOLE_TOPOLOGY.has(link.evidence)).flatMap((link) => link.ends.map((end) => end.node)));
  const subnetsOf = subnetFinder(devices);
  const near = neighbourhoods(devices);
  for (let v = 0; v < vertices.length; v++) {
    const vertex = vertices[v] as Vertex;
    for (const subnet of subnetsOf(vertex.node, vertex.interfaces)) {
      const other = near(subnet, v, vertex);
      const trusted = other === undefined || (mapped.has(vertex.node) && mapped.has(vertices[other]?.node as string));
      if (!trusted) sets.union(v, other);
    }
  }
  return setsOf(vertices.length, sets)
    .map((members) =>
      segmentOf(
        members,
        layer2,
        subnetsOf,
        members.some((v) => wired.has(v)),
      ),
    )
    .filter((segment) => segment.attachments.length > 0 || segment.carriers.length > 1);
}

/** Ends in one subnet that are taken to be on one wire. */
interface Wire {
  readonly vertex: number;
  readonly addresses: Set<string>;
}

/**
 * For a vertex in a subnet: an earlier vertex that can be on the same wire. Two sites may use one
 * subnet; where an address would stand twice they are two wires, and the nearer folder decides.
 */
function neighbourhoods(devices: readonly Device[]): (subnet: string, vertex: number, about: Vertex) => number | undefined {
  /** Wires by their subnet and each of the folders above them, in the order in which they were met. */
  const wires = new Map<string, Wire[]>();
  /** How many wires of such a list are known to have one of these addresses: wires only ever gain addresses. */
  const full = new Map<string, number>();
  const byName = new Map(devices.map((d) => [d.name, d]));
  const firstFree = (under: string, own: readonly string[]): Wire | undefined => {
    const key = `${under}\n${own.join(' ')}`;
    const list = wires.get(under) ?? [];
    let at = full.get(key) ?? 0;
    while (at < list.length && own.some((address) => list[at]?.addresses.has(address))) at++;
    full.set(key, at);
    return list[at];
  };
  return (subnet, vertex, about) => {
    const device = byName.get(about.node);
    const folders = foldersAbove(device?.at.file ?? '').map((folder) => `${subnet}\n${folder}`);
    const own = about.interfaces
      .flatMap((name) => (device ? portIndex(device).allNamed(name) : []))
      .flatMap((i) => i.addresses.filter((a) => a.floating?.value !== true && inSubnet(a.address, subnet)).map((a) => a.address))
      // What a group is to move may stand on several devices of one wire, by mistake.
      .filter((address) => !(device && memberWith(device, address)));
    for (const folder of folders) {
      const wire = firstFree(folder, own);
      if (!wire) continue;
      for (const address of own) wire.addresses.add(address);
      return wire.vertex;
    }
    const wire = { vertex, addresses: new Set(own) };
    for (const folder of folders) push(wires, folder, wire);
    return undefined;
  };
}

/** The folders that a file is under, nearest first; the last is the top. */
function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), ''];
}

function segmentOf(members: readonly number[], layer2: Layer2, subnetsOf: SubnetsOf, wired: boolean): Segment {
  const attachments: Attachment[] = [];
  const carriers: { node: string; vlan?: number }[] = [];
  const subnets = new Set<string>();
  for (const v of members) {
    const vertex = layer2.vertices[v];
    if (!vertex) continue;
    for (const port of vertex.interfaces) attachments.push({ node: vertex.node, interface: port });
    for (const subnet of subnetsOf(vertex.node, vertex.interfaces)) subnets.add(subnet);
    if (vertex.bridges) carriers.push({ node: vertex.node, ...(vertex.vlan === undefined ? {} : { vlan: vertex.vlan }) });
  }
  const first = layer2.vertices[members[0] as number];
  const vlan = carriers.find((c) => c.vlan !== undefined)?.vlan;
  return {
    id: `${first?.node} ${first?.interfaces[0] ?? (first?.vlan === undefined ? 'bridge' : `VLAN ${first.vlan}`)}`,
    ...(vlan === undefined ? {} : { vlan }),
    subnets: [...subnets].sort((a, b) => compareAddresses(a.split('/')[0] as string, b.split('/')[0] as string)),
    attachments,
    carriers,
    wired,
  };
}

type SubnetsOf = (node: string, interfaces: readonly string[]) => readonly string[];

/** Subnets of interfaces, host routes and link-local addresses left out: they say nothing of who is near. */
function subnetFinder(devices: readonly Device[]): SubnetsOf {
  const byInterface = new Map<string, string[]>();
  for (const device of devices) {
    for (const port of device.interfaces) {
      if (port.kind === 'loopback' || port.kind === 'tunnel') continue;
      const subnets = port.addresses
        .filter((a) => a.prefix !== undefined && a.prefix < (a.address.includes(':') ? 128 : 32) && !/^fe80:/i.test(a.address))
        .map((a) => subnetOf(a.address, a.prefix))
        .filter((s) => s !== undefined);
      if (subnets.length > 0) byInterface.set(`${device.name}\n${port.name}`, [...new Set(subnets)]);
    }
  }
  return (node, interfaces) => interfaces.flatMap((port) => byInterface.get(`${node}\n${port}`) ?? []);
}
