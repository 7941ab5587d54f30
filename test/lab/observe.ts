/** Looking at a running network from outside: who holds an address, who can reach it, what is answered. */
import { machineOf, type Network } from './network.ts';
import type { Service } from './services.ts';
import { runIn, runOne } from './shell.ts';

/** An interface as the kernel of its node shows it. */
export interface SeenInterface {
  node: string;
  name: string;
  mac: string;
  /** The bridge that this interface is a port of. */
  master?: string;
  addresses: readonly { address: string; prefix: number }[];
}

interface IpLink {
  ifname: string;
  address?: string;
  master?: string;
  addr_info: { local?: string; prefixlen: number }[];
}

/** All interfaces of the given nodes. */
export const interfacesOf = async (network: Network, nodes: readonly string[]): Promise<SeenInterface[]> => {
  const seen = await Promise.all(
    nodes.map(async (node) => {
      const links = JSON.parse((await runOne(machineOf(network, node), 'ip', '-j', 'addr', 'show')).stdout) as IpLink[];
      return links.map(
        (link): SeenInterface => ({
          node,
          name: link.ifname,
          mac: link.address ?? '',
          ...(link.master === undefined ? {} : { master: link.master }),
          addresses: link.addr_info.flatMap(({ local, prefixlen }) => (local === undefined ? [] : [{ address: local, prefix: prefixlen }])),
        }),
      );
    }),
  );
  return seen.flat();
};

/** Who holds an address now. */
export const holdersOf = (interfaces: readonly SeenInterface[], address: string): SeenInterface[] =>
  interfaces.filter(({ addresses }) => addresses.some((held) => held.address === address));

/** The interfaces (`node:name`) that share a segment, in the healthy network, with one of the given interfaces. */
export const segmentOf = (network: Network, interfaces: readonly SeenInterface[], from: readonly SeenInterface[]): Set<string> => {
  const isSwitch = new Set(network.scenario.nodes.filter(({ role }) => role === 'bridge').map(({ name }) => name));
  const key = (node: string, port: string) => (isSwitch.has(node) ? node : `${node}:${port}`);
  const edges = [
    ...network.scenario.links.map(({ ends: [a, b] }) => [key(a.node, a.port), key(b.node, b.port)] as const),
    ...interfaces.flatMap(({ node, name, master }) => (master === undefined ? [] : [[key(node, name), key(node, master)] as const])),
  ];
  const reached = new Set(from.map(({ node, name }) => key(node, name)));
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const [a, b] of edges) {
      if (reached.has(a)) reached.add(b);
      else if (reached.has(b)) reached.add(a);
    }
  }
  return reached;
};

/** A place to ask from: an end host's interface, or a switch itself. */
export interface Vantage {
  node: string;
  device: string;
  /** The switches that this place hangs on; a switch hangs on itself. */
  switches: readonly string[];
  /** The address, with its prefix length, that a switch takes to ask from. */
  own?: string;
}

/** The places from which the contract has a service judged: the end hosts on its segment, and the switches that carry it. */
export interface Vantages {
  hosts: Vantage[];
  switches: Vantage[];
}

/** Finds the vantage points on a segment. */
export const vantagesOf = (network: Network, interfaces: readonly SeenInterface[], segment: ReadonlySet<string>): Vantages => {
  const { nodes, links } = network.scenario;
  const switches = nodes.filter(({ name, role }) => role === 'bridge' && segment.has(name)).map(({ name }) => name);
  const ends = interfaces.filter(
    ({ node, name, master }) =>
      master === undefined && segment.has(`${node}:${name}`) && nodes.some((other) => other.name === node && other.role === 'host'),
  );
  const hosts = ends.map(({ node, name }) => {
    const ports = new Set(
      interfaces.filter((other) => other.node === node && (other.name === name || other.master === name)).map((i) => i.name),
    );
    const near = links.flatMap(({ ends: [a, b] }) => [
      ...(a.node === node && ports.has(a.port) ? [b.node] : []),
      ...(b.node === node && ports.has(b.port) ? [a.node] : []),
    ]);
    return { node, device: name, switches: near.filter((other) => switches.includes(other)) };
  });
  return { hosts, switches: switches.map((node) => ({ node, device: 'br0', switches: [node] })) };
};

/** An address for a switch to ask from, beside the one that a balancer has in the service's network; hosts have theirs. */
export const addressBeside = ({ address, prefix }: { address: string; prefix: number }, index: number): string =>
  `${address.includes(':') ? `${address.split(':').slice(0, -1).join(':')}:fff${index}` : address.replace(/\d+$/, String(240 + index))}/${prefix}`;

/** The hardware addresses that answer for an address, asked by broadcast or multicast. */
const claimants = async (network: Network, { node, device }: Vantage, address: string): Promise<string[]> => {
  const ask = address.includes(':') ? `ndisc6 -m -n -r 2 -w 1000 ${address} ${device}` : `arping -b -w 2 -I ${device} ${address}`;
  const { stdout } = await runIn(machineOf(network, node), ask);
  return [...new Set((stdout.match(/\b(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}\b/gi) ?? []).map((mac) => mac.toLowerCase()))];
};

const REQUESTS = 8;
const PATIENCE = 15;

/** A script that asks so many times at once, each time on a connection of its own, and prints a status a line (000: no answer). */
const askScript = ({ address, port }: Service, times: number): string => {
  if (port === null) return `for i in $(seq ${times}); do (ping -c 1 -W 3 ${address} >/dev/null 2>&1 && echo 200 || echo 000) & done; wait`;
  const host = address.includes(':') ? `[${address}]` : address;
  const urls = Array.from({ length: times }, () => `-o /dev/null http://${host}:${port}/`).join(' ');
  const each = `-H 'Connection: close' --max-time ${PATIENCE} -w '%{http_code}\\n'`;
  return `curl -s -g --parallel --parallel-immediate ${each} ${urls}`;
};

/** What one vantage point got. */
export interface Answers {
  from: string;
  /** Requests that were answered, and all. */
  answered: number;
  asked: number;
  /** The hardware addresses that claim the service's address. */
  claimants: string[];
}

/**
 * Asks for a service from one place. Where several stations claim the address it is a toss of a coin which one a client's ARP
 * believes; so each of them is asked in turn, by its hardware address, and one that does not answer counts as failed requests.
 */
export const ask = async (network: Network, vantage: Vantage, service: Service): Promise<Answers> => {
  const machine = machineOf(network, vantage.node);
  if (vantage.own !== undefined) await runOne(machine, 'ip', 'addr', 'replace', vantage.own, 'dev', vantage.device);
  const macs = await claimants(network, vantage, service.address);
  const codes: string[] = [];
  if (macs.length === 0) codes.push((await runIn(machine, askScript(service, 1))).stdout.trim());
  for (const mac of macs) {
    const pin = `ip neigh replace ${service.address} lladdr ${mac} dev ${vantage.device} nud permanent`;
    const { stdout } = await runIn(
      machine,
      `${pin}; ${askScript(service, REQUESTS)}; ip neigh del ${service.address} dev ${vantage.device}`,
    );
    codes.push(...stdout.trim().split('\n'));
  }
  return { from: vantage.node, answered: codes.filter((code) => code === '200').length, asked: codes.length, claimants: macs };
};
