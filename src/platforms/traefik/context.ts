import type { Place } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';

/** The sections of the dynamic configuration that balance. */
export type Layer = 'http' | 'tcp' | 'udp';

/** A named service of one layer. */
export interface Service {
  readonly layer: Layer;
  readonly name: string;
  readonly statement: Statement;
}

/** Where clients come in: `web: {address: ":80"}` of the static configuration. */
export interface EntryPoint {
  readonly name: string;
  readonly statement: Statement;
}

/** What is gathered while reading one host's files. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  /** By `layer name`. */
  readonly services: Map<string, Service>;
  readonly entryPoints: Map<string, EntryPoint>;
  /** Names of middlewares that try a request again. */
  readonly retries: Set<string>;
}

/** The fields every entity has. */
export function entity(context: Context, place: Place): { at: Place; device: string; platform: 'traefik' } {
  return { at: place, device: context.device, platform: 'traefik' };
}

/** As `at` for one key, whose case Traefik does not mind. */
export function key(s: Statement | undefined, name: string): Statement | undefined {
  const found = s?.children.findLast((c) => c.words[0]?.toLowerCase() === name.toLowerCase());
  if (found) found.use = 'read';
  return found;
}
