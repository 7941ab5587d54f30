import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat } from '../../model/peering.ts';
import type { Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { type ConfigNode, follow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import { isPlain, nodeFact, nodeFlag, nodeNumber, present } from '../tree-facts.ts';
import { type Context, entityAt, PAGES, portName } from './context.ts';
import { nodeOf, noteReths } from './reth.ts';

/** A redundancy group gives its node up when the weights of what failed reach this. */
const THRESHOLD = 255;

/** Reads `chassis cluster`: both nodes of an SRX pair stand in one configuration, so each redundancy group is one member. */
export function readCluster(context: Context): void {
  const cluster = follow(context.root, 'chassis', 'cluster');
  const groups = listed(cluster, 'redundancy-group').filter(isPlain);
  if (!cluster || groups.length === 0) return;
  const interval = leaf(cluster, 'heartbeat-interval');
  const threshold = leaf(cluster, 'heartbeat-threshold');
  const each = interval ? nodeNumber(interval) : byDefault(1000, PAGES.cluster);
  const missed = threshold ? nodeNumber(threshold) : byDefault(3, PAGES.cluster);
  for (const known of ['reth-count', 'control-ports', 'control-link-recovery', 'cluster-id', 'node']) listed(cluster, known);
  context.facts.peerings.push({
    ...entityAt(cluster, context),
    kind: 'chassis-cluster',
    name: 'chassis cluster',
    enabled: stated(true, wordPlace(cluster)),
    peers: [],
    heartbeats: heartbeats(cluster, context),
    ...(each ? { heartbeatInterval: each } : {}),
    ...(each && missed ? { deadInterval: { ...each, value: each.value * missed.value } } : {}),
  });
  noteReths(cluster, groups, context);
  for (const group of groups) {
    if (group.word === '0') markRoutingEngines(group);
    else context.facts.members.push(readGroup(group, context));
  }
}

/** Redundancy group 0 is the routing engines: it carries no traffic. */
function markRoutingEngines(group: ConfigNode): void {
  for (const node of listed(group, 'node')) leaf(node, 'priority');
}

/** The control link always carries heartbeats; the fabric link shows that the other node forwards. */
function heartbeats(cluster: ConfigNode, context: Context): Heartbeat[] {
  const fabric = ['fab0', 'fab1'].flatMap((name) => follow(context.root, 'interfaces', name) ?? [])[0];
  const control: Heartbeat = {
    ...entityAt(cluster, context),
    interface: byDefault('the control link', PAGES.cluster),
    transport: byDefault('direct', PAGES.cluster),
  };
  if (!fabric) return [control];
  const name = nodeFact(fabric);
  return [control, { ...entityAt(fabric, context), ...(name ? { interface: name } : {}), transport: stated('direct', wordPlace(fabric)) }];
}

function readGroup(group: ConfigNode, context: Context): Member {
  const nodes = new Map(listed(group, 'node').map((node) => [node.word, nodeNumber(leaf(node, 'priority'))]));
  const monitored = [...listed(group, 'interface-monitor'), ...listed(group, 'ip-monitoring', 'family', 'inet')];
  const hidden = group.maybe || monitored.some((node) => !isPlain(node));
  for (const known of ['gratuitous-arp-count', 'hold-down-interval']) leaf(group, known);
  return {
    ...entityAt(group, context),
    protocol: 'chassis-cluster',
    name: `redundancy-group ${group.word}`,
    addressFamily: 'ipv4',
    virtualAddresses: addressesOf(group.word, context),
    unicastPeers: [],
    triggers: [...monitoredInterfaces(group, context), ...monitoredAddresses(group, context)],
    ...(hidden ? { open: ['triggers'] } : {}),
    ...present({
      id: nodeFact(group),
      enabled: nodeFlag(group, true),
      preempt: nodeFlag(follow(group, 'preempt'), true) ?? byDefault(false, PAGES.cluster),
    }),
    extra: present({ node0Priority: nodes.get('0'), node1Priority: nodes.get('1') }),
  };
}

/** The addresses of the redundant Ethernet interfaces that are in the group. */
function addressesOf(group: string, context: Context): VirtualAddress[] {
  const found: VirtualAddress[] = [];
  for (const node of listed(context.root, 'interfaces')) {
    const own = leaf(node, 'redundant-ether-options', 'redundancy-group');
    if (own?.word !== group) continue;
    for (const port of context.facts.interfaces) {
      if (port.name !== node.word && !port.name.startsWith(`${node.word}.`)) continue;
      for (const { at, address, prefix, device, platform } of port.addresses) {
        found.push({ at, device, platform, address, ...present({ prefix }), interface: stated(port.name, at) });
      }
    }
  }
  return found;
}

/** Each monitored port takes its weight from the group's 255 when it goes down. */
function monitoredInterfaces(group: ConfigNode, context: Context): Trigger[] {
  const monitored = listed(group, 'interface-monitor').filter(isPlain);
  const weights = monitored.map((node) => nodeNumber(leaf(node, 'weight')));
  const sum = weightOnOneNode(monitored, weights, context);
  const shared = globalWeight(group);
  return monitored.map((node, i) => {
    const weight = weights[i];
    const bundle = context.facts.interfaces.find((port) => port.name === node.word)?.lag?.value;
    const units = context.facts.interfaces
      .filter((port) => bundle !== undefined && port.name.startsWith(`${bundle}.`))
      .map((port) => port.name);
    return {
      ...entityAt(node, context),
      at: wordPlace(node),
      watches: 'interface' as const,
      target: node.word,
      interfaces: [portName(node.word), ...(bundle === undefined ? [] : [bundle]), ...units],
      processes: [],
      addresses: [],
      effect: stated(weight && weight.value < THRESHOLD ? ('score' as const) : ('failover' as const), wordPlace(node)),
      ...present({ penalty: weight }),
      ...(sum !== undefined && shared !== undefined && sum + shared < THRESHOLD
        ? {
            cannotFire: stated(
              `the weights of all that redundancy-group ${group.word} monitors on a node make ${sum + shared}, less than ${THRESHOLD}`,
              wordPlace(node),
            ),
          }
        : {}),
    };
  });
}

/** The most that the monitored ports of one node weigh together; undefined where a weight is not known. A port on an unknown node counts for both. */
function weightOnOneNode(
  monitored: readonly ConfigNode[],
  weights: readonly (Fact<number> | undefined)[],
  context: Context,
): number | undefined {
  const sums = [0, 0];
  for (const [i, node] of monitored.entries()) {
    const weight = weights[i]?.value;
    if (weight === undefined) return undefined;
    const on = nodeOf(node.word, context);
    for (const n of [0, 1]) if (on === undefined || on === n) sums[n] = (sums[n] ?? 0) + weight;
  }
  return Math.max(...sums);
}

/** What all probed addresses together take from the group's 255: `global-weight`, 255 unless stated; undefined where it cannot be told. */
function globalWeight(group: ConfigNode): number | undefined {
  if (listed(group, 'ip-monitoring', 'family', 'inet').length === 0) return 0;
  const weight = leaf(group, 'ip-monitoring', 'global-weight');
  return weight ? nodeNumber(weight)?.value : THRESHOLD;
}

function monitoredAddresses(group: ConfigNode, context: Context): Trigger[] {
  for (const known of ['global-weight', 'global-threshold', 'retry-interval', 'retry-count']) leaf(group, 'ip-monitoring', known);
  return listed(group, 'ip-monitoring', 'family', 'inet')
    .filter(isPlain)
    .map((node) => {
      leaf(node, 'weight');
      const via = leaf(node, 'interface');
      const port = via && portName(via.word);
      if (via) listed(via);
      return {
        ...entityAt(node, context),
        at: wordPlace(node),
        watches: 'reachability' as const,
        target: node.word,
        // The probes leave by this interface: its loss fails them.
        interfaces: port === undefined ? [] : [port],
        processes: [],
        addresses: [node.word],
        effect: stated('failover' as const, wordPlace(node)),
      };
    });
}
