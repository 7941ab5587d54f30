import type { Group, Service } from '../network/network.ts';
import type { Damage } from './damage.ts';
import type { Outcome } from './election.ts';
import { type Outcomes, runElections } from './elections.ts';
import { judge, type ServiceVerdict } from './verdict.ts';

/** Outcomes of elections with doubtful triggers taken for calm, and taken for fired; the same where there is no doubt. */
export interface Elected {
  readonly outcomes: Outcomes;
  readonly otherwise: Outcomes;
}

/** Runs the elections of `groups`, once more where the first outcome hangs on what the configs do not say. */
export function electTwice(
  groups: readonly Group[],
  damage: Damage,
  before: Outcomes | undefined,
): Readonly<Record<keyof Elected, ReadonlyMap<Group, Outcome>>> {
  const outcomes = runElections(groups, damage, before, false);
  const doubtful = [...outcomes.values()].some((o) => o.doubt);
  return { outcomes, otherwise: doubtful ? runElections(groups, damage, before, true) : outcomes };
}

/** Judges a service both ways. Where they differ, the verdict is unknown and names what is missing. */
export function judgeTwice(service: Service, damage: Damage, elected: Elected, healthy: Outcomes | undefined): ServiceVerdict {
  const { outcomes, otherwise } = elected;
  const verdict = judge(service, damage, outcomes, healthy);
  const groups = damage.world.groupsOfService.get(service) ?? [];
  if (healthy ? groups.every((g) => outcomes.get(g) === otherwise.get(g)) : outcomes === otherwise) return verdict;
  const other = judge(service, damage, otherwise, healthy);
  if (verdict.verdict === other.verdict && verdict.active.join() === other.active.join()) return verdict;
  const doubts = groups.flatMap((g) => outcomes.get(g)?.doubt ?? []);
  return { ...verdict, verdict: 'unknown', because: doubts.length > 0 ? doubts : verdict.because };
}
