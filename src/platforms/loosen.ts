import type { DeviceFacts } from '../model/device.ts';
import type { Place } from '../model/fact.ts';
import type { Member, Trigger } from '../model/redundancy.ts';
import { isBroken, type Source } from '../syntax/source.ts';
import { PLACEHOLDER } from '../syntax/template.ts';

/**
 * What a device says where a template leaves values open, or where a file is broken. A statement with a placeholder may
 * say anything: the entity in whose block it stands may have more in its lists than is seen, what nobody wrote may be
 * written there, and names that seem to be defined or used nowhere may be. In a file that is cut off, or whose brace or
 * quote is never closed, any statement may be missing, or stand where it does not belong.
 */
export function loosened(facts: DeviceFacts, sources: readonly Source[], isData: boolean): DeviceFacts {
  const broken = new Set(sources.filter(isBroken).map((source) => source.path));
  const holesOf = (source: Source): readonly Hole[] => [
    ...(broken.has(source.path) ? breaksIn(source) : []),
    ...(isData ? holesInData(source) : holesIn(source)),
  ];
  const holes = new Map(sources.map((source) => [source.path, holesOf(source)] as const));
  if ([...holes.values()].every((list) => list.length === 0)) return facts;
  const open: Open = {
    entity: ({ file, line, endLine }) => holes.get(file)?.some(({ first, last }) => line <= last && first <= endLine) ?? false,
    fact: (at) => holes.get(at.file)?.some((hole) => covers(at, hole)) ?? false,
  };
  const known = walk(facts, open) as DeviceFacts;
  return {
    ...known,
    references: known.references.filter(({ defined }) => defined),
    watches: known.watches.filter(({ bound }) => bound !== false),
    members: known.members.map((member) => maybeMore(member, broken)),
    remarks: known.remarks.filter(({ at }) => !broken.has(at.file)),
    ...(isData && broken.size === 0 ? {} : { open: withOpen(known, listsOf(known)), fragment: true }),
  };
}

/** A placeholder or a broken line, and the lines that it leaves open. */
interface Hole {
  readonly line: number;
  /** Absent: the whole line. */
  readonly column?: number;
  readonly first: number;
  readonly last: number;
}

/** Whether an entity may say more than is seen, and whether a value is not what it seems. */
interface Open {
  readonly entity: (at: Place) => boolean;
  readonly fact: (at: Place) => boolean;
}

/** Commands of one line that speak of nothing but the device's name, its looks and its keepers. */
const OF_NO_CONCERN = /^(?:host-?name|sysname|description|banner|username|snmp\S*|ntp|logging|clock|enable|aaa|service|no|version)$/;

/** What is broken comes to light far behind the mistake, and leaves the whole file open; its last line may be cut off. */
function breaksIn({ text, diagnostics }: Source): readonly Hole[] {
  const last = text.split('\n').length;
  return [last, ...diagnostics.map(({ line }) => line)].map((line) => ({ line, ...WHOLE }));
}

const WHOLE = { first: 1, last: Number.MAX_SAFE_INTEGER };

/** A placeholder leaves the block open that it stands in; in a command of its own, which may add to any object, the whole file. */
function holesIn({ text, statements }: Source): readonly Hole[] {
  return placeholdersIn(text).flatMap((at): Hole[] => {
    const block = statements.find((statement) => statement.line <= at.line && at.line <= statement.endLine);
    if (!block || block.children.length > 0) return [{ ...at, ...(block ? { first: block.line, last: block.endLine } : WHOLE) }];
    return block.use === 'ignored' || OF_NO_CONCERN.test(block.words[0] ?? '') ? [] : [{ ...at, ...WHOLE }];
  });
}

/** In data a placeholder leaves open what it is a part of: its line. */
function holesInData({ text }: Source): readonly Hole[] {
  return placeholdersIn(text).map((at) => ({ ...at, first: at.line, last: at.line }));
}

