import type { Network, Pair } from './network.ts';

/**
 * The first pair of load balancers, where there are switches that they may hang from and no cable of any load balancer
 * is known: what depends on the wiring cannot be said of this network.
 */
export function firstUnwired({ devices, links, pairs }: Network): Pair | undefined {
  const balancers = new Set(devices.filter(({ role }) => role === 'load-balancer').map(({ name }) => name));
  if (!devices.some(({ role }) => role === 'switch')) return undefined;
  if (links.some(({ ends }) => ends.some(({ node }) => balancers.has(node)))) return undefined;
  return pairs.find((pair) => pair.devices.every((name) => balancers.has(name)));
}
