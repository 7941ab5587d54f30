import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Member } from '../model/redundancy.ts';
import { vertexKey } from './layer2.ts';
import { shortName } from './names.ts';
import type { Group, Segment } from './network.ts';
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
export function findGroups(devices: readonly Device[], segments: readonly Segment[], paired: (a: string, b: string) => boolean): Group[] {
  const members = devices.flatMap((d) => d.members);
  const segmentOf = segmentFinder(segments);
  const owns = addressOwners(devices);
  const sets = unionFind(members.length);
  const onDevice = members.map((m) => new Set([m.device]));
  const segmentsOfMember = members.map((m) => (m.interface ? segmentOf(m.device, m.interface.value) : undefined));

  const join = (a: number, b: number): void => {
    const [left, right] = [sets.find(a), sets.find(b)];
    const [mine, theirs] = [onDevice[left] as Set<string>, onDevice[right] as Set<string>];
    if (left === right || [...theirs].some((device) => mine.has(device))) return;
    sets.union(left, right);
    const root = sets.find(left);
    onDevice[root] = new Set([...mine, ...theirs]);
  };
  const joinAll = (keyOf: (m: Member, index: number) => readonly string[], fits: (a: number, b: number) => boolean): void => {
    const byKey = new Map<string, number[]>();
    members.forEach((member, index) => {
      for (const key of keyOf(member, index)) {
        const earlier = byKey.get(key) ?? [];
        for (const other of earlier) if (fits(other, index)) join(other, index);
        byKey.set(key, [...earlier, index]);
      }
    });
  };
  const kind = (m: Member): string => `${m.protocol} ${m.addressFamily}`;
  const at = (index: number): Member => members[index] as Member;

  joinAll(
    (m) => m.virtualAddresses.map((v) => `${kind(m)} ${canonicalAddress(v.address)}`),
    (a, b) => {
      const [left, right] = [segmentsOfMember[a], segmentsOfMember[b]];
      return left === right || left === undefined || right === undefined;
    },
  );
  joinAll(
    (m, i) => (segmentsOfMember[i] === undefined || m.id === undefined ? [] : [`${kind(m)} ${segmentsOfMember[i]} ${m.id.value}`]),
    (a, b) => onDevice[sets.find(a)]?.size === 1 && onDevice[sets.find(b)]?.size === 1,
  );
  joinAll(
    (m) => (m.id && m.unicastPeers.length > 0 ? [`${kind(m)} ${m.id.value}`] : []),
    (a, b) => namesAsPeer(at(a), at(b).device, owns) && namesAsPeer(at(b), at(a).device, owns),
  );
  joinAll(
    (m) => (m.id && BY_DEVICE.has(m.protocol) ? [`${kind(m)} ${m.id.value}`] : []),
    (a, b) => paired(at(a).device, at(b).device),
  );
  return setsOf(members.length, sets).map((indices) => {
    const joined = indices.map(at).sort((a, b) => (a.device < b.device ? -1 : 1));
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

function namesAsPeer(member: Member, device: string, owns: (device: string, address: string) => boolean): boolean {
  return member.unicastPeers.some((peer) => owns(device, peer.value));
}

/** Whether an address is one of the device's own; a keepalived `unicast_src_ip` counts as one. */
export function addressOwners(devices: readonly Device[]): (device: string, address: string) => boolean {
  const owned = new Set<string>();
  for (const { name, interfaces, members } of devices) {
    for (const { address } of interfaces.flatMap((i) => i.addresses)) owned.add(`${name}\n${canonicalAddress(address)}`);
    for (const { unicastSource } of members) if (unicastSource) owned.add(`${name}\n${canonicalAddress(unicastSource.value)}`);
  }
  return (device, address) => owned.has(`${device}\n${canonicalAddress(address)}`) || shortName(device) === shortName(address);
}

/** The segment that an interface of a device ends on. */
export function segmentFinder(segments: readonly Segment[]): (device: string, port: string) => string | undefined {
  const byPort = new Map<string, string>();
  for (const segment of segments)
    for (const { node, interface: port } of segment.attachments) byPort.set(vertexKey(node, port), segment.id);
  return (device, port) => byPort.get(vertexKey(device, port));
}
