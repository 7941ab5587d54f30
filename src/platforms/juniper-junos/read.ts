import type { DeviceFacts } from '../../model/device.ts';
import type { Fact } from '../../model/fact.ts';
import { type ConfigNode, follow, ignoreBelow, leaf, listed } from '../../syntax/config-tree.ts';
import { configTree } from '../../syntax/set-commands.ts';
import type { Source } from '../../syntax/source.ts';
import { noFacts } from '../entity.ts';
import type { HostSources } from '../platform.ts';
import { isPlain, nodeFact, nodeFlag } from '../tree-facts.ts';
import { readCluster } from './cluster.ts';
import { type Context, entityAt } from './context.ts';
import { applyGroups } from './groups.ts';
import { expandRanges, readInstances, readInterfaces } from './interfaces.ts';
import { readMclag } from './mclag.ts';
import { markNoise } from './noise.ts';
import { sectionsOf } from './parse.ts';
import { readSpanningTree } from './spanning-tree.ts';
import { joinLayer3, readBridgedUnits, readVlans } from './switching.ts';
import { readVirtualChassis } from './virtual-chassis.ts';

/** Reads one host. */
export function read(host: HostSources): DeviceFacts {
  const root = treeOf(host.sources);
  const raw = root.children.get('groups');
  applyGroups(root);
  expandRanges(root);
  const switches = ['vlans', 'bridge-domains', 'virtual-chassis'].some((word) => root.children.has(word));
  const facts = noFacts(switches ? 'switch' : 'router');
  if (!root.children.has('system') || [...root.children.values()].some((node) => node.maybe)) facts.fragment = true;
  const context: Context = { device: host.device, root, facts, vlans: new Map() };
  const layer3 = readVlans(context);
  readInterfaces(context);
  joinLayer3(layer3, context);
  readBridgedUnits(context);
  readInstances(context);
  readCluster(context);
  readMclag(context);
  readVirtualChassis(context);
  readSpanningTree(context);
  readRoutes(context);
  const hostname = hostnameIn(root);
  const software = nodeFact(leaf(root, 'version'));
  const timeSync = nodeFlag(listed(root, 'system', 'ntp', 'server')[0] ?? listed(root, 'system', 'ntp', 'peer')[0], true);
  if (raw) ignoreBelow(raw);
  markNoise(root);
  return { ...facts, ...(hostname ? { hostname } : {}), ...(software ? { software } : {}), ...(timeSync ? { timeSync } : {}) };
}

function treeOf(sources: readonly Source[]): ConfigNode {
  const sections = new Map(sources.map((source) => [source, sectionsOf(source)]));
  return configTree(sources, {
    base: (source, line) => sections.get(source)?.findLast((section) => section.line < line)?.path ?? [],
  });
}

/** The host name that the config states. */
export function hostnameOf(source: Source): Fact<string> | undefined {
  return hostnameIn(treeOf([source]));
}

/** In a chassis cluster each node has its own name; the pair goes by the first one's. */
function hostnameIn(root: ConfigNode): Fact<string> | undefined {
  const named = ['node0', 're0', 'member0', 'node1'].map((group) => leaf(root, 'groups', group, 'system', 'host-name'));
  const global = leaf(root, 'groups', 'global', 'system', 'host-name');
  return nodeFact(leaf(root, 'system', 'host-name') ?? global ?? named.find((node) => node !== undefined));
}

function readRoutes(context: Context): void {
  const tables: { block: ConfigNode | undefined; vrf?: Fact<string> }[] = [];
  const optionsOf = (parent: ConfigNode | undefined, vrf?: Fact<string>): void => {
    const options = follow(parent, 'routing-options');
    const ribs = [...(options?.children.get('rib')?.children.values() ?? [])];
    for (const block of [options, ...ribs]) tables.push({ block: follow(block, 'static'), ...(vrf ? { vrf } : {}) });
  };
  optionsOf(context.root);
  for (const instance of listed(context.root, 'routing-instances')) {
    const vrf = nodeFact(instance);
    if (vrf) optionsOf(instance, vrf);
  }
  for (const { block, vrf } of tables) {
    for (const route of listed(block, 'route').filter(isPlain)) {
      for (const hop of [...listed(route, 'next-hop'), ...listed(route, 'qualified-next-hop')]) {
        const to = nodeFact(hop);
        if (!to) continue;
        const isAddress = /^[\da-f:.]+$/i.test(to.value) && /[.:]/.test(to.value);
        context.facts.routes.push({
          ...entityAt(route, context),
          prefix: route.word === 'default' ? '0.0.0.0/0' : route.word,
          ...(isAddress ? { nextHop: to } : { viaInterface: to }),
          ...(vrf ? { vrf } : {}),
        });
      }
    }
  }
}
