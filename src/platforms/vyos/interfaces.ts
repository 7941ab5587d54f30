import { byDefault } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, InterfaceKind } from '../../model/interface.ts';
import { type ConfigNode, follow, leaf, listed } from '../../syntax/config-tree.ts';
import { table } from '../../syntax/table.ts';
import type { Growing } from '../entity.ts';
import { isPlain, nodeFact, nodeFlag, nodeNumber, present, splitCidr } from '../tree-facts.ts';
import { type Context, entityAt } from './context.ts';

const KINDS: Readonly<Record<string, InterfaceKind>> = table({
  ethernet: 'physical',
  dataplane: 'physical',
  bonding: 'lag',
  bridge: 'bridge',
  loopback: 'loopback',
  dummy: 'loopback',
  tunnel: 'tunnel',
  vti: 'tunnel',
  openvpn: 'tunnel',
  wireguard: 'tunnel',
  switch: 'bridge',
});

/** An interface's block, with the name it goes by. */
export interface InterfaceBlock {
  readonly name: string;
  readonly node: ConfigNode;
}

/** Reads `interfaces TYPE NAME` and their VLANs; returns the blocks, in which older releases keep VRRP. */
export function readInterfaces(context: Context): InterfaceBlock[] {
  const blocks: InterfaceBlock[] = [];
  for (const type of listed(context.root, 'interfaces')) {
    for (const node of listed(type)) {
      if (!isPlain(node)) continue;
      blocks.push({ name: node.word, node });
      context.facts.interfaces.push(readInterface(node, node.word, KINDS[type.word] ?? 'virtual', context));
      for (const vif of [...listed(node, 'vif'), ...listed(node, 'vif-s')]) {
        if (!isPlain(vif)) continue;
        const name = `${node.word}.${vif.word}`;
        blocks.push({ name, node: vif });
        const parent = nodeFact(node);
        context.facts.interfaces.push({
          ...readInterface(vif, name, 'subinterface', context),
          ...present({ vlan: nodeNumber(vif), parent }),
        });
      }
    }
  }
  joinBonds(context);
  return blocks;
}

function readInterface(node: ConfigNode, name: string, kind: InterfaceKind, context: Context): Growing<Interface> {
  const addresses: InterfaceAddress[] = [];
  let dynamic: ConfigNode | undefined;
  let open = false;
  for (const one of listed(node, 'address')) {
    const parts = splitCidr(one.word);
    if (!isPlain(one)) open = true;
    else if (parts) addresses.push({ ...entityAt(one, context), ...parts, secondary: false });
    else dynamic ??= one;
  }
  const members = [...listed(node, 'member', 'interface')].flatMap((m) => nodeFact(m) ?? []);
  return {
    ...entityAt(node, context),
    name,
    kind,
    addresses,
    members,
    ...(open ? { open: ['addresses'] } : {}),
    ...present({
      description: nodeFact(leaf(node, 'description')),
      enabled: nodeFlag(follow(node, 'disable'), false),
      dynamicAddress: nodeFlag(dynamic, true),
      mtu: nodeNumber(leaf(node, 'mtu')),
      vrf: nodeFact(leaf(node, 'vrf')),
      lag: nodeFact(leaf(node, 'bond-group') ?? leaf(node, 'bonding-group')),
      lagMode: kind === 'lag' ? bondMode(node) : undefined,
      lacpRate: lacpRate(node),
      minLinks: nodeNumber(leaf(node, 'min-links')),
    }),
  };
}

const MODES = table<'lacp-active' | 'active-backup'>({ '802.3ad': 'lacp-active', lacp: 'lacp-active', 'active-backup': 'active-backup' });

/** `mode`, 802.3ad where nothing is said. */
function bondMode(node: ConfigNode): Interface['lagMode'] {
  const mode = leaf(node, 'mode');
  if (!mode) return byDefault('lacp-active', 'https://docs.vyos.io/en/latest/configuration/interfaces/bonding.html');
  const known = MODES[mode.word] ?? (/^(?:round-robin|xor-hash|transmit|adaptive)/.test(mode.word) ? 'balance' : undefined);
  return known && nodeFlag(mode, known);
}

function lacpRate(node: ConfigNode): Interface['lacpRate'] {
  const rate = leaf(node, 'lacp-rate');
  return rate?.word === 'fast' || rate?.word === 'slow' ? nodeFlag(rate, rate.word) : undefined;
}

/** Bonds list their ports in some releases, ports name their bond in others: both ways are told. */
function joinBonds({ facts }: Context): void {
  const byName = new Map(facts.interfaces.map((i): [string, Growing<Interface>] => [i.name, i as Growing<Interface>]));
  for (const one of byName.values()) {
    if (one.kind === 'lag') for (const member of one.members) setLag(byName.get(member.value), one.name, member);
    const bond = one.lag && byName.get(one.lag.value);
    if (one.lag && bond && !bond.members.some((m) => m.value === one.name)) bond.members.push({ ...one.lag, value: one.name });
  }
}

function setLag(port: Growing<Interface> | undefined, name: string, said: NonNullable<Interface['lag']>): void {
  if (port && !port.lag) port.lag = { ...said, value: name };
}
