import { portsUnder } from '../network/exposure.ts';
import { vertexKey } from '../network/layer2.ts';
import type { Link } from '../network/network.ts';
import type { Fault } from './fault.ts';
import { type Atom, daemonAtom, nodeAtom, suspendedAtom, type Trace } from './trace.ts';
import type { World } from './world.ts';

/** The network as a fault leaves it: what is dead, and what can still be reached at layer 2. */
export interface Damage {
  readonly world: World;
  /** A node or link is among what died, not only daemons. */
  readonly physical: boolean;
  readonly alive: (node: string) => boolean;
  readonly daemonAlive: (device: string, daemon: string) => boolean;
  /** Whether a daemon of a device died that is not keepalived itself. */
  readonly serverDied: (device: string) => boolean;
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

/** Applies a fault; `suspended` names ports (`vertexKey`) that an MLAG domain takes down in answer to it. `trace` notes what is asked. */
export function applyFault(world: World, fault: Fault, suspended: ReadonlySet<string> = new Set(), trace?: Trace): Damage {
  const dead = new Set<string>();
  const cut = new Set<Link>();
  const killed = new Set<string>();
  for (const part of fault.parts) {
    if (part.kind === 'node') dead.add(part.node);
    else if (part.kind === 'link') cut.add(part.link);
    else if (part.kind === 'process') killed.add(`${part.device}/${part.daemon}`);
  }
  const isDead = (node: string): boolean => {
    trace?.read(nodeAtom(node));
    return dead.has(node);
  };
  const isSuspended = (node: string, port: string): boolean => {
    if (!world.suspendable.has(node)) return false;
    const key = vertexKey(node, port);
    trace?.read(suspendedAtom(key));
    return suspended.has(key);
  };
  const linkUp = (link: Link): boolean => {
    trace?.read(link);
    if (cut.has(link) || world.disabledLinks.has(link)) return false;
    const [a, b] = link.ends;
    return !isDead(a.node) && !isSuspended(a.node, a.port) && !isDead(b.node) && !isSuspended(b.node, b.port);
  };

  const carrier = (device: string, port: string, depth = 0): boolean => {
    const key = vertexKey(device, port);
    if (isDead(device) || world.interfaces.get(key)?.enabled?.value === false || isSuspended(device, port)) return false;
    const members = world.lagPorts.get(key);
    // A broken config can make a LAG a member of itself.
    if (members && depth < 4) {
      const minimum = world.interfaces.get(key)?.minLinks?.value ?? 1;
      return members.filter((member) => carrier(device, member, depth + 1)).length >= Math.max(minimum, 1);
    }
    const link = world.linkOfPort.get(key);
    if (link) return linkUp(link);
    const owner = world.devices.get(device);
    const under = owner && depth < 4 ? portsUnder(owner, port).filter((p) => p !== port) : [];
    return under.length === 0 || under.some((p) => carrier(device, p, depth + 1));
  };

  const { vertexOfInterface } = world.network.layer2;
  const vertexAlive = (vertex: number): boolean => !isDead(world.network.layer2.vertices[vertex]?.node as string);
  const reachable = reachIn(world, vertexAlive, linkUp, trace);
  const sameWire = unwiredNeighbours(world);
  return {
    world,
    physical: fault.parts.some((part) => part.kind === 'node' || part.kind === 'link'),
    alive: (node) => !isDead(node),
    daemonAlive: (device, daemon) => {
      trace?.read(daemonAtom(device, daemon));
      return !isDead(device) && !killed.has(`${device}/${daemon}`);
    },
    serverDied: (device) => {
      trace?.read(daemonAtom(device));
      return fault.parts.some((part) => part.kind === 'process' && part.device === device && part.daemon !== 'keepalived');
    },
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

/** Which vertices each vertex can reach; a wire that many share is walked once for all of them. */
function reachIn(world: World, alive: (vertex: number) => boolean, linkUp: (link: Link) => boolean, trace?: Trace): Damage['reachable'] {
  const { vertices } = world.network.layer2;
  const bridges = (vertex: number): boolean => vertices[vertex]?.bridges === true;
  const neighbours = (vertex: number): number[] =>
    (world.edgesOf[vertex] ?? []).flatMap((edge) => {
      const next = edge.a === vertex ? edge.b : edge.a;
      return alive(next) && linkUp(edge.link) ? [next] : [];
    });
  const wires = new Map<number, { readonly wire: Atom; readonly ends: ReadonlySet<number> }>();
  /** What is joined by bridging alone, and the ends that hang on it. */
  const wireOf = (from: number): ReadonlySet<number> => {
    const known = wires.get(from);
    if (known) {
      trace?.read(known.wire);
      return known.ends;
    }
    const wire = { from };
    const seen = new Set<number>([from]);
    const walk = (): void => {
      const stack = [from];
      for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
        wires.set(v, { wire, ends: seen });
        for (const next of neighbours(v)) {
          if (seen.has(next)) continue;
          seen.add(next);
          if (bridges(next)) stack.push(next);
        }
      }
    };
    if (trace) trace.within(wire, walk);
    else walk();
    trace?.read(wire);
    return seen;
  };
  const reach = (from: number): ReadonlySet<number> => {
    if (!alive(from)) return new Set();
    if (bridges(from)) return wireOf(from);
    const next = neighbours(from);
    const [only, second] = next;
    if (only !== undefined && second === undefined && bridges(only)) return wireOf(only);
    return new Set([from, ...next.flatMap((v) => (bridges(v) ? [...wireOf(v)] : [v]))]);
  };
  const found = new Map<number, { readonly at: Atom; readonly ends: ReadonlySet<number> }>();
  return (from) => {
    const known = found.get(from);
    const at = known?.at ?? { reach: from };
    const ends = known?.ends ?? (trace ? trace.within(at, () => reach(from)) : reach(from));
    if (!known) found.set(from, { at, ends });
    trace?.read(at);
    return ends;
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
