import type { Group, Pair, Service } from '../network/network.ts';
import { applyFault, type Damage } from './damage.ts';
import { judgeTwice } from './doubt.ts';
import { type Outcomes, runElections } from './elections.ts';
import type { Fault } from './fault.ts';
import { mlagPairs, portsTakenDown } from './mlag.ts';
import { newTrace, type Trace } from './trace.ts';
import { judge, type ServiceVerdict } from './verdict.ts';
import type { World } from './world.ts';

/** A network after a fault that touches nothing in it, and what each outcome there rests on. */
export interface Calm {
  readonly trace: Trace;
  /** Ports that each MLAG pair takes down. */
  readonly takenDown: ReadonlyMap<Pair, readonly string[]>;
  readonly suspended: ReadonlySet<string>;
  readonly elections: Elections;
  readonly verdicts: readonly ServiceVerdict[];
}

/** Outcomes of elections, with doubtful triggers taken for calm and taken for fired. */
export interface Elections {
  readonly outcomes: Map<Group, Outcomes extends { get: (g: Group) => infer O } ? NonNullable<O> : never>;
  readonly otherwise: Elections['outcomes'];
}
