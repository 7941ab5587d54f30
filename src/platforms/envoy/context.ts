import type { Place } from '../../model/fact.ts';
import type { noFacts } from '../entity.ts';

/** What is gathered while reading one host's files. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'envoy' } {
  return { at, device: context.device, platform: 'envoy' };
}
