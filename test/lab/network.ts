/** A scenario laid out in namespaces: a machine a node, and one more that holds the cables. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import type { LabNode, Link, Scenario } from './scenario.ts';
import { daemonsOf } from './scenario.ts';
import { type Machine, mustRunIn, readyIn, runIn, startMachine } from './shell.ts';

/** A running scenario. */
export interface Network {
  scenario: Scenario;
  machines: ReadonlyMap<string, Machine>;
  /** Every cable runs through this machine, where it can be cut so that both ends lose carrier and stay administratively up. */
  cables: Machine;
  /** Outside folder with each node's logs. */
  logs: string;
}

/** The machine of a node. */
export const machineOf = ({ machines }: Network, node: string): Machine => {
  const machine = machines.get(node);
  if (machine === undefined) throw new Error(`no node ${node}`);
  return machine;
};

const SYSCTLS = 'sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.router_solicitations=0 net.ipv4.ip_forward=0';

/**
 * A cable is a bridge of two ports that learns nothing. Pulling one end of a veth pair down would do for the other end's carrier,
 * but would set the near end administratively down, which makes the kernel drop IPv6 addresses and routes: no cut cable does that.
 */
const layCable = (index: number, { ends: [a, b] }: Link, pid: (node: string) => number): string => {
  const half = (side: string, node: string, port: string) =>
    `link add w${index}${side} type veth peer name ${port} netns ${pid(node)}
link set w${index}${side} master w${index} up
link set w${index}${side} type bridge_slave learning off`;
  return `link add w${index} type bridge mcast_snooping 0
link set w${index} up
${half('a', a.node, a.port)}
${half('b', b.node, b.port)}
`;
};

const portsOf = (links: readonly Link[], node: string): string[] =>
  links.flatMap(({ ends }) => ends.filter((end) => end.node === node).map(({ port }) => port));

/** True when cables among switches form a ring, which only spanning tree can break. */
export const hasRing = ({ nodes, links }: Scenario): boolean => {
  const root = new Map(nodes.filter(({ role }) => role === 'bridge').map(({ name }) => [name, name]));
  const find = (name: string): string => {
    const up = root.get(name) ?? name;
    return up === name ? name : find(up);
  };
  for (const { ends } of links) {
    if (!ends.every(({ node }) => root.has(node))) continue;
    const [a, b] = [find(ends[0].node), find(ends[1].node)];
    if (a === b) return true;
    root.set(a, b);
  }
  return false;
};

/** True when spanning tree runs somewhere in the scenario: ports then take a while to forward. */
export const runsSpanningTree = (scenario: Scenario): boolean =>
  hasRing(scenario) || scenario.nodes.some(({ files }) => /^\s*bridge_stp\s+on/m.test(files.get('interfaces') ?? ''));

const bridgeScript = (scenario: Scenario, node: LabNode): string => {
  const spanningTree = hasRing(scenario) ? 'stp_state 1 forward_delay 200 hello_time 100 max_age 600' : 'stp_state 0';
  const ports = portsOf(scenario.links, node.name).map((port) => `ip link set ${port} master br0 up`);
  return `ip link add br0 type bridge ${spanningTree}\nip link set br0 up\n${ports.join('\n')}`;
};

const hostScript = (scenario: Scenario, node: LabNode): string =>
  [...portsOf(scenario.links, node.name).map((port) => `ip link set ${port} up`), ...node.exec].join('\n');

/** Each file where its daemon looks for it: the node's folder holds the files flat, as a repository keeps them. */
const balancerScript = (folder: string, files: LabNode['files'], node: LabNode, scenario: Scenario): string => `
  mount -t tmpfs none /run
  mkdir -p /run/network /run/haproxy /run/lock
  mount -t tmpfs none /etc/keepalived
  find ${folder} -maxdepth 1 -type f ! -name interfaces ! -name haproxy.cfg ! -name nginx.conf -exec cp {} /etc/keepalived/ \\;
  chmod 755 /etc/keepalived/*.sh 2>/dev/null
  ${files.has('haproxy.cfg') ? `mount --bind ${folder} /etc/haproxy` : ''}
  ${files.has('nginx.conf') ? `mount -t tmpfs none /var/log/nginx; mount --bind ${folder} /etc/nginx` : ''}
  ${files.has('sysctl.conf') ? `sysctl -qp ${folder}/sysctl.conf` : ''}
  ${portsOf(scenario.links, node.name)
    .map((port) => `ip link set ${port} up`)
    .join('\n')}
  ${node.exec.join('\n')}
  ${files.has('interfaces') ? `mount --bind ${folder}/interfaces /etc/network/interfaces && ifup -a` : ''}`;

/** A web server that answers anything with its node's name: nginx, because a hundred of them run at once. */
const serverConfig = (name: string, folder: string): string => `daemon off;
master_process off;
pid ${folder}/server.pid;
error_log ${folder}/server.log;
events { worker_connections 128; }
http {
  access_log off;
  server {
    listen [::]:80 ipv6only=off;
    listen [::]:8080 ipv6only=off;
    return 200 "${name}";
  }
}
`;

const serve = async ({ logs }: Network, machine: Machine): Promise<void> => {
  const folder = join(logs, machine.name);
  const file = join(folder, 'server.conf');
  writeFileSync(file, serverConfig(machine.name, folder));
  (await readyIn(machine, `nginx -c ${file} >${folder}/server.out 2>&1`))();
  await mustRunIn(
    machine,
    'for i in $(seq 600); do curl -s -o /dev/null --max-time 1 http://127.0.0.1:80/ && exit 0; sleep 0.05; done; exit 1',
  );
};

