import type { Device } from '../model/device.ts';
import { findUplinks } from './exposure.ts';
import { findGroups } from './groups.ts';
import { buildLayer2 } from './layer2.ts';
import { joinLinks } from './links.ts';
import type { Network, Wiring } from './network.ts';
import { pairsByGroup, pairsByPeering } from './pairs.ts';
import { push } from './port-index.ts';
import { findSegments } from './segments.ts';
import { findServices } from './services.ts';

/** Joins devices into one network: who is cabled to whom, which interfaces hear each other, who is whose peer, what clients use. */
export function buildNetwork(devices: readonly Device[], wirings: readonly Wiring[]): Network {
  const ordered = [...devices].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const { nodes, links, conflicts } = joinLinks(ordered, wirings);
  const layer2 = buildLayer2(ordered, nodes, links);
  const segments = findSegments(ordered, layer2, links);
  const peered = pairsByPeering(ordered);
  const partners = new Map<string, string[]>();
  for (const {
    devices: [left, right],
  } of peered) {
    push(partners, left, right);
    push(partners, right, left);
  }
  const groups = findGroups(ordered, segments, (device) => partners.get(device) ?? []);
  const pairs = [...peered, ...pairsByGroup(groups, peered)];
  return {
    devices: ordered,
    nodes,
    links,
    conflicts,
    layer2,
    segments,
    groups,
    pairs,
    services: findServices(ordered, groups),
    uplinks: findUplinks(ordered),
    halfKnown: ordered.filter(isHalfKnown).map(({ name }) => name),
  };
}

/** Whether a device may have peers and groups that are not seen: its config is a template or cut off. */
export function isHalfKnown({ open }: Device): boolean {
  return open?.includes('peerings') === true && open.includes('members');
}
