import type { Entity } from '../model/entity.ts';

/** A pair of load balancers of a network with switches, where no cable of any load balancer is known, as a thing that rules can ask about. */
export interface Unwired extends Entity {
  /** Names of both. */
  readonly devices: readonly string[];
}
