import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, isStated, placeOf, stated } from '../../model/fact.ts';
import type { Member, VirtualAddress } from '../../model/redundancy.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import { baseName, fullPath, withoutRouteDomain } from '../f5-names.ts';
import { all, type Context, entity, find, refer } from './context.ts';
import { failoverGroups, networkTimeout } from './ha.ts';
import { selfIps } from './network.ts';
import { definitionOf, entriesOf, type F5Object, flatName, nameOf, property, switchOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';
import { gatewayTriggers, haGroupTriggers, scoreOf, vlanTriggers } from './triggers.ts';

const LOCAL = 'traffic-group-local-only';

/** Adds the unit's membership in each floating traffic group, and every HA group as a watch. A unit alone is a member of nothing. */
export function buildTrafficGroups(context: Context): void {
  const paired = failoverGroups(context).some((group) => entriesOf(group, 'devices').entries.length > 1);
  const bound = new Set<string>();
  for (const group of all(context, 'cm traffic-group')) {
    const haGroup = haGroupOf(group);
    if (haGroup) bound.add(flatName(baseName(haGroup.value)));
    if (paired && baseName(group.name) !== LOCAL) context.facts.members.push(memberOf(context, group));
  }
  for (const group of all(context, 'sys ha-group')) {
    const watches = entriesOf(group, 'trunks').entries.length > 0 ? 'trunk' : 'pool';
    const at = placeOfStatement(definitionOf(group));
    context.facts.watches.push({ ...entity(context, at), watches, name: group.name, bound: bound.has(group.name) });
  }
}

function haGroupOf(group: F5Object): Fact<string> | undefined {
  return nameOf(group, 'ha-group');
}

function memberOf(context: Context, group: F5Object): Member {
  const at = placeOfStatement(definitionOf(group));
  const haGroup = haGroupOf(group);
  const name = haGroup && flatName(baseName(haGroup.value));
  const object = name === undefined ? undefined : find(context, 'sys ha-group', name);
  if (haGroup && name !== undefined && context.hasBase) {
    refer(context, { at: placeOf(haGroup, at), name, kind: 'sys ha-group', to: 'trigger' });
  }
  const score = object && scoreOf(object);
  const hasVirtuals = context.kinds.has('ltm virtual-address');
  const open = [...(hasVirtuals && !context.scripted ? [] : ['virtualAddresses']), ...(context.hasBase ? [] : ['triggers'])];
  return {
    ...entity(context, at),
    protocol: 'f5-traffic-group',
    name: group.name,
    id: stated(group.name, at),
    addressFamily: 'ipv4',
    holdTime: networkTimeout(context),
    ...(score ? { priority: stated(score.total, placeOf(haGroup, at)) } : {}),
    virtualAddresses: [...floatingSelfs(context, group.name), ...virtualAddresses(context, group.name)],
    unicastPeers: [],
    triggers: [...(object ? haGroupTriggers(context, object) : []), ...vlanTriggers(context), ...gatewayTriggers(context)],
    extra: settingsOf(group, score?.bonus),
    ...(open.length > 0 ? { open } : {}),
  };
}

function settingsOf(group: F5Object, bonus: Fact<number> | undefined): NonNullable<Member['extra']> {
  const failback = switchOf(group, 'auto-failback-enabled');
  const method = textOf(group, 'failover-method');
  const mac = nameOf(group, 'mac');
  const order = entriesOf(group, 'ha-order');
  const first = order.entries[0];
  return {
    ...(bonus ? { activeBonus: bonus } : {}),
    ...(failback ? { autoFailback: failback } : {}),
    ...(method ? { failoverMethod: method } : {}),
    ...(mac ? { mac } : {}),
    ...(first ? { haOrder: stated(order.entries.map((e) => baseName(e.name)).join(' '), first.at) } : {}),
  };
}

function floatingSelfs(context: Context, group: string): VirtualAddress[] {
  return selfIps(context)
    .filter((self) => self.group?.value === group)
    .map((self): VirtualAddress => {
      const at = placeOfStatement(definitionOf(self.object));
      return {
        ...entity(context, at),
        address: self.address,
        ...(self.prefix === undefined ? {} : { prefix: self.prefix }),
        ...(self.vlan === undefined ? {} : { interface: stated(self.vlan, at) }),
      };
    });
}

function virtualAddresses(context: Context, group: string): VirtualAddress[] {
  return all(context, 'ltm virtual-address').flatMap((object): VirtualAddress[] => {
    const address = addressOf(object);
    if (groupOf(object)?.value !== group || ipVersion(address) === 0 || isWildcard(object, address)) return [];
    const arp = arpOf(object);
    return [{ ...entity(context, placeOfStatement(definitionOf(object))), address, ...(arp ? { arp } : {}) }];
  });
}

/** Whether the unit speaks ARP for a virtual address; one that it advertises as a route is reached without. */
function arpOf(object: F5Object): Fact<boolean> | undefined {
  const advertised = property(object, 'route-advertisement');
  return advertised && advertised.words[1] !== 'disabled' ? undefined : switchOf(object, 'arp');
}

/** The address of an `ltm virtual-address`: stated, or its name. */
export function addressOf(object: F5Object): string {
  return withoutRouteDomain(textOf(object, 'address')?.value ?? baseName(object.name));
}

/** The traffic group that moves a virtual address. */
export function groupOf(object: F5Object): Fact<string> | undefined {
  const group = textOf(object, 'traffic-group');
  if (!group || group.value === 'none') return undefined;
  return isStated(group) ? stated(fullPath(group.value), group.at) : byDefault(fullPath(group.value), PAGES.virtual);
}

/** `0.0.0.0` and whole networks forward; they are nobody's address. */
function isWildcard(object: F5Object, address: string): boolean {
  const mask = textOf(object, 'mask')?.value;
  if (address === '0.0.0.0' || address === '::') return true;
  return mask !== undefined && mask !== '255.255.255.255' && !/^(?:ffff:){7}ffff$/i.test(mask);
}
