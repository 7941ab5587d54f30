import type { Device } from '../model/device.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Link, Network } from '../network/network.ts';

/** One thing that dies. `none` is the healthy network. */
export type SingleFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'process'; readonly device: string; readonly daemon: string };

/** What dies at once: nothing, one thing, or (double faults) two. */
export interface Fault {
  /** As the contract writes it: `node core1`, `link a:eth0--b:eth1`, `process lb1/haproxy`, `none`. */
  readonly name: string;
  readonly parts: readonly SingleFault[];
}

/** The daemon that a platform's config is for, where one can die while its host lives on. */
const DAEMONS: Partial<Record<PlatformId, string>> = {
  keepalived: 'keepalived',
  haproxy: 'haproxy',
  nginx: 'nginx',
  envoy: 'envoy',
  traefik: 'traefik',
  frr: 'vrrpd',
};

/** Daemons of a device that can die on their own. */
export function daemonsOf(device: Device): string[] {
  return device.platforms.map((platform) => DAEMONS[platform]).filter((daemon) => daemon !== undefined);
}

/**
 * Every single fault of a network, in a fixed order: none, nodes, links, processes. An end host that
 * only asks (no config names its address) is not a fault as a node: its death harms nobody but itself.
 */
export function singleFaults(network: Network): Fault[] {
  const named = namedAddresses(network);
  const others = network.nodes.filter((n) => n.kind === 'bridge' || (n.kind === 'host' && n.addresses?.some((a) => named.has(a.address))));
  const nodes = new Set([...network.devices, ...others].map((n) => n.name));
  return [
    { kind: 'none' } as const,
    ...[...nodes].sort().map((node) => ({ kind: 'node', node }) as const),
    ...network.links.map((link) => ({ kind: 'link', link }) as const),
    ...network.devices.flatMap((d) => daemonsOf(d).map((daemon) => ({ kind: 'process', device: d.name, daemon }) as const)),
  ].map((part) => ({ name: faultName(part), parts: [part] }));
}

/** Addresses that some config refers to: pool members, what triggers probe, next hops. */
function namedAddresses(network: Network): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { pools, members, routes } of network.devices) {
    for (const { address } of pools.flatMap((p) => p.members)) if (address) named.add(address.value);
    for (const address of members.flatMap((m) => m.triggers.flatMap((t) => t.addresses))) named.add(address);
    for (const { nextHop } of routes) if (nextHop) named.add(nextHop.value);
  }
  return named;
}

/** Every pair of single faults. */
export function doubleFaults(singles: readonly Fault[]): Fault[] {
  const real = singles.filter((fault) => fault.parts[0]?.kind !== 'none');
  return real.flatMap((a, i) => real.slice(i + 1).map((b) => ({ name: `${a.name} + ${b.name}`, parts: [...a.parts, ...b.parts] })));
}

function faultName(fault: SingleFault): string {
  switch (fault.kind) {
    case 'none':
      return 'none';
    case 'node':
      return `node ${fault.node}`;
    case 'link':
      return `link ${fault.link.ends.map((end) => `${end.node}:${end.told ?? end.port}`).join('--')}`;
    case 'process':
      return `process ${fault.device}/${fault.daemon}`;
  }
}
