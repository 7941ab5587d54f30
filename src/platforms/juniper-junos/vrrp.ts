import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Authentication, Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { type ConfigNode, follow, ignoreBelow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import { isPlain, nodeFact, nodeFlag, nodeNumber, nodeSecret, present, splitCidr } from '../tree-facts.ts';
import { type Context, entityAt, PAGES, portName } from './context.ts';

const FAMILIES = [
  ['inet', 'vrrp-group'],
  ['inet6', 'vrrp-inet6-group'],
] as const;

/** Reads the VRRP groups of a unit; one that does not stand under an address is remarked. */
export function readVrrp(unit: ConfigNode, port: string, context: Context): Member[] {
  const members: Member[] = [];
  for (const [family, keyword] of FAMILIES) {
    const block = follow(unit, 'family', family);
    for (const group of listed(block, keyword)) noteMisplaced(group, keyword, family, context);
    for (const address of listed(block, 'address')) {
      for (const group of listed(address, keyword)) {
        if (isPlain(group)) members.push(readGroup(group, port, family === 'inet6' ? 'ipv6' : 'ipv4', context));
      }
    }
  }
  return members;
}

function noteMisplaced(group: ConfigNode, keyword: string, family: string, context: Context): void {
  for (const setting of listed(group)) listed(setting);
  context.facts.remarks.push({
    ...entityAt(group, context),
    kind: 'wrong-place',
    subject: `${keyword} ${group.word}`,
    text: `it stands directly under 'family ${family}' and belongs under its 'address': the commit fails and there is no VRRP`,
    suggestion: `Write it as family ${family} address <address>/<length> ${keyword} ${group.word}.`,
  });
}

function readGroup(group: ConfigNode, port: string, addressFamily: 'ipv4' | 'ipv6', context: Context): Member {
  const inherited = follow(group, 'vrrp-inherit-from') !== undefined;
  const fallback = <T>(value: T, page: string): Fact<T> | undefined => (inherited ? undefined : byDefault(value, page));
  const addresses = [...listed(group, 'virtual-address'), ...listed(group, 'virtual-inet6-address')];
  const priority = leaf(group, 'priority');
  const preempt = follow(group, 'preempt');
  const open = [
    ...(addresses.some((a) => !isPlain(a)) || group.maybe ? ['virtualAddresses'] : []),
    ...(inherited || group.maybe ? ['triggers'] : []),
  ];
  follow(group, 'track', 'priority-hold-time');
  listed(group, 'virtual-link-local-address');
  ignoreLeaf(group, 'advertisements-threshold');
  return {
    ...entityAt(group, context),
    protocol: 'vrrp',
    name: `${port} group ${group.word}`,
    interface: stated(port, wordPlace(group)),
    addressFamily,
    virtualAddresses: addresses.flatMap((node) => virtualAddress(node, context)),
    unicastPeers: [],
    triggers: [...trackedInterfaces(group, context), ...trackedRoutes(group, context)],
    ...(open.length > 0 ? { open } : {}),
    ...present({
      id: nodeFact(group),
      enabled: nodeFlag(group, true),
      version: nodeFlag(follow(context.root, 'protocols', 'vrrp', 'version-3'), 3),
      priority: priority ? nodeNumber(priority) : fallback(100, PAGES.priority),
      preempt: nodeFlag(follow(group, 'no-preempt'), false) ?? nodeFlag(preempt, true) ?? fallback(true, PAGES.preempt),
      preemptDelay: nodeNumber(leaf(preempt, 'hold-time'), 1000),
      advertInterval: interval(group) ?? fallback(1000, PAGES.interval),
      acceptsTraffic:
        nodeFlag(follow(group, 'accept-data'), true) ?? nodeFlag(follow(group, 'no-accept-data'), false) ?? fallback(false, PAGES.group),
      authentication: inherited ? undefined : readAuthentication(group, context),
    }),
  };
}

function ignoreLeaf(group: ConfigNode, word: string): void {
  const node = group.children.get(word);
  if (node) ignoreBelow(node);
}

/** The interval that is written, whichever of its three keywords is used. */
function interval(group: ConfigNode): Fact<number> | undefined {
  return (
    nodeNumber(leaf(group, 'fast-interval')) ??
    nodeNumber(leaf(group, 'inet6-advertise-interval')) ??
    nodeNumber(leaf(group, 'advertise-interval'), 1000)
  );
}

function virtualAddress(node: ConfigNode, context: Context): VirtualAddress[] {
  const parts = splitCidr(node.word);
  return isPlain(node) && parts ? [{ ...entityAt(node, context), at: wordPlace(node), ...parts }] : [];
}

function readAuthentication(group: ConfigNode, context: Context): Authentication {
  const type = leaf(group, 'authentication-type');
  const key = nodeSecret(leaf(group, 'authentication-key'));
  if (!type) return { ...entityAt(group, context), type: byDefault('none', PAGES.group) };
  const kind = type.word === 'simple' ? 'text' : type.word === 'md5' ? 'md5' : 'other';
  return { ...entityAt(type, context), type: stated(kind, wordPlace(type)), ...(key ? { key } : {}) };
}

/** `track interface X priority-cost N`, or a cost by bandwidth, whose loss is the loss of all of it. */
function trackedInterfaces(group: ConfigNode, context: Context): Trigger[] {
  return listed(group, 'track', 'interface')
    .filter(isPlain)
    .map((node) => {
      const port = portName(node.word);
      const bandwidths = listed(node, 'bandwidth-threshold').map((b) => leaf(b, 'priority-cost'));
      const penalty = nodeNumber(leaf(node, 'priority-cost') ?? bandwidths.at(-1));
      const defined = context.facts.interfaces.some((i) => i.name === port) || (context.facts.fragment ? undefined : false);
      return {
        ...entityAt(node, context),
        at: wordPlace(node),
        watches: 'interface' as const,
        target: node.word,
        interfaces: [port],
        processes: [],
        addresses: [],
        effect: stated('priority' as const, wordPlace(node)),
        ...present({ penalty, defined: defined || undefined }),
        ...(/^(?:irb|vlan|lo0)\b/.test(port) ? { onVirtualInterface: stated(true, wordPlace(node)) } : {}),
      };
    });
}

function trackedRoutes(group: ConfigNode, context: Context): Trigger[] {
  return listed(group, 'track', 'route')
    .filter(isPlain)
    .map((node) => {
      const instance = leaf(node, 'routing-instance');
      const penalty = nodeNumber(leaf(instance, 'priority-cost') ?? leaf(node, 'priority-cost'));
      return {
        ...entityAt(node, context),
        at: wordPlace(node),
        watches: 'route' as const,
        target: node.word,
        interfaces: [],
        processes: [],
        addresses: [],
        effect: stated('priority' as const, wordPlace(node)),
        ...(penalty ? { penalty } : {}),
      };
    });
}
