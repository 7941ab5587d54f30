import type { Network, Pair } from './network.ts';

/** What a network says of how its load balancers are cabled. */
export interface BalancerWiring {
  /** Load balancers with a cable that is known. */
  readonly cabled: readonly string[];
  readonly pairs: readonly Pair[];
}

/** The load balancers of a network: their pairs, and which of them have a cable that is known. */
export function balancerWiring({ devices, links, pairs }: Network): BalancerWiring {
  const balancers = new Set(devices.filter(({ role }) => role === 'load-balancer').map(({ name }) => name));
  const cabled = new Set(links.flatMap(({ ends }) => ends.flatMap(({ node }) => (balancers.has(node) ? [node] : []))));
  return { cabled: [...cabled], pairs: pairs.filter((pair) => pair.devices.every((name) => balancers.has(name))) };
}
