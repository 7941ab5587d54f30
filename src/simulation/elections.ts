import type { Member } from '../model/redundancy.ts';
import type { Group } from '../network/network.ts';
import type { Damage } from './damage.ts';
import { elect, type Outcome } from './election.ts';
import { standingOf } from './standing.ts';

/** Outcomes of elections, by group. */
export interface Outcomes {
  readonly get: (group: Group) => Outcome | undefined;
}

/**
 * Runs the elections of `groups` to their fixed point, sync groups included: members of one sync
 * group are active together or not at all (keepalived.conf(5) vrrp_sync_group).
 */
export function runElections(
  groups: readonly Group[],
  damage: Damage,
  before: Outcomes | undefined,
  doubtful: boolean,
): ReadonlyMap<Group, Outcome> {
  const members = groups.flatMap((g) => g.members);
  const down = new Set(members.filter((m) => m.syncGroup && standingOf(m, damage, doubtful).state !== 'able').map(syncKey));
  const run = (): Map<Group, Outcome> =>
    new Map(
      groups.map((group) => [
        group,
        elect(group, damage, before?.get(group)?.active, (m) => m.syncGroup !== undefined && down.has(syncKey(m)), doubtful),
      ]),
    );
  let outcomes = run();
  for (let round = 0; round < members.length; round++) {
    const mixed = mixedSyncGroup(members, outcomes);
    if (mixed === undefined || down.has(mixed)) break;
    down.add(mixed);
    outcomes = run();
  }
  return outcomes;
}

function syncKey(member: Member): string {
  return `${member.device}\n${member.syncGroup?.value}`;
}

/** A sync group of which some members would be active and some not: it can be so in none of them. */
function mixedSyncGroup(members: readonly Member[], outcomes: ReadonlyMap<Group, Outcome>): string | undefined {
  const active = new Set([...outcomes.values()].flatMap((o) => o.active));
  const seen = new Map<string, { on: number; off: number }>();
  for (const member of members) {
    if (!member.syncGroup) continue;
    const count = seen.get(syncKey(member)) ?? { on: 0, off: 0 };
    if (active.has(member)) count.on++;
    else count.off++;
    seen.set(syncKey(member), count);
  }
  return [...seen].find(([, count]) => count.on > 0 && count.off > 0)?.[0];
}
