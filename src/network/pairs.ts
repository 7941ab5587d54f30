import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Peer, Peering } from '../model/peering.ts';
import { shortName } from './names.ts';
import type { Group, Pair } from './network.ts';
import { push } from './port-index.ts';

interface Known {
  readonly device: Device;
  readonly peering: Peering;
}

/**
 * Which devices are HA peers by their peerings: A names B by name or address; or, where nobody is
 * named, exactly two devices have a peering of one kind with one id. Where an address that A names
 * belongs to several (sites that reuse a plan), B is the one that names A back, then the one with A's
 * id; if several remain there is no pair.
 */
export function pairsByPeering(devices: readonly Device[]): Pair[] {
  const all = devices.flatMap((device) => device.peerings.map((peering): Known => ({ device, peering })));
  const find = candidateFinder(all);
  const pairs = new Map<string, Pair>();
  const add = (a: Known, b: Known, evidence: string): void => {
    const [left, right] = a.device.name < b.device.name ? [a, b] : [b, a];
    const key = `${a.peering.kind}\n${left.device.name}\n${right.device.name}`;
    if (pairs.has(key)) return;
    const naming = [left, right].filter((self) => find(self).includes(self === left ? right : left)).map((self) => self.device.name);
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
      const other = bestOf(find(known, peer), known, find);
      if (other) add(known, other, `${known.device.name} names ${other.device.name} as its peer`);
    }
  }
  const paired = new Set([...pairs.values()].flatMap((pair) => pair.devices.map((device) => `${pair.kind}\n${device}`)));
  const byId = new Map<string, Known[]>();
  for (const known of all) {
    const { kind, id } = known.peering;
    if (!paired.has(`${kind}\n${known.device.name}`) && id !== undefined) push(byId, `${kind}\n${id.value}`, known);
  }
  for (const [first, second, third] of byId.values()) {
    if (first && second && !third && first.device !== second.device)
      add(first, second, `both have ${first.peering.kind} ${first.peering.id?.value}`);
  }
  return [...pairs.values()];
}

/** The peerings that a peering's peers (or one of them) may be, by name or address. */
type Candidates = (known: Known, peer?: Peer) => readonly Known[];

function candidateFinder(all: readonly Known[]): Candidates {
  const index = new Map<string, Known[]>();
  for (const known of all) {
    const { device, peering } = known;
    const names = [device.name, peering.self?.value, device.hostname?.value].filter((n) => n !== undefined).map(shortName);
    const addresses = [
      ...device.interfaces.flatMap((i) => i.addresses.map((a) => a.address)),
      ...peering.heartbeats.flatMap((h) => (h.source ? [h.source.value] : [])),
    ];
    for (const key of new Set([...names, ...addresses.map(canonicalAddress)])) push(index, `${peering.kind}\n${key}`, known);
  }
  const byPeer = ({ device, peering }: Known, { name, address }: Peer): readonly Known[] => {
    const keys = [
      ...(address ? [canonicalAddress(address.value), shortName(address.value)] : []),
      ...(name === undefined ? [] : [shortName(name)]),
    ];
    return [...new Set(keys.flatMap((key) => index.get(`${peering.kind}\n${key}`) ?? []))].filter((other) => other.device !== device);
  };
  return (known, peer) => (peer ? byPeer(known, peer) : known.peering.peers.flatMap((p) => byPeer(known, p)));
}

function bestOf(candidates: readonly Known[], self: Known, find: Candidates): Known | undefined {
  const tests: ((other: Known) => boolean)[] = [
    (other) => find(other).includes(self),
    (other) => other.peering.id?.value === self.peering.id?.value,
  ];
  let left = candidates;
  for (const test of tests) {
    if (left.length <= 1) break;
    const fitting = left.filter(test);
    if (fitting.length > 0) left = fitting;
  }
  return left.length === 1 ? left[0] : undefined;
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
