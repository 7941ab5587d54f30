import type { Network } from '../network/network.ts';
import { applyFault, type Damage } from './damage.ts';
import { type Outcomes, runElections } from './elections.ts';
import { type Fault, singleFaults } from './fault.ts';
import { suspendedPorts } from './mlag.ts';
import { judge, type ServiceVerdict } from './verdict.ts';
import { buildWorld, type World } from './world.ts';

/** What one fault does to every service. */
export interface FaultResult {
  readonly fault: Fault;
  readonly services: readonly ServiceVerdict[];
}

/** Injects each fault into a network and says what becomes of each service once every timer has run out. */
export function simulate(network: Network, faults: readonly Fault[] = singleFaults(network)): FaultResult[] {
  const world = buildWorld(network);
  const healthyDamage = damageOf(world, { name: 'none', parts: [{ kind: 'none' }] });
  const healthy = runElections(network.groups, healthyDamage, undefined, false);
  return faults.map((fault) => ({ fault, services: underFault(world, fault, healthy) }));
}

function underFault(world: World, fault: Fault, healthy: Outcomes): ServiceVerdict[] {
  const damage = damageOf(world, fault);
  const isHealthy = fault.parts.every((part) => part.kind === 'none');
  const before = isHealthy ? undefined : healthy;
  const outcomes = runElections(world.network.groups, damage, before, false);
  const verdicts = world.network.services.map((service) => judge(service, damage, outcomes, before));
  if (![...outcomes.values()].some((o) => o.doubt)) return verdicts;
  const otherwise = runElections(world.network.groups, damage, before, true);
  return verdicts.map((verdict) => weighDoubt(verdict, judge(verdict.service, damage, otherwise, before), world, outcomes));
}

/** Where the outcome hangs on what the configs do not say, the verdict is unknown and names what is missing. */
function weighDoubt(verdict: ServiceVerdict, other: ServiceVerdict, world: World, outcomes: Outcomes): ServiceVerdict {
  if (verdict.verdict === other.verdict && verdict.active.join() === other.active.join()) return verdict;
  const groups = world.groupsOf.get(verdict.service.address) ?? [];
  const doubts = groups.flatMap((g) => outcomes.get(g)?.doubt ?? []);
  return { ...verdict, verdict: 'unknown', because: doubts.length > 0 ? doubts : verdict.because };
}

function damageOf(world: World, fault: Fault): Damage {
  const damage = applyFault(world, fault);
  const suspended = suspendedPorts(world, damage);
  return suspended.size === 0 ? damage : applyFault(world, fault, suspended);
}
