import type { VirtualServer } from '../../model/balancing.ts';
import { type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { items, scalar } from '../../syntax/tree.ts';
import { type Context, type EntryPoint, entity, key, type Layer } from './context.ts';
import { behind, localName } from './services.ts';

/** A router as one virtual server for each entry point that it listens on. */
export function routerServers(context: Context, layer: Layer, router: Statement): VirtualServer[] {
  const service = key(router, 'service');
  const target = scalar(service);
  if (service) refer(context, layer, service);
  const answers = target?.value.endsWith('@internal') ?? false;
  const reached = target && !answers ? behind(context, layer, target.value) : { pools: [], open: !answers };
  const place = service ? placeOfWord(service, 1) : placeOfHead(router);
  const tls = key(router, 'tls');
  const named = items(key(router, 'entryPoints')?.children ?? []).flatMap((s) => (s.words[1] === undefined ? [] : [s.words[1]]));
  const points = named.length > 0 ? named : [...context.entryPoints.values()].filter((p) => isOf(p, layer)).map((p) => p.name);
  for (const name of ['rule', 'priority', 'middlewares', 'ruleSyntax', 'observability']) key(router, name);
  const common = {
    ...entity(context, placeOfStatement(router)),
    protocol: stated(layer === 'http' ? (tls ? ('https' as const) : ('http' as const)) : layer, placeOfHead(router)),
    pools: reached.pools.map((name) => stated(name, place)),
    ...(answers && service ? { answersItself: stated(true, placeOfHead(service)) } : {}),
    process: 'traefik',
    ...(reached.open || router.maybe ? { open: ['pools'] } : {}),
  };
  const name = router.words[0] ?? '';
  if (points.length === 0) return [{ ...common, name }];
  return points.map((point) => ({ ...common, name: `${name} ${point}`, ...listening(context.entryPoints.get(point)) }));
}

function isOf(point: EntryPoint, layer: Layer): boolean {
  const udp = /\/udp$/.test(key(point.statement, 'address')?.words[1] ?? '');
  return layer === 'udp' ? udp : !udp;
}

/** `:80`, `10.0.0.1:443`, `[::1]:53/udp`. */
function listening(point: EntryPoint | undefined): Pick<VirtualServer, 'address' | 'port' | 'bindsAnywhere'> {
  const text = point && scalar(key(point.statement, 'address'));
  const parts = text && /^(\[[^\]]{1,64}\]|[^:]{0,253}):(\d{1,5})(?:\/(?:tcp|udp))?$/.exec(text.value);
  if (!text || !isStated(text) || !parts) return {};
  const host = (parts[1] ?? '').replace(/^\[|\]$/g, '');
  const wild = host === '' || host === '0.0.0.0' || host === '::';
  return { address: stated(wild ? '*' : host, text.at), port: stated(Number(parts[2]), text.at), bindsAnywhere: stated(wild, text.at) };
}

const NAMES = new WeakMap<Context, Map<Layer, readonly string[]>>();

/** The services of a layer, made when first asked, once all files are gathered. */
function namesOf(context: Context, layer: Layer): readonly string[] {
  const known = NAMES.get(context) ?? new Map<Layer, readonly string[]>();
  NAMES.set(context, known);
  const names = known.get(layer) ?? [...context.services.values()].filter((s) => s.layer === layer).map((s) => s.name);
  known.set(layer, names);
  return names;
}

/** Records that a statement names a service; names of other providers are not ours to judge. */
export function refer(context: Context, layer: Layer, s: Statement): void {
  const name = s.words[1];
  const candidates = namesOf(context, layer);
  if (name === undefined || isUnknown(name) || candidates.length === 0) return;
  const local = localName(name);
  if (local.includes('@')) return;
  context.facts.references.push({
    ...entity(context, placeOfWord(s, 1)),
    to: 'pool',
    noun: 'service',
    name,
    defined: context.services.has(`${layer} ${local}`),
    candidates,
  });
}

/** Whether the routers that use a service try a failed request again, by a `retry` middleware. */
export function retried(context: Context, routers: readonly Statement[]): Fact<boolean> | undefined {
  const facts = routers.map((router): Fact<boolean> | undefined => {
    const used = items(key(router, 'middlewares')?.children ?? []).find((s) => context.retries.has(localName(s.words[1] ?? '')));
    return used && stated(true, placeOfHead(used));
  });
  return facts.length > 0 && facts.every((fact) => fact !== undefined) ? facts[0] : undefined;
}
