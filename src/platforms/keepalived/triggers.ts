import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Trigger } from '../../model/redundancy.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { numberFact } from '../entity.ts';
import { CODE, type Context, entityAt, last, listLines, MANUAL, present, type Tracked } from './context.ts';
import { scriptDetection, scriptView, trackedProcess } from './tracked.ts';

/** What of an instance decides how its tracking works. */
export interface TrackingScope {
  /** Interfaces that the instance watches without being told to. */
  readonly implicit: ReadonlySet<string>;
  /** In a sync group without `sync_group_tracking_weight`: weights of the member's own tracking do not count. */
  readonly grouped: boolean;
  /** Priority 255: weights do not count. */
  readonly owner: boolean;
}

const LISTS = {
  track_interface: 'interface',
  track_script: 'script',
  track_process: 'process',
  track_file: 'file',
  track_bfd: 'bfd',
} as const;

type Kind = (typeof LISTS)[keyof typeof LISTS];

/** Reads the tracking lists of an instance or of a sync group, for one instance. */
export function readTracks(block: Statement, scope: TrackingScope, context: Context): { triggers: Trigger[]; open: boolean } {
  const triggers: Trigger[] = [];
  let open = false;
  for (const [list, kind] of Object.entries(LISTS)) {
    for (const line of listLines(block, list)) {
      const name = line.words[0] as string;
      if (line.maybe || isUnknown(name)) open = true;
      else triggers.push(readTrack(line, kind, scope, context));
    }
  }
  return { triggers, open };
}

function readTrack(line: Statement, kind: Kind, scope: TrackingScope, context: Context): Trigger {
  const name = line.words[0] as string;
  const tracked = kind === 'interface' ? undefined : context.tracked.get(`${kind} ${name}`);
  if (kind !== 'interface') noteReference(line, kind, name, tracked, context);
  const dropped = whyDropped(line, tracked, context);
  const force: Force = dropped
    ? { effect: stated('none', placeOfHead(line)), cannotFire: stated(dropped, placeOfHead(line)) }
    : forceOf(line, kind, weightOf(line, kind, tracked), scope, name);
  return {
    ...entityAt(line, context),
    watches: kind,
    target: name,
    ...present({ defined: tracked ? true : kind === 'interface' || context.partial ? undefined : false }),
    ...viewOf(kind, name, tracked),
    ...force,
    ...present({ detection: tracked?.kind === 'script' ? scriptDetection(tracked.statement) : undefined }),
  };
}

/** Why keepalived drops a tracking line although what it names is defined. */
function whyDropped(line: Statement, tracked: Tracked | undefined, context: Context): string | undefined {
  if (!tracked) return undefined;
  const { statement, name, kind } = tracked;
  const nothing = statement.children.every((c) => c.words[0] !== 'script' && !c.maybe && !(c.words[0] as string).startsWith('include'));
  if (kind === 'script' && nothing) return `'${name}' has no 'script' line: keepalived removes it and tracks nothing`;
  if (statement.file !== line.file) return undefined;
  let block = line;
  while (block.parent) block = block.parent;
  // keepalived looks a name up when it reads the line: what is defined further down is not there yet.
  if ((context.order.get(statement) ?? 0) <= (context.order.get(block) ?? 0)) return undefined;
  return `'${name}' is defined below this instance: keepalived logs "not found, ignoring" and does not track it`;
}

function noteReference(
  line: Statement,
  kind: Exclude<Kind, 'interface'>,
  name: string,
  tracked: Tracked | undefined,
  context: Context,
): void {
  context.bound.add(`${kind} ${name}`);
  if (!tracked && context.partial) return;
  const known = context.facts.references.some((r) => r.name === name && r.at.line === line.line && r.at.file === line.file);
  if (known) return;
  const nouns = { script: 'vrrp_script', process: 'vrrp_track_process', file: 'track_file', bfd: 'bfd_instance' };
  context.facts.references.push({
    ...entityAt(line, context),
    at: placeOfWord(line, 0),
    to: 'trigger',
    noun: nouns[kind],
    name,
    defined: tracked !== undefined,
    candidates: tracked ? [] : [...context.tracked.values()].filter((t) => t.kind === kind).map((t) => t.name),
  });
}

