import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Peer, Peering } from '../model/peering.ts';
import { shortName } from './names.ts';
import type { Group, Pair } from './network.ts';
import { push } from './port-index.ts';

interface Known {
  readonly device: Device;
  readonly peering: Peering;
  /** Names and addresses that lead to it. */
  readonly own: ReadonlySet<string>;
  /** Names and addresses of its peers. */
  readonly named: ReadonlySet<string>;
}

/**
 * Which devices are HA peers by their peerings: A names B by name or address; or, where nobody is
 * named, exactly two devices have a peering of one kind with one id. Where an address that A names
 * belongs to several (sites that reuse a plan), B is the one that names A back, then the one with A's
 * id; if several remain there is no pair.
 */
export function pairsByPeering(devices: readonly Device[]): Pair[] {
  const all = devices.flatMap((device) => device.peerings.map((peering) => knownOf(device, peering)));
  const find = finder(all);
  const pairs = new Map<string, Pair>();
  const add = (a: Known, b: Known, evidence: string): void => {
    const [left, right] = a.device.name < b.device.name ? [a, b] : [b, a];
    const key = `${a.peering.kind}\n${left.device.name}\n${right.device.name}`;
    if (pairs.has(key)) return;
    // What a template leaves open may be the other's name.
    const open = left.device.open?.includes('peerings') || right.device.open?.includes('peerings');
    const naming = [left, right].filter((self) => open || names(self, self === left ? right : left)).map((self) => self.device.name);
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
      const other = find(known, peer);
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

function knownOf(device: Device, peering: Peering): Known {
  return { device, peering, own: namesOf(device, peering), named: namedBy(peering) };
}

/** Names and addresses by which a peer may call a device. */
export function namesOf(device: Device, peering: Peering): ReadonlySet<string> {
  const names = [device.name, peering.self?.value, device.hostname?.value].filter((n) => n !== undefined).map(shortName);
  const addresses = [
    ...device.interfaces.flatMap((i) => i.addresses.map((a) => a.address)),
    ...peering.heartbeats.flatMap((h) => (h.source ? [h.source.value] : [])),
  ];
  return new Set([...names, ...addresses.map(canonicalAddress)]);
}

/** Names and addresses by which a peering calls its peers. */
export function namedBy({ peers }: Peering): ReadonlySet<string> {
  return new Set(peers.flatMap(keysOf));
}

function keysOf({ name, address }: Peer): string[] {
  return [
    ...(address ? [canonicalAddress(address.value), shortName(address.value)] : []),
    ...(name === undefined ? [] : [shortName(name)]),
  ];
}

/** Whether one of a peering's peers may be the other, by name or address. */
function names(self: Known, other: Known): boolean {
  if (self.device === other.device || self.peering.kind !== other.peering.kind) return false;
  for (const key of self.named) if (other.own.has(key)) return true;
  return false;
}

/** Finds the peering that a peer of a peering is; undefined where it may be several. */
function finder(all: readonly Known[]): (self: Known, peer: Peer) => Known | undefined {
  const byKey = new Map<string, Known[]>();
  const byKeyAndId = new Map<string, Known[]>();
  for (const known of all) {
    for (const key of known.own) {
      push(byKey, `${known.peering.kind}\n${key}`, known);
      push(byKeyAndId, `${known.peering.kind}\n${key}\n${known.peering.id?.value}`, known);
    }
  }
  const lookUp = function* (self: Known, peer: Peer, index: ReadonlyMap<string, readonly Known[]>, suffix: string): Generator<Known> {
    for (const key of keysOf(peer))
      for (const other of index.get(`${self.peering.kind}\n${key}${suffix}`) ?? []) if (other.device !== self.device) yield other;
  };
  return (self, peer) => {
    // Where a whole estate reuses one plan of addresses: two that fit in every way are too many, whatever the others are.
    const fitting = new Set<Known>();
    for (const other of lookUp(self, peer, byKeyAndId, `\n${self.peering.id?.value}`)) {
      if (names(other, self)) fitting.add(other);
      if (fitting.size > 1) return undefined;
    }
    const [only] = fitting;
    return only ?? bestOf([...new Set(lookUp(self, peer, byKey, ''))], self);
  };
}

function bestOf(candidates: readonly Known[], self: Known): Known | undefined {
  const tests: ((other: Known) => boolean)[] = [
    (other) => names(other, self),
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
