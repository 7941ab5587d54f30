import { startOfLine } from '../../model/fact.ts';
import type { Wiring } from '../../network/network.ts';
import type { ReadWiring } from './containerlab.ts';

/** What collectors call the output of LLDP and CDP commands: `core1-lldp.txt`, `core1/show_cdp_neighbors_detail.txt`. */
export function isNeighbourName(path: string): boolean {
  return (
    /(?:^|[/._-])(?:lldp|cdp)(?:[._-][^/]*)?$|(?:lldp|cdp)[-_ ]?neigh/i.test(path.slice(path.lastIndexOf('/') + 1)) &&
    !/\.(?:cfg|conf)$/i.test(path)
  );
}

interface Sighting {
  readonly localPort: string;
  readonly node: string;
  readonly port: string;
  readonly line: number;
}

/**
 * Reads what a device says of its neighbours: `show cdp neighbors detail` and `show lldp neighbors
 * detail` of IOS and NX-OS, the table of `show lldp neighbors` of EOS, and lldpd's `lldpcli -f keyvalue`.
 */
export function readNeighbours(path: string, text: string): ReadWiring {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, '').slice(0, 500));
  const own = ownName(path, lines);
  const seen = [...detailBlocks(lines), ...tableRows(lines), ...keyValues(lines)];
  if (seen.length === 0)
    return {
      diagnostics: [
        { kind: 'unsupported', file: path, line: 1, message: 'names LLDP or CDP but shows no neighbours that halint can read' },
      ],
    };
  const links: Wiring['links'][number][] = seen.map(({ localPort, node, port, line }) => ({
    a: { node: own, port: localPort },
    b: { node, port },
    at: startOfLine(path, line),
  }));
  const names = [own, ...new Set(seen.map((s) => s.node))];
  return {
    wiring: { evidence: 'neighbours', links, nodes: names.map((name) => ({ name, kind: 'device', at: startOfLine(path, 1) })) },
    diagnostics: [],
  };
}

/** The prompt before the command, else the file's name up to the protocol, else its folder. */
function ownName(path: string, lines: readonly string[]): string {
  for (const line of lines.slice(0, 20)) {
    const prompt = /^([\w.-]{1,64})(?:\([^)]{0,20}\))?[#>]\s*sh/i.exec(line);
    if (prompt?.[1]) return prompt[1];
  }
  const parts = path.split('/');
  const stem = /^(.+?)[._-](?:show[._-])?(?:lldp|cdp)/i.exec(parts.at(-1) ?? '')?.[1];
  return stem && !/^show$/i.test(stem) ? stem : (parts.at(-2) ?? 'device');
}

/** Blocks of `Key: value` lines; a local port and a neighbour's name and port make a sighting. */
function detailBlocks(lines: readonly string[]): Sighting[] {
  const found: Sighting[] = [];
  let block: { localPort?: string; node?: string; port?: string; line: number } = { line: 1 };
  const close = (): void => {
    const { localPort, node, port, line } = block;
    if (localPort && node && port) found.push({ localPort, node, port, line });
  };
  lines.forEach((line, index) => {
    const cdp = /^\s*Interface:\s*([^,\s]+),\s*Port ID \(outgoing port\):\s*(\S+)/i.exec(line);
    const node = /^\s*(?:Device ID|System Name):\s*"?([\w.-]+)/i.exec(line)?.[1];
    const local = /^\s*(?:Local Intf|Local Port id|Local Interface):\s*(\S+)/i.exec(line)?.[1];
    const port = /^\s*Port id:\s*"?([^\s"]+)/i.exec(line)?.[1];
    if (
      /^-{5,}\s*$/.test(line) ||
      /^\s*Device ID:/i.test(line) ||
      (/^\s*(?:Local Intf|Chassis id):/i.test(line) && block.node !== undefined)
    ) {
      close();
      block = { line: index + 1 };
    }
    if (cdp?.[1] && cdp[2]) Object.assign(block, { localPort: cdp[1], port: cdp[2], line: index + 1 });
    if (node) block.node = node;
    if (local) Object.assign(block, { localPort: local, line: index + 1 });
    if (port) block.port = port;
  });
  close();
  return found;
}

/** EOS: `Port  Neighbor Device ID  Neighbor Port ID  TTL`. */
function tableRows(lines: readonly string[]): Sighting[] {
  const head = lines.findIndex((line) => /^Port\s+Neighbor Device ID\s+Neighbor Port ID/i.test(line));
  if (head < 0) return [];
  const rows: Sighting[] = [];
  for (let index = head + 1; index < lines.length; index++) {
    const [localPort, node, port, ttl] = (lines[index] as string).trim().split(/\s+/);
    if (localPort && node && port && ttl && /^\d+$/.test(ttl)) rows.push({ localPort, node, port, line: index + 1 });
  }
  return rows;
}

/** lldpd: `lldp.eth0.chassis.name=core1`, `lldp.eth0.port.ifname=Ethernet1/11` or `.port.local=`. */
function keyValues(lines: readonly string[]): Sighting[] {
  const ports = new Map<string, { node?: string; port?: string; line: number }>();
  lines.forEach((line, index) => {
    const [, port = '', key = '', value = ''] = /^lldp\.([\w.-]+?)\.(chassis\.name|port\.(?:ifname|local|descr))=(\S+)/.exec(line) ?? [];
    if (port === '') return;
    const entry = ports.get(port) ?? { line: index + 1 };
    if (key === 'chassis.name') entry.node = value;
    else entry.port ??= value;
    ports.set(port, entry);
  });
  return [...ports].flatMap(([localPort, { node, port, line }]) => (node && port ? [{ localPort, node, port, line }] : []));
}
