import type { Device } from '../model/device.ts';
import { findUplinks } from './exposure.ts';
import { findGroups } from './groups.ts';
import { buildLayer2 } from './layer2.ts';
import { joinLinks } from './links.ts';
import type { Network, Wiring } from './network.ts';
import { pairsByGroup, pairsByPeering } from './pairs.ts';
import { findSegments } from './segments.ts';
import { findServices } from './services.ts';

/** Joins devices into one network: who is cabled to whom, which interfaces hear each other, who is whose peer, what clients use. */
export function buildNetwork(devices: readonly Device[], wirings: readonly Wiring[]): Network {
  const ordered = [...devices].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const { nodes, links, conflicts } = joinLinks(ordered, wirings);
  const layer2 = buildLayer2(ordered, nodes, links);
  const segments = findSegments(ordered, layer2, links);
  const peered = pairsByPeering(ordered);
  const keys = new Set(peered.map((pair) => pair.devices.join('\n')));
  const groups = findGroups(ordered, segments, (a, b) => keys.has([a, b].sort().join('\n')));
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
  };
}
