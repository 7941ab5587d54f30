import type { Entity } from '../model/entity.ts';

/** An `ignore` of the project file, as a thing that rules can ask about. */
export interface IgnoreEntry extends Entity {
  /** What it is for: a rule, a device, a path, as `monitor/missing on lb1`. */
  readonly about: string;
  readonly reason: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly expired: boolean;
  /** It kept something back, or may have: the run did not look at everything. */
  readonly used: boolean;
}
