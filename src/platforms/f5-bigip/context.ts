import type { Reference } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import type { noFacts } from '../entity.ts';
import { partitionOf } from '../f5-names.ts';
import type { F5Object, Kind } from './objects.ts';

/** What is gathered while reading one unit's configuration. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  /** Objects by kind (`ltm pool`), then by name. */
  readonly kinds: Map<string, Kind>;
  /** The whole network part is there (bigip_base.conf, an SCF): what it does not say holds by default. */
  readonly hasBase: boolean;
  /** Whole saved files, as opposed to excerpts and scripts. */
  readonly saved: boolean;
  /** Some file is a script of commands: the unit may hold more. */
  readonly scripted: boolean;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'f5-bigip' } {
  return { at, device: context.device, platform: 'f5-bigip' };
}

/** Every object of a kind. */
export function all(context: Context, kind: string): F5Object[] {
  return [...(context.kinds.get(kind)?.values() ?? [])];
}

/** The object of a kind and name. */
export function find(context: Context, kind: string, name: string): F5Object | undefined {
  return context.kinds.get(kind)?.get(name);
}

/** An object of which there is one a unit (`sys ntp`). */
export function single(context: Context, kind: string): F5Object | undefined {
  return all(context, kind)[0];
}

/**
 * Records that the config uses a name. A name that is missing says something only where the files of its
 * partition are there: where some other object of `kind`'s module is defined in it.
 */
export function refer(
  context: Context,
  use: { readonly at: Place; readonly name: string; readonly kind: string; readonly to: Reference['to']; readonly builtIn?: boolean },
): void {
  const module = use.kind.split(' ')[0] as string;
  const partition = partitionOf(use.name);
  const defined = use.builtIn === true || find(context, use.kind, use.name) !== undefined;
  if (!defined && (!context.saved || context.scripted || !partitionsOf(context, module).has(partition))) return;
  context.facts.references.push({
    ...entity(context, use.at),
    to: use.to,
    noun: use.kind,
    name: use.name,
    defined,
    candidates: namesOf(context.kinds.get(use.kind)),
  });
}

const partitions = new WeakMap<Context, Map<string, ReadonlySet<string>>>();

/** The partitions in which some object of a module is defined; found once a module. */
function partitionsOf(context: Context, module: string): ReadonlySet<string> {
  const known = partitions.get(context) ?? new Map<string, ReadonlySet<string>>();
  partitions.set(context, known);
  const found = known.get(module) ?? findPartitions(context, module);
  known.set(module, found);
  return found;
}

function findPartitions({ kinds }: Context, module: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [kind, objects] of kinds) if (kind.startsWith(`${module} `)) for (const name of objects.keys()) found.add(partitionOf(name));
  return found;
}

/** Lists of names, made once a kind: every reference carries one. */
const lists = new WeakMap<Kind, readonly string[]>();

function namesOf(kind: Kind | undefined): readonly string[] {
  if (!kind) return [];
  const known = lists.get(kind) ?? [...kind.keys()];
  lists.set(kind, known);
  return known;
}
