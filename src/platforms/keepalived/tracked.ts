import { byDefault, type Fact } from '../../model/fact.ts';
import type { Watch } from '../../model/redundancy.ts';
import type { Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';
import { numberFact } from '../entity.ts';
import { CODE, type Context, entityAt, last, MANUAL, present, scaled, type Tracked } from './context.ts';
import { type ScriptView, viewOfScript } from './scripts.ts';

const KINDS: Readonly<Record<string, Tracked['kind']>> = table({
  vrrp_script: 'script',
  vrrp_track_process: 'process',
  vrrp_track_file: 'file',
  track_file: 'file',
  bfd_instance: 'bfd',
});

/** All that can be tracked, by kind and name. keepalived keeps the first of two with one name. */
export function trackedByName(roots: readonly Statement[]): Map<string, Tracked> {
  const found = new Map<string, Tracked>();
  for (const statement of roots) {
    const kind = KINDS[statement.words[0] as string];
    const name = statement.words[1];
    if (kind === undefined || name === undefined || isUnknown(name)) continue;
    const key = `${kind} ${name}`;
    if (!found.has(key)) found.set(key, { statement, kind, name });
  }
  return found;
}

/** How often and how fast a script is judged, defaults included; times in milliseconds. */
export function scriptTimes(script: Statement): Pick<Watch, 'interval' | 'timeout' | 'fall' | 'rise'> {
  const timeout = last(script, 'timeout');
  return present({
    interval: numberOr(script, 'interval', 1000, byDefault(1000, MANUAL)),
    timeout: timeout && numberFact(timeout, 1, 1000),
    fall: numberOr(script, 'fall', 1, byDefault(1, CODE)),
    rise: numberOr(script, 'rise', 1, byDefault(1, CODE)),
  });
}

/** A keyword's number; the default only where the keyword is not written at all. */
export function numberOr(block: Statement, keyword: string, scale: number, fallback: Fact<number> | undefined): Fact<number> | undefined {
  const s = last(block, keyword);
  return s ? numberFact(s, 1, scale) : fallback;
}

/** From a failure to the verdict of a script, milliseconds: `fall` runs, each an interval apart, at the worst. */
export function scriptDetection(script: Statement): Fact<number> | undefined {
  const { interval, fall } = scriptTimes(script);
  return interval && fall && scaled(interval, (ms) => ms * Math.max(1, fall.value));
}

/** What a script looks at. */
export function scriptView(script: Statement): ScriptView {
  const s = last(script, 'script');
  if (!s || s.maybe || s.words.slice(1).some(isUnknown)) return { processes: [], addresses: [], interfaces: [], open: true };
  return viewOfScript(s.words.slice(1).join(' '));
}

/** The process that a `vrrp_track_process` counts. */
export function trackedProcess(block: Statement): string | undefined {
  const s = last(block, 'process');
  const name = s?.words[1]?.split(/\s+/)[0];
  if (!s || s.maybe || name === undefined || isUnknown(name)) return undefined;
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Every definition as a watch, bound or not. */
export function readWatches(context: Context): Watch[] {
  return [...context.tracked].map(([key, { statement, kind, name }]) => ({
    ...entityAt(statement, context),
    watches: kind,
    name,
    ...(context.partial && !context.bound.has(key) ? {} : { bound: context.bound.has(key) }),
    ...(kind === 'script' ? scriptTimes(statement) : {}),
  }));
}
