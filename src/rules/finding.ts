import type { Place } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that belongs to a finding, and what it says there. */
export interface Related {
  readonly at: Place;
  readonly message: string;
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
  /** Address of the rule's page. */
  readonly docs: string;
  /** Stays the same when lines move: made of rule, device and what the finding is about, not of where it stands. */
  readonly fingerprint: string;
}
