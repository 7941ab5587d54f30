import type { Entity } from '../model/entity.ts';
import type { Diagnostic } from '../syntax/statement.ts';

/** What could not be read of a device's config, as a thing that rules can ask about. */
export interface Unreadable extends Entity {
  readonly kind: Diagnostic['kind'];
  readonly file: string;
  readonly message: string;
  /** The file is a template, whose parts need not be whole. */
  readonly template: boolean;
}
