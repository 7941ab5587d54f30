import type { Fact } from '../../model/fact.ts';
import { stated } from '../../model/fact.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';

/** The directives in force at one place: its own, else those of the blocks around it. */
export interface Scope {
  readonly own: ReadonlyMap<string, Statement>;
  readonly parent?: Scope;
  /** Some of its directives stand in files that are not among the inputs. */
  readonly incomplete: boolean;
}

/** The scope of a block with these directives. */
export function scopeOf(list: readonly Statement[], missing: boolean, parent?: Scope): Scope {
  const own = new Map<string, Statement>();
  for (const s of list) if (s.children.length === 0) own.set(s.words[0] ?? '', s);
  return { own, ...(parent ? { parent } : {}), incomplete: missing || (parent?.incomplete ?? false) };
}

/** The directive in force, from the innermost block that has it. */
export function inForce(scope: Scope, directive: string): Statement | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.own.get(directive);
    if (found) return found;
  }
  return undefined;
}

const UNITS: Readonly<Record<string, number>> = table({
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
});

/** nginx time (`1m30s`, `500ms`, bare seconds) in milliseconds; undefined where it is none. */
export function milliseconds(text: string): number | undefined {
  let total = 0;
  let rest = text;
  if (rest === '') return undefined;
  while (rest !== '') {
    const part = /^(\d{1,9})(ms|[smhdwMy])? ?/.exec(rest);
    if (!part) return undefined;
    total += Number(part[1]) * (UNITS[part[2] ?? 's'] ?? 1000);
    rest = rest.slice(part[0].length);
  }
  return total;
}

/** The time that word `index` of a directive states. */
export function timeFact(s: Statement, index: number): Fact<number> | undefined {
  const word = s.words[index];
  if (word === undefined || isUnknown(word) || s.maybe) return undefined;
  const value = milliseconds(word);
  return value === undefined ? undefined : stated(value, placeOfWord(s, index));
}

/** The value of a `name=value` parameter, and which word it is. */
export function parameter(s: Statement, name: string): { readonly value: string; readonly index: number } | undefined {
  const index = s.words.findIndex((word) => word.startsWith(`${name}=`));
  return index < 0 ? undefined : { value: (s.words[index] as string).slice(name.length + 1), index };
}

/** A numeric `name=value` parameter. */
export function numberParameter(s: Statement, name: string): Fact<number> | undefined {
  const found = parameter(s, name);
  if (!found || s.maybe || !/^\d{1,9}$/.test(found.value)) return undefined;
  return stated(Number(found.value), placeOfWord(s, found.index));
}

/** A `name=time` parameter in milliseconds. */
export function timeParameter(s: Statement, name: string): Fact<number> | undefined {
  const found = parameter(s, name);
  const value = found && milliseconds(found.value);
  return found && value !== undefined && !s.maybe ? stated(value, placeOfWord(s, found.index)) : undefined;
}
