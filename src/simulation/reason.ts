import type { Place } from '../model/fact.ts';

/** One step of the chain that led to a verdict, and the line that says so. */
export interface Reason {
  readonly text: string;
  /** Absent where the fault itself is the reason. */
  readonly at?: Place;
}