/** Where the placeholders of a masked text begin. */
function placeholdersIn(text: string): { line: number; column: number }[] {
  if (!text.includes(PLACEHOLDER)) return [];
  return text.split('\n').flatMap((content, index) => {
    const column = content.indexOf(PLACEHOLDER);
    return column < 0 ? [] : [{ line: index + 1, column: column + 1 }];
  });
}

function covers({ line, column, endLine, endColumn }: Place, hole: Hole): boolean {
  if (hole.line < line || hole.line > endLine) return false;
  return hole.column === undefined || line !== endLine || (column <= hole.column && hole.column < endColumn);
}

/** Facts that every entity of their kind has. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['type', 'effect', 'value']);

/** The same with every entity loosened that may say more; what says no more stays the same object. */
function walk(value: unknown, open: Open): unknown {
  if (Array.isArray(value)) {
    const walked = value.map((item) => walk(item, open));
    return walked.some((item, index) => item !== value[index]) ? walked : value;
  }
  if (typeof value !== 'object' || value === null || 'value' in value) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, key === 'at' ? part : walk(part, open)] as const);
  const changed = entries.some(([key, part]) => part !== (value as Record<string, unknown>)[key]);
  const whole: object = changed ? Object.fromEntries(entries) : value;
  const isOpen = 'at' in whole && 'device' in whole && open.entity(whole.at as Place);
  const said = Object.entries(whole).filter(
    ([key, part]) => ALWAYS_THERE.has(key) || !(isGuess(part, isOpen, open) || isLearntElsewhere(part, whole, open)),
  );
  if (!isOpen) return said.length === Object.keys(whole).length ? whole : Object.fromEntries(said);
  const lists = withOpen(whole, listsOf(whole));
  return { ...Object.fromEntries(said), ...(lists.length > 0 ? { open: lists } : {}) };
}

/** A value that a placeholder stands in; in an open entity also what nobody wrote. */
function isGuess(part: unknown, isOpen: boolean, open: Open): boolean {
  if (typeof part !== 'object' || part === null) return false;
  // An authentication of no type is what nobody wrote, too.
  if ('type' in part && isOpen) return isGuess(part.type, isOpen, open);
  if (!('value' in part)) return false;
  return 'at' in part ? open.fact(part.at as Place) : isOpen && 'default' in part;
}

/** A fact that another block says, which a placeholder leaves open: what a self IP lets through, told of a heartbeat. */
function isLearntElsewhere(part: unknown, entity: object, open: Open): boolean {
  if (typeof part !== 'object' || part === null || !('value' in part && 'at' in part && 'at' in entity)) return false;
  const [own, place] = [entity.at as Place, part.at as Place];
  return !(own.file === place.file && own.line <= place.line && place.line <= own.endLine) && open.entity(place);
}

/** The lists of an entity that may hold more than is seen, with `lists` among them. */
function withOpen(entity: object, lists: readonly string[]): string[] {
  return [...new Set([...('open' in entity ? (entity.open as readonly string[]) : []), ...lists])];
}

function listsOf(entity: object): string[] {
  return Object.entries(entity).flatMap(([key, part]) => (Array.isArray(part) && key !== 'open' ? [key] : []));
}

/** What stands elsewhere than in a member's own block: load balancers' addresses, and what its triggers watch. */
function maybeMore(member: Member, broken: ReadonlySet<string>): Member {
  const triggers = member.triggers.map((trigger) => maybeDefined(trigger, broken.has(trigger.at.file)));
  if (!['vrrp-a', 'f5-traffic-group', 'netscaler-ha'].includes(member.protocol)) return { ...member, triggers };
  return { ...member, triggers, open: withOpen(member, ['virtualAddresses', 'triggers']) };
}

function maybeDefined(trigger: Trigger, isBroken: boolean): Trigger {
  const { defined, cannotFire, ...rest } = trigger;
  return { ...rest, ...(defined ? { defined } : {}), ...(cannotFire && !isBroken ? { cannotFire } : {}) };
}
