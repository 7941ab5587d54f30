import { sameAddress } from '../model/address.ts';
import type { DeviceFacts } from '../model/device.ts';
import { byDefault, type Fact, stated } from '../model/fact.ts';
import type { Interface } from '../model/interface.ts';
import type { Member, Trigger } from '../model/redundancy.ts';
import { ALL_VLANS } from '../syntax/number-ranges.ts';
import type { Source } from '../syntax/source.ts';
import { placeOfHead, placeOfWord } from '../syntax/statement.ts';
import { fill, type InterfaceDraft, interfaceDraft, type MemberDraft, type Reading, type TrackUse } from './cisco-like-reading.ts';
import { stateSpanningTree } from './cisco-like-spanning-tree.ts';
import { boundTracks, resolveTrack, staysUp, virtualFact } from './cisco-like-track.ts';

/** A protocol's defaults on a platform, each as the page `source` documents it. */
export interface MemberDefaults {
  readonly source: string;
  readonly priority: number;
  readonly preempt: boolean;
  /** Milliseconds. */
  readonly advertInterval: number;
  readonly holdTime?: number;
  readonly version?: number;
  /** Points that a tracked object takes off where the statement names none. */
  readonly penalty?: number;
  readonly enabled?: boolean;
}

/** What one platform leaves to its defaults. */
export interface Defaults {
  readonly members: Partial<Record<Member['protocol'], MemberDefaults>>;
  readonly switchport: { readonly source: string; readonly mode?: 'access'; readonly vlan: number };
  /** Where interfaces without `shutdown` are up, and the page that says so; undefined for the kinds that the page excepts. */
  readonly enabled: (port: Interface, reading: Reading) => Fact<boolean> | undefined;
  readonly edge: { readonly source: string };
  readonly spanningTree: {
    readonly source: string;
    readonly mode: 'rapid-pvst' | 'pvst' | 'mst';
    readonly primary: number;
    readonly secondary: number;
  };
}

/** Turns what was gathered into facts: defaults, LAG members, triggers, spanning tree. */
export function finish(reading: Reading, sources: readonly Source[], defaults: Defaults): DeviceFacts {
  const { facts } = reading;
  joinLags(reading);
  for (const port of reading.interfaces.values()) facts.interfaces.push(finishInterface(port, reading, defaults));
  for (const port of reading.interfaces.values()) takeLagSettings(port, reading);
  for (const member of reading.members.values()) facts.members.push(finishMember(member, reading, defaults));
  stateSpanningTree(reading, sources, defaults.spanningTree);
  for (const one of [...reading.vlans.values()].map((vlan) => vlan.entity).sort((a, b) => a.id - b.id)) facts.vlans.push(one);
  noteTrackedInterfaces(reading);
  const bound = boundTracks(sources.flatMap((source) => source.statements));
  for (const track of reading.tracks.values())
    facts.watches.push({
      at: placeOfHead(track.statement),
      device: reading.device,
      platform: reading.platform,
      watches: track.watches,
      name: track.name,
      bound: bound.has(track.name),
    });
  return facts;
}

/** Gives every LAG its members and how they are negotiated; a LAG that only its members name is made. */
function joinLags(reading: Reading): void {
  for (const port of [...reading.interfaces.values()]) {
    const lag = port.entity.lag;
    if (!lag) continue;
    let group = reading.interfaces.get(lag.value);
    if (!group) {
      group = interfaceDraft(reading, lag.value, { words: [], columns: [], ends: [], children: [], ...port.entity.at });
      group.fromRange = true;
    }
    group.entity.members.push(stated(port.entity.name, 'at' in lag ? lag.at : port.entity.at));
    if (port.entity.lagMode) fill(group, 'lagMode', port.entity.lagMode);
    if (port.entity.lacpRate) fill(group, 'lacpRate', port.entity.lacpRate);
  }
}

function finishInterface(port: InterfaceDraft, reading: Reading, defaults: Defaults): Interface {
  const { entity } = port;
  const { source, mode, vlan } = defaults.switchport;
  const switched = entity.kind === 'physical' || entity.kind === 'lag';
  const saysSwitched = port.access !== undefined || port.native !== undefined || port.allowed !== undefined;
  if (switched && entity.addresses.length > 0) fill(port, 'mode', stated('routed', entity.addresses[0]?.at ?? entity.at));
  if (switched && mode && saysSwitched) fill(port, 'mode', byDefault(mode, source));
  const inForce = entity.mode?.value;
  if (inForce === 'trunk') {
    fill(port, 'untaggedVlan', port.native ?? byDefault(vlan, source));
    if (port.allowed === undefined) fill(port, 'allowedVlans', byDefault(ALL_VLANS, source));
    else if (port.allowed !== 'unknown') fill(port, 'allowedVlans', stated(port.allowed.ranges, placeOfHead(port.allowed.at)));
  } else if (inForce === 'access') {
    fill(port, 'untaggedVlan', port.access ?? byDefault(vlan, source));
  } else if (inForce === undefined && port.access) {
    fill(port, 'untaggedVlan', port.access);
  }
  if (port.edgeOnAccessOnly && inForce === 'trunk') port.entity.edgePort = stated(false, placeOfHead(port.edgeOnAccessOnly));
  if (switched && inForce !== 'routed' && inForce !== undefined && !entity.lag)
    fill(port, 'edgePort', byDefault(false, defaults.edge.source));
  fill(port, 'enabled', defaults.enabled(entity, reading));
  return entity;
}

