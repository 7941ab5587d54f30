import type { DeviceFacts } from '../../model/device.ts';
import type { SourceText } from '../../syntax/source.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { parseData } from '../../syntax/templated-data.ts';
import { at, descendants, ignoreRest, items } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { readCluster } from './clusters.ts';
import { type Context, entity } from './context.ts';
import { readListener } from './listeners.ts';

function recognise({ text }: SourceText): Recognition | undefined {
  if (/^[ \t{]*"?static_resources"?[ \t]*:/m.test(text)) return { score: 0.95, why: 'has `static_resources:`' };
  if (text.includes('type.googleapis.com/envoy.')) return { score: 0.9, why: 'has an Envoy type' };
  if (/"?load_assignment"?[ \t]*:/.test(text) && /"?lb_endpoints"?[ \t]*:/.test(text))
    return { score: 0.85, why: 'has `load_assignment:`' };
  return undefined;
}

/** Top-level keys of a bootstrap that say nothing of HA. */
const KNOWN = new Set(
  'node admin static_resources dynamic_resources cluster_manager hds_config flags_path stats_sinks stats_config stats_flush_interval watchdog watchdogs tracing layered_runtime overload_manager enable_dispatcher_stats header_prefix use_tcp_for_dns_lookups bootstrap_extensions fatal_actions default_socket_interface inline_headers resources version_info'.split(
    ' ',
  ),
);

interface Found {
  readonly clusters: readonly Statement[];
  readonly listeners: readonly Statement[];
}

/** Clusters and listeners of a bootstrap, or of a file of resources. */
function resourcesOf(statements: readonly Statement[]): Found {
  const resources = items(statements, 'resources');
  const bare = statements.some((s) => s.words[0] === 'load_assignment') ? [asOne(statements)] : [];
  return {
    clusters: [
      ...items(statements, 'static_resources', 'clusters'),
      ...items(statements, 'clusters'),
      ...resources.filter((s) => is(s, 'Cluster')),
      ...bare,
    ],
    listeners: [
      ...items(statements, 'static_resources', 'listeners'),
      ...items(statements, 'listeners'),
      ...resources.filter((s) => is(s, 'Listener')),
    ],
  };
}

function is(s: Statement, type: string): boolean {
  return s.children.some((c) => c.words[0] === '@type' && (c.words[1] ?? '').endsWith(`.${type}`));
}

/** A file that is one cluster, as if it were an element of a list. */
function asOne(statements: readonly Statement[]): Statement {
  const first = statements[0] as Statement;
  const last = statements.at(-1) as Statement;
  return { ...first, words: ['-'], endLine: last.endLine, endColumn: last.endColumn, children: [...statements] };
}

function read(host: HostSources): DeviceFacts {
  const facts = noFacts('load-balancer');
  const context: Context = { device: host.device, facts };
  let dynamic = false;
  for (const source of host.sources) {
    const found = resourcesOf(source.statements);
    for (const s of found.clusters) {
      const pool = readCluster(context, s);
      if (pool) facts.pools.push(pool);
    }
    for (const s of found.listeners) facts.virtualServers.push(readListener(context, s));
    if (at(source.statements, 'dynamic_resources')) dynamic = true;
    ignoreRest(source.statements.filter((s) => KNOWN.has(s.words[0] ?? '') || found.clusters.some((c) => c.children.includes(s))));
  }
  refer(context, host, dynamic);
  if (dynamic || facts.virtualServers.length === 0) facts.fragment = true;
  return facts;
}

/** Marks the pools that listeners use, and records names that no cluster has. */
function refer(context: Context, host: HostSources, dynamic: boolean): void {
  const { facts } = context;
  const names = facts.pools.map((pool) => pool.name);
  const sent = new Set(facts.virtualServers.flatMap((v) => v.pools.map((p) => p.value)));
  facts.pools.splice(0, facts.pools.length, ...facts.pools.map((pool) => (sent.has(pool.name) ? { ...pool, used: true } : pool)));
  if (dynamic || names.length === 0) return;
  for (const s of host.sources.flatMap((source) => descendants(source.statements))) {
    const name = s.words[1];
    if (s.use !== 'read' || s.words[0] !== 'cluster' || name === undefined || !sent.has(name)) continue;
    facts.references.push({
      ...entity(context, placeOfWord(s, 1)),
      to: 'pool',
      noun: 'cluster',
      name,
      defined: names.includes(name),
      candidates: names,
    });
  }
}

/** Envoy: a static bootstrap in YAML or JSON, or files of its resources. */
export const envoy: Platform = {
  id: 'envoy',
  title: 'Envoy',
  comment: '#',
  host: 'daemons',
  data: true,
  recognise,
  parse: (source) => parseData(source, source.text.trimStart().startsWith('{') ? 'json' : 'yaml'),
  hostname: () => undefined,
  extent: (source) =>
    source.statements.some((s) => s.words[0] === 'static_resources' || s.words[0] === 'dynamic_resources') ? 'main' : 'part',
  read,
};
