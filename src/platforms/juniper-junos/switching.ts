import { byDefault, stated } from '../../model/fact.ts';
import type { Interface, VlanRange } from '../../model/interface.ts';
import { type ConfigNode, follow, leaf, listed, wordPlace } from '../../syntax/config-tree.ts';
import { ALL_VLANS, parseRanges, uniteRanges } from '../../syntax/number-ranges.ts';
import type { Growing } from '../entity.ts';
import { isPlain, nodeFact, nodeNumber } from '../tree-facts.ts';
import { type Context, entityAt } from './context.ts';

const MODE_PAGE =
  'https://www.juniper.net/documentation/us/en/software/junos/multicast-l2/topics/ref/statement/interface-mode-edit-interfaces-family.html';

/** The VLANs of a switch (`vlans`) or router (`bridge-domains`), by name; `layer3` maps `irb.10` to the VLAN it is in. */
export function readVlans(context: Context): Map<string, number> {
  const layer3 = new Map<string, number>();
  for (const node of [...listed(context.root, 'vlans'), ...listed(context.root, 'bridge-domains')]) {
    const idNode = leaf(node, 'vlan-id');
    const id = nodeNumber(idNode);
    const name = nodeFact(node);
    if (!id || !name || id.value < 1 || id.value > 4094) continue;
    context.vlans.set(node.word, id.value);
    context.facts.vlans.push({ ...entityAt(node, context), id: id.value, name });
    for (const keyword of ['l3-interface', 'routing-interface']) {
      const irb = leaf(node, keyword);
      if (irb) layer3.set(irb.word, id.value);
    }
    listed(node, 'interface');
  }
  return layer3;
}

/** Gives each `irb` and `vlan` interface its VLAN. */
export function joinLayer3(layer3: ReadonlyMap<string, number>, context: Context): void {
  for (const port of context.facts.interfaces as Growing<Interface>[]) {
    const id = layer3.get(port.name);
    if (port.kind === 'vlan' && id !== undefined) port.vlan = stated(id, port.at);
  }
}

/** Reads `family ethernet-switching` and `family bridge` of a unit into its port. */
export function readSwitching(unit: ConfigNode, port: Growing<Interface>, context: Context): void {
  const block = follow(unit, 'family', 'ethernet-switching') ?? follow(unit, 'family', 'bridge');
  if (!block) return;
  const mode = leaf(block, 'interface-mode') ?? leaf(block, 'port-mode');
  const members = [...listed(block, 'vlan', 'members'), ...listed(block, 'vlan-id-list'), ...listed(block, 'vlan-id')];
  const ranges = rangesOf(members, context.vlans);
  const first = members[0];
  if (mode?.word === 'trunk' && isPlain(mode)) {
    port.mode = stated('trunk', wordPlace(mode));
    if (ranges && first) port.allowedVlans = stated(ranges, wordPlace(first));
    const native = nodeNumber(leaf(block, 'native-vlan-id') ?? leaf(unit.parent?.parent, 'native-vlan-id'));
    if (native) port.untaggedVlan = native;
  } else if (block.word === 'ethernet-switching' && (!mode || (mode.word === 'access' && isPlain(mode)))) {
    port.mode = mode ? stated('access', wordPlace(mode)) : byDefault('access', MODE_PAGE);
    if (ranges?.length === 1 && ranges[0]?.from === ranges[0]?.to && first)
      port.untaggedVlan = stated(ranges[0]?.from ?? 1, wordPlace(first));
  }
}

/** The VLANs that a list of names, ids and ranges means; undefined where one of them is not known. */
function rangesOf(members: readonly ConfigNode[], names: ReadonlyMap<string, number>): readonly VlanRange[] | undefined {
  const all: VlanRange[] = [];
  for (const member of members) {
    if (!isPlain(member)) return undefined;
    const id = names.get(member.word);
    const ranges = id !== undefined ? [{ from: id, to: id }] : member.word === 'all' ? ALL_VLANS : parseRanges(member.word);
    if (!ranges) return undefined;
    for (const one of ranges) all.push(one);
  }
  return all.length > 0 ? uniteRanges(all) : undefined;
}

/** Units that bridge their VLAN make their port a trunk of these VLANs. */
export function readBridgedUnits(context: Context): void {
  const byPort = new Map<string, { vlans: VlanRange[]; unit: ConfigNode }>();
  for (const node of listed(context.root, 'interfaces')) {
    for (const unit of listed(node, 'unit').filter(isPlain)) {
      const bridged = follow(unit, 'family', 'bridge') ?? (leaf(unit, 'encapsulation')?.word === 'vlan-bridge' ? unit : undefined);
      const id = nodeNumber(leaf(unit, 'vlan-id'));
      if (!bridged || !id || id.value < 1 || id.value > 4094) continue;
      const entry = byPort.get(node.word) ?? { vlans: [], unit };
      entry.vlans.push({ from: id.value, to: id.value });
      byPort.set(node.word, entry);
    }
  }
  for (const port of context.facts.interfaces as Growing<Interface>[]) {
    const entry = byPort.get(port.name);
    if (!entry || port.mode) continue;
    port.mode = stated('trunk', wordPlace(entry.unit));
    port.allowedVlans = stated(uniteRanges(entry.vlans), wordPlace(entry.unit));
  }
}
