import { ipVersion, prefixOfMask } from '../model/address.ts';
import { byDefault, type Fact, stated } from '../model/fact.ts';
import type { Watched } from '../model/redundancy.ts';
import { means } from '../syntax/cisco-like.ts';
import { canonicalInterface, type InterfaceDialect, interfaceKind } from '../syntax/interface-name.ts';
import { placeOfHead, placeOfWord, type Statement } from '../syntax/statement.ts';
import { numberFact } from './entity.ts';

/** A `track` object: what it watches and when it counts as down. */
export interface TrackObject {
  readonly name: string;
  readonly statement: Statement;
  readonly watches: Watched;
  /** Canonical name of the watched interface. */
  readonly interface?: string;
  /** CIDR of the watched route. */
  readonly prefix?: string;
  /** The ip sla operation. */
  readonly sla?: string;
  readonly addresses: readonly string[];
  /** Members of a list. `inverted`: counts as up while it is down. */
  readonly parts: readonly { readonly name: string; readonly inverted: boolean; readonly at: Statement }[];
  /** How a list makes one state of its parts. */
  readonly combine?: 'all-up' | 'any-up' | 'threshold';
  /** From the watched thing's loss to the object's `down`, milliseconds. */
  readonly delay?: number;
}

/** An `ip sla` operation, as far as tracking needs it. */
export interface Probe {
  readonly name: string;
  readonly statement: Statement;
  readonly target?: string;
  /** Milliseconds between probes. */
  readonly frequency?: Fact<number>;
}

/** Cisco IP SLAs Configuration Guide: an operation repeats every 60 seconds unless told otherwise. */
const SLA_DEFAULTS = 'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/ipsla/configuration/xe-16/sla-xe-16-book/sla-icmp-echo.html';

/** Reads `track NAME …` with its block. `undefined` where nothing is said of what it watches. */
export function readTrack(s: Statement, dialect: InterfaceDialect, probes: ReadonlyMap<string, Probe>): TrackObject | undefined {
  const name = s.words[1];
  if (name === undefined) return undefined;
  const [, , kind, ...rest] = s.words;
  const delay = downDelay(s);
  const base = { name, statement: s, addresses: [], parts: [], ...(delay === undefined ? {} : { delay }) };
  if (means(kind, 'interface')) {
    const words = rest.slice(0, /^\D+$/.test(rest[0] ?? '') && /^\d/.test(rest[1] ?? '') ? 2 : 1);
    return { ...base, watches: 'interface', interface: canonicalInterface(words.join(''), dialect) };
  }
  if (kind === 'ip' || kind === 'ipv6' || kind === 'rtr') {
    if (kind === 'rtr' || means(rest[0], 'sla')) {
      const sla = kind === 'rtr' ? rest[0] : rest[1];
      const probe = probes.get(sla ?? '');
      const wait = probe?.frequency && probe.frequency.value + (delay ?? 0);
      return {
        ...base,
        watches: 'reachability',
        ...(sla === undefined ? {} : { sla }),
        addresses: probe?.target ? [probe.target] : [],
        ...(wait === undefined ? {} : { delay: wait }),
      };
    }
    const prefix = cidrOf(rest[1] ?? '', rest[2] ?? '');
    return { ...base, watches: 'route', ...(prefix === undefined ? {} : { prefix }) };
  }
  if (means(kind, 'list')) return { ...base, watches: 'track-object', ...listOf(s, rest) };
  return kind === undefined && s.children.length === 0 ? undefined : { ...base, watches: 'track-object' };
}

/** Reads `ip sla N` with its block. */
export function readProbe(s: Statement): Probe | undefined {
  const name = s.words[2];
  if (name === undefined || !/^\d+$/.test(name)) return undefined;
  let target: string | undefined;
  let frequency: Fact<number> | undefined = byDefault(60_000, SLA_DEFAULTS);
  for (const line of [...s.children, ...s.children.flatMap((c) => c.children)]) {
    line.use = 'read';
    const [word, second, third] = line.words;
    if (/^(icmp-echo|icmp-jitter|udp-jitter|udp-echo|tcp-connect|path-echo|path-jitter)$/.test(word ?? '')) target = second;
    else if (word === 'http' || word === 'dns') target = hostOf(third) ?? second;
    else if (word === 'frequency') frequency = numberFact(line, 1, 1000);
  }
  return {
    name,
    statement: s,
    ...(target === undefined || ipVersion(target) === 0 ? {} : { target }),
    ...(frequency ? { frequency } : {}),
  };
}

