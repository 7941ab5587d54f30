import { subnetOf } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Place } from '../model/fact.ts';
import type { Interface } from '../model/interface.ts';
import { linksByDescription } from './descriptions.ts';
import { shortName } from './names.ts';
import type { Link, LinkConflict, LinkEnd, LinkEvidence, TopologyNode, Wiring } from './network.ts';
import { push } from './port-index.ts';
import { findPort } from './ports.ts';

/** The order in which sources of wiring override each other, best first (the contract's "Where the wiring comes from"). */
const ORDER: readonly LinkEvidence[] = ['project-file', 'containerlab', 'batfish', 'neighbours', 'description', 'subnet'];

export interface JoinedLinks {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly Link[];
  readonly conflicts: readonly LinkConflict[];
}

/**
 * Finds out which port is cabled to which. A port that a better source has spoken for is not asked
 * again; a lesser source that says otherwise of it is reported as a conflict.
 */
export function joinLinks(devices: readonly Device[], wirings: readonly Wiring[]): JoinedLinks {
  const deviceNamed = nameIndex(devices);
  const nodes = joinNodes(wirings, deviceNamed);
  const deviceOf = deviceFinder(devices, nodes, deviceNamed);
  const end = (node: string, port: string): LinkEnd => {
    const device = deviceOf(node);
    const found = device && findPort(device, port);
    return {
      node: device?.name ?? node,
      port: found?.name ?? port,
      ...(found && found.name !== port ? { told: port } : {}),
      ...(found ? { interface: found } : {}),
    };
  };
  const told = wirings.flatMap((wiring) =>
    wiring.links.map(
      (link): Link => ({ ends: [end(link.a.node, link.a.port), end(link.b.node, link.b.port)], evidence: wiring.evidence, at: link.at }),
    ),
  );
  const all = [...told, ...linksByDescription(devices), ...linksBySubnet(devices)];
  all.sort((a, b) => ORDER.indexOf(a.evidence) - ORDER.indexOf(b.evidence));

  const links: Link[] = [];
  const conflicts: LinkConflict[] = [];
  const taken = new Map<string, Link>();
  for (const link of all) {
    const earlier = link.ends.map((e) => taken.get(portKey(e))).find((l) => l !== undefined);
    if (earlier === undefined) {
      links.push(link);
      for (const e of link.ends) taken.set(portKey(e), link);
    } else if (link.evidence !== 'subnet' && !sameEnds(earlier, link)) {
      conflicts.push({ kept: earlier, dropped: link });
    }
  }
  return { nodes, links, conflicts };
}

function portKey(end: LinkEnd): string {
  return `${end.node}\n${end.port}`;
}

function sameEnds(a: Link, b: Link): boolean {
  const [left, right] = a.ends.map(portKey);
  return b.ends.every((e) => portKey(e) === left || portKey(e) === right);
}

/** A topology's node is the device of that name (case and domain aside), else the device in the folder of that name. */
function joinNodes(wirings: readonly Wiring[], deviceNamed: (name: string) => Device | undefined): TopologyNode[] {
  const nodes = new Map<string, TopologyNode>();
  for (const { name, kind, at, addresses } of wirings.flatMap((w) => w.nodes)) {
    if (nodes.has(name)) continue;
    const device = kind === 'device' || kind === 'host' ? deviceNamed(name) : undefined;
    if (device) nodes.set(name, { name, kind: 'device', device: device.name, at });
    else nodes.set(name, { name, kind: kind === 'device' ? 'host' : kind, at, ...(addresses ? { addresses } : {}) });
  }
  return [...nodes.values()];
}

function nameIndex(devices: readonly Device[]): (name: string) => Device | undefined {
  const byName = new Map<string, Device[]>();
  const byFolder = new Map<string, Device[]>();
  for (const device of devices) {
    push(byName, shortName(device.name), device);
    for (const folder of new Set(device.files.flatMap((file) => file.toLowerCase().split('/').slice(0, -1))))
      push(byFolder, folder, device);
  }
  return (name) => {
    const short = shortName(name);
    const named = byName.get(short) ?? [];
    if (named.length === 1) return named[0];
    const inFolder = byFolder.get(short) ?? [];
    return inFolder.length === 1 ? inFolder[0] : undefined;
  };
}

function deviceFinder(
  devices: readonly Device[],
  nodes: readonly TopologyNode[],
  deviceNamed: (name: string) => Device | undefined,
): (node: string) => Device | undefined {
  const byName = new Map(devices.map((d) => [d.name, d]));
  const byNode = new Map(nodes.map((n) => [n.name, n.device === undefined ? undefined : byName.get(n.device)]));
  return (node) => (byNode.has(node) ? byNode.get(node) : deviceNamed(node));
}

/** Prefix lengths of subnets for two. */
export const POINT_TO_POINT: ReadonlySet<number> = new Set([30, 31, 126, 127]);

/** Two routed ports, and no third, with addresses in one /30 or /31 (or /126, /127) are two ends of a cable. */
function linksBySubnet(devices: readonly Device[]): Link[] {
  const bySubnet = new Map<string, { device: Device; interface: Interface; at: Place }[]>();
  for (const device of devices) {
    for (const port of device.interfaces) {
      if (port.kind !== 'physical' && port.kind !== 'lag') continue;
      for (const { address, prefix, at } of port.addresses) {
        if (prefix === undefined || !POINT_TO_POINT.has(prefix)) continue;
        const subnet = subnetOf(address, prefix);
        if (subnet) push(bySubnet, subnet, { device, interface: port, at });
      }
    }
  }
  const links: Link[] = [];
  for (const [first, second, third] of bySubnet.values()) {
    if (!first || !second || third || first.device === second.device) continue;
    const ends = [first, second].map((e): LinkEnd => ({ node: e.device.name, port: e.interface.name, interface: e.interface }));
    links.push({ ends: [ends[0] as LinkEnd, ends[1] as LinkEnd], evidence: 'subnet', at: first.at });
  }
  return links;
}
