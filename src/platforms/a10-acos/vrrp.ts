import { canonicalAddress, ipVersion, sameAddress } from '../../model/address.ts';
import { byDefault, type Fact, isStated, type Place, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import type { Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { child, childrenOf, ignoreAll } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { type Context, entity } from './context.ts';
import { PAGES } from './pages.ts';
import { policyTriggers, trackingTriggers, watchedBy } from './tracking.ts';

/** VRRP-A: what the device says of its set and of each VRID. */
export function buildVrrp(context: Context): void {
  const first = context.common[0] ?? context.vrids[0] ?? context.heartbeats[0] ?? context.peerGroups[0];
  if (!first) return;
  const peers = peerList(context);
  context.facts.peerings.push(peering(context, first, peers));
  for (const s of context.vrids) context.facts.members.push(member(context, s, peers));
  watchPolicies(context);
}

/** Fail-over policy templates as watches: a VRID uses them, or nobody does. */
function watchPolicies(context: Context): void {
  const used = new Set(context.vrids.map((s) => inVrid(s, 'fail-over-policy-template')?.words[1]));
  const open = context.facts.fragment === true || context.vrids.some((s) => s.children.some((c) => c.maybe));
  for (const [name, s] of context.policies) {
    const watches = s.children.map(watchedBy).find((kind) => kind !== undefined);
    if (watches === undefined || s.maybe) continue;
    const bound = used.has(name) ? true : open ? undefined : false;
    context.facts.watches.push({ ...entity(context, placeOfStatement(s)), watches, name, ...(bound === undefined ? {} : { bound }) });
  }
}

/** A setting of `vrrp-a common`, or of the older one-line form (`vrrp-a set-id 1`). */
function common(context: Context, keyword: string, scale = 1): Fact<number> | undefined {
  for (const block of [...context.common].reverse()) {
    if (block.words[1] === keyword) return numberFact(block, 2, scale);
    const line = child(block, keyword);
    if (line) return numberFact(line, 1, scale);
  }
  return undefined;
}

function enabled(context: Context): Fact<boolean> | undefined {
  for (const block of [...context.common].reverse()) {
    if (block.words[1] === 'enable') return headFact(block, true);
    const line = block.children.findLast((c) => c.words[0] === 'enable' || c.words[0] === 'disable');
    if (line) return headFact(line, line.words[0] === 'enable');
  }
  return undefined;
}

/** Hello interval in milliseconds: units of 100 ms, 2 by default. */
function hello(context: Context): Fact<number> {
  return common(context, 'hello-interval', 100) ?? byDefault(200, PAGES.common);
}

/** Dead time in milliseconds: `dead-timer` hellos missed, 5 by default. */
function dead(context: Context): Fact<number> {
  const count = common(context, 'dead-timer');
  const interval = hello(context);
  const milliseconds = (count?.value ?? 5) * interval.value;
  const at = count && isStated(count) ? count.at : isStated(interval) ? interval.at : undefined;
  return at ? stated(milliseconds, at) : byDefault(milliseconds, PAGES.common);
}

function peering(context: Context, first: Statement, peers: readonly Peer[]): Peering {
  const set = common(context, 'set-id');
  const on = enabled(context);
  const device = common(context, 'device-id');
  const vcs = context.vcs.find((s) => s.words[1] === 'enable');
  for (const block of context.common) {
    block.children.forEach((line) => {
      line.use = 'read';
    });
  }
  return {
    ...entity(context, placeOfStatement(first)),
    kind: 'vrrp-a',
    name: set ? `set-id ${set.value}` : 'vrrp-a',
    ...(set && isStated(set) ? { id: stated(String(set.value), set.at) } : {}),
    ...(on ? { enabled: on } : {}),
    ...(device && isStated(device) ? { self: stated(`device ${device.value}`, device.at) } : {}),
    peers,
    heartbeats: heartbeats(context),
    heartbeatInterval: hello(context),
    deadInterval: dead(context),
    ...(vcs ? { syncEnabled: stated(true, placeOfHead(vcs)) } : {}),
    extra: settings(context),
    // Without a peer group the members of a set find each other by multicast; without a list every port carries hellos.
    open: [...(context.peerGroups.length > 0 ? [] : ['peers']), ...(context.heartbeats.length > 0 ? [] : ['heartbeats'])],
  };
}

function settings(context: Context): Readonly<Record<string, Fact<string | number | boolean>>> {
  const device = common(context, 'device-id');
  const sync = context.sessionSync.at(-1);
  const synced = sync && headFact(sync, sync.words[2] === 'enable');
  return { ...(device ? { deviceId: device } : {}), ...(synced ? { sessionSync: synced } : {}) };
}

/** Peers of `vrrp-a peer-group`; the device's own address among them is none. */
function peerList(context: Context): Peer[] {
  const own = context.facts.interfaces.flatMap((i) => i.addresses.map((a) => a.address));
  return context.peerGroups.flatMap((block) =>
    childrenOf(block, 'peer').flatMap((s): Peer[] => {
      s.use = 'read';
      const address = wordFact(s, s.words[1] === 'ip' ? 2 : 1);
      if (address && own.some((a) => sameAddress(a, address.value))) return [];
      return [{ ...entity(context, placeOfHead(s)), ...(address ? { address } : {}) }];
    }),
  );
}

function heartbeats(context: Context): Heartbeat[] {
  const unicast = context.peerGroups[0];
  return context.heartbeats.flatMap((s): Heartbeat[] => {
    const silent = child(s, 'no-heartbeat') !== undefined || s.words.includes('no-heartbeat');
    for (const line of s.children) line.use = 'read';
    const name = s.words[2] === 'management' ? 'management' : `${s.words[2] ?? ''} ${s.words[3] ?? ''}`;
    const at = placeOfHead(s);
    if (silent || s.maybe) return [];
    return [
      {
        ...entity(context, at),
        interface: stated(name, at),
        transport: unicast ? stated('unicast', placeOfHead(unicast)) : byDefault('multicast', PAGES.common),
        ...(name === 'management' ? { management: true } : {}),
      },
    ];
  });
}

/** The first statement of that name in a VRID's block or in its blade parameters. */
function inVrid(s: Statement, keyword: string): Statement | undefined {
  const blade = child(s, 'blade-parameters');
  return (blade && child(blade, keyword)) ?? child(s, keyword);
}

function member(context: Context, s: Statement, peers: readonly Peer[]): Member {
  const vrid = s.words[2] ?? '';
  // With aVCS each device has its own block: which one is this device's is not said here.
  const shared = s.children.some((c) => c.words[0] === 'device-context');
  const priorityLine = inVrid(s, 'priority');
  const priority = priorityLine ? numberFact(priorityLine, 1) : shared || s.maybe ? undefined : byDefault(150, PAGES.vrid);
  const on = enabled(context);
  const delay = common(context, 'preemption-delay', 100) ?? byDefault(6000, PAGES.common);
  const preempt = preemption(s);
  const threshold = child(s, 'preempt-mode');
  const gap = threshold?.words[1] === 'threshold' ? numberFact(threshold, 2) : undefined;
  const follow = child(s, 'follow') ?? child(s, 'pair-follow');
  const lead = follow?.words.at(-1);
  const group = context.peerGroups[0];
  // What is typed into a device shows only what it changes.
  const partial = context.facts.fragment ? ['virtualAddresses', 'triggers'] : [];
  const open = [...partial, ...(shared ? ['triggers'] : []), ...(s.children.some((c) => c.maybe) ? ['triggers', 'virtualAddresses'] : [])];
  markBlock(s);
  return {
    ...entity(context, placeOfStatement(s)),
    protocol: 'vrrp-a',
    name: `vrid ${vrid}`,
    id: stated(vrid, placeOfHead(s)),
    addressFamily: 'ipv4',
    ...(on ? { enabled: on } : {}),
    ...(priority ? { priority } : {}),
    ...(preempt ? { preempt } : {}),
    preemptDelay: delay,
    advertInterval: hello(context),
    holdTime: dead(context),
    virtualAddresses: virtualAddresses(context, s, vrid),
    transport: group ? stated('unicast', placeOfHead(group)) : byDefault('multicast', PAGES.common),
    unicastPeers: peers.flatMap((peer) => (peer.address ? [peer.address] : [])),
    triggers: triggers(context, s),
    ...(follow && lead !== undefined ? { syncGroup: stated(lead, placeOfHead(follow)) } : {}),
    extra: { ...settings(context), preemptThreshold: gap ?? byDefault(0, PAGES.vrid) },
    ...(open.length > 0 ? { open } : {}),
  };
}

/** `preempt-mode disable`; preemption is on otherwise. */
function preemption(s: Statement): Fact<boolean> | undefined {
  const off = childrenOf(s, 'preempt-mode').find((line) => line.words.includes('disable'));
  if (off) return headFact(off, false);
  return s.maybe ? undefined : byDefault(true, PAGES.vrid);
}

function triggers(context: Context, s: Statement): Trigger[] {
  const tracking = inVrid(s, 'tracking-options');
  const policy = inVrid(s, 'fail-over-policy-template');
  return [...(tracking ? trackingTriggers(context, tracking) : []), ...(policy ? policyTriggers(context, policy) : [])];
}

/** Floating addresses of the VRID and the virtual servers that it moves. */
function virtualAddresses(context: Context, s: Statement, vrid: string): VirtualAddress[] {
  const found: VirtualAddress[] = [];
  const seen = new Set<string>();
  const add = (place: Place, address: string, arp?: Fact<boolean>): void => {
    const canonical = canonicalAddress(address);
    if (ipVersion(address) === 0 || seen.has(canonical)) return;
    seen.add(canonical);
    found.push({ ...entity(context, place), address, ...(arp ? { arp } : {}) });
  };
  for (const line of childrenOf(s, 'floating-ip')) if (!line.maybe) add(placeOfHead(line), line.words[1] ?? '');
  for (const virtual of context.virtuals) {
    const bound = child(virtual, 'vrid');
    const silent = child(virtual, 'arp-disable');
    if (bound?.words[1] === vrid && !virtual.maybe) add(placeOfHead(virtual), virtual.words[3] ?? '', silent && headFact(silent, false));
  }
  return found;
}

function markBlock(s: Statement): void {
  for (const line of s.children) {
    line.use = 'read';
    if (line.words[0] === 'blade-parameters') markBlock(line);
    else if (!['tracking-options', 'floating-ip', 'preempt-mode'].includes(line.words[0] ?? '')) ignoreLines(line);
  }
}

function ignoreLines(s: Statement): void {
  for (const line of s.children) ignoreAll(line);
}
