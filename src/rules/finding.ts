import type { Place } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that belongs to a finding, and what it says there. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** A stretch of a file and what to put there; lines and columns as in a `Place`. Nothing wide: an insertion. */
export interface Edit extends Place {
  readonly text: string;
}

/** A change that any expert would make without knowing more. */
export interface Suggestion {
  /** What it does, in a few words. */
  readonly title: string;
  /** All of them, or none. */
  readonly edits: readonly Edit[];
}

/** One misconfiguration, at one place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly device: string;
  readonly platform: PlatformId;
  readonly at: Place;
  readonly related: readonly Related[];
  /** What to do, in the platform's own commands. */
  readonly fix: string;
  /** The fix as edits, where it is sure and local. */
  readonly suggestion?: Suggestion;
  /** Address of the rule's page. */
  readonly docs: string;
  /** Stays the same when lines move: made of rule, device and what the finding is about, not of where it stands. */
  readonly fingerprint: string;
}
