import { canonicalAddress, sameAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Heartbeat } from '../model/peering.ts';
import type { Member } from '../model/redundancy.ts';
import { carrierOf } from '../network/exposure.ts';
import { portIndex } from '../network/port-index.ts';
import type { Damage } from './damage.ts';
import type { Reason } from './reason.ts';

/** Whether one member's hellos reach another and are accepted there, and if not, why. */
export interface Hearing {
  /** Undefined: the configs do not say. */
  readonly heard: boolean | undefined;
  readonly why?: Reason;
}

const YES: Hearing = { heard: true };

/** Whether `to` hears `from`, by the rules of their protocol. */
export function hears(to: Member, from: Member, damage: Damage): Hearing {
  if (PER_SEGMENT.has(from.protocol)) return disagreement(to, from) ?? onWire(to, from, damage);
  return overHeartbeats(to, from, damage);
}

/** VRRP, HSRP and GLBP say hello on a segment; the others over the heartbeats of their devices' peering. */
const PER_SEGMENT: ReadonlySet<Member['protocol']> = new Set(['vrrp', 'hsrp', 'glbp', 'carp', 'alteon-vrrp']);

/** Hellos that arrive and are thrown away: RFC 9568 section 7.1, RFC 3768 section 7.1, keepalived.conf(5). */
function disagreement(to: Member, from: Member): Hearing | undefined {
  const no = (text: string, at = to.at): Hearing => ({ heard: false, why: { text, at } });
  const pair = `${to.device} discards what ${from.device} advertises`;
  if (to.id && from.id && to.id.value !== from.id.value) return no(`${pair}: id ${from.id.value} is not its own ${to.id.value}`);
  if (to.version && from.version && to.version.value !== from.version.value)
    return no(`${pair}: version ${from.version.value} is not its own ${to.version.value}`);
  const foreign = to.platform === 'keepalived' ? addressMismatch(to, from) : undefined;
  if (foreign !== undefined) return no(`${pair}: only one of them lists ${foreign}`);
  const version = to.version?.value;
  if (
    to.protocol === 'vrrp' &&
    version === 2 &&
    to.advertInterval &&
    from.advertInterval &&
    to.advertInterval.value !== from.advertInterval.value
  ) {
    return no(`${pair}: interval ${from.advertInterval.value} ms is not its own ${to.advertInterval.value} ms`);
  }
  if (version !== 3 && authDiffers(to, from)) return no(`${pair}: authentication differs`, to.authentication?.at ?? to.at);
  return undefined;
}

/** keepalived drops an advertisement whose addresses are not its own (RFC 3768 section 7.1, checked in the lab). */
function addressMismatch(to: Member, from: Member): string | undefined {
  if (to.open?.includes('virtualAddresses') || from.open?.includes('virtualAddresses')) return undefined;
  const [mine, theirs] = [to, from].map((m) =>
    m.virtualAddresses.filter((v) => v.advertised?.value !== false).map((v) => canonicalAddress(v.address)),
  );
  const [here, there] = [new Set(mine), new Set(theirs)];
  return mine?.find((a) => !there.has(a)) ?? theirs?.find((a) => !here.has(a));
}

function authDiffers(to: Member, from: Member): boolean {
  const [left, right] = [to.authentication?.type.value ?? 'none', from.authentication?.type.value ?? 'none'];
  if (left !== right) return true;
  const [mine, theirs] = [to.authentication?.key, from.authentication?.key];
  return left !== 'none' && mine !== undefined && theirs !== undefined && mine.value.digest !== theirs.value.digest;
}

function onWire(to: Member, from: Member, damage: Damage): Hearing {
  const [mine, theirs] = [to.interface?.value, from.interface?.value];
  const [sends, listens] = [from, to].map((m) => m.transport?.value ?? 'multicast');
  if (sends !== listens)
    return { heard: false, why: { text: `${to.device} listens for ${listens}, ${from.device} sends ${sends}`, at: to.at } };
  if (sends === 'unicast') return overUnicast(to, from, damage);
  if (mine === undefined || theirs === undefined) return { heard: undefined };
  return wire(to, mine, from, theirs, damage);
}

function wire(to: Member, mine: string, from: Member, theirs: string, damage: Damage): Hearing {
  if (!damage.carrier(to.device, mine) || !damage.carrier(from.device, theirs)) return { heard: false };
  const connected = damage.connected({ node: to.device, port: mine }, { node: from.device, port: theirs });
  // Members of one group whose wire nobody describes are taken to share one: they were configured to.
  if (connected !== undefined) return { heard: connected };
  return YES;
}

function overUnicast(to: Member, from: Member, damage: Damage): Hearing {
  const device = damage.world.devices.get(to.device);
  const listed = from.unicastPeers.find((peer) => ownsAddress(device, to, peer.value));
  if (!listed)
    return {
      heard: false,
      why: {
        text: `${from.device} sends to ${from.unicastPeers.map((p) => p.value).join(', ') || 'nobody'}, which is not ${to.device}`,
        at: from.at,
      },
    };
  const mine = (device && carrierOf(device, listed.value)) ?? to.interface?.value;
  const sender = damage.world.devices.get(from.device);
  const theirs = (sender && carrierOf(sender, listed.value)) ?? from.interface?.value;
  return mine === undefined || theirs === undefined ? { heard: undefined } : wire(to, mine, from, theirs, damage);
}

function ownsAddress(device: Device | undefined, member: Member, address: string): boolean {
  if (member.unicastSource && sameAddress(member.unicastSource.value, address)) return true;
  return device !== undefined && portIndex(device).has(address);
}

function overHeartbeats(to: Member, from: Member, damage: Damage): Hearing {
  const paths = (m: Member) => damage.world.devices.get(m.device)?.peerings.filter((p) => KIND[m.protocol] === p.kind) ?? [];
  const [mine, theirs] = [paths(to), paths(from)];
  if (mine.length === 0 || theirs.length === 0) return { heard: undefined };
  const off = [...mine, ...theirs].find((p) => p.heartbeatEnabled?.value === false);
  if (off) return { heard: false, why: { text: `${off.device} sends no failover messages`, at: off.at } };
  const results = theirs
    .flatMap((t) => t.heartbeats)
    .flatMap((h) => mine.flatMap((m) => m.heartbeats).map((g) => overPath(to, g, from, h, damage)));
  if (results.includes(true)) return YES;
  if (results.includes(undefined) || results.length === 0) return { heard: results.length === 0 ? false : undefined };
  return { heard: false, why: { text: `no heartbeat path between ${from.device} and ${to.device} is left` } };
}

const KIND: Partial<Record<Member['protocol'], string>> = {
  'f5-traffic-group': 'f5-device-group',
  'netscaler-ha': 'netscaler-ha',
  'vrrp-a': 'vrrp-a',
  'chassis-cluster': 'chassis-cluster',
};

/** Whether a heartbeat path works; the management network is taken to live while both devices do. False too where the two ends are not of one path. */
function overPath(to: Member, mine: Heartbeat, from: Member, theirs: Heartbeat, damage: Damage): boolean | undefined {
  if (mine.allowed?.value === false) return false;
  if (mine.management && theirs.management) return true;
  const port = (device: string, h: Heartbeat): string | undefined => {
    const owner = damage.world.devices.get(device);
    return h.interface?.value ?? (owner && h.source && carrierOf(owner, h.source.value));
  };
  const [left, right] = [port(to.device, mine), port(from.device, theirs)];
  if (left === undefined || right === undefined) return undefined;
  return damage.connected({ node: to.device, port: left }, { node: from.device, port: right });
}
