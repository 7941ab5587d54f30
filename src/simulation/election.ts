import { compareAddresses } from '../model/address.ts';
import type { Member } from '../model/redundancy.ts';
import type { Group } from '../network/network.ts';
import { portIndex } from '../network/port-index.ts';
import type { Damage } from './damage.ts';
import { type Hearing, hears } from './hearing.ts';
import type { Reason } from './reason.ts';
import { type Standing, standingOf } from './standing.ts';

/** How a group's election ends. */
export interface Outcome {
  readonly group: Group;
  readonly active: readonly Member[];
  readonly reasons: readonly Reason[];
  /** What the configs do not say and the outcome hangs on. */
  readonly doubt?: Reason;
}

/**
 * Runs a group's election to its fixed point: who is active after every timer has run out. `before`
 * are those who were active when the fault struck; without it all members start together.
 * RFC 9568 section 6.4 (VRRP), RFC 2281 section 5 (HSRP), keepalived.conf(5).
 */
export function elect(
  group: Group,
  damage: Damage,
  before: readonly Member[] | undefined,
  faulted: (m: Member) => boolean,
  doubtful: boolean,
): Outcome {
  const standings = group.members
    .map((member) => standingOf(member, damage, doubtful))
    .map((s) => (s.state === 'able' && faulted(s.member) ? { ...s, state: 'fault' as const } : s));
  const able = standings.filter((s) => s.state === 'able');
  const heard = new Map<string, Hearing>();
  const hearing = (to: Standing, from: Standing): Hearing => {
    const key = `${to.member.device}\n${from.member.device}`;
    const known = heard.get(key) ?? hears(to.member, from.member, damage);
    heard.set(key, known);
    return known;
  };
  const active = settle(able, hearing, before, damage);
  const reasons = standings.flatMap((s) => s.reasons);
  for (const { why } of heard.values()) if (why) reasons.push(why);
  const unheard = [...heard.values()].find((h) => h.heard === undefined);
  const doubt =
    standings.find((s) => s.doubt)?.doubt ??
    (unheard
      ? { text: `the configs do not say whether the members of ${group.protocol} ${group.id} hear each other`, at: group.members[0]?.at }
      : undefined);
  return { group, active: active.map((s) => s.member), reasons, ...(doubt ? { doubt: doubt as Reason } : {}) };
}

type Hears = (to: Standing, from: Standing) => Hearing;

function settle(able: readonly Standing[], hearing: Hears, before: readonly Member[] | undefined, damage: Damage): Standing[] {
  const ranked = [...able].sort((a, b) => compareStandings(b, a, damage));
  let active = new Set(before ? ranked.filter((s) => before.includes(s.member)) : []);
  for (let round = 0; round < 2 * ranked.length + 2; round++) {
    const next = new Set(active);
    for (const self of ranked) {
      const others = [...next].filter((other) => other !== self && hearing(self, other).heard !== false);
      const best = others.sort((a, b) => compareStandings(b, a, damage))[0];
      if (next.has(self)) {
        if (best && compareStandings(best, self, damage) > 0) next.delete(self);
      } else if (!best || (outranks(self, best) && self.member.preempt?.value !== false)) {
        next.add(self);
      }
    }
    if (sameSet(next, active)) break;
    active = next;
  }
  return ranked.filter((s) => active.has(s));
}

/** A backup takes over only from a strictly lower priority: an equal one it accepts as master. */
function outranks(self: Standing, other: Standing): boolean {
  return self.priority !== undefined && other.priority !== undefined && self.priority > other.priority;
}

/** Between two masters that hear each other the higher priority stays, then the higher address. */
function compareStandings(a: Standing, b: Standing, damage: Damage): number {
  const difference = (a.priority ?? 0) - (b.priority ?? 0);
  if (difference !== 0) return difference;
  const [left, right] = [ownAddress(a.member, damage), ownAddress(b.member, damage)];
  if (left !== undefined && right !== undefined && left !== right) return compareAddresses(left, right);
  return a.member.device < b.member.device ? 1 : -1;
}

/** The address that a member's hellos come from. */
function ownAddress(member: Member, damage: Damage): string | undefined {
  if (member.unicastSource) return member.unicastSource.value;
  const device = damage.world.devices.get(member.device);
  const port = device && member.interface && portIndex(device).named(member.interface.value);
  return port?.addresses.find((a) => (member.addressFamily === 'ipv6') === a.address.includes(':'))?.address;
}

function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((x) => b.has(x));
}
