import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { ipVersion } from '../../model/address.ts';
import type { Place } from '../../model/fact.ts';
import type { LinkEvidence, NodeAddress, Wiring } from '../../network/network.ts';
import { yamlMessage } from '../../syntax/data.ts';
import type { Diagnostic } from '../../syntax/statement.ts';

/** A topology and what could not be read of it. */
export interface ReadWiring {
  readonly wiring?: Wiring;
  readonly diagnostics: readonly Diagnostic[];
}

/** Containerlab's own file names, and those that people give them. */
export function isContainerlabName(path: string): boolean {
  return /\.clab\.ya?ml$/i.test(path);
}

/**
 * Reads a containerlab topology (https://containerlab.dev/manual/topo-def-file/): `topology.nodes`
 * with their kinds, `topology.links` in the short form (`endpoints: [a:if, b:if]`) and the long one.
 * Nodes of kind bridge and ovs-bridge are unconfigured switches; of kind linux, end hosts where no
 * config here is theirs.
 */
export function readContainerlab(
  path: string,
  text: string,
  evidence: LinkEvidence = 'containerlab',
  root: readonly string[] = [],
): ReadWiring {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  // What follows a first mistake is mostly its consequence.
  const diagnostics = document.errors
    .slice(0, 1)
    .map(
      (error): Diagnostic => ({ kind: 'syntax', file: path, line: lines.linePos(error.pos[0]).line, message: yamlMessage(error.message) }),
    );
  const place = (node: unknown): Place => placeOf(path, node, lines);
  const start = root.length > 0 ? document.getIn([...root], true) : document.contents;
  const topology = root.length > 0 ? start : isMap(start) ? start.get('topology', true) : undefined;
  if (!isMap(topology)) return { diagnostics };
  const kinds = defaultKinds(topology);
  const nodes: Wiring['nodes'][number][] = [];
  const list = topology.get('nodes', true);
  for (const pair of isMap(list) ? list.items : []) {
    const name = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const node = isMap(pair.value) ? pair.value : undefined;
    const addresses = node ? addressesOf(node) : [];
    nodes.push({
      name,
      kind: nodeKind(String(node?.get('kind') ?? kinds)),
      at: place(pair.key),
      ...(addresses.length > 0 ? { addresses } : {}),
    });
  }
  const links: Wiring['links'][number][] = [];
  const cables = topology.get('links', true);
  for (const item of isSeq(cables) ? cables.items : []) {
    const ends = isMap(item) ? endpointsOf(item) : [];
    const [a, b] = ends;
    if (a && b) links.push({ a, b, at: place(item) });
    else if (isMap(item))
      diagnostics.push({
        kind: 'unsupported',
        file: path,
        line: place(item).line,
        message: "a link needs two endpoints of the form 'node:interface'",
      });
  }
  const known = new Set(nodes.map((n) => n.name));
  for (const { a, b, at } of links)
    for (const end of [a, b])
      if (!known.has(end.node) && known.add(end.node))
        nodes.push({ name: end.node, kind: HOST_SIDE.has(end.node) ? 'host' : 'device', at });
  return { wiring: { evidence, nodes, links }, diagnostics };
}

/** Endpoints that containerlab reserves for the machine it runs on. */
const HOST_SIDE: ReadonlySet<string> = new Set(['host', 'mgmt-net', 'macvlan']);

function defaultKinds(topology: YAMLMap): string {
  const defaults = topology.get('defaults', true);
  return isMap(defaults) ? String(defaults.get('kind') ?? '') : '';
}

function nodeKind(kind: string): 'device' | 'bridge' | 'host' {
  if (kind === 'bridge' || kind === 'ovs-bridge') return 'bridge';
  return kind === 'linux' || kind === 'host' ? 'host' : 'device';
}

function endpointsOf(link: YAMLMap): { node: string; port: string }[] {
  const endpoints = link.get('endpoints', true);
  const items: unknown[] = isSeq(endpoints) ? endpoints.items : [link.get('endpoint', true)];
  return items.flatMap((item) => {
    if (isMap(item)) return [{ node: String(item.get('node') ?? ''), port: String(item.get('interface') ?? '') }];
    const text = isScalar(item) ? String(item.value) : '';
    const colon = text.indexOf(':');
    return colon > 0 ? [{ node: text.slice(0, colon), port: text.slice(colon + 1) }] : [];
  });
}

/** `exec` lines that give an address: `ip addr add 10.0.0.9/24 dev eth1`. */
function addressesOf(node: YAMLMap): NodeAddress[] {
  const exec = node.get('exec', true);
  return (isSeq(exec) ? exec.items : []).flatMap((item) => {
    const words = String(isScalar(item) ? item.value : '').split(/\s+/);
    const add = words.findIndex((word, i) => word === 'add' && /^a(?:ddr(?:ess)?)?$/.test(words[i - 1] ?? ''));
    const [address = '', prefix = ''] = (words[add + 1] ?? '').split('/');
    const port = words[words.indexOf('dev') + 1];
    return add > 0 && ipVersion(address) !== 0 && /^\d+$/.test(prefix) && words.includes('dev') && port
      ? [{ port, address, prefix: Number(prefix) }]
      : [];
  });
}

function placeOf(file: string, node: unknown, lines: LineCounter): Place {
  const range = (node as Node | null)?.range;
  const start = lines.linePos(range?.[0] ?? 0);
  const end = lines.linePos(range?.[1] ?? range?.[0] ?? 0);
  return {
    file,
    line: Math.max(start.line, 1),
    column: Math.max(start.col, 1),
    endLine: Math.max(end.line, 1),
    endColumn: Math.max(end.col, 1),
  };
}
