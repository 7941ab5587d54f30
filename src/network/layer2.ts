import type { Device } from '../model/device.ts';
import type { Interface, VlanRange } from '../model/interface.ts';
import type { Link, LinkEnd, TopologyNode } from './network.ts';
import { portIndex } from './port-index.ts';
import { unionFind } from './union-find.ts';

/**
 * The layer-2 graph of the healthy network, made once. A vertex is a place where frames of one VLAN
 * come together on one node: a VLAN of a switch, a bridge, a routed port, an end host's port. An edge
 * is a VLAN carried over a link. A fault takes vertices and edges away; what stays connected is a segment.
 */
export interface Layer2 {
  readonly vertices: readonly Vertex[];
  readonly edges: readonly Edge[];
  /** Vertex of each layer-3 interface, by `vertexKey(node, interface)`. */
  readonly vertexOfInterface: ReadonlyMap<string, number>;
}

export interface Vertex {
  readonly node: string;
  /** VLAN of a bridging vertex; absent on routed ports and untagged bridges. */
  readonly vlan?: number;
  /** Forwards frames between its edges: a switch's VLAN or a bridge. */
  readonly bridges: boolean;
  /** Layer-3 interfaces that end here. */
  readonly interfaces: readonly string[];
}

export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly link: Link;
  /** Tag on the wire; 0 is untagged. */
  readonly tag: number;
}

export function vertexKey(node: string, port: string): string {
  return `${node}\n${port}`;
}

/** Where each tag (0: untagged) of the frames on a port comes out. */
type Frames = ReadonlyMap<number, number>;

/** Builds the graph from what the devices say of their ports and from the links between them. */
export function buildLayer2(devices: readonly Device[], nodes: readonly TopologyNode[], links: readonly Link[]): Layer2 {
  const graph = newGraph();
  const vlansAt = vlansInUse(devices, links);
  const views = new Map(devices.map((device) => [device.name, deviceView(device, vlansAt(device.name), graph)]));
  const kinds = new Map(nodes.map((node) => [node.name, node.kind]));
  const frames = (end: LinkEnd): Frames => {
    const view = views.get(end.node);
    if (view) return view(end.port);
    if (kinds.get(end.node) === 'bridge') {
      return new Map(
        [0, ...vlansAt(end.node)].map((tag) => [
          tag,
          graph.vertex(vertexKey(end.node, `#${tag}`), { node: end.node, bridges: true, ...(tag > 0 ? { vlan: tag } : {}) }),
        ]),
      );
    }
    const port = graph.vertex(vertexKey(end.node, end.port), { node: end.node, bridges: false });
    graph.endsAt(port, end.node, end.port);
    return new Map([[0, port]]);
  };
  const edges: Edge[] = [];
  for (const link of links) {
    const [left, right] = [frames(link.ends[0]), frames(link.ends[1])];
    for (const [tag, a] of left) {
      const b = right.get(tag);
      if (b !== undefined) edges.push({ a, b, link, tag });
    }
  }
  return { vertices: graph.vertices, edges, vertexOfInterface: graph.vertexOfInterface };
}

interface Graph {
  readonly vertices: { node: string; vlan?: number; bridges: boolean; interfaces: string[] }[];
  readonly vertexOfInterface: Map<string, number>;
  readonly vertex: (key: string, about: { node: string; vlan?: number; bridges: boolean }) => number;
  readonly endsAt: (vertex: number, node: string, port: string) => void;
}

function newGraph(): Graph {
  const vertices: Graph['vertices'] = [];
  const byKey = new Map<string, number>();
  const vertexOfInterface = new Map<string, number>();
  return {
    vertices,
    vertexOfInterface,
    vertex: (key, about) => {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      byKey.set(key, vertices.length);
      return vertices.push({ ...about, interfaces: [] }) - 1;
    },
    endsAt: (vertex, node, port) => {
      const key = vertexKey(node, port);
      if (vertexOfInterface.has(key)) return;
      vertexOfInterface.set(key, vertex);
      vertices[vertex]?.interfaces.push(port);
    },
  };
}

