import type { Device } from '../model/device.ts';
import type { Peer, Peering } from '../model/peering.ts';
import { addressOwners } from './groups.ts';
import { shortName } from './names.ts';
import type { Group, Pair } from './network.ts';

interface Known {
  readonly device: Device;
  readonly peering: Peering;
}

/**
 * Which devices are HA peers by their peerings: A names B by name or address; or, where nobody is
 * named, exactly two devices have a peering of one kind with one id.
 */
export function pairsByPeering(devices: readonly Device[]): Pair[] {
  const owns = addressOwners(devices);
  const all = devices.flatMap((device) => device.peerings.map((peering): Known => ({ device, peering })));
  const pairs = new Map<string, Pair>();
  const names = (a: Known, b: Known): boolean => a.peering.peers.some((peer) => isPeer(peer, b, owns));
  const add = (a: Known, b: Known, evidence: string): void => {
    const [left, right] = a.device.name < b.device.name ? [a, b] : [b, a];
    const key = `${a.peering.kind}\n${left.device.name}\n${right.device.name}`;
    if (pairs.has(key)) return;
    const naming = [...(names(left, right) ? [left.device.name] : []), ...(names(right, left) ? [right.device.name] : [])];
    pairs.set(key, {
      kind: a.peering.kind,
      devices: [left.device.name, right.device.name],
      evidence,
      naming,
      peerings: [left.peering, right.peering],
    });
  };
  for (const known of all) {
    for (const peer of known.peering.peers) {
      const other = all.find((o) => o.device !== known.device && o.peering.kind === known.peering.kind && isPeer(peer, o, owns));
      if (other) add(known, other, `${known.device.name} names ${other.device.name} as its peer`);
    }
  }
  const paired = new Set([...pairs.values()].flatMap((pair) => pair.devices.map((device) => `${pair.kind}\n${device}`)));
  const byId = new Map<string, Known[]>();
  for (const known of all) {
    const { kind, id } = known.peering;
    if (paired.has(`${kind}\n${known.device.name}`) || id === undefined) continue;
    const key = `${kind}\n${id.value}`;
    byId.set(key, [...(byId.get(key) ?? []), known]);
  }
  for (const [first, second, third] of byId.values()) {
    if (first && second && !third && first.device !== second.device)
      add(first, second, `both have ${first.peering.kind} ${first.peering.id?.value}`);
  }
  return [...pairs.values()];
}

function isPeer(peer: Peer, other: Known, owns: (device: string, address: string) => boolean): boolean {
  if (peer.address && owns(other.device.name, peer.address.value)) return true;
  const heartbeats = other.peering.heartbeats.flatMap((h) => (h.source ? [h.source.value] : []));
  if (peer.address && heartbeats.includes(peer.address.value)) return true;
  if (peer.name === undefined) return false;
  const name = shortName(peer.name);
  return [other.device.name, other.peering.self?.value, other.device.hostname?.value].some((n) => n !== undefined && shortName(n) === name);
}

/** Pairs that a redundancy group makes: two devices in one group of an election protocol. */
export function pairsByGroup(groups: readonly Group[], known: readonly Pair[]): Pair[] {
  const pairs = new Map<string, Pair>();
  const taken = new Set(known.map((pair) => pair.devices.join('\n')));
  for (const { protocol, id, members } of groups) {
    if (protocol === 'anycast') continue;
    for (let i = 0; i < members.length; i++) {
      for (let j = i + 1; j < members.length; j++) {
        const devices: [string, string] = [members[i]?.device as string, members[j]?.device as string];
        const key = devices.join('\n');
        if (!taken.has(key) && !pairs.has(key))
          pairs.set(key, { kind: protocol, devices, evidence: `both are members of ${protocol} ${id}`, naming: [], peerings: [] });
      }
    }
  }
  return [...pairs.values()];
}
