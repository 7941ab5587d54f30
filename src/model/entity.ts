import type { Place } from './fact.ts';
import type { PlatformId } from './platform-id.ts';

/** What every thing in the model has: where it stands, on which device, and who read it. */
export interface Entity {
  /** The statement, with its block, that defines the thing. */
  readonly at: Place;
  /** Name of the device whose config says it. */
  readonly device: string;
  readonly platform: PlatformId;
  /**
   * Names of list fields that may hold more than is seen here: part of the list comes from a
   * template branch, a loop, or an include that is not among the inputs. A rule that reads such a
   * field gets "unknown".
   */
  readonly open?: readonly string[];
}

/**
 * A password or key: only good for comparing. `digest` never leaves halint: every printer masks it.
 */
export interface Secret {
  readonly secret: true;
  readonly digest: string;
}

/** Whether a value of a fact is a password or key. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'secret' in value && 'digest' in value;
}
