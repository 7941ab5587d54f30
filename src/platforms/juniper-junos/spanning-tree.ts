import { type Fact, stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import { type ConfigNode, follow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import type { Growing } from '../entity.ts';
import { isPlain, nodeFlag } from '../tree-facts.ts';
import { type Context, portName } from './context.ts';

/** Reads bridge priorities, as far as they are stated, into the VLANs, and which ports spanning tree treats as edges. */
export function readSpanningTree({ root, facts }: Context): void {
  const tree = follow(root, 'protocols', 'rstp') ?? follow(root, 'protocols', 'stp');
  const whole = leaf(tree, 'bridge-priority');
  const vstp = follow(root, 'protocols', 'vstp');
  facts.vlans = facts.vlans.map((vlan) => {
    const names = [String(vlan.id), vlan.name?.value ?? '', 'all'];
    const own = names.map((name) => leaf(vstp, 'vlan', name, 'bridge-priority')).find((node) => node !== undefined);
    const priority = bridgePriority(own ?? whole);
    return priority ? { ...vlan, stpPriority: priority } : vlan;
  });
  const byName = new Map(facts.interfaces.map((i): [string, Growing<Interface>] => [i.name, i as Growing<Interface>]));
  for (const protocol of ['rstp', 'mstp', 'vstp', 'stp']) {
    for (const node of listed(root, 'protocols', protocol, 'interface').filter(isPlain)) {
      const edge = nodeFlag(follow(node, 'edge'), true);
      const port = byName.get(portName(node.word));
      if (port && edge) port.edgePort = edge;
    }
  }
}

/** `4k` is 4096. */
function bridgePriority(node: ConfigNode | undefined): Fact<number> | undefined {
  const text = /^(\d{1,5})(k?)$/.exec(node?.word ?? '');
  return node && text && isPlain(node) ? stated(Number(text[1]) * (text[2] ? 1024 : 1), wordPlace(node)) : undefined;
}
