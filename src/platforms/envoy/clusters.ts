import type { Monitor, MonitorType, Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { at, descendants, duration, items, scalar, whole } from '../../syntax/tree.ts';
import { type Context, entity } from './context.ts';
import { PAGES } from './pages.ts';

/** Cluster types whose members come from DNS or a management server. */
const DISCOVERED = new Set(['STRICT_DNS', 'EDS', 'ORIGINAL_DST']);

/** A cluster as a pool. */
export function readCluster(context: Context, s: Statement): Pool | undefined {
  const name = scalar(at(s.children, 'name'));
  if (!name) return undefined;
  const kind = at(s.children, 'type');
  const custom = at(s.children, 'cluster_type');
  const type = kind?.words[1];
  const monitors = items(s.children, 'health_checks').map((check) => healthCheck(context, check));
  const first = at(s.children, 'health_checks');
  const outlier = at(s.children, 'outlier_detection');
  const list = endpoints(s);
  const several = list.length > 1 ? byDefault(false, PAGES.cluster) : undefined;
  const checked = mayVary(first) ? undefined : monitors.length > 0 && first ? stated(true, placeOfHead(first)) : several;
  const passive = outlier?.maybe ? undefined : outlier ? stated(true, placeOfHead(outlier)) : several;
  const connect = duration(at(s.children, 'connect_timeout'));
  const dynamic = (type !== undefined && DISCOVERED.has(type) && kind) || custom;
  const elsewhere = type === 'EDS' || type === 'ORIGINAL_DST' || custom !== undefined;
  const varies = ['load_assignment', 'hosts'].some((name) => mayVary(at(s.children, name)));
  const open = [...(elsewhere || varies ? ['members'] : []), ...(mayVary(first) ? ['monitors'] : [])];
  return {
    ...entity(context, placeOfStatement(s)),
    name: name.value,
    members: list.map((e) => member(context, e, name.value, type, monitors, checked)),
    ...(dynamic ? { discovered: stated(true, placeOfHead(dynamic)) } : {}),
    monitors,
    ...(checked ? { monitored: checked } : {}),
    ...(passive ? { passiveMonitored: passive } : {}),
    connectTimeout: connect ?? byDefault(5000, PAGES.cluster),
    ...(open.length > 0 ? { open } : {}),
  };
}

/** Whether a template decides on it, or on something in it. */
function mayVary(s: Statement | undefined): boolean {
  return s !== undefined && [s, ...descendants(s.children)].some((one) => one.maybe);
}

/** An endpoint with the priority of its locality. */
interface Endpoint {
  readonly statement: Statement;
  readonly address: Statement | undefined;
  readonly priority: Fact<number> | undefined;
}

/** `load_assignment`, or the `hosts` of the API before it. */
function endpoints(s: Statement): Endpoint[] {
  const localities = items(s.children, 'load_assignment', 'endpoints');
  const assigned = localities.flatMap((locality) => {
    const priority = whole(at(locality.children, 'priority'));
    return items(locality.children, 'lb_endpoints').map(
      (e): Endpoint => ({ statement: e, address: at(e.children, 'endpoint', 'address', 'socket_address'), priority }),
    );
  });
  const hosts = items(s.children, 'hosts').map(
    (e): Endpoint => ({ statement: e, address: at(e.children, 'socket_address'), priority: undefined }),
  );
  return [...assigned, ...hosts];
}

function member(
  context: Context,
  { statement: s, address: socket, priority }: Endpoint,
  pool: string,
  type: string | undefined,
  monitors: readonly Monitor[],
  monitored: Fact<boolean> | undefined,
): PoolMember {
  const address = socket && scalar(at(socket.children, 'address'));
  const port = socket && whole(at(socket.children, 'port_value'));
  const status = at(s.children, 'health_status');
  const weight = whole(at(s.children, 'load_balancing_weight'));
  const off = status && /^(?:UNHEALTHY|DRAINING|TIMEOUT)$/.test(status.words[1] ?? '') ? stated(false, placeOfHead(status)) : undefined;
  const named = address && /[a-z]/i.test(address.value) && !address.value.includes(':') && type !== undefined && /DNS$/.test(type);
  return {
    ...entity(context, placeOfStatement(s)),
    name: `${address?.value ?? '?'}:${port?.value ?? '?'}`,
    pool,
    ...(address && address.value !== '' ? { address } : {}),
    ...(port ? { port } : {}),
    enabled: off ?? byDefault(true, PAGES.endpoint),
    ...(priority && isStated(priority) && priority.value > 0 ? { backup: stated(true, priority.at) } : {}),
    ...(weight ? { weight } : {}),
    ...(monitored ? { monitored } : {}),
    monitors,
    ...(named && address && isStated(address) ? { resolvedOnce: stated(false, address.at) } : {}),
  };
}

const TYPES: Readonly<Record<string, MonitorType>> = table({
  http_health_check: 'http',
  tcp_health_check: 'tcp',
  grpc_health_check: 'other',
  custom_health_check: 'other',
});

function healthCheck(context: Context, s: Statement): Monitor {
  const kind = Object.keys(TYPES).find((key) => at(s.children, key));
  const check = kind === undefined ? undefined : at(s.children, kind);
  const interval = duration(at(s.children, 'interval'));
  const timeout = duration(at(s.children, 'timeout'));
  const fall = whole(at(s.children, 'unhealthy_threshold'));
  const rise = whole(at(s.children, 'healthy_threshold'));
  const http = kind === 'http_health_check';
  const receive = check && at(check.children, 'receive');
  const expected = check && at(check.children, 'expected_statuses');
  const expects = http
    ? expected
      ? stated(true, placeOfHead(expected))
      : byDefault(true, PAGES.healthCheck)
    : receive && stated(true, placeOfHead(receive));
  const milliseconds = interval && timeout && fall ? interval.value * fall.value + timeout.value : undefined;
  return {
    ...entity(context, placeOfStatement(s)),
    name: kind ?? 'health_check',
    ...(check && kind ? { type: stated(TYPES[kind] ?? 'other', placeOfHead(check)) } : {}),
    ...(interval ? { interval } : {}),
    ...(timeout ? { timeout, timeoutCovers: 'probe' as const } : {}),
    ...(fall ? { fall } : {}),
    ...(rise ? { rise } : {}),
    ...(milliseconds !== undefined && interval && isStated(interval) ? { detection: stated(milliseconds, interval.at) } : {}),
    ...(expects ? { expects } : {}),
  };
}