/** VLAN ids that end anywhere among what a node is joined to by cables; a trunk that allows 1 to 4094 is only followed for these. */
function vlansInUse(devices: readonly Device[], links: readonly Link[]): (node: string) => readonly number[] {
  const numbers = new Map<string, number>();
  const numberOf = (node: string): number => {
    const number = numbers.get(node) ?? numbers.size;
    numbers.set(node, number);
    return number;
  };
  for (const { ends } of links) for (const { node } of ends) numberOf(node);
  for (const { name } of devices) numberOf(name);
  const sets = unionFind(numbers.size);
  for (const { ends } of links) sets.union(numberOf(ends[0].node), numberOf(ends[1].node));
  const used = new Map<number, Set<number>>();
  for (const { name, interfaces } of devices) {
    const set = sets.find(numberOf(name));
    const ids = used.get(set) ?? new Set<number>();
    used.set(set, ids);
    for (const { vlan, untaggedVlan } of interfaces) {
      if (vlan) ids.add(vlan.value);
      if (untaggedVlan) ids.add(untaggedVlan.value);
    }
  }
  const sorted = new Map([...used].map(([set, ids]) => [set, [...ids].sort((a, b) => a - b)]));
  return (node) => sorted.get(sets.find(numberOf(node))) ?? [];
}

/** What a device does with frames on each of its ports. */
function deviceView(device: Device, vlans: readonly number[], graph: Graph): (port: string) => Frames {
  const node = device.name;
  const byName = new Map(device.interfaces.map((i) => [i.name, i]));
  const bridgeOf = new Map(
    device.interfaces.filter((i) => i.kind === 'bridge').flatMap((i) => i.members.map((m) => [m.value, i.name] as const)),
  );
  const vlanVertex = (vlan: number): number => graph.vertex(vertexKey(node, `#${vlan}`), { node, vlan, bridges: true });
  const bridgeVertex = (bridge: string): number => graph.vertex(vertexKey(node, `#${bridge}`), { node, bridges: true });
  const routedVertex = (port: string): number => {
    const vertex = graph.vertex(vertexKey(node, port), { node, bridges: false });
    graph.endsAt(vertex, node, port);
    return vertex;
  };

  for (const { name, kind, vlan, members } of device.interfaces) {
    if (kind === 'vlan' && vlan && !ridesOnOnePort(byName, name)) graph.endsAt(vlanVertex(vlan.value), node, name);
    else if (kind === 'bridge') graph.endsAt(bridgeVertex(name), node, name);
    else if (kind === 'vlan' && members.length > 0) graph.endsAt(bridgeVertex(name), node, name);
  }

  const framesOf = (port: string, depth = 0): Frames => {
    const own = byName.get(port);
    if (own?.enabled?.value === false) return new Map();
    if (own?.lag && depth < 4) return framesOf(own.lag.value, depth + 1);
    const frames = new Map<number, number>();
    const bridge = bridgeOf.get(port);
    if (bridge !== undefined) frames.set(0, bridgeVertex(bridge));
    else if (own) switchedFrames(own, vlans, vlanVertex, frames);
    for (const sub of portIndex(device).ridingOn(port)) {
      if (sub.vlan && ridesOnOnePort(byName, sub.name)) {
        const on = bridgeOf.get(sub.name);
        frames.set(sub.vlan.value, on === undefined ? routedVertex(sub.name) : bridgeVertex(on));
      }
    }
    const routed =
      own?.mode?.value === 'routed' ||
      (own?.mode === undefined && (own === undefined || own.addresses.length > 0 || device.role !== 'switch'));
    if (!frames.has(0) && routed) frames.set(0, routedVertex(port));
    return frames;
  };
  for (const { name, addresses } of device.interfaces)
    if (addresses.length > 0 && !graph.vertexOfInterface.has(vertexKey(node, name))) routedVertex(name);
  return (port) => framesOf(port);
}

/** A subinterface, or a Linux VLAN interface: layer 3 on one tag of one port, with no bridging. */
function ridesOnOnePort(byName: ReadonlyMap<string, Interface>, name: string): boolean {
  const own = byName.get(name);
  const parent = own?.parent && byName.get(own.parent.value);
  return own?.kind === 'subinterface' || (own?.kind === 'vlan' && own.parent !== undefined && parent?.kind !== 'bridge');
}

/** Adds what an access port or trunk does with its frames. */
function switchedFrames(
  port: Interface,
  vlans: readonly number[],
  vlanVertex: (vlan: number) => number,
  frames: Map<number, number>,
): void {
  if (port.mode?.value === 'access' && port.untaggedVlan) frames.set(0, vlanVertex(port.untaggedVlan.value));
  if (port.mode?.value !== 'trunk') return;
  if (port.untaggedVlan) frames.set(0, vlanVertex(port.untaggedVlan.value));
  for (const vlan of vlans) {
    if (vlan !== port.untaggedVlan?.value && port.allowedVlans && allows(port.allowedVlans.value, vlan)) frames.set(vlan, vlanVertex(vlan));
  }
}

/** Whether one of the ranges holds the VLAN. */
export function allows(ranges: readonly VlanRange[], vlan: number): boolean {
  return ranges.some((range) => range.from <= vlan && vlan <= range.to);
}
