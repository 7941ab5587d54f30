import { carrierOf } from '../network/exposure.ts';
import { type Vertex, vertexKey } from '../network/layer2.ts';
import type { Service } from '../network/network.ts';
import { memberWith, virtualAddressOf } from '../network/virtual-addresses.ts';
import type { Damage } from './damage.ts';
import type { World } from './world.ts';

/** A place from which a service is asked. */
export interface Vantage {
  readonly name: string;
  /** Vertices of the layer-2 graph it stands on; absent: the wiring shows none, and carrier alone decides. */
  readonly vertices?: readonly number[];
}

/**
 * The vantage points of a service under a fault: the topology's end hosts on its segment, else the
 * switches that carry it. One that is dead, or whose every switch is, does not count.
 */
export function vantagesOf(service: Service, damage: Damage): Vantage[] {
  const places = healthyVantages(service, damage.world);
  if (places === undefined) return [{ name: 'the network' }];
  const { hosts, switches } = places;
  const alive = ([node]: [string, readonly number[]]): boolean => damage.alive(node);
  const living = hosts.filter(alive);
  const chosen = living.length > 0 ? living.filter(([, vertices]) => hasLivingSwitch(vertices, damage)) : switches.filter(alive);
  return chosen.map(([name, vertices]) => ({ name, vertices }));
}

interface Places {
  readonly hosts: [string, readonly number[]][];
  readonly switches: [string, readonly number[]][];
}

const cache = new WeakMap<World, Map<Service, Places | undefined>>();

function healthyVantages(service: Service, world: World): Places | undefined {
  const known = cache.get(world) ?? new Map<Service, Places | undefined>();
  cache.set(world, known);
  if (!known.has(service)) known.set(service, findPlaces(service, world));
  return known.get(service);
}

function findPlaces(service: Service, world: World): Places | undefined {
  const { vertices, vertexOfInterface } = world.network.layer2;
  const start = servicePorts(service, world)
    .map(([device, port]) => vertexOfInterface.get(vertexKey(device, port)))
    .filter((v) => v !== undefined && (world.edgesOf[v]?.length ?? 0) > 0) as number[];
  if (start.length === 0) return undefined;
  const seen = new Set<number>();
  const stack = [...start];
  for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
    if (seen.has(v)) continue;
    seen.add(v);
    if (!start.includes(v) && vertices[v]?.bridges !== true) continue;
    for (const edge of world.edgesOf[v] ?? []) stack.push(edge.a === v ? edge.b : edge.a);
  }
  const hosts = new Map<string, number[]>();
  const switches = new Map<string, number[]>();
  for (const v of [...seen].sort((a, b) => a - b)) {
    const vertex = vertices[v];
    if (!vertex) continue;
    const into = world.hosts.has(vertex.node) ? hosts : isSwitch(vertex, world) ? switches : undefined;
    into?.set(vertex.node, [...(into.get(vertex.node) ?? []), v]);
  }
  if (hosts.size + switches.size === 0) return undefined;
  return { hosts: [...hosts], switches: [...switches] };
}

/** A device that is a switch, or an unconfigured one of the topology; a balancer bridges its own VLANs and is none. */
function isSwitch(vertex: Vertex, world: World): boolean {
  const device = world.devices.get(vertex.node);
  return vertex.bridges && (device === undefined || device.role === 'switch' || device.role === 'router');
}

/** Ports that carry the service's address on each of its devices. */
export function servicePorts(service: Service, world: World): [string, string][] {
  return service.devices.flatMap((name): [string, string][] => {
    const device = world.devices.get(name);
    const member = device && memberWith(device, service.address);
    const address = member && virtualAddressOf(member, service.address);
    const port = address?.interface?.value ?? (device && carrierOf(device, service.address)) ?? member?.interface?.value;
    return port === undefined ? [] : [[name, port]];
  });
}

function hasLivingSwitch(vertices: readonly number[], damage: Damage): boolean {
  const { world } = damage;
  return vertices.some((v) => {
    const edges = world.edgesOf[v] ?? [];
    return edges.length === 0 || edges.some((edge) => damage.vertexAlive(edge.a === v ? edge.b : edge.a));
  });
}
