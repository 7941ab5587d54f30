/** A scenario on disk: a containerlab topology and a folder of configs a balancer, read as plain data. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/** What a node of the topology is: a balancer has a config folder, a bridge is an unconfigured switch, anything else is an end host. */
export type Role = 'balancer' | 'bridge' | 'host';

/** One end of a link: a node and the name of its interface. */
export interface End {
  node: string;
  port: string;
}

/** A cable between two ends, in the order of the topology file. */
export interface Link {
  ends: readonly [End, End];
}

/** A node of the topology with the files (name to text) of its config folder. */
export interface LabNode {
  name: string;
  role: Role;
  /** Commands to run in the node once its links are there, as containerlab's `exec` does. */
  exec: readonly string[];
  files: ReadonlyMap<string, string>;
  /** True when a balancer's config names an address that this host's `exec` lines give it. */
  serves: boolean;
}

/** A whole scenario. */
export interface Scenario {
  name: string;
  folder: string;
  nodes: readonly LabNode[];
  links: readonly Link[];
}

interface ClabFile {
  topology: { nodes: Record<string, { kind?: string; exec?: string[] } | null>; links?: { endpoints: [string, string] }[] };
}

const end = (text: string): End => {
  const at = text.indexOf(':');
  return { node: text.slice(0, at), port: text.slice(at + 1) };
};

const filesIn = (folder: string): Map<string, string> => {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files.set(name, readFileSync(path, 'utf8'));
  }
  return files;
};

const ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}/gi;

/** The addresses in a text, IPv4 and IPv6, without prefix lengths. */
export const addressesIn = (text: string): Set<string> => new Set(text.match(ADDRESS) ?? []);

/** Reads the scenario in a folder. @throws when its topology file is missing or not YAML (a bug in the scenario). */
export const readScenario = (folder: string): Scenario => {
  const topology = readdirSync(folder).find((name) => name.endsWith('.clab.yml'));
  if (topology === undefined) throw new Error(`${folder} has no *.clab.yml`);
  const clab = parse(readFileSync(join(folder, topology), 'utf8')) as ClabFile;
  const read = Object.entries(clab.topology.nodes).map(([name, node]) => ({
    name,
    kind: node?.kind,
    exec: node?.exec ?? [],
    files: filesIn(join(folder, name)),
  }));
  const configured = new Set<string>();
  for (const { files } of read) for (const text of files.values()) for (const address of addressesIn(text)) configured.add(address);
  const nodes = read.map(({ name, kind, exec, files }): LabNode => {
    const role = kind === 'bridge' || kind === 'ovs-bridge' ? 'bridge' : files.size > 0 ? 'balancer' : 'host';
    const serves = role === 'host' && [...addressesIn(exec.join('\n'))].some((address) => configured.has(address));
    return { name, role, exec, files, serves };
  });
  const links = (clab.topology.links ?? []).map(({ endpoints }): Link => ({ ends: [end(endpoints[0]), end(endpoints[1])] }));
  return { name: basename(folder), folder, nodes, links };
};

/** The daemons that a balancer's files call for, in the order in which they start. */
export const daemonsOf = (node: LabNode): ('haproxy' | 'nginx' | 'keepalived')[] => {
  const daemons: ('haproxy' | 'nginx' | 'keepalived')[] = [];
  if (node.files.has('haproxy.cfg')) daemons.push('haproxy');
  if (node.files.has('nginx.conf')) daemons.push('nginx');
  if (node.files.has('keepalived.conf')) daemons.push('keepalived');
  return daemons;
};
