import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, isStated, stated } from '../../model/fact.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';
import { withoutMarks } from '../../syntax/template.ts';
import { parseData } from '../../syntax/templated-data.ts';
import { at, ignoreRest, scalar } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { type Context, key, type Layer } from './context.ts';
import { refer, retried, routerServers } from './routers.ts';
import { behind, localName, partsOf, servicePool } from './services.ts';

const LAYERS: readonly Layer[] = ['http', 'tcp', 'udp'];

/** Known at the top of a static or dynamic configuration. */
const KNOWN = new Set(
  'http tcp udp tls entrypoints providers global serverstransport tcpserverstransport api metrics ping log accesslog tracing hostresolver certificatesresolvers experimental core spiffe ocsp hub'.split(
    ' ',
  ),
);

function recognise({ text }: SourceText): Recognition | undefined {
  const balancer = /^[ \t]*(?:"?(?:loadBalancer|weighted|failover)"?[ \t]*:|\[+(?:http|tcp|udp)\.(?:services|routers)\.)/im.test(text);
  const dynamic = /^(?:http|tcp|udp):|^[ \t]*\[+(?:http|tcp|udp)\./m.test(text) && /\b(?:routers|services)\b/.test(text);
  if (balancer && dynamic) return { score: 0.9, why: 'has services with `loadBalancer`' };
  if (dynamic && /^[ \t]*(?:rule[ \t]*[:=]|entryPoints[ \t]*[:=])/im.test(text)) return { score: 0.8, why: 'has routers with a `rule`' };
  if (/^(?:entryPoints:|\[entryPoints)/m.test(text)) return { score: 0.8, why: 'has `entryPoints`' };
  return undefined;
}

/** TOML by its file name or its first table, JSON by its brace, else YAML. */
function parse(source: SourceText): ParsedText {
  const start = withoutMarks(source.text.slice(0, 4096)).trimStart();
  const isToml = /\.toml(?:\.\w{1,10})?$/.test(source.path) || /^(?:#[^\n]*\n|\s)*\[\[?[\w.]+\]/.test(start);
  return parseData(source, isToml ? 'toml' : start.startsWith('{') ? 'json' : 'yaml');
}

interface Router {
  readonly layer: Layer;
  readonly statement: Statement;
}

/** Gathers services, entry points and middlewares of all files; returns the routers. */
function gather(context: Context, statements: readonly Statement[]): Router[] {
  const routers: Router[] = [];
  for (const layer of LAYERS) {
    const section = at(statements, layer);
    for (const s of key(section, 'services')?.children ?? []) {
      s.use = 'read';
      const name = s.words[0] ?? '';
      context.services.set(`${layer} ${name}`, { layer, name, statement: s });
    }
    for (const s of key(section, 'middlewares')?.children ?? []) if (key(s, 'retry')) context.retries.add(s.words[0] ?? '');
    for (const s of key(section, 'routers')?.children ?? []) {
      s.use = 'read';
      routers.push({ layer, statement: s });
    }
  }
  const points = statements.findLast((s) => s.words[0]?.toLowerCase() === 'entrypoints');
  for (const s of points?.children ?? []) {
    s.use = 'read';
    context.entryPoints.set(s.words[0] ?? '', { name: s.words[0] ?? '', statement: s });
  }
  return routers;
}

/** The fallbacks of failover services, by the pools that they stand behind. */
function fallbacks(context: Context): Map<string, Fact<string>> {
  const found = new Map<string, Fact<string>>();
  for (const service of context.services.values()) {
    const failover = key(service.statement, 'failover');
    const main = scalar(key(failover, 'service'));
    const fallback = scalar(key(failover, 'fallback'));
    if (main && fallback && isStated(fallback))
      found.set(`${service.layer} ${localName(main.value)}`, stated(localName(fallback.value), fallback.at));
  }
  return found;
}

function read(host: HostSources): DeviceFacts {
  const facts = noFacts('load-balancer');
  const context: Context = { device: host.device, facts, services: new Map(), entryPoints: new Map(), retries: new Set() };
  const routers = host.sources.flatMap((source) => gather(context, source.statements));
  for (const { layer, statement } of routers) facts.virtualServers.push(...routerServers(context, layer, statement));
  for (const service of context.services.values()) for (const s of partsOf(service)) refer(context, service.layer, s);
  const spare = fallbacks(context);
  const reached = routers.map((r) => ({
    ...r,
    pools: new Set(behind(context, r.layer, key(r.statement, 'service')?.words[1] ?? '').pools),
  }));
  for (const [id, service] of context.services) {
    const users = reached.filter((r) => r.layer === service.layer && r.pools.has(service.name));
    const again = retried(
      context,
      users.map((r) => r.statement),
    );
    // Labels of containers may route to a service of a file, so that nobody here uses it proves nothing.
    const pool = servicePool(context, service, users.length > 0 ? true : undefined, spare.get(id), again);
    if (pool) facts.pools.push(pool);
  }
  for (const source of host.sources) ignoreRest(source.statements.filter((s) => KNOWN.has(s.words[0]?.toLowerCase() ?? '')));
  if (facts.pools.length === 0) facts.fragment = true;
  return facts;
}

/** Traefik: the static configuration and the file provider's dynamic one, in YAML, TOML or JSON. */
export const traefik: Platform = {
  id: 'traefik',
  title: 'Traefik',
  comment: '#',
  host: 'daemons',
  data: true,
  recognise,
  parse,
  hostname: () => undefined,
  extent: (source) => (source.statements.some((s) => s.words[0]?.toLowerCase() === 'entrypoints') ? 'main' : 'part'),
  read,
};
