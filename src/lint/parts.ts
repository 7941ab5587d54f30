import { domainsOf, partOf } from '../network/domains.ts';
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
}

/** Puts what belongs together into parts that are small enough to be worked on at a time, as far as domains are. */
export function partsOf({ hosts, wirings }: Survey, atATime = AT_A_TIME): Part[] {
  const byScope = new Map<string, Host[]>(wiringsIn(wirings).map(({ scope }) => [scope, []]));
  for (const host of hosts) byScope.set(host.scope, [...(byScope.get(host.scope) ?? []), host]);
  const told = new Map(wiringsIn(wirings).map(({ scope, wirings: own }) => [scope, own]));
  return [...byScope].flatMap(([scope, own]) => partsOfScope(scope, own, told.get(scope) ?? [], atATime));
}

function partsOfScope(scope: string, hosts: readonly Host[], wirings: readonly Wiring[], atATime: number): Part[] {
  const whole: Whole = {
    scope,
    isMapped: wirings.some((wiring) => isMapped(wiring)),
    isOpen: hosts.some((host) => host.isOpen),
    hasSwitch: hosts.some(({ role }) => role === 'switch'),
  };
  if (sum(hosts) <= atATime) return [{ hosts, wirings, whole }];
  const parts: { hosts: Host[]; nodes: string[] }[] = [];
  let room = 0;
  for (const domain of domainsOf(hosts, wirings)) {
    const own = domain.devices.map((index) => hosts[index] as Host);
    room -= sum(own);
    const last = parts.at(-1);
    if (last && room >= 0) {
      last.hosts.push(...own);
      last.nodes.push(...domain.nodes);
    } else {
      parts.push({ hosts: own, nodes: [...domain.nodes] });
      room = atATime - sum(own);
    }
  }
  return parts.map(({ hosts: own, nodes }) => {
    const here = new Set(nodes);
    return { hosts: own, wirings: wirings.map((wiring) => partOf(wiring, here)), whole };
  });
}

function sum(hosts: readonly Host[]): number {
  return hosts.reduce((size, host) => size + host.size, 0);
}
