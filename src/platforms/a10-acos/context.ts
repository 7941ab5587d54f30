import type { Monitor } from '../../model/balancing.ts';
import type { Reference } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import type { noFacts } from '../entity.ts';

/** What is gathered while reading one host's statements. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly monitors: Map<string, Monitor>;
  readonly servers: Map<string, Statement>;
  readonly groups: Map<string, Statement>;
  readonly virtuals: Statement[];
  /** `vrrp-a common` and the older one-line `vrrp-a set-id 1`. */
  readonly common: Statement[];
  readonly vrids: Statement[];
  readonly heartbeats: Statement[];
  readonly peerGroups: Statement[];
  readonly policies: Map<string, Statement>;
  readonly sessionSync: Statement[];
  readonly vcs: Statement[];
  readonly vlans: Statement[];
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'a10-acos' } {
  return { at, device: context.device, platform: 'a10-acos' };
}

/** A map that names can be looked up in. */
interface Named {
  readonly keys: () => Iterable<string>;
  readonly has: (name: string) => boolean;
}

/** The names of a map, made when first asked, once all statements are read. */
const NAMES = new WeakMap<Named, readonly string[]>();

function namesOf(known: Named): readonly string[] {
  const names = NAMES.get(known) ?? [...known.keys()];
  NAMES.set(known, names);
  return names;
}

/** Records that word `word` names something; a config that defines nothing of the kind is an excerpt and says nothing of it. */
export function refer(
  context: Context,
  s: Statement,
  word: number,
  to: Reference['to'],
  noun: string,
  known: Named,
  builtIn: readonly string[] = [],
): boolean | undefined {
  const name = s.words[word];
  if (name === undefined || isUnknown(name)) return undefined;
  const candidates = namesOf(known);
  const defined = known.has(name) || builtIn.includes(name);
  if (!defined && candidates.length === 0) return undefined;
  context.facts.references.push({ ...entity(context, placeOfWord(s, word)), to, noun, name, defined, candidates });
  return defined;
}
