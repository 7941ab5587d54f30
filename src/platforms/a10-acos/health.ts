import type { Monitor, MonitorType } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { child } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { type Context, entity } from './context.ts';
import { PAGES } from './pages.ts';

const TYPES: Readonly<Record<string, MonitorType>> = table({
  icmp: 'icmp',
  tcp: 'tcp',
  udp: 'udp',
  http: 'http',
  https: 'https',
  dns: 'dns',
  database: 'sql',
  external: 'script',
});

/** Health monitors that exist without being defined. */
export const BUILT_IN_MONITORS: readonly string[] = ['ping'];

/** `health monitor NAME`, with its settings in the block or, in older releases, on the same line. */
export function readMonitor(s: Statement, context: Context): void {
  const name = s.words[2];
  if (name === undefined) return;
  const method = child(s, 'method');
  const type = method && wordFact(method, 1);
  const expects = method?.words.includes('expect') || method?.words.includes('response') ? headFact(method, true) : undefined;
  const port = numberIn(s, 'override-port') ?? (method && after(method, 'port'));
  const destination = child(s, 'override-ipv4');
  const address = destination && wordFact(destination, 1);
  const monitor: Monitor = {
    ...entity(context, placeOfStatement(s)),
    name,
    ...(type && isStated(type) ? { type: stated(TYPES[type.value] ?? 'other', type.at) } : {}),
    ...timing(s),
    ...(expects ? { expects } : {}),
    ...(port ? { port } : {}),
    ...(address ? { destination: address } : {}),
  };
  for (const line of s.children) line.use = 'read';
  context.monitors.set(name, monitor);
  context.facts.monitors.push(monitor);
}

/** The check that ACOS makes where none is configured: a ping, or a connection to the port. */
export function defaultMonitor(context: Context, type: 'icmp' | 'tcp' | 'udp', s: Statement): Monitor {
  return {
    ...entity(context, placeOfHead(s)),
    name: type === 'icmp' ? 'ping' : `default ${type} check`,
    type: byDefault(type, PAGES.defaultChecks),
    ...timing(undefined),
    builtIn: true,
  };
}

/** Interval and timeout (5 s each by default), and the failures that it takes: the first attempt and 3 retries. */
function timing(s: Statement | undefined): Pick<Monitor, 'interval' | 'timeout' | 'timeoutCovers' | 'fall' | 'rise' | 'detection'> {
  const interval = numberIn(s, 'interval', 1000) ?? byDefault(5000, PAGES.monitor);
  const timeout = numberIn(s, 'timeout', 1000) ?? byDefault(5000, PAGES.monitor);
  const retry = numberIn(s, 'retry');
  const fall = retry && isStated(retry) ? stated(retry.value + 1, retry.at) : byDefault(4, PAGES.defaultChecks);
  const rise = numberIn(s, 'up-retry') ?? byDefault(1, PAGES.monitor);
  const milliseconds = fall.value * interval.value + timeout.value;
  const detection = isStated(interval) ? stated(milliseconds, interval.at) : byDefault(milliseconds, PAGES.monitor);
  return { interval, timeout, timeoutCovers: 'probe', fall, rise, detection };
}

/** The number after `keyword`, on a line of the block or anywhere on the head or a line (`interval 10 timeout 3`). */
function numberIn(s: Statement | undefined, keyword: string, scale = 1): Fact<number> | undefined {
  if (!s) return undefined;
  for (const line of [...s.children].reverse()) {
    const found = line.words[0] === 'method' ? undefined : after(line, keyword, scale);
    if (found) return found;
  }
  return after(s, keyword, scale);
}

function after(s: Statement, keyword: string, scale = 1): Fact<number> | undefined {
  const at = s.words.indexOf(keyword);
  return at < 0 ? undefined : numberFact(s, at + 1, scale);
}
