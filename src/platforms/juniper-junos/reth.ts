import { type ConfigNode, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import { isPlain, nodeNumber } from '../tree-facts.ts';
import { type Context, entityAt } from './context.ts';

/** Notes redundant Ethernet interfaces that belong to a redundancy group that is not there, or that `reth-count` does not make. */
export function noteReths(cluster: ConfigNode, groups: readonly ConfigNode[], context: Context): void {
  const count = leaf(cluster, 'reth-count');
  const limit = nodeNumber(count);
  for (const port of listed(context.root, 'interfaces').filter((node) => /^reth\d{1,3}$/.test(node.word) && isPlain(node))) {
    const number = Number(port.word.slice(4));
    if (count && limit && number >= limit.value) {
      context.facts.remarks.push({
        ...entityAt(port, context),
        kind: 'ineffective',
        subject: port.word,
        text: `reth-count ${limit.value} makes ${limit.value === 1 ? 'reth0 only' : `reth0 to reth${limit.value - 1} only`}`,
        suggestion: `set chassis cluster reth-count ${number + 1}`,
        other: wordPlace(count),
      });
    }
    const group = leaf(port, 'redundant-ether-options', 'redundancy-group');
    if (!group || !isPlain(group) || context.facts.fragment) continue;
    const defined = groups.some((g) => g.word === group.word);
    context.facts.references.push({
      ...entityAt(group, context),
      at: wordPlace(group),
      to: 'other',
      noun: 'chassis cluster redundancy-group',
      name: group.word,
      defined,
      candidates: defined ? [] : groups.map((g) => g.word),
    });
  }
}

/** The node that a port is on: of the ports of one reth those in the lower slot are on node 0. */
export function nodeOf(port: string, { facts }: Context): 0 | 1 | undefined {
  const bundle = facts.interfaces.find((i) => i.name === port)?.lag?.value;
  const slots = facts.interfaces.filter((i) => bundle !== undefined && i.lag?.value === bundle).map((i) => slotOf(i.name));
  const [low, high] = [Math.min(...slots), Math.max(...slots)];
  if (!(low < high)) return undefined;
  const own = slotOf(port);
  return own === low ? 0 : own === high ? 1 : undefined;
}

/** The slot in `ge-7/0/1`. */
function slotOf(name: string): number {
  return Number(/^\w{2}-(\d{1,3})\//.exec(name)?.[1] ?? Number.NaN);
}
