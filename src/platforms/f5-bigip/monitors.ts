import type { Monitor } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, type Place, stated } from '../../model/fact.ts';
import { placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { canExpect, defaultTiming, isPassive, monitorType, shippedType } from '../f5-monitors.ts';
import { baseName, endpoint, fullPath } from '../f5-names.ts';
import { all, type Context, entity, find, refer } from './context.ts';
import { definitionOf, type F5Object, numberOf, property, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** Monitors in force somewhere: `monitor A and B`, `monitor min 1 of { A B }`. */
export interface MonitorRule {
  readonly monitors: readonly Monitor[];
  readonly required?: Fact<number>;
  /** `none`: switched off, whatever stands elsewhere. */
  readonly none: boolean;
  readonly open: boolean;
  readonly at: Place;
}

/** Every monitor that the config defines. */
export function buildMonitors(context: Context): void {
  for (const object of all(context, 'ltm monitor')) context.facts.monitors.push(definedMonitor(context, object));
}

/** What a `monitor` property says; undefined where it says `default` (as if it were not there). */
export function monitorRule(context: Context, s: Statement | undefined): MonitorRule | undefined {
  if (!s) return undefined;
  s.use = 'read';
  for (const child of s.children) child.use = 'read';
  const words = [...wordsOf(s, 1), ...s.children.flatMap((child) => wordsOf(child, 0))];
  const at = placeOfStatement(s);
  if (words.length === 0 || words[0]?.text === 'default') return undefined;
  if (words[0]?.text === 'none') return { monitors: [], none: true, open: s.maybe === true, at };
  const counted = words[0]?.text === 'min' && words[2]?.text === 'of';
  const names = words.slice(counted ? 3 : 0).filter((word) => word.text !== 'and');
  const required = counted && /^\d+$/.test(words[1]?.text ?? '') ? stated(Number(words[1]?.text), words[1]?.at as Place) : undefined;
  const found = names.map((name) => named(context, name));
  const open = s.maybe === true || names.some((name) => isUnknown(name.text)) || found.includes(undefined);
  return { monitors: found.filter((m) => m !== undefined), none: false, open, at, ...(required ? { required } : {}) };
}

interface Name {
  readonly text: string;
  readonly at: Place;
}

/** The words of a rule; one that was quoted as a whole is taken apart. */
function wordsOf(s: Statement, from: number): Name[] {
  return s.words.slice(from).flatMap((word, i) =>
    word
      .split(/\s+/)
      .filter((text) => text !== '' && text !== '{' && text !== '}')
      .map((text) => ({ text, at: placeOfWord(s, from + i) })),
  );
}

function named(context: Context, name: Name): Monitor | undefined {
  if (isUnknown(name.text)) return undefined;
  const path = fullPath(name.text);
  const shipped = path.startsWith('/Common/') ? shippedType(baseName(path)) : undefined;
  refer(context, { at: name.at, name: path, kind: 'ltm monitor', to: 'monitor', builtIn: shipped !== undefined });
  const object = find(context, 'ltm monitor', path);
  if (object) return definedMonitor(context, object);
  return shipped === undefined ? undefined : shippedMonitor(context, path, shipped, name.at);
}

function shippedMonitor(context: Context, name: string, type: string, at: Place): Monitor {
  const page = PAGES.monitor(type);
  const timing = defaultTiming(type);
  return {
    ...entity(context, at),
    name,
    type: byDefault(monitorType(type), page),
    ...(timing ? { interval: byDefault(timing.interval, page), timeout: byDefault(timing.timeout, page) } : {}),
    ...(timing ? { timeoutCovers: 'decision' as const, detection: byDefault(timing.timeout, page) } : {}),
    ...(canExpect(type) ? { expects: byDefault(/_head_f5$/.test(name), page) } : {}),
    builtIn: true,
  };
}

/** A monitor with what it inherits: from its own statements up to the type's documented defaults. */
function definedMonitor(context: Context, object: F5Object): Monitor {
  const s = definitionOf(object);
  const page = PAGES.monitor(object.type);
  const inherited = <T>(read: (o: F5Object) => T | undefined): T | undefined => inherit(context, object, read);
  const timing = defaultTiming(object.type);
  const interval = inherited((o) => numberOf(o, 'interval', 1000)) ?? (timing && byDefault(timing.interval, page));
  const timeout = inherited((o) => numberOf(o, 'timeout', 1000)) ?? (timing && byDefault(timing.timeout, page));
  const destination = inherited((o) => textOf(o, 'destination'));
  const target = destination && endpoint(destination.value);
  const at = destination && isStated(destination) ? destination.at : placeOfStatement(s);
  const expects = canExpect(object.type) ? expectation(inherited) : undefined;
  return {
    ...entity(context, placeOfStatement(s)),
    name: object.name,
    type: stated(monitorType(object.type), placeOfWord(s, 2)),
    ...(interval ? { interval } : {}),
    ...(timeout && !isPassive(object.type) ? { timeout, timeoutCovers: 'decision' as const, detection: timeout } : {}),
    ...(expects ? { expects } : {}),
    ...(target && target.host !== '*' && target.host !== '::' ? { destination: stated(target.host, at) } : {}),
    ...(target?.port ? { port: stated(target.port, at) } : {}),
  };
}

/** What an object or the nearest of those it takes its defaults from says. */
function inherit<T>(context: Context, object: F5Object, read: (o: F5Object) => T | undefined): T | undefined {
  const seen = new Set<F5Object>();
  for (let o: F5Object | undefined = object; o && !seen.has(o); ) {
    seen.add(o);
    const value = read(o);
    if (value !== undefined) return value;
    const parent: Fact<string> | undefined = textOf(o, 'defaults-from');
    o = parent && parent.value !== 'none' ? find(context, 'ltm monitor', fullPath(parent.value)) : undefined;
  }
  return undefined;
}

/** Whether the answer is compared: a `recv` or `recv-disable` that is not empty. The string itself is nobody's business. */
function expectation(inherited: (read: (o: F5Object) => Fact<boolean> | undefined) => Fact<boolean> | undefined): Fact<boolean> {
  const said = (key: string) =>
    inherited((o) => {
      const s = property(o, key);
      return s && !s.maybe ? stated((s.words[1] ?? '') !== '' && s.words[1] !== 'none', placeOfStatement(s)) : undefined;
    });
  const receive = said('recv');
  const down = said('recv-disable');
  return receive?.value === true ? receive : ((down?.value === true ? down : receive) ?? byDefault(false, PAGES.monitor('http')));
}
