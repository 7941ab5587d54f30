/** Every single fault of a scenario, named as the contract names them. */
import type { Link, Scenario } from './scenario.ts';
import { daemonsOf } from './scenario.ts';

/** One thing that dies; `none` is the healthy network. */
export type Fault =
  | { kind: 'none'; name: string }
  | { kind: 'node'; name: string; node: string }
  | { kind: 'link'; name: string; link: Link }
  | { kind: 'process'; name: string; node: string; daemon: string };

/** The name of a link's fault: `link A:IF--B:IF`. */
export const linkName = ({ ends: [a, b] }: Link): string => `link ${a.node}:${a.port}--${b.node}:${b.port}`;

/**
 * Lists the faults of a scenario: none, every node but the hosts that only ask (a dead client is nobody's outage), every link,
 * every daemon.
 */
export const faultsOf = ({ nodes, links }: Scenario): Fault[] => [
  { kind: 'none', name: 'none' },
  ...nodes
    .filter(({ role, serves }) => role !== 'host' || serves)
    .map(({ name }): Fault => ({ kind: 'node', name: `node ${name}`, node: name })),
  ...links.map((link): Fault => ({ kind: 'link', name: linkName(link), link })),
  ...nodes.flatMap((node) =>
    daemonsOf(node).map((daemon): Fault => ({ kind: 'process', name: `process ${node.name}/${daemon}`, node: node.name, daemon })),
  ),
];