const COMMANDS = {
  haproxy: 'haproxy -W -f /etc/haproxy/haproxy.cfg',
  nginx: `nginx -g 'daemon off;'`,
  keepalived: 'keepalived -n -l -D -f /etc/keepalived/keepalived.conf',
};

const readyDaemon = (network: Network, node: string, daemon: keyof typeof COMMANDS): Promise<() => void> =>
  readyIn(machineOf(network, node), `${COMMANDS[daemon]} >>${join(network.logs, node, `${daemon}.log`)} 2>&1`);

/** Starts every daemon of every balancer: the proxies first, then all keepalived at the same moment. */
export const startDaemons = async (network: Network): Promise<void> => {
  const wanted = network.scenario.nodes.flatMap((node) => daemonsOf(node).map((daemon) => ({ node: node.name, daemon })));
  const ready = (only: (daemon: string) => boolean) =>
    Promise.all(wanted.filter(({ daemon }) => only(daemon)).map(({ node, daemon }) => readyDaemon(network, node, daemon)));
  for (const start of await ready((daemon) => daemon !== 'keepalived')) start();
  for (const { node, daemon } of wanted) if (daemon !== 'keepalived') await waitForProxy(network, node, daemon);
  for (const start of await ready((daemon) => daemon === 'keepalived')) start();
};

const waitForProxy = (network: Network, node: string, daemon: string): Promise<unknown> =>
  runIn(machineOf(network, node), `for i in $(seq 40); do [ $(pidof ${daemon} | wc -w) -ge 2 ] && exit 0; sleep 0.05; done`);

/**
 * Starts once more the proxies that could not start (an address that was not there yet), as an init system keeps doing.
 * @returns whether there was any
 */
export const restartFallenProxies = async (network: Network): Promise<boolean> => {
  let any = false;
  for (const node of network.scenario.nodes) {
    for (const daemon of daemonsOf(node)) {
      if (daemon === 'keepalived') continue;
      if ((await runIn(machineOf(network, node.name), `pidof ${daemon}`)).code === 0) continue;
      any = true;
      (await readyDaemon(network, node.name, daemon))();
      await waitForProxy(network, node.name, daemon);
    }
  }
  return any;
};

/** Lays a scenario out: machines, cables, addresses, web servers; no daemon of a balancer yet. */
export const layOut = async (scenario: Scenario): Promise<Network> => {
  const logs = mkdtempSync(join(tmpdir(), `halint-lab-${scenario.name}-`));
  const cables = await startMachine('cables', { onlyNetwork: true });
  const machines = new Map(await Promise.all(scenario.nodes.map(async ({ name }) => [name, await startMachine(name)] as const)));
  const network: Network = { scenario, machines, cables, logs };
  const pid = (node: string) => machineOf(network, node).pid;
  await Promise.all(
    [...machines.values()].map((machine) => mustRunIn(machine, `set -e\nmount -t sysfs none /sys\nip link set lo up\n${SYSCTLS}`)),
  );
  await mustRunIn(cables, `ip -batch - <<END\n${scenario.links.map((link, index) => layCable(index, link, pid)).join('')}END`);
  await Promise.all(
    scenario.nodes.map(async (node) => {
      const machine = machineOf(network, node.name);
      const folder = join(logs, node.name);
      mkdirSync(folder);
      for (const [name, text] of node.files) writeFileSync(join(folder, name), text);
      if (node.role === 'bridge') await mustRunIn(machine, `set -e\n${bridgeScript(scenario, node)}`);
      if (node.role === 'host') await mustRunIn(machine, `set -e\n${hostScript(scenario, node)}`);
      if (node.role === 'balancer') await mustRunIn(machine, balancerScript(folder, node.files, node, scenario));
      if (node.serves) await serve(network, machine);
    }),
  );
  return network;
};

/** Ends every process of a network and deletes its logs. */
export const tearDown = async ({ machines, cables, logs }: Network, keepLogs: boolean): Promise<void> => {
  await Promise.all([...machines.values(), cables].map((machine) => machine.stop()));
  if (!keepLogs) rmSync(logs, { recursive: true, force: true });
};

const cut = (network: Network, dead: (link: Link) => boolean): Promise<string> =>
  mustRunIn(
    network.cables,
    network.scenario.links.map((link, index) => (dead(link) ? `ip link set w${index}a down; ip link set w${index}b down` : '')).join('\n'),
  );

/** SIGKILL to all processes of a daemon; stopped first, so that none sees another die and says goodbye. */
const killDaemon = (machine: Machine, daemon: string): Promise<string> =>
  mustRunIn(machine, `victims=$(pidof ${daemon}) || exit 0; kill -STOP $victims; kill -KILL $victims`);

/** Makes a fault happen. */
export const inject = async (network: Network, fault: Fault): Promise<void> => {
  if (fault.kind === 'link') await cut(network, (link) => link === fault.link);
  if (fault.kind === 'process') await killDaemon(machineOf(network, fault.node), fault.daemon);
  if (fault.kind === 'node') {
    await cut(network, ({ ends }) => ends.some(({ node }) => node === fault.node));
    await runIn(machineOf(network, fault.node), 'kill -KILL -1');
  }
};
