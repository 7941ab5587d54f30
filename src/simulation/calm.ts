import type { Group, Pair } from '../network/network.ts';
import { applyFault } from './damage.ts';
import { type Elected, electTwice, judgeTwice } from './doubt.ts';
import type { Outcome } from './election.ts';
import type { Outcomes } from './elections.ts';
import type { Fault } from './fault.ts';
import { mlagPairs, portsTakenDown } from './mlag.ts';
import { newTrace, type Trace } from './trace.ts';
import type { ServiceVerdict } from './verdict.ts';
import type { World } from './world.ts';

/** A network after a fault that touches nothing in it, and what each outcome there rests on. */
export interface Calm {
  readonly trace: Trace;
  /** Ports that each MLAG pair takes down. */
  readonly takenDown: ReadonlyMap<Pair, readonly string[]>;
  readonly suspended: ReadonlySet<string>;
  readonly elected: Elected;
  /** Of every service, in the order of the network. */
  readonly verdicts: readonly ServiceVerdict[];
}

/** A name that no node has. */
const NOWHERE = '\0';

/**
 * Lets something die that nothing rests on: a node or link (`physical`) or a daemon. What the configs leave
 * open may be taken otherwise after a fault than in a healthy network, however far away the fault is.
 */
export function calmAfter(world: World, healthy: Outcomes, physical: boolean): Calm {
  const part = physical ? ({ kind: 'node', node: NOWHERE } as const) : ({ kind: 'process', device: NOWHERE, daemon: NOWHERE } as const);
  const fault: Fault = { name: 'nothing', parts: [part] };
  const trace = newTrace();
  const first = applyFault(world, fault, new Set(), trace);
  const takenDown = new Map(
    mlagPairs(world.network).map((pair) => [pair, trace.within(pair, () => portsTakenDown(pair, world, first))] as const),
  );
  const suspended = new Set([...takenDown.values()].flat());
  const damage = suspended.size === 0 ? first : applyFault(world, fault, suspended, trace);
  const outcomes = new Map<Group, Outcome>();
  const otherwise = new Map<Group, Outcome>();
  for (const cluster of world.clusters) {
    const elected = trace.within(cluster, () => electTwice(cluster, damage, healthy));
    for (const [group, outcome] of elected.outcomes) outcomes.set(group, outcome);
    for (const [group, outcome] of elected.otherwise) otherwise.set(group, outcome);
  }
  const verdicts = world.network.services.map((service) =>
    trace.within(service, () => {
      for (const group of world.groupsOfService.get(service) ?? []) trace.read(world.clusterOf.get(group) as object);
      return judgeTwice(service, damage, { outcomes, otherwise }, healthy);
    }),
  );
  return { trace, takenDown, suspended, elected: { outcomes, otherwise }, verdicts };
}
