import type { Network, Service } from '../network/network.ts';
import { calmAfter, type Calm } from './calm.ts';
import { applyFault, type Damage } from './damage.ts';
import { type Outcomes, runElections } from './elections.ts';
import { type Fault, singleFaults } from './fault.ts';
import { mlagPairs, portsTakenDown } from './mlag.ts';
import { type Atom, atoms } from './trace.ts';
import { judge, type ServiceVerdict } from './verdict.ts';
import { judgeTwice } from './doubt.ts';
import { buildWorld, type World } from './world.ts';

/** What one fault does to the services. */
export interface FaultResult {
  readonly fault: Fault;
  /** Every service, in the order of the network. */
  readonly services: readonly ServiceVerdict[];
  /** Those that the fault can touch, in that order. */
  readonly touched: readonly ServiceVerdict[];
  /** Every service as a fault that touches nothing leaves it: what becomes of those that are not touched. */
  readonly background: readonly ServiceVerdict[];
}

/**
 * Injects each fault into a network and says what becomes of each service once every timer has run out.
 * Only what rests on something that the fault changes is worked out again, so that the cost of a fault
 * grows with what it touches and not with the network.
 */
export function simulate(network: Network, faults: readonly Fault[] = singleFaults(network)): FaultResult[] {
  const world = buildWorld(network);
  const whole = healthyRun(world);
  const calms = new Map<boolean, Calm>();
  const calmFor = (fault: Fault): Calm => {
    const physical = fault.parts.some((part) => part.kind === 'node' || part.kind === 'link');
    const calm = calms.get(physical) ?? calmAfter(world, whole.outcomes, physical);
    calms.set(physical, calm);
    return calm;
  };
  return faults.map((fault) => {
    if (fault.parts.every((part) => part.kind === 'none'))
      return { fault, services: whole.verdicts, touched: whole.verdicts, background: whole.verdicts };
    const calm = calmFor(fault);
    return resultOf(fault, calm, touchedBy(world, fault, whole.outcomes, calm));
  });
}

/** The healthy network: all members start together. */
function healthyRun(world: World): { readonly outcomes: Outcomes; readonly verdicts: readonly ServiceVerdict[] } {
  const none: Fault = { name: 'none', parts: [{ kind: 'none' }] };
  const { groups, services } = world.network;
  const first = applyFault(world, none);
  const suspended = new Set(mlagPairs(world.network).flatMap((pair) => portsTakenDown(pair, world, first)));
  const damage = suspended.size === 0 ? first : applyFault(world, none, suspended);
  const outcomes = runElections(groups, damage, undefined, false);
  if (![...outcomes.values()].some((o) => o.doubt))
    return { outcomes, verdicts: services.map((service) => judge(service, damage, outcomes, undefined)) };
  const otherwise = runElections(groups, damage, undefined, true);
  return { outcomes, verdicts: services.map((service) => judgeTwice(service, damage, outcomes, otherwise, undefined)) };
}

/** The verdicts that rest on something that a fault changes. */
function touchedBy(world: World, fault: Fault, healthy: Outcomes, calm: Calm): ReadonlyMap<Service, ServiceVerdict> {
  const { damage, changed } = damageOf(world, fault, calm);
  const resting = calm.trace.restingOn(changed);
  const outcomes = new Map(calm.outcomes);
  return new Map();
}
