import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, type Place, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import type { Member, Trigger, TriggerEffect } from '../../model/redundancy.ts';
import { placeOfHead, placeOfStatement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { flag, scalar } from '../../syntax/tree.ts';
import { elements, flagOr, key, text, wholeOr } from '../f5-json.ts';
import { baseName, fullPath } from '../f5-names.ts';
import { type Context, entity, type Item, ofClass, PAGE, pointed, value } from './context.ts';
import { heartbeatsOf, heartbeatsOpen, plain } from './heartbeats.ts';
import { managementAddresses, selfIps } from './network.ts';

/** The device group with the heartbeats, and the membership in each floating traffic group. */
export function buildHa(context: Context): void {
  const group = ofClass(context, 'DeviceGroup').find((g) => text(g.statement, 'type')?.value === 'sync-failover');
  const heartbeats = heartbeatsOf(context);
  const first = group ?? ofClass(context, 'FailoverUnicast')[0];
  if (!first) return;
  const peering = group ? groupPeering(context, group, heartbeats) : loosePeering(context, first, heartbeats);
  context.facts.peerings.push(peering);
  if (!group || (peering.peers.length === 0 && !peering.open?.includes('peers'))) return;
  for (const name of trafficGroups(context)) context.facts.members.push(memberOf(context, name, group));
}

/** Failover addresses without a device group: the group stands in the peer's declaration, or is made by hand. */
function loosePeering(context: Context, item: Item, heartbeats: Heartbeat[]): Peering {
  const at = placeOfStatement(item.statement);
  const peers = trustedPeers(context);
  return { ...entity(context, at), kind: 'f5-device-group', name: item.name, peers, heartbeats, ...openOf(context, false) };
}

/** The device whose trust this one asks for (`DeviceTrust`), unless that is itself or may be by an address that is not said. */
function trustedPeers(context: Context): Peer[] {
  return ofClass(context, 'DeviceTrust').flatMap(({ statement }): Peer[] => {
    const host = value(context, statement, 'remoteHost');
    const own = host && ipVersion(host.value) === 0 ? context.hostname !== undefined : managementAddresses(context).length > 0;
    return host && own && !isOwn(context, host.value) ? [peerOf(context, placeOfStatement(statement), host)] : [];
  });
}

function groupPeering(context: Context, group: Item, heartbeats: Heartbeat[]): Peering {
  const s = group.statement;
  const at = placeOfStatement(s);
  const members = elements(s, 'members').map((item) => ({ at: placeOfStatement(item), fact: pointed(context, scalar(item)) }));
  const own = members.find((m) => m.fact !== undefined && isOwn(context, m.fact.value));
  const known = own !== undefined && !key(s, 'members')?.maybe && members.every((m) => m.fact !== undefined);
  const enabled = flagOr(s, 'networkFailover', false, PAGE);
  const autoSync = flag(key(s, 'autoSync'));
  const sync = ofClass(context, 'ConfigSync')
    .map((item) => value(context, item.statement, 'configsyncIp'))
    .find((fact) => fact !== undefined);
  const mirror = ofClass(context, 'MirrorIp')
    .map((item) => value(context, item.statement, 'primaryIp'))
    .find((fact) => fact !== undefined);
  return {
    ...entity(context, at),
    kind: 'f5-device-group',
    name: fullPath(group.name),
    id: stated(fullPath(group.name), placeOfHead(s)),
    ...(own?.fact ? { self: own.fact, selfListed: stated(true, own.at) } : {}),
    peers: known ? members.filter((m) => m !== own).map((m) => peerOf(context, m.at, m.fact)) : trustedPeers(context),
    heartbeats,
    ...(enabled ? { heartbeatEnabled: enabled } : {}),
    ...(autoSync?.value ? { syncEnabled: autoSync } : {}),
    ...(sync && sync.value !== 'none' ? { syncAddress: { ...sync, value: plain(sync.value) } } : {}),
    extra: { ...(autoSync ? { autoSync } : {}), ...(sync ? { configsyncIp: sync } : {}), ...(mirror ? { mirrorIp: mirror } : {}) },
    ...openOf(context, known),
  };
}

/** Lists that are not known in full. */
function openOf(context: Context, known: boolean): { open?: string[] } {
  const open = [...(known ? [] : ['peers']), ...(heartbeatsOpen(context) ? ['heartbeats'] : [])];
  return open.length > 0 ? { open } : {};
}

function peerOf(context: Context, at: Place, fact: Fact<string> | undefined): Peer {
  const isAddress = fact !== undefined && ipVersion(fact.value) !== 0;
  return { ...entity(context, at), ...(fact ? (isAddress ? { address: fact } : { name: fact.value }) : {}) };
}

/** A member of the group is this device by its host name or by one of its own addresses. */
function isOwn(context: Context, name: string): boolean {
  if (name === context.hostname?.value) return true;
  return selfIps(context).some((self) => self.address === name) || ownAddresses(context).includes(name);
}

/** Addresses that the declaration gives this device for sync and failover. */
function ownAddresses(context: Context): string[] {
  const facts = [
    ...ofClass(context, 'ConfigSync').map((item) => value(context, item.statement, 'configsyncIp')),
    ...ofClass(context, 'FailoverUnicast').map((item) => value(context, item.statement, 'address')),
  ];
  return [...facts.flatMap((fact) => (fact ? [plain(fact.value)] : [])), ...managementAddresses(context).map((m) => m.address)];
}

/** Floating groups that the declaration uses or defines, and the one that every device has. */
function trafficGroups(context: Context): string[] {
  const used = selfIps(context).flatMap((self) => (self.group ? [self.group.value] : []));
  return [...new Set(['/Common/traffic-group-1', ...used, ...ofClass(context, 'TrafficGroup').map((item) => fullPath(item.name))])];
}

function memberOf(context: Context, name: string, group: Item): Member {
  const item = ofClass(context, 'TrafficGroup').find((g) => fullPath(g.name) === name);
  const floating = selfIps(context).filter((self) => self.group?.value === name);
  const s = item?.statement ?? floating[0]?.statement ?? group.statement;
  return {
    ...entity(context, placeOfStatement(s)),
    protocol: 'f5-traffic-group',
    name,
    id: stated(name, placeOfHead(s)),
    addressFamily: 'ipv4',
    virtualAddresses: floating.map((self) => ({
      ...entity(context, placeOfStatement(self.statement)),
      address: self.address,
      ...(self.prefix === undefined ? {} : { prefix: self.prefix }),
      ...(self.vlan === undefined ? {} : { interface: stated(self.vlan, placeOfStatement(self.statement)) }),
    })),
    unicastPeers: [],
    triggers: failsafes(context),
    extra: item ? settingsOf(context, item) : {},
    // HA groups and gateway failsafe are none of DO's classes, applications are AS3's: what else moves the group is not said here.
    open: ['virtualAddresses', 'triggers'],
  };
}

/** What a `TrafficGroup` says of who is next active; the order's devices by their names, as bigip.conf has them. */
function settingsOf(context: Context, { statement }: Item): NonNullable<Member['extra']> {
  const failback = flagOr(statement, 'autoFailbackEnabled', false, PAGE);
  const method = text(statement, 'failoverMethod') ?? (key(statement, 'failoverMethod') ? undefined : byDefault('ha-order', PAGE));
  const order = elements(statement, 'haOrder').map((item) => pointed(context, scalar(item)) ?? scalar(item));
  const first = key(statement, 'haOrder');
  const names = order.flatMap((fact) => (fact ? [baseName(fact.value)] : []));
  const known = first !== undefined && !first.maybe && names.length > 0 && names.length === order.length;
  return {
    ...(failback ? { autoFailback: failback } : {}),
    ...(method ? { failoverMethod: method } : {}),
    ...(known ? { haOrder: stated(names.join(' '), placeOfHead(first)) } : {}),
  };
}

const EFFECTS: Readonly<Record<string, TriggerEffect>> = table({
  failover: 'failover',
  'failover-restart-tm': 'failover',
  reboot: 'restart',
  'restart-all': 'restart',
});

/** VLAN failsafe: 90 s and failover-restart-tm where the VLAN does not say (schema). */
function failsafes(context: Context): Trigger[] {
  return ofClass(context, 'VLAN').flatMap(({ name, statement }): Trigger[] => {
    const said = key(statement, 'failsafeEnabled');
    if (!said || flag(said)?.value !== true) return [];
    const action = key(statement, 'failsafeAction') ? text(statement, 'failsafeAction') : byDefault('failover-restart-tm', PAGE);
    const timeout = wholeOr(statement, 'failsafeTimeout', 90, PAGE);
    // Every action moves the groups away; which one a template leaves open makes no difference here.
    const effect: Fact<TriggerEffect> = action
      ? { ...action, value: EFFECTS[action.value] ?? 'failover' }
      : stated('failover', placeOfStatement(said));
    return [
      {
        ...entity(context, placeOfStatement(said)),
        watches: 'vlan',
        target: fullPath(name),
        defined: true,
        interfaces: [fullPath(name)],
        processes: [],
        addresses: [],
        effect,
        ...(timeout ? { detection: { ...timeout, value: timeout.value * 1000 } } : {}),
      },
    ];
  });
}
