import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Member } from '../model/redundancy.ts';
import { vertexKey } from './layer2.ts';
import { shortName } from './names.ts';
import type { Group, Segment } from './network.ts';
import { push } from './port-index.ts';
import { setsOf, unionFind } from './union-find.ts';

/** Protocols whose members find each other through their device's peering, not on a segment. */
const BY_DEVICE: ReadonlySet<Member['protocol']> = new Set([
  'f5-traffic-group',
  'netscaler-ha',
  'vrrp-a',
  'alteon-vrrp',
  'chassis-cluster',
]);

/**
 * Puts the memberships of different devices together into redundancy groups. Two belong together
 * when they speak one protocol and (a) claim a virtual address in common on segments not known to be
 * different, or (b) stand on one segment with one id and nobody else shares their addresses (else they
 * are two pairs that happen to use one id), or (c) name each other as unicast peers
 * with one id, or (d) are of one per-device protocol, between devices that are `paired`, with one id. Groups of one member are groups too.
 */
export function findGroups(
  devices: readonly Device[],
  segments: readonly Segment[],
  partnersOf: (device: string) => readonly string[],
): Group[] {
  const members = devices.flatMap((d) => d.members);
  const segmentOf = segmentFinder(segments);
  const sets = unionFind(members.length);
  const onDevice = members.map((m) => new Set([m.device]));
  const segmentsOfMember = members.map((m) => (m.interface ? segmentOf(m.device, m.interface.value) : undefined));

  const join = (a: number, b: number): void => {
    const [left, right] = [sets.find(a), sets.find(b)];
    const [mine, theirs] = [onDevice[left] as Set<string>, onDevice[right] as Set<string>];
    if (left === right || overlap(mine, theirs)) return;
    sets.union(left, right);
    const [small, large] = mine.size < theirs.size ? [mine, theirs] : [theirs, mine];
    for (const device of small) large.add(device);
    onDevice[sets.find(left)] = large;
  };
  /**
   * Tries each member with the earlier ones under its keys, in their order, where the two can be on one segment.
   * Of those in one set and on one segment only the first is tried: what becomes of the others is the same.
   */
  const joinAll = (keyOf: (m: Member, index: number) => readonly string[], spent: (index: number) => boolean): void => {
    const all = new Map<string, number[]>();
    const onSegment = new Map<string, number[]>();
    members.forEach((member, index) => {
      const segment = segmentsOfMember[index] ?? '';
      for (const key of keyOf(member, index)) {
        const here = (onSegment.get(`${key}\n${segment}`) ?? []).filter((other) => !spent(other));
        const anywhere = segment === '' ? (all.get(key) ?? []) : (onSegment.get(`${key}\n`) ?? []);
        const earlier = segment === '' ? anywhere : [...here, ...anywhere].sort((a, b) => a - b);
        for (const other of earlier) if (!spent(other) && !spent(index)) join(other, index);
        if (!here.some((other) => sets.find(other) === sets.find(index))) {
          here.push(index);
          push(all, key, index);
        }
        onSegment.set(`${key}\n${segment}`, here);
      }
    });
  };
  const kind = (m: Member): string => `${m.protocol} ${m.addressFamily}`;

  joinAll(
    (m) => m.virtualAddresses.map((v) => `${kind(m)} ${canonicalAddress(v.address)}`),
    () => false,
  );
  joinAll(
    (m, i) => (segmentsOfMember[i] === undefined || m.id === undefined ? [] : [`${kind(m)} ${segmentsOfMember[i]} ${m.id.value}`]),
    (index) => onDevice[sets.find(index)]?.size !== 1,
  );
  const candidates = [unicastCandidates(members, kind, addressOwners(devices)), pairedCandidates(members, kind, partnersOf)];
  for (const earlierOf of candidates) {
    for (let index = 0; index < members.length; index++) for (const other of earlierOf(index)) join(other, index);
  }
  return setsOf(members.length, sets).map((indices) => {
    const joined = indices.map((index) => members[index] as Member).sort((a, b) => (a.device < b.device ? -1 : 1));
    const first = joined[0] as Member;
    const segment = indices.map((i) => segmentsOfMember[i]).find((s) => s !== undefined);
    return {
      protocol: first.protocol,
      id: first.id?.value ?? first.name,
      addressFamily: first.addressFamily,
      ...(segment === undefined ? {} : { segment }),
      members: joined,
    };
  });
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const device of small) if (large.has(device)) return true;
  return false;
}

/** For the index of a member: the lower indices of those it may belong together with, in their order. */
type Earlier = (index: number) => readonly number[];

/** Members with one id that name each other as unicast peers. */
function unicastCandidates(members: readonly Member[], kind: (m: Member) => string, owners: AddressOwners): Earlier {
  const byDevice = new Map<string, number[]>();
  const keyOf = (m: Member, device: string): string => `${kind(m)} ${m.id?.value}\n${device}`;
  members.forEach((m, index) => {
    if (m.id && m.unicastPeers.length > 0) push(byDevice, keyOf(m, m.device), index);
  });
  const named = members.map((m) => (m.id ? new Set(m.unicastPeers.flatMap((peer) => owners(peer.value))) : new Set<string>()));
  return (index) => {
    const member = members[index] as Member;
    const others = [...(named[index] ?? [])].flatMap((device) => byDevice.get(keyOf(member, device)) ?? []);
    return others.filter((other) => other < index && named[other]?.has(member.device)).sort((a, b) => a - b);
  };
}

/** Members of one per-device protocol with one id on devices that are peers. */
function pairedCandidates(
  members: readonly Member[],
  kind: (m: Member) => string,
  partnersOf: (device: string) => readonly string[],
): Earlier {
  const byDevice = new Map<string, number[]>();
  const keyOf = (m: Member, device: string): string => `${kind(m)} ${m.id?.value}\n${device}`;
  members.forEach((m, index) => {
    if (m.id && BY_DEVICE.has(m.protocol)) push(byDevice, keyOf(m, m.device), index);
  });
  return (index) => {
    const member = members[index] as Member;
    if (!member.id || !BY_DEVICE.has(member.protocol)) return [];
    const others = partnersOf(member.device).flatMap((device) => byDevice.get(keyOf(member, device)) ?? []);
    return others.filter((other) => other < index).sort((a, b) => a - b);
  };
}

/** The devices that an address or a host name leads to. */
type AddressOwners = (address: string) => readonly string[];

/** Whose own an address is; a keepalived `unicast_src_ip` counts as one, and so does the device's name. */
function addressOwners(devices: readonly Device[]): AddressOwners {
  const owners = new Map<string, string[]>();
  const named = new Map<string, string[]>();
  for (const { name, interfaces, members } of devices) {
    const own = interfaces.flatMap((i) => i.addresses.map((a) => a.address));
    const sources = members.flatMap((m) => (m.unicastSource ? [m.unicastSource.value] : []));
    for (const address of new Set([...own, ...sources].map(canonicalAddress))) push(owners, address, name);
    push(named, shortName(name), name);
  }
  return (address) => [...(owners.get(canonicalAddress(address)) ?? []), ...(named.get(shortName(address)) ?? [])];
}

/** The segment that an interface of a device ends on. */
export function segmentFinder(segments: readonly Segment[]): (device: string, port: string) => string | undefined {
  const byPort = new Map<string, string>();
  for (const segment of segments)
    for (const { node, interface: port } of segment.attachments) byPort.set(vertexKey(node, port), segment.id);
  return (device, port) => byPort.get(vertexKey(device, port));
}
