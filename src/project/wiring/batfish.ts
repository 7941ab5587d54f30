import { startOfLine } from '../../model/fact.ts';
import type { Wiring } from '../../network/network.ts';
import type { ReadWiring } from './containerlab.ts';

/** The name that Batfish gives the file (https://batfish.readthedocs.io/en/latest/formats.html#layer-1-topology). */
export function isBatfishName(path: string): boolean {
  return /(?:^|\/)layer1_topology\.json$/i.test(path);
}

interface BatfishEnd {
  readonly hostname?: unknown;
  readonly interfaceName?: unknown;
}

/** Reads Batfish's layer1_topology.json: `edges` of `node1` and `node2`, each once for both directions. */
export function readBatfish(path: string, text: string): ReadWiring {
  let edges: unknown;
  try {
    edges = (JSON.parse(text) as { edges?: unknown } | null)?.edges;
  } catch {
    return { diagnostics: [{ kind: 'syntax', file: path, line: 1, message: 'is not valid JSON' }] };
  }
  const links: Wiring['links'][number][] = [];
  const seen = new Set<string>();
  for (const edge of Array.isArray(edges) ? (edges as { node1?: BatfishEnd; node2?: BatfishEnd }[]) : []) {
    const [a, b] = [end(edge?.node1), end(edge?.node2)];
    if (!a || !b) continue;
    const key = [`${a.node}:${a.port}`, `${b.node}:${b.port}`].sort().join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    links.push({ a, b, at: startOfLine(path, lineOf(text, a.node)) });
  }
  const names = [...new Set(links.flatMap((l) => [l.a.node, l.b.node]))];
  return {
    wiring: { evidence: 'batfish', nodes: names.map((name) => ({ name, kind: 'device', at: startOfLine(path, 1) })), links },
    diagnostics: [],
  };
}

function end(of: BatfishEnd | undefined): { node: string; port: string } | undefined {
  return typeof of?.hostname === 'string' && typeof of.interfaceName === 'string'
    ? { node: of.hostname, port: of.interfaceName }
    : undefined;
}

function lineOf(text: string, word: string): number {
  const at = text.indexOf(`"${word}"`);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
