import type { Group, Network, Pair, Service } from '../network/network.ts';
import { type Calm, calmAfter } from './calm.ts';
import { applyFault, type Damage } from './damage.ts';
import { type Elected, electTwice, judgeTwice } from './doubt.ts';
import type { Outcome } from './election.ts';
import type { Outcomes } from './elections.ts';
import { type Fault, singleFaults } from './fault.ts';
import { mlagPairs, portsTakenDown } from './mlag.ts';
import { type Atom, atomsOf, suspendedAtom } from './trace.ts';
import type { ServiceVerdict } from './verdict.ts';
import { buildWorld, type World } from './world.ts';

/** What one fault does to the services. */
export interface FaultResult {
  readonly fault: Fault;
  /** Every service, in the order of the network. */
  readonly services: readonly ServiceVerdict[];
  /** Those of them that the fault can touch. */
  readonly touched: readonly ServiceVerdict[];
  /** What becomes of the others: every service after a fault that touches nothing. */
  readonly background: readonly ServiceVerdict[];
}

/**
 * Injects each fault into a network and says what becomes of each service once every timer has run out.
 * Only what rests on something that the fault changes is worked out again, so that the cost of a fault
 * grows with what it touches and not with the network.
 */
export function simulate(network: Network, faults: readonly Fault[] = singleFaults(network)): FaultResult[] {
  const world = buildWorld(network);
  const healthy = healthyRun(world);
  const calms = new Map<boolean, Calm>();
  return faults.map((fault) => {
    if (fault.parts.every((part) => part.kind === 'none')) {
      const { verdicts } = healthy;
      return { fault, services: verdicts, touched: verdicts, background: verdicts };
    }
    const physical = fault.parts.some((part) => part.kind === 'node' || part.kind === 'link');
    const calm = calms.get(physical) ?? calmAfter(world, healthy.outcomes, physical);
    calms.set(physical, calm);
    return resultOf(fault, calm.verdicts, underFault(world, fault, healthy.outcomes, calm));
  });
}

/** The healthy network: all members start together. */
function healthyRun(world: World): { readonly outcomes: Outcomes; readonly verdicts: readonly ServiceVerdict[] } {
  const none: Fault = { name: 'none', parts: [{ kind: 'none' }] };
  const first = applyFault(world, none);
  const suspended = new Set(mlagPairs(world.network).flatMap((pair) => portsTakenDown(pair, world, first)));
  const damage = suspended.size === 0 ? first : applyFault(world, none, suspended);
  const elected = electTwice(world.network.groups, damage, undefined);
  return {
    outcomes: elected.outcomes,
    verdicts: world.network.services.map((service) => judgeTwice(service, damage, elected, undefined)),
  };
}

/** The verdicts that rest on something that a fault changes. */
function underFault(world: World, fault: Fault, healthy: Outcomes, calm: Calm): ReadonlyMap<Service, ServiceVerdict> {
  const { damage, resting } = damageOf(world, fault, calm);
  const outcomes = new Map<Group, Outcome>();
  const otherwise = new Map<Group, Outcome>();
  const clusters = new Set<readonly Group[]>();
  const services: Service[] = [];
  for (const atom of resting) {
    if (world.clusterSet.has(atom as readonly Group[])) clusters.add(atom as readonly Group[]);
    else if (world.groupsOfService.has(atom as Service)) services.push(atom as Service);
  }
  for (const cluster of clusters) {
    const again = electTwice(cluster, damage, healthy);
    for (const [group, outcome] of again.outcomes) outcomes.set(group, outcome);
    for (const [group, outcome] of again.otherwise) otherwise.set(group, outcome);
  }
  const elected: Elected = { outcomes: over(outcomes, calm.elected.outcomes), otherwise: over(otherwise, calm.elected.otherwise) };
  services.sort((a, b) => (world.serviceOrder.get(a) ?? 0) - (world.serviceOrder.get(b) ?? 0));
  return new Map(services.map((service) => [service, judgeTwice(service, damage, elected, healthy)]));
}

function over(first: Outcomes, rest: Outcomes): Outcomes {
  return { get: (group) => first.get(group) ?? rest.get(group) };
}

/** The network as the fault leaves it, MLAG domains having answered, and all that rests on what changed. */
function damageOf(world: World, fault: Fault, calm: Calm): { readonly damage: Damage; readonly resting: ReadonlySet<Atom> } {
  const struck = fault.parts.flatMap(atomsOf);
  const resting = calm.trace.restingOn(struck);
  const first = applyFault(world, fault);
  const pairs = [...resting].filter((atom) => calm.takenDown.has(atom as Pair)) as Pair[];
  const takenDown = new Map(pairs.map((pair) => [pair, portsTakenDown(pair, world, first)] as const));
  const same = [...takenDown].every(([pair, ports]) => ports.join('\n\n') === calm.takenDown.get(pair)?.join('\n\n'));
  if (same) return { damage: calm.suspended.size === 0 ? first : applyFault(world, fault, calm.suspended), resting };
  const suspended = new Set([...calm.takenDown].flatMap(([pair, ports]) => takenDown.get(pair) ?? ports));
  const changed = [...suspended, ...calm.suspended].filter((port) => !(suspended.has(port) && calm.suspended.has(port))).map(suspendedAtom);
  return { damage: applyFault(world, fault, suspended), resting: calm.trace.restingOn([...struck, ...changed]) };
}

/** A result whose list of every service is only made where it is asked for. */
function resultOf(fault: Fault, background: readonly ServiceVerdict[], verdicts: ReadonlyMap<Service, ServiceVerdict>): FaultResult {
  let services: readonly ServiceVerdict[] | undefined;
  return {
    fault,
    background,
    touched: [...verdicts.values()],
    get services() {
      services ??= verdicts.size === 0 ? background : background.map((verdict) => verdicts.get(verdict.service) ?? verdict);
      return services;
    },
  };
}
