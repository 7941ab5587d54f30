import { byDefault, type Fact, placeOf, stated } from '../../model/fact.ts';
import type { Peer, Peering } from '../../model/peering.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import { baseName, fullPath } from '../f5-names.ts';
import { all, type Context, entity, find } from './context.ts';
import { heartbeatsOf, selfDevice, unicastOf } from './devices.ts';
import { definitionOf, entriesOf, type F5Object, nameOf, numberOf, switchOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** Groups that the system makes for itself; they decide nothing of failover. */
const BUILT_IN: ReadonlySet<string> = new Set(['device_trust_group', 'gtm', 'datasync-global-dg', 'datasync-device-dg', 'dos-global-dg']);

/** Device groups in which units fail over to each other. */
export function failoverGroups(context: Context): F5Object[] {
  return all(context, 'cm device-group').filter(
    (group) => textOf(group, 'type')?.value === 'sync-failover' && !BUILT_IN.has(baseName(group.name)),
  );
}

/** Adds the device groups as peerings. A unit without one stands alone: nothing is said of it. */
export function buildPeerings(context: Context): void {
  for (const group of failoverGroups(context)) context.facts.peerings.push(peeringOf(context, group));
}

function peeringOf(context: Context, group: F5Object): Peering {
  const at = placeOfStatement(definitionOf(group));
  const { entries, open } = entriesOf(group, 'devices');
  const own = selfDevice(context);
  const self = entries.find((e) => own !== undefined && fullPath(e.name) === own.name);
  const others = entries.filter((e) => e !== self);
  const peers = others.map((entry): Peer => {
    const device = find(context, 'cm device', fullPath(entry.name));
    const address = device && peerAddress(device);
    return { ...entity(context, entry.at), name: baseName(entry.name), ...(address ? { address } : {}) };
  });
  const first = others[0];
  const peer = others.length === 1 && first ? find(context, 'cm device', fullPath(first.name)) : undefined;
  const networkFailover = switchOf(group, 'network-failover');
  const syncAddress = own && nameOf(own, 'configsync-ip');
  const autoSync = switchOf(group, 'auto-sync');
  // Where it is not known which of the devices is this one, the others are not known either.
  const lost = own === undefined || (self === undefined && entries.length > 1);
  const doubts = [...(open || lost ? ['peers'] : []), ...(lost || unicastOf(own).open || !context.hasBase ? ['heartbeats'] : [])];
  return {
    ...entity(context, at),
    kind: 'f5-device-group',
    name: group.name,
    id: stated(group.name, at),
    ...(own ? { self: stated(baseName(own.name), placeOfStatement(definitionOf(own))), selfListed: stated(self !== undefined, at) } : {}),
    peers: lost ? [] : peers,
    heartbeats: own ? heartbeatsOf(context, own, peer) : [],
    ...(networkFailover ? { heartbeatEnabled: networkFailover } : {}),
    deadInterval: networkTimeout(context),
    ...(autoSync?.value ? { syncEnabled: autoSync } : {}),
    ...(syncAddress ? { syncAddress } : {}),
    extra: settingsOf(own, autoSync ?? (context.saved && !context.scripted ? byDefault(false, PAGES.deviceGroup) : undefined)),
    ...(doubts.length > 0 ? { open: doubts } : {}),
  };
}

function settingsOf(own: F5Object | undefined, autoSync: Fact<boolean> | undefined): NonNullable<Peering['extra']> {
  const configSync = own && textOf(own, 'configsync-ip');
  const mirror = own && textOf(own, 'mirror-ip');
  return {
    ...(autoSync ? { autoSync } : {}),
    ...(configSync ? { configsyncIp: configSync } : {}),
    ...(mirror ? { mirrorIp: mirror } : {}),
  };
}

/** The address by which a peer is best told: where failover messages go, else where it is synchronised. */
function peerAddress(device: F5Object): Fact<string> | undefined {
  const unicast = unicastOf(device).list.find((u) => !u.management && u.address !== undefined)?.address;
  return unicast ?? nameOf(device, 'configsync-ip') ?? nameOf(device, 'management-ip');
}

/** How long a peer is not heard until it counts as dead: `failover.nettimeoutsec`, 3 s by default (K7249). */
export function networkTimeout(context: Context): Fact<number> {
  const variable = find(context, 'sys db', 'failover.nettimeoutsec');
  const value = variable && numberOf(variable, 'value', 1000);
  return value ? stated(value.value, placeOf(value, placeOfStatement(definitionOf(variable)))) : byDefault(3000, PAGES.failover);
}
