import { domainsOf, sharedOut } from '../network/domains.ts';
import type { Wiring } from '../network/network.ts';
import { wiringsIn } from '../network/scopes.ts';
import { isMapped } from '../network/segments.ts';
import { AT_A_TIME } from './input.ts';
import type { Host, Survey } from './survey.ts';

/** Hosts of one network that are looked at together. */
export interface Part {
  readonly hosts: readonly Host[];
  readonly wirings: readonly Wiring[];
  /** Of the network as a whole. */
  readonly whole: Whole;
}

/** What the whole network is, of which a part is looked at. */
export interface Whole {
  /** Folder of its topology; see `splitScopes`. */
  readonly scope: string;
  /** A topology shows its cables. */
  readonly isMapped: boolean;
  /** A template leaves open what interfaces some device has. */
  readonly isOpen: boolean;
  readonly hasSwitch: boolean;
  /** Names of devices that may have peers and groups that are not seen. */
  readonly halfKnown: readonly string[];
}

/** What is to be looked at: each network as a whole, or, where one is too large or `apart` asks for it, its HA domains. */
export function partsOf({ hosts, wirings }: Survey, { atATime = AT_A_TIME, apart = false } = {}): Part[] {
  const scopes = new Map<string, { hosts: Host[]; wirings: readonly Wiring[] }>();
  for (const { scope, wirings: own } of wiringsIn(wirings)) scopes.set(scope, { hosts: [], wirings: own });
  for (const host of hosts) {
    const known = scopes.get(host.scope);
    if (known) known.hosts.push(host);
    else scopes.set(host.scope, { hosts: [host], wirings: [] });
  }
  return [...scopes].flatMap(([scope, own]) => {
    const whole: Part = { ...own, whole: wholeOf(scope, own) };
    return apart || sizeOf(own.hosts) > atATime ? split(whole) : [whole];
  });
}

/** Puts parts of one network together as long as they are small enough to be worked on at a time. */
export function packed(parts: readonly Part[], atATime = AT_A_TIME): Part[][] {
  const packs: Part[][] = [];
  let room = 0;
  for (const part of parts) {
    const last = packs.at(-1);
    room -= sizeOf(part.hosts);
    if (last && room >= 0 && last[0]?.whole === part.whole) last.push(part);
    else {
      packs.push([part]);
      room = atATime - sizeOf(part.hosts);
    }
  }
  return packs;
}

/** Several parts of one network as one. */
export function together(parts: readonly [Part, ...Part[]]): Part {
  return { hosts: parts.flatMap(({ hosts }) => hosts), wirings: parts.flatMap(({ wirings }) => wirings), whole: parts[0].whole };
}

function wholeOf(scope: string, { hosts, wirings }: Pick<Part, 'hosts' | 'wirings'>): Whole {
  return {
    scope,
    isMapped: wirings.some((wiring) => isMapped(wiring)),
    isOpen: hosts.some((host) => host.isOpen),
    hasSwitch: hosts.some(({ role }) => role === 'switch'),
    halfKnown: hosts.filter((host) => host.isHalfKnown).map(({ name }) => name),
  };
}

function split({ hosts, wirings, whole }: Part): Part[] {
  const domains = domainsOf(hosts, wirings);
  const shares = sharedOut(wirings, domains);
  return domains.map(({ devices }, index) => ({
    hosts: devices.map((device) => hosts[device] as Host),
    wirings: shares[index] ?? [],
    whole,
  }));
}

function sizeOf(hosts: readonly Host[]): number {
  return hosts.reduce((size, host) => size + host.size, 0);
}
