import type { Monitor } from '../../model/balancing.ts';
import type { Remark } from '../../model/device.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact } from '../entity.ts';
import { type Context, entity, type Upstream } from './context.ts';
import { PAGES } from './pages.ts';
import type { Pass } from './passes.ts';
import { numberParameter, parameter, timeParameter } from './scope.ts';

/** The active checks of an upstream, and whether they are in force. */
export interface Checks {
  readonly monitors: readonly Monitor[];
  readonly monitored?: Fact<boolean>;
  readonly remarks: readonly Remark[];
}

/** `health_check` of NGINX Plus beside the passes, or `check` of the Tengine module in the upstream. */
export function checksOf(context: Context, upstream: Upstream, list: readonly Statement[], users: readonly Pass[]): Checks {
  const tengine = list.find((s) => s.words[0] === 'check');
  if (tengine) {
    const monitored = headFact(tengine, true);
    return { monitors: [tengineMonitor(context, tengine, list)], ...(monitored ? { monitored } : {}), remarks: [] };
  }
  const lines = users.flatMap((pass) => pass.healthChecks.map((line) => ({ line, pass })));
  const distinct = lines.filter(({ line }, i) => lines.findIndex((other) => other.line === line) === i);
  const [first] = distinct;
  if (!first) {
    const page = upstream.stream ? PAGES.streamHealthCheck : PAGES.healthCheck;
    return { monitors: [], remarks: [], ...(context.complete ? { monitored: byDefault(false, page) } : {}) };
  }
  const monitors = distinct.map(({ line, pass }) => plusMonitor(context, line, pass));
  const why = notInForce(context, list);
  const monitored = headFact(first.line, why === undefined);
  const remarks = why === undefined ? [] : [remark(context, first.line, why)];
  return { monitors, ...(monitored ? { monitored } : {}), remarks };
}

/** Why a `health_check` cannot be in force: open-source packaging, or an upstream without shared memory. */
function notInForce(context: Context, list: readonly Statement[]): string | undefined {
  if (context.openSource)
    return 'only NGINX Plus knows this directive, and this is the configuration of an open-source package: nginx refuses to start';
  if (!list.some((s) => s.words[0] === 'zone' || s.words[0] === 'include')) {
    return 'a health check needs its upstream in shared memory, and the upstream has no `zone`';
  }
  return undefined;
}

function remark(context: Context, s: Statement, text: string): Remark {
  return { ...entity(context, placeOfHead(s)), kind: 'ineffective', subject: 'health_check', text };
}

function plusMonitor(context: Context, s: Statement, pass: Pass): Monitor {
  const source = pass.stream ? PAGES.streamHealthCheck : PAGES.healthCheck;
  const interval = timeParameter(s, 'interval') ?? byDefault(5000, source);
  const fall = numberParameter(s, 'fails') ?? byDefault(1, source);
  const rise = numberParameter(s, 'passes') ?? byDefault(1, source);
  const port = numberParameter(s, 'port');
  const match = parameter(s, 'match');
  const secure = /^https:|^grpcs:/.test(pass.statement.words[1] ?? '');
  const type = pass.stream ? (s.words.includes('udp') ? 'udp' : 'tcp') : secure ? 'https' : 'http';
  const expects = pass.stream ? match && headFact(s, true) : match ? headFact(s, true) : byDefault(true, source);
  return {
    ...entity(context, placeOfHead(s)),
    name: match ? `health_check match=${match.value}` : 'health_check',
    type: stated(type, placeOfHead(s)),
    interval,
    fall,
    rise,
    ...(expects ? { expects } : {}),
    ...(port ? { port } : {}),
  };
}

const TENGINE_TYPES: Readonly<Record<string, NonNullable<Monitor['type']>['value']>> = table({
  tcp: 'tcp',
  http: 'http',
  ssl_hello: 'tls',
  mysql: 'sql',
  udp: 'udp',
});

function tengineMonitor(context: Context, s: Statement, list: readonly Statement[]): Monitor {
  const source = PAGES.tengineCheck;
  const interval = numberParameter(s, 'interval') ?? byDefault(30_000, source);
  const timeout = numberParameter(s, 'timeout') ?? byDefault(1000, source);
  const fall = numberParameter(s, 'fall') ?? byDefault(5, source);
  const rise = numberParameter(s, 'rise') ?? byDefault(2, source);
  const type = parameter(s, 'type');
  const port = numberParameter(s, 'port');
  const expected = list.find((line) => line.words[0] === 'check_http_expect_alive');
  const http = type?.value === 'http';
  const milliseconds = fall.value * interval.value + timeout.value;
  return {
    ...entity(context, placeOfHead(s)),
    name: 'check',
    type: type ? stated(TENGINE_TYPES[type.value] ?? 'other', placeOfHead(s)) : byDefault('tcp', source),
    interval,
    timeout,
    timeoutCovers: 'probe',
    fall,
    rise,
    detection: isStated(interval) ? stated(milliseconds, interval.at) : byDefault(milliseconds, source),
    ...(http ? { expects: expected ? stated(true, placeOfHead(expected)) : byDefault(true, source) } : {}),
    ...(port ? { port } : {}),
  };
}