/** A port in a LAG carries what the LAG carries, whatever its own lines say. */
function takeLagSettings({ entity }: InterfaceDraft, reading: Reading): void {
  const lag = entity.lag && reading.interfaces.get(entity.lag.value);
  if (!lag || lag.fromRange || !lag.entity.mode) return;
  const { mode, untaggedVlan, allowedVlans, edgePort } = lag.entity;
  delete entity.untaggedVlan;
  delete entity.allowedVlans;
  delete entity.edgePort;
  Object.assign(entity, { mode }, untaggedVlan && { untaggedVlan }, allowedVlans && { allowedVlans }, edgePort && { edgePort });
}

function finishMember(draft: MemberDraft, reading: Reading, defaults: Defaults): Member {
  const { entity } = draft;
  const known = defaults.members[entity.protocol];
  const port = reading.interfaces.get(entity.interface?.value ?? '');
  const version = entity.protocol === 'hsrp' ? port?.groupwide.hsrpVersion : port?.groupwide.vrrpVersion;
  if (version) fill(draft, 'version', version);
  // A snippet that only adds to a group leaves what the group is to another file.
  const isAddition = reading.facts.fragment === true && entity.virtualAddresses.length === 0;
  if (known && draft.follows === undefined && !isAddition) {
    const { source } = known;
    const owns =
      entity.protocol === 'vrrp' &&
      entity.virtualAddresses.some((v) => port?.entity.addresses.some((a) => sameAddress(a.address, v.address)));
    fill(draft, 'priority', byDefault(owns ? 255 : known.priority, source));
    fill(draft, 'preempt', byDefault(known.preempt, source));
    fill(draft, 'advertInterval', byDefault(known.advertInterval, source));
    if (known.holdTime !== undefined) fill(draft, 'holdTime', byDefault(known.holdTime, source));
    if (known.version !== undefined) fill(draft, 'version', byDefault(known.version, source));
    if (known.enabled !== undefined) fill(draft, 'enabled', byDefault(known.enabled, source));
    fill(draft, 'authentication', {
      at: entity.at,
      device: entity.device,
      platform: entity.platform,
      type: byDefault('none' as const, source),
    });
  }
  for (const one of draft.uses.map((use) => triggerOf(use, reading, known, entity))) entity.triggers.push(one);
  if (Object.keys(draft.extra).length > 0) entity.extra = draft.extra;
  return entity;
}

function triggerOf(use: TrackUse, reading: Reading, known: MemberDefaults | undefined, member: Member): Trigger {
  const s = use.statement;
  const track = use.interface === undefined ? reading.tracks.get(use.name) : undefined;
  const watching = track && resolveTrack(track, reading.tracks);
  const target = use.interface ?? watching?.target ?? use.name;
  const interfaces = use.interface !== undefined ? [use.interface] : (watching?.interfaces ?? []);
  const penalty = penaltyOf(use, known, member);
  if (use.interface === undefined) noteReference(use, reading);
  const defined =
    use.interface === undefined ? (track ? true : reading.facts.fragment ? undefined : false) : definedInterface(use.interface, reading);
  return {
    at: placeOfHead(s),
    device: reading.device,
    platform: reading.platform,
    watches: use.interface !== undefined ? 'interface' : (watching?.watches ?? 'track-object'),
    target,
    ...(use.interface === undefined ? { object: use.name } : {}),
    ...(defined === undefined ? {} : { defined }),
    interfaces,
    ...(watching?.needsAll ? { needsAll: true } : {}),
    processes: [],
    addresses: watching?.addresses ?? [],
    effect: stated(use.effect, placeOfHead(s)),
    ...(penalty ? { penalty } : {}),
    ...(watching?.delay === undefined ? {} : { detection: stated(watching.delay, placeOfHead(track?.statement ?? s)) }),
    ...(interfaces.length > 0 ? { onVirtualInterface: virtualOf(interfaces, use) } : {}),
  };
}

function penaltyOf(use: TrackUse, known: MemberDefaults | undefined, member: Member): Fact<number> | undefined {
  if (use.penalty) return use.penalty;
  if (use.lowersTo) return member.priority && { ...use.lowersTo, value: Math.max(0, member.priority.value - use.lowersTo.value) };
  return use.effect === 'priority' && known?.penalty !== undefined ? byDefault(known.penalty, known.source) : undefined;
}

/** Only where all that is watched stays up by itself does the trigger fire on nothing real. */
function virtualOf(interfaces: readonly string[], use: TrackUse): Fact<boolean> {
  return interfaces.length === 1
    ? virtualFact(interfaces[0] as string, use.statement, use.word)
    : stated(interfaces.every(staysUp), placeOfHead(use.statement));
}

/** A full config lists every interface; what a part of one does not list may still be there. */
function definedInterface(name: string, reading: Reading): boolean | undefined {
  if (reading.interfaces.has(name)) return true;
  return reading.flags.has('complete') ? false : undefined;
}

function noteTrackedInterfaces(reading: Reading): void {
  for (const track of reading.tracks.values()) {
    const defined = track.interface === undefined ? undefined : definedInterface(track.interface, reading);
    if (track.interface === undefined || defined === undefined) continue;
    const { device, platform } = reading;
    const candidates = defined ? [] : [...reading.interfaces.keys()];
    const at = placeOfHead(track.statement);
    reading.facts.references.push({ at, device, platform, to: 'interface', noun: 'interface', name: track.interface, defined, candidates });
  }
}

function noteReference(use: TrackUse, reading: Reading): void {
  const defined = reading.tracks.has(use.name);
  if (!defined && reading.facts.fragment) return;
  reading.facts.references.push({
    at: placeOfWord(use.statement, use.word),
    device: reading.device,
    platform: reading.platform,
    to: 'trigger',
    noun: 'track',
    name: use.name,
    defined,
    candidates: [...reading.tracks.keys()],
  });
}
