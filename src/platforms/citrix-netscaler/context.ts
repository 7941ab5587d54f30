import type { Reference } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import type { noFacts } from '../entity.ts';
import { type Definition, type Definitions, type Kind, lookUp } from './definition.ts';

/** What is gathered while reading one host's commands. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  readonly definitions: Definitions;
  /** `set ns config`. */
  readonly nsConfig: Statement[];
  readonly ips: Statement[];
  readonly routes: Statement[];
  /** `add`, `set` and `bind HA node`. */
  readonly haNodes: Statement[];
  readonly ntp: Statement[];
  /** `bind lb monitor MONITOR SERVICE`, the old way round. */
  readonly monitorBindings: Statement[];
  /** Commands about an object that nothing adds. */
  readonly dangling: { readonly kind: Kind; readonly statement: Statement; readonly word: number }[];
  /** A whole saved configuration, by its `#NS…` header: what it does not say holds by default. */
  readonly complete: boolean;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'citrix-netscaler' } {
  return { at, device: context.device, platform: 'citrix-netscaler' };
}

/** Names that are defined, by kind; made when first asked, once all commands are read. */
const CANDIDATES = new WeakMap<Definitions, Map<Kind, readonly string[]>>();

function candidatesFor(definitions: Definitions, kind: Kind): readonly string[] {
  const known = CANDIDATES.get(definitions) ?? new Map<Kind, readonly string[]>();
  CANDIDATES.set(definitions, known);
  const names =
    known.get(kind) ??
    (ALTERNATIVES[kind] ?? [kind]).flatMap((k) => [...definitions[k].values()].filter((d) => d.added).map((d) => d.name));
  known.set(kind, names);
  return names;
}

/** What each kind is called in a message, and what kind of thing it is in the model. */
const NOUNS: Readonly<Partial<Record<Kind, { noun: string; to: Reference['to'] }>>> = {
  server: { noun: 'server', to: 'server' },
  service: { noun: 'service or service group', to: 'pool' },
  servicegroup: { noun: 'serviceGroup', to: 'pool' },
  'lb monitor': { noun: 'lb monitor', to: 'monitor' },
  'lb vserver': { noun: 'lb vserver', to: 'virtual-server' },
  'cs vserver': { noun: 'cs vserver', to: 'virtual-server' },
  'gslb vserver': { noun: 'gslb vserver', to: 'virtual-server' },
  'gslb service': { noun: 'gslb service', to: 'pool' },
  'vpn vserver': { noun: 'vpn vserver', to: 'virtual-server' },
  'authentication vserver': { noun: 'authentication vserver', to: 'virtual-server' },
  'cs policy': { noun: 'cs policy', to: 'other' },
  'cs action': { noun: 'cs action', to: 'other' },
  channel: { noun: 'channel', to: 'interface' },
  fis: { noun: 'fis', to: 'trigger' },
};

/** Kinds whose names stand for each other where a name is used. */
const ALTERNATIVES: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  service: ['service', 'servicegroup'],
  'lb vserver': ['lb vserver', 'vpn vserver', 'authentication vserver', 'gslb vserver', 'cs vserver'],
};

/**
 * Looks up the object that word `word` of a command names, and records the reference. A file that
 * defines nothing of the kind is an excerpt: a missing name then says nothing.
 */
export function refer(context: Context, s: Statement, word: number, kind: Kind, builtIn: readonly string[] = []): Definition | undefined {
  const name = s.words[word];
  if (name === undefined || isUnknown(name)) return undefined;
  const kinds = ALTERNATIVES[kind] ?? [kind];
  const definition = kinds.map((k) => lookUp(context.definitions, k, name)).find((d) => d?.added);
  const candidates = candidatesFor(context.definitions, kind);
  const known = definition !== undefined || builtIn.includes(name.toLowerCase());
  const noun = NOUNS[kind];
  if (noun && (known || candidates.length > 0 || context.complete)) {
    context.facts.references.push({ ...entity(context, placeOfWord(s, word)), ...noun, name, defined: known, candidates });
  }
  return definition;
}
