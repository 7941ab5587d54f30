import { stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import type { Heartbeat, Peer } from '../../model/peering.ts';
import { type ConfigNode, follow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import type { Growing } from '../entity.ts';
import { isPlain, nodeFact, nodeFlag, present } from '../tree-facts.ts';
import { type Context, entityAt, portName } from './context.ts';

/** Reads a multichassis LAG's control protocol: `protocols iccp`, its peers, and the link that protects them. */
export function readMclag(context: Context): void {
  const iccp = follow(context.root, 'protocols', 'iccp');
  const peers = listed(iccp, 'peer').filter(isPlain);
  if (!iccp || peers.length === 0) return;
  const self = nodeFact(leaf(iccp, 'local-ip-addr') ?? peers.map((peer) => leaf(peer, 'local-ip-addr')).find((ip) => ip !== undefined));
  const backups = peers.flatMap((peer) => leaf(peer, 'backup-liveness-detection', 'backup-peer-ip') ?? []);
  const protection = listed(context.root, 'multi-chassis', 'multi-chassis-protection').flatMap((peer) => listed(peer, 'interface'))[0];
  const backup = backups[0];
  const link = nodeFact(protection);
  markPeerLink(protection, context);
  for (const peer of peers)
    for (const known of ['redundancy-group-id-list', 'liveness-detection', 'session-establishment-hold-time']) listed(peer, known);
  context.facts.peerings.push({
    ...entityAt(iccp, context),
    kind: 'mlag',
    name: 'iccp',
    peers: peers.map((peer): Peer => ({ ...entityAt(peer, context), at: wordPlace(peer), ...present({ address: nodeFact(peer) }) })),
    heartbeats: [
      ...peers.map((peer) => heartbeat(peer, self, context)),
      ...backups.map((node) => ({ ...heartbeat(node, undefined, context), management: true })),
    ],
    ...present({
      id: nodeFact(leaf(context.root, 'switch-options', 'service-id')),
      self,
      peerLink: link && { ...link, value: portName(link.value) },
      dualActiveDetection: backup ? nodeFlag(backup, true) : missingDetection(iccp, context),
    }),
  });
}

/** Switches (`vlans`) can tell a dead peer from a dead link over the management network; routers of the time could not. */
function missingDetection(iccp: ConfigNode, context: Context): ReturnType<typeof nodeFlag<boolean>> {
  return context.root.children.has('vlans') && !context.root.children.has('bridge-domains') ? nodeFlag(iccp, false) : undefined;
}

function heartbeat(node: ConfigNode, source: ReturnType<typeof nodeFact>, context: Context): Heartbeat {
  const destination = nodeFact(node);
  return {
    ...entityAt(node, context),
    at: wordPlace(node),
    ...present({ source, destination }),
    transport: stated('unicast', wordPlace(node)),
  };
}

function markPeerLink(node: ConfigNode | undefined, context: Context): void {
  const port = node && (context.facts.interfaces.find((i) => i.name === portName(node.word)) as Growing<Interface> | undefined);
  if (node && port) port.peerLink = stated(true, wordPlace(node));
}