function hostOf(url: string | undefined): string | undefined {
  return /^https?:\/\/([\d.]+)/.exec(url ?? '')?.[1];
}

function downDelay(s: Statement): number | undefined {
  const line = s.children.find((c) => c.words[0] === 'delay');
  const at = line?.words.findIndex((word) => means(word, 'down')) ?? -1;
  return line && at > 0 ? numberFact(line, at + 1, 1000)?.value : undefined;
}

function listOf(s: Statement, rest: readonly string[]): Pick<TrackObject, 'parts' | 'combine'> {
  const parts = s.children
    .filter((c) => means(c.words[0], 'object') && c.words[1] !== undefined)
    .map((c) => ({ name: c.words[1] as string, inverted: c.words[2] === 'not', at: c }));
  if (means(rest[0], 'boolean')) return { parts, combine: rest[1] === 'or' ? 'any-up' : 'all-up' };
  return { parts, combine: 'threshold' };
}

function cidrOf(address: string, mask: string): string | undefined {
  if (address.includes('/')) return address;
  const prefix = prefixOfMask(mask);
  return prefix === undefined ? undefined : `${address}/${prefix}`;
}

/** What makes a track object go down, through its lists, as a trigger needs it. */
export interface Watching {
  readonly watches: Watched;
  readonly target: string;
  readonly interfaces: readonly string[];
  readonly addresses: readonly string[];
  /** All of `interfaces` must be lost. */
  readonly needsAll: boolean;
  /** Cannot tell which interfaces make it go down. */
  readonly vague: boolean;
  readonly delay?: number;
}

/** Resolves a track object to interfaces and addresses. `seen` ends lists that contain themselves. */
export function resolveTrack(
  track: TrackObject,
  tracks: ReadonlyMap<string, TrackObject>,
  seen: ReadonlySet<string> = new Set(),
): Watching {
  const delay = track.delay === undefined ? {} : { delay: track.delay };
  const plain = { needsAll: false, vague: false, ...delay };
  if (track.interface !== undefined)
    return { ...plain, watches: 'interface', target: track.interface, interfaces: [track.interface], addresses: [] };
  if (track.watches === 'reachability')
    return { ...plain, watches: 'reachability', target: track.addresses[0] ?? track.name, interfaces: [], addresses: track.addresses };
  if (track.watches === 'route') return { ...plain, watches: 'route', target: track.prefix ?? track.name, interfaces: [], addresses: [] };
  const parts = track.parts.flatMap((part) => {
    const other = tracks.get(part.name);
    if (!other || part.inverted || seen.has(part.name) || seen.size > 20) return [];
    return [resolveTrack(other, tracks, new Set([...seen, track.name]))];
  });
  const one = parts.length === 1 && track.parts.length === 1;
  const vague = parts.length < track.parts.length || (track.combine === 'threshold' && !one) || parts.some((p) => p.vague);
  const any = track.combine === 'any-up' && !one;
  // "Any up" over parts that watch more than interfaces is more than `needsAll` can say.
  const mixed = any && parts.some((p) => p.addresses.length > 0 || p.interfaces.length !== 1);
  return {
    watches: 'track-object',
    target: track.name,
    interfaces: vague || mixed ? [] : parts.flatMap((p) => p.interfaces),
    addresses: vague || mixed ? [] : parts.flatMap((p) => p.addresses),
    needsAll: any && !mixed,
    vague: vague || mixed,
    ...delay,
  };
}

/** Whether an interface stays up by itself whatever is unplugged: an SVI needs all ports of its VLAN down, a loopback never falls. */
export function staysUp(name: string): boolean {
  return ['vlan', 'loopback'].includes(interfaceKind(name));
}

/** Names of track objects that something other than their own definition refers to, among all statements. */
export function boundTracks(statements: readonly Statement[]): ReadonlySet<string> {
  const bound = new Set<string>();
  const stack = [...statements];
  for (let s = stack.pop(); s; s = stack.pop()) {
    const at = s.words.findIndex((word, i) => i > 0 && (means(word, 'track') || word === 'tracked-object' || word === 'object-track'));
    if (at > 0) bound.add(s.words[at + 1] ?? '');
    else if (s.parent && (means(s.words[0], 'track') || means(s.words[0], 'object'))) bound.add(s.words[1] ?? '');
    for (const one of s.children) stack.push(one);
  }
  return bound;
}

/** The fact that a tracked interface is one that stays up, at the word that names it. */
export function virtualFact(name: string, s: Statement, word: number): Fact<boolean> {
  return stated(staysUp(name), word < s.words.length ? placeOfWord(s, word) : placeOfHead(s));
}
