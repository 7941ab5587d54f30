import type { Remark } from '../../model/device.ts';
import type { Fact } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { headFact } from '../entity.ts';
import { optionSwitch } from './command.ts';

/** The kinds of named objects whose commands are read, in lower case; the name follows the kind. */
export const KINDS = [
  'server',
  'service',
  'servicegroup',
  'lb monitor',
  'lb vserver',
  'cs vserver',
  'gslb vserver',
  'gslb service',
  'vpn vserver',
  'authentication vserver',
  'cs policy',
  'cs action',
  'interface',
  'channel',
  'vlan',
  'fis',
] as const;

export type Kind = (typeof KINDS)[number];

/** A named object and every command about it, in order: later ones prevail. */
export interface Definition {
  readonly kind: Kind;
  name: string;
  /** `add`, then `set`. */
  readonly statements: Statement[];
  readonly bindings: Statement[];
  /** From `enable`, `disable` and `-state`, whichever came last. */
  enabled?: Fact<boolean> | undefined;
  /** `false`: only `set` or `bind` speak of it. */
  readonly added: boolean;
}

/** All objects of a config by kind and name; NetScaler does not tell names apart by case. */
export type Definitions = Readonly<Record<Kind, Map<string, Definition>>>;

export function noDefinitions(): Definitions {
  return Object.fromEntries(KINDS.map((kind) => [kind, new Map()])) as unknown as Definitions;
}

export function lookUp(definitions: Definitions, kind: Kind, name: string): Definition | undefined {
  return definitions[kind].get(name.toLowerCase());
}

/** Index of the object's name in a command of `kind`. */
export function nameIndex(kind: Kind): number {
  return kind.includes(' ') ? 3 : 2;
}

/** Objects that exist without an `add`: `set` alone speaks of them. */
const BUILT_IN_KINDS = new Set<Kind>(['interface', 'channel', 'lb monitor', 'vlan']);

/** `add`: defines an object; a second `add` of one name is refused by the appliance, so the first prevails. */
export function add(definitions: Definitions, kind: Kind, s: Statement): Statement | undefined {
  const name = s.words[nameIndex(kind)];
  if (name === undefined) return undefined;
  const earlier = lookUp(definitions, kind, name);
  if (earlier?.added) return earlier.statements[0];
  const definition: Definition = { kind, name, statements: [s], bindings: earlier?.bindings ?? [], added: true };
  definition.enabled = optionSwitch(s, '-state');
  definitions[kind].set(name.toLowerCase(), definition);
  return undefined;
}

/** `set`, `bind`: a command about an object that should be there; false where it is not. */
export function extend(definitions: Definitions, kind: Kind, s: Statement, list: 'statements' | 'bindings'): boolean {
  const name = s.words[nameIndex(kind)];
  if (name === undefined) return true;
  let definition = lookUp(definitions, kind, name);
  if (!definition && BUILT_IN_KINDS.has(kind)) {
    definition = { kind, name, statements: [], bindings: [], added: false };
    definitions[kind].set(name.toLowerCase(), definition);
  }
  if (!definition) return false;
  definition[list].push(s);
  if (list === 'statements') definition.enabled = optionSwitch(s, '-state') ?? definition.enabled;
  return true;
}

/** `enable`, `disable`. */
export function switchState(definitions: Definitions, kind: Kind, s: Statement, enabled: boolean): void {
  const name = s.words[nameIndex(kind)] ?? '';
  const definition = lookUp(definitions, kind, name);
  // `disable serviceGroup G server port` concerns one member: kept as a binding.
  if (definition && s.words.length > nameIndex(kind) + 2) definition.bindings.push(s);
  else if (definition) definition.enabled = headFact(s, enabled);
}

/** `rename`, `rm`, `unbind`. */
export function change(definitions: Definitions, kind: Kind, s: Statement): void {
  const at = nameIndex(kind);
  const name = s.words[at] ?? '';
  const definition = lookUp(definitions, kind, name);
  if (!definition) return;
  const verb = s.words[0]?.toLowerCase();
  if (verb === 'unbind') {
    const rest = s.words.slice(at + 1).join(' ');
    const bound = definition.bindings.findIndex((b) =>
      b.words
        .slice(at + 1)
        .join(' ')
        .startsWith(rest),
    );
    if (bound >= 0) definition.bindings.splice(bound, 1);
    return;
  }
  definitions[kind].delete(name.toLowerCase());
  const renamed = s.words[at + 1];
  if (verb !== 'rename' || renamed === undefined) return;
  definition.name = renamed;
  definitions[kind].set(renamed.toLowerCase(), definition);
}

/** The last of an object's commands that gives an option. */
export function latest<T>(definition: Definition, read: (s: Statement) => T | undefined): T | undefined {
  for (let i = definition.statements.length - 1; i >= 0; i--) {
    const value = read(definition.statements[i] as Statement);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Says that an object is added a second time, which the appliance refuses. */
export function duplicateRemark(s: Statement, earlier: Statement, kind: Kind, device: string): Remark {
  return {
    at: placeOfHead(s),
    device,
    platform: 'citrix-netscaler',
    kind: 'duplicate-definition',
    subject: s.words[nameIndex(kind)] ?? '',
    text: 'NetScaler refuses to add an object twice; the first definition stays in force',
    other: placeOfHead(earlier),
  };
}
