import { ipVersion } from '../../model/address.ts';
import type { Monitor, Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { duration, items, scalar, whole } from '../../syntax/tree.ts';
import { type Context, entity, key, type Layer, type Service } from './context.ts';

const PAGE = 'https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service';

/** The pools behind a service, and whether some are decided elsewhere (`name@docker`). */
export interface Behind {
  readonly pools: readonly string[];
  readonly open: boolean;
}

/** A `loadBalancer` service as a pool; the composed kinds have none of their own. */
export function servicePool(
  context: Context,
  service: Service,
  used: boolean | undefined,
  fallback: Fact<string> | undefined,
  retried: Fact<boolean> | undefined,
): Pool | undefined {
  const balancer = key(service.statement, 'loadBalancer');
  if (!balancer) return undefined;
  const servers = key(balancer, 'servers');
  const lines = items(servers?.children ?? []);
  const check = key(balancer, 'healthCheck');
  const passive = key(balancer, 'passiveHealthCheck');
  const sticky = key(balancer, 'sticky');
  const monitors = check ? [healthCheck(context, check, service.layer)] : [];
  const several = lines.length > 1;
  const unwatched = several ? byDefault(false, PAGE) : undefined;
  const watching = (s: Statement | undefined) => (s?.maybe ? undefined : s ? stated(true, placeOfHead(s)) : unwatched);
  const [monitored, watched] = [watching(check), watching(passive)];
  const varies = [...(servers?.maybe || lines.some((line) => line.maybe) ? ['members'] : []), ...(check?.maybe ? ['monitors'] : [])];
  return {
    ...entity(context, placeOfStatement(service.statement)),
    name: service.name,
    protocol: stated(service.layer, placeOfHead(service.statement)),
    members: lines.map((line) => server(context, service, line, monitors, monitored)),
    monitors,
    ...(monitored ? { monitored } : {}),
    ...(watched ? { passiveMonitored: watched } : {}),
    ...(retried ? { retriesElsewhere: retried } : {}),
    ...(fallback ? { fallback } : {}),
    ...(used === undefined ? {} : { used }),
    // The cookie names the server: nothing is kept that a peer would lack.
    ...(sticky ? { persistence: stated('sticky', placeOfHead(sticky)), persistenceShared: stated(true, placeOfHead(sticky)) } : {}),
    ...(varies.length > 0 ? { open: varies } : {}),
  };
}

const USUAL_PORTS: Readonly<Record<string, number>> = table({ http: 80, https: 443, h2c: 80 });

/** `url: http://host:port` of HTTP, `address: host:port` of TCP and UDP. */
function server(
  context: Context,
  service: Service,
  line: Statement,
  monitors: readonly Monitor[],
  monitored: Fact<boolean> | undefined,
): PoolMember {
  const written = key(line, service.layer === 'http' ? 'url' : 'address');
  const text = scalar(written);
  const parts = /^(?:([a-z0-9]{1,10}):\/\/)?(\[[^\]]{1,64}\]|[^:/]{1,253})(?::(\d{1,5}))?(?:\/|$)/.exec(text?.value ?? '');
  const host = parts?.[2]?.replace(/^\[|\]$/g, '');
  const port = parts?.[3] === undefined ? USUAL_PORTS[parts?.[1] ?? ''] : Number(parts[3]);
  const weight = whole(key(line, 'weight'));
  const place = text && isStated(text) ? text.at : placeOfHead(line);
  return {
    ...entity(context, written ? placeOfHead(written) : placeOfHead(line)),
    name: text?.value ?? '?',
    pool: service.name,
    ...(host ? { address: stated(host, place) } : {}),
    ...(host && port !== undefined ? { port: stated(port, place) } : {}),
    enabled: weight?.value === 0 && isStated(weight) ? stated(false, weight.at) : byDefault(true, PAGE),
    ...(weight ? { weight } : {}),
    ...(monitored ? { monitored } : {}),
    monitors,
    ...(host && ipVersion(host) === 0 ? { resolvedOnce: byDefault(false, PAGE) } : {}),
  };
}

/** `healthCheck`, every 30 s with 5 s of patience unless it says otherwise. */
function healthCheck(context: Context, s: Statement, layer: Layer): Monitor {
  const interval = duration(key(s, 'interval')) ?? byDefault(30_000, PAGE);
  const timeout = duration(key(s, 'timeout')) ?? byDefault(5000, PAGE);
  const scheme = scalar(key(s, 'scheme'));
  const port = whole(key(s, 'port'));
  const host = scalar(key(s, 'hostname'));
  const status = key(s, 'status') ?? key(s, 'expect');
  const expects = status ? stated(true, placeOfHead(status)) : layer === 'http' ? byDefault(true, PAGE) : undefined;
  const milliseconds = interval.value + timeout.value;
  for (const name of ['path', 'method', 'headers', 'followRedirects', 'mode', 'unhealthyInterval', 'send']) key(s, name);
  return {
    ...entity(context, placeOfStatement(s)),
    name: 'healthCheck',
    type: stated(layer === 'http' ? (scheme?.value === 'https' ? 'https' : 'http') : 'tcp', placeOfHead(s)),
    interval,
    timeout,
    timeoutCovers: 'probe',
    detection: isStated(interval) ? stated(milliseconds, interval.at) : byDefault(milliseconds, PAGE),
    ...(expects ? { expects } : {}),
    ...(port ? { port } : {}),
    ...(host && ipVersion(host.value) !== 0 ? { destination: host } : {}),
  };
}

/** The services that a composed service hands requests to: the statements that name them. */
export function partsOf(service: Service): Statement[] {
  const weighted = items(key(key(service.statement, 'weighted'), 'services')?.children ?? []).map((s) => key(s, 'name'));
  const failover = key(service.statement, 'failover');
  const mirroring = key(service.statement, 'mirroring');
  return [...weighted, key(failover, 'service'), key(failover, 'fallback'), key(mirroring, 'service')].filter((s) => s !== undefined);
}

/** Follows weighted, failover and mirroring services down to those with servers. */
export function behind(context: Context, layer: Layer, name: string, seen: ReadonlySet<string> = new Set()): Behind {
  const service = context.services.get(`${layer} ${localName(name)}`);
  if (!service || seen.has(service.name) || seen.size > 50) return { pools: [], open: !service };
  if (key(service.statement, 'loadBalancer')) return { pools: [service.name], open: false };
  const next = new Set([...seen, service.name]);
  const parts = partsOf(service).map((s) => behind(context, layer, s.words[1] ?? '', next));
  return { pools: [...new Set(parts.flatMap((p) => p.pools))], open: parts.length === 0 || parts.some((p) => p.open) };
}

/** `name@file` is `name` of the file provider; other providers are not seen here. */
export function localName(name: string): string {
  return name.endsWith('@file') ? name.slice(0, -5) : name;
}