interface Weight {
  /** Absent: written, but not known. */
  readonly fact?: Fact<number>;
  readonly reverse: boolean;
}

/** The weight in force: the tracking line's own, else the definition's, else the default. */
function weightOf(line: Statement, kind: Kind, tracked: Tracked | undefined): Weight {
  if (line.words[1] === 'weight') return { ...present({ fact: numberFact(line, 2) }), reverse: line.words[3] === 'reverse' };
  const s = last(tracked?.statement, 'weight');
  if (s) return { ...present({ fact: numberFact(s, 1) }), reverse: s.words[2] === 'reverse' };
  if (kind === 'file') return { fact: byDefault(1, MANUAL), reverse: false };
  // The manual says 1 for processes; the daemon starts at 0 (see its `alloc_vrrp_process`).
  return { fact: byDefault(0, kind === 'process' ? CODE : MANUAL), reverse: false };
}

type Force = Pick<Trigger, 'effect' | 'penalty' | 'bonus' | 'reverse' | 'cannotFire'>;

/** What a weight does: none is a fault, a negative one lowers the priority, a positive one is a bonus while all is well. */
function forceOf(line: Statement, kind: Kind, weight: Weight, scope: TrackingScope, name: string): Force {
  const at = placeOfHead(line);
  const reverse = weight.reverse ? { reverse: true } : {};
  const value = weight.fact?.value;
  if (kind === 'interface' && scope.implicit.has(name)) return { effect: stated('fault', at), ...reverse };
  if (value === 0) return { effect: stated('fault', at), ...reverse };
  if (scope.owner && value !== undefined) {
    return {
      effect: stated('none', at),
      cannotFire: stated('priority 255 is the address owner, whose tracking weights keepalived ignores', at),
    };
  }
  if (scope.grouped && value !== undefined) {
    if (kind === 'interface' || (kind === 'file' && value === 1)) return { effect: stated('fault', at), ...reverse };
    return {
      effect: stated('none', at),
      cannotFire: stated('keepalived ignores weighted tracking of an instance that is in a sync group', at),
    };
  }
  if (value === undefined || !weight.fact || kind === 'file') return { effect: stated('priority', at), ...reverse };
  return {
    effect: stated('priority', at),
    penalty: { ...weight.fact, value: Math.abs(value) },
    ...(value > 0 ? { bonus: true } : {}),
    ...reverse,
  };
}

type View = Pick<Trigger, 'interfaces' | 'processes' | 'addresses' | 'open' | 'cannotFire'>;

function viewOf(kind: Kind, name: string, tracked: Tracked | undefined): View {
  const nothing = { interfaces: [], processes: [], addresses: [] };
  if (kind === 'interface') return { ...nothing, interfaces: [name] };
  if (!tracked) return nothing;
  if (kind === 'script') {
    const { open, cannotFire, ...view } = scriptView(tracked.statement);
    return {
      ...view,
      ...(open ? { open: ['interfaces', 'processes', 'addresses'] } : {}),
      ...present({
        cannotFire:
          cannotFire === undefined ? undefined : stated(cannotFire, placeOfHead(last(tracked.statement, 'script') ?? tracked.statement)),
      }),
    };
  }
  if (kind === 'process') {
    const process = trackedProcess(tracked.statement);
    return process === undefined ? { ...nothing, open: ['processes'] } : { ...nothing, processes: [process] };
  }
  if (kind === 'bfd') {
    const neighbour = last(tracked.statement, 'neighbor_ip', 'neighbour_ip')?.words[1];
    return { ...nothing, addresses: neighbour === undefined || isUnknown(neighbour) ? [] : [neighbour] };
  }
  return { ...nothing, open: ['interfaces', 'processes', 'addresses'] };
}

/** A trigger that keepalived sets by itself on an interface. */
export function implicitTrigger(at: Statement, name: string, context: Context): Trigger {
  return {
    ...entityAt(at, context),
    at: placeOfHead(at),
    watches: 'interface',
    target: name,
    interfaces: [name],
    processes: [],
    addresses: [],
    effect: byDefault('fault', MANUAL),
    implicit: true,
  };
}
