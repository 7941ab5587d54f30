import type { Place } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import type { noFacts } from '../entity.ts';
import type { Includes } from './includes.ts';
import type { Pass, Variables } from './passes.ts';
import type { Scope } from './scope.ts';

/** An `upstream NAME { … }` block. */
export interface Upstream {
  readonly name: string;
  readonly statement: Statement;
  readonly stream: boolean;
}

/** A `server { … }` block and what surrounds it. */
export interface ServerBlock {
  readonly statement: Statement;
  readonly stream: boolean;
  readonly scope: Scope;
}

/** What is gathered while reading one host's files. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly includes: Includes;
  readonly upstreams: Map<string, Upstream>;
  readonly servers: ServerBlock[];
  readonly variables: Map<string, Variables extends ReadonlyMap<string, infer V> ? V : never>;
  /** `match NAME { … }` of NGINX Plus. */
  readonly matches: Set<string>;
  /** Passes by the name of the upstream they go to. */
  readonly users: Map<string, Pass[]>;
  /** Hosts that are passed to without an upstream, each a pool of its own. */
  readonly literals: Set<string>;
  /** The main file is here, and all that it includes: what is not seen is not there. */
  complete: boolean;
  /** A file is cut off or wrongly closed: upstreams that are not seen may be there. */
  readonly broken: boolean;
  /** The include that shows the packaging of open-source nginx, which knows no `health_check`. */
  openSource: Statement | undefined;
  workers: Statement | undefined;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'nginx' } {
  return { at, device: context.device, platform: 'nginx' };
}
