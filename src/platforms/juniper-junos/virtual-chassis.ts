import { byDefault } from '../../model/fact.ts';
import { follow, listed } from '../../syntax/config-tree.ts';
import { isPlain } from '../tree-facts.ts';
import { type Context, entityAt } from './context.ts';

const SPLIT_PAGE =
  'https://www.juniper.net/documentation/us/en/software/junos/virtual-chassis-mx/topics/task/virtual-chassis-mx-series-disabling-split-detection.html';

/**
 * A virtual chassis makes one device of several switches, with one configuration. It detects splits unless
 * told not to; with two members Juniper advises for and against that, so `no-split-detection` is no fault by itself.
 */
export function readVirtualChassis(context: Context): void {
  const node = follow(context.root, 'virtual-chassis');
  if (!node || listed(node, 'member').filter(isPlain).length < 2) return;
  const off = follow(node, 'no-split-detection');
  context.facts.peerings.push({
    ...entityAt(node, context),
    kind: 'stack',
    name: 'virtual chassis',
    peers: [],
    heartbeats: [],
    ...(off || node.maybe ? {} : { dualActiveDetection: byDefault(true, SPLIT_PAGE) }),
  });
}
