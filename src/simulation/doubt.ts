import type { Service } from '../network/network.ts';
import type { Damage } from './damage.ts';
import type { Outcomes } from './elections.ts';
import { judge, type ServiceVerdict } from './verdict.ts';

/**
 * Judges a service with doubtful triggers taken for calm and taken for fired. Where the outcome hangs on
 * what the configs do not say, the verdict is unknown and names what is missing.
 */
export function judgeTwice(
  service: Service,
  damage: Damage,
  outcomes: Outcomes,
  otherwise: Outcomes,
  healthy: Outcomes | undefined,
): ServiceVerdict {
  const verdict = judge(service, damage, outcomes, healthy);
  const other = judge(service, damage, otherwise, healthy);
  if (verdict.verdict === other.verdict && verdict.active.join() === other.active.join()) return verdict;
  const doubts = (damage.world.groupsOfService.get(service) ?? []).flatMap((g) => outcomes.get(g)?.doubt ?? []);
  return { ...verdict, verdict: 'unknown', because: doubts.length > 0 ? doubts : verdict.because };
}
