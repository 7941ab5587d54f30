import type { Entity } from '../model/entity.ts';

/** Configs of a platform that halint does not read, as a thing that rules can ask about. */
export interface Foreign extends Entity {
  /** What the platform is called. */
  readonly title: string;
  /** How many files there are of it. */
  readonly count: number;
}
