import { byDefault, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, InterfaceKind } from '../../model/interface.ts';
import { type ConfigNode, follow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import type { Growing } from '../entity.ts';
import { isPlain, nodeFact, nodeFlag, nodeNumber, present, splitCidr } from '../tree-facts.ts';
import { type Context, entityAt, PAGES, portName } from './context.ts';
import { readSwitching } from './switching.ts';
import { readVrrp } from './vrrp.ts';

const KINDS: readonly (readonly [RegExp, InterfaceKind])[] = [
  [/^(?:ae|reth)\d/, 'lag'],
  [/^(?:irb|vlan)\b/, 'vlan'],
  [/^lo\d/, 'loopback'],
  [/^(?:fxp|em|me|vme|re\d|mgmt)/, 'management'],
  [/^(?:gr|ip|lt|mt|vt|ut)-|^st\d/, 'tunnel'],
  [/^fab\d|^(?:jsrv|pp|dl|umd|demux|vtep|esi)/, 'virtual'],
];

function kindOf(name: string): InterfaceKind {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'physical';
}

/** Reads every interface and its units, and the VRRP groups on them. */
export function readInterfaces(context: Context): void {
  const vrrp: { unit: ConfigNode; port: string }[] = [];
  for (const node of listed(context.root, 'interfaces')) {
    if (!isPlain(node) || node.word === 'interface-range' || node.word === 'apply-groups' || node.word === 'traceoptions') continue;
    const port = readPort(node, context);
    context.facts.interfaces.push(port);
    for (const unit of listed(node, 'unit').filter(isPlain)) {
      const name = portName(`${node.word}.${unit.word}`);
      if (name === node.word) readUnit(unit, port, context);
      else context.facts.interfaces.push(readUnit(unit, newUnit(unit, name, node, context), context));
      vrrp.push({ unit, port: name });
    }
  }
  joinLags(context);
  for (const { unit, port } of vrrp) context.facts.members.push(...readVrrp(unit, port, context));
}

function readPort(node: ConfigNode, context: Context): Growing<Interface> {
  const options = ['gigether-options', 'ether-options', 'fastether-options'].map((word) => follow(node, word));
  const bundle = options.map((o) => portOf(follow(o, '802.3ad')) ?? leaf(o, 'redundant-parent')).find((b) => b !== undefined);
  const aggregate = follow(node, 'aggregated-ether-options') ?? follow(node, 'redundant-ether-options');
  const lacp = follow(aggregate, 'lacp');
  const rate = leaf(lacp, 'periodic');
  const mclag = follow(aggregate, 'mc-ae');
  const kind = kindOf(node.word);
  for (const known of ['redundancy-group', 'chassis-id', 'mode', 'status-control', 'init-delay-time', 'events', 'system-id', 'admin-key'])
    listed(mclag, known);
  listed(lacp, 'system-id');
  listed(lacp, 'admin-key');
  return {
    ...entityAt(node, context),
    name: node.word,
    kind,
    addresses: [],
    members: listed(node, 'fabric-options', 'member-interfaces').flatMap((m) => nodeFact(m) ?? []),
    ...present({
      description: nodeFact(leaf(node, 'description')),
      enabled: nodeFlag(follow(node, 'disable'), false),
      mtu: nodeNumber(leaf(node, 'mtu')),
      lag: nodeFact(bundle),
      lagMode: kind === 'lag' && (lacp || node.word.startsWith('ae')) ? lagMode(lacp) : undefined,
      lacpRate: rate?.word === 'fast' || rate?.word === 'slow' ? nodeFlag(rate, rate.word) : undefined,
      minLinks: nodeNumber(leaf(aggregate, 'minimum-links')),
      mlagId: nodeFact(leaf(mclag, 'mc-ae-id')),
    }),
  };
}

/** The bundle among what stands in `802.3ad { ae0; lacp { … } }`. */
function portOf(block: ConfigNode | undefined): ConfigNode | undefined {
  return [...(block?.children.values() ?? [])].filter((c) => /^ae\d+$/.test(c.word)).flatMap((c) => follow(block, c.word) ?? [])[0];
}

/** Without `lacp` the links of a bundle exchange nothing. */
function lagMode(lacp: ConfigNode | undefined): Interface['lagMode'] {
  if (!lacp) return byDefault('static', PAGES.lacp);
  return nodeFlag(follow(lacp, 'active'), 'lacp-active' as const) ?? nodeFlag(follow(lacp, 'passive'), 'lacp-passive' as const);
}

function newUnit(unit: ConfigNode, name: string, port: ConfigNode, context: Context): Growing<Interface> {
  const kind = kindOf(name);
  const parent = kind === 'vlan' ? undefined : nodeFact(port);
  return {
    ...entityAt(unit, context),
    name,
    kind: kind === 'physical' || kind === 'lag' ? 'subinterface' : kind,
    addresses: [],
    members: [],
    ...present({ parent, vlan: nodeNumber(leaf(unit, 'vlan-id')) }),
  };
}

function readUnit(unit: ConfigNode, port: Growing<Interface>, context: Context): Growing<Interface> {
  const description = nodeFact(leaf(unit, 'description'));
  if (description && !port.description) port.description = description;
  const disabled = nodeFlag(follow(unit, 'disable'), false);
  if (disabled) port.enabled = disabled;
  for (const family of ['inet', 'inet6']) {
    const block = follow(unit, 'family', family);
    const dynamic = nodeFlag(follow(block, 'dhcp') ?? follow(block, 'dhcp-client') ?? follow(block, 'dhcpv6-client'), true);
    if (dynamic) port.dynamicAddress = dynamic;
    const mtu = nodeNumber(leaf(block, 'mtu'));
    if (mtu && !port.mtu) port.mtu = mtu;
    for (const address of listed(block, 'address')) {
      if (isPlain(address)) for (const one of readAddress(address, context)) port.addresses.push(one);
      else port.open = [...new Set([...(port.open ?? []), 'addresses'])];
    }
  }
  readSwitching(unit, port, context);
  return port;
}

function readAddress(node: ConfigNode, context: Context): InterfaceAddress[] {
  const parts = splitCidr(node.word);
  for (const known of ['primary', 'preferred', 'arp', 'master-only']) follow(node, known);
  return parts ? [{ ...entityAt(node, context), at: wordPlace(node), ...parts, secondary: false }] : [];
}

/** Ports name their bundle; the bundle lists them. */
function joinLags({ facts }: Context): void {
  const byName = new Map(facts.interfaces.map((i): [string, Growing<Interface>] => [i.name, i as Growing<Interface>]));
  for (const port of facts.interfaces) {
    if (port.lag) byName.get(port.lag.value)?.members.push({ ...port.lag, value: port.name });
  }
}

/** What `interface-range` says holds for each of its members. */
export function expandRanges(root: ConfigNode): void {
  const interfaces = root.children.get('interfaces');
  for (const range of listed(interfaces, 'interface-range')) {
    const names = listed(range, 'member').map((m) => m.word);
    for (const from of listed(range, 'member-range')) {
      const to = leaf(from, 'to');
      if (to) for (const one of between(from.word, to.word)) names.push(one);
    }
    for (const name of names) if (interfaces && !/[*[]/.test(name)) copyInto(interfaces, name, range);
  }
}

const RANGE_LIMIT = 256;

function between(from: string, to: string): string[] {
  const first = /^(.{1,30}?)(\d{1,4})$/.exec(from);
  const last = /^(.{1,30}?)(\d{1,4})$/.exec(to);
  if (!first || !last || first[1] !== last[1]) return [];
  const [low, high] = [Number(first[2]), Number(last[2])];
  return high - low > RANGE_LIMIT ? [] : Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => `${first[1]}${low + i}`);
}

function copyInto(parent: ConfigNode, word: string, from: ConfigNode, depth = 0): void {
  const { statement, index, statements, maybe } = from;
  const node = parent.children.get(word) ?? { word, parent, statement, index, statements, maybe, children: new Map() };
  parent.children.set(word, node);
  if (depth > 20) return;
  for (const child of from.children.values()) {
    if (depth === 0 && /^member(?:-range)?$/.test(child.word)) continue;
    copyInto(node, child.word, child, depth + 1);
  }
}

/** Interfaces of routing instances stand in their table. */
export function readInstances(context: Context): void {
  for (const instance of listed(context.root, 'routing-instances')) {
    const vrf = nodeFact(instance);
    if (!vrf) continue;
    for (const node of listed(instance, 'interface')) {
      const port = context.facts.interfaces.find((i) => i.name === portName(node.word)) as Growing<Interface> | undefined;
      if (port && isPlain(node)) port.vrf = stated(vrf.value, wordPlace(node));
    }
  }
}
