import { portsUnder } from '../network/exposure.ts';
import { vertexKey } from '../network/layer2.ts';
import type { Link } from '../network/network.ts';
import type { Fault } from './fault.ts';
import type { World } from './world.ts';

/** The network as a fault leaves it: what is dead, and what can still be reached at layer 2. */
export interface Damage {
  readonly world: World;
  readonly fault: Fault;
  readonly alive: (node: string) => boolean;
  readonly daemonAlive: (device: string, daemon: string) => boolean;
  /** Whether a port of a device sees carrier; a port that no link touches is taken to. */
  readonly carrier: (device: string, port: string) => boolean;
  /** Whether frames pass between two layer-3 ends; undefined where the wiring does not place one of them. */
  readonly connected: (a: PortRef, b: PortRef) => boolean | undefined;
  /** Vertices of the layer-2 graph that an end can reach. */
  readonly reachable: (from: number) => ReadonlySet<number>;
  readonly vertexAlive: (vertex: number) => boolean;
}

export interface PortRef {
  readonly node: string;
  readonly port: string;
}

/** Applies a fault; `suspended` names ports (`vertexKey`) that an MLAG domain takes down in answer to it. */
export function applyFault(world: World, fault: Fault, suspended: ReadonlySet<string> = new Set()): Damage {
  const dead = new Set<string>();
  const cut = new Set<Link>();
  const killed = new Set<string>();
  for (const part of fault.parts) {
    if (part.kind === 'node') dead.add(part.node);
    else if (part.kind === 'link') cut.add(part.link);
    else if (part.kind === 'process') killed.add(`${part.device}/${part.daemon}`);
  }
  const enabled = (node: string, port: string): boolean => world.interfaces.get(vertexKey(node, port))?.enabled?.value !== false;
  const linkUp = (link: Link): boolean =>
    !cut.has(link) &&
    link.ends.every((end) => !dead.has(end.node) && enabled(end.node, end.port) && !suspended.has(vertexKey(end.node, end.port)));

  const carrier = (device: string, port: string, depth = 0): boolean => {
    if (dead.has(device) || !enabled(device, port) || suspended.has(vertexKey(device, port))) return false;
    const members = world.lagPorts.get(vertexKey(device, port));
    if (members) {
      const minimum = world.interfaces.get(vertexKey(device, port))?.minLinks?.value ?? 1;
      return members.filter((member) => carrier(device, member, depth + 1)).length >= Math.max(minimum, 1);
    }
    const link = world.linkOfPort.get(vertexKey(device, port));
    if (link) return linkUp(link);
    const owner = world.devices.get(device);
    const under = owner && depth < 4 ? portsUnder(owner, port).filter((p) => p !== port) : [];
    return under.length === 0 || under.some((p) => carrier(device, p, depth + 1));
  };

  const { vertices, vertexOfInterface } = world.network.layer2;
  const vertexAlive = (vertex: number): boolean => !dead.has(vertices[vertex]?.node as string);
  const found = new Map<number, ReadonlySet<number>>();
  const reachable = (from: number): ReadonlySet<number> => {
    const known = found.get(from);
    if (known) return known;
    const seen = new Set<number>();
    const stack = vertexAlive(from) ? [from] : [];
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      if (seen.has(v)) continue;
      seen.add(v);
      if (v !== from && vertices[v]?.bridges !== true) continue;
      for (const edge of world.edgesOf[v] ?? []) {
        const next = edge.a === v ? edge.b : edge.a;
        if (!seen.has(next) && vertexAlive(next) && linkUp(edge.link)) stack.push(next);
      }
    }
    found.set(from, seen);
    return seen;
  };
  const sameWire = unwiredNeighbours(world);
  return {
    world,
    fault,
    alive: (node) => !dead.has(node),
    daemonAlive: (device, daemon) => !dead.has(device) && !killed.has(`${device}/${daemon}`),
    carrier: (device, port) => carrier(device, port),
    connected: (a, b) => {
      const from = vertexOfInterface.get(vertexKey(a.node, a.port));
      const to = vertexOfInterface.get(vertexKey(b.node, b.port));
      if (from === undefined || to === undefined) return undefined;
      if (!carrier(a.node, a.port) || !carrier(b.node, b.port)) return false;
      return from === to || reachable(from).has(to) || sameWire(from, to);
    },
    reachable,
    vertexAlive,
  };
}

/** Whether two ends are taken for neighbours by their subnet alone, since no link touches one of them. */
function unwiredNeighbours(world: World): (a: number, b: number) => boolean {
  return (a, b) => {
    const [left, right] = [world.segmentOfVertex.get(a), world.segmentOfVertex.get(b)];
    const wired = (v: number): boolean => (world.edgesOf[v]?.length ?? 0) > 0;
    return left !== undefined && left === right && (!wired(a) || !wired(b));
  };
}
