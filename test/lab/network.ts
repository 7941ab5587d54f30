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

/**
 * A cable is a bridge of two ports that learns nothing. Pulling one end of a veth pair down would do for the other end's carrier,
 * but would set the near end administratively down, which makes the kernel drop IPv6 addresses and routes: no cut cable does that.
 */
const layCable = (index: number, { ends: [a, b] }: Link, pid: (node: string) => number): string[] => {
  const half = (side: string, node: string, port: string) => [
    `link add w${index}${side} type veth peer name ${port} netns ${pid(node)}`,
    `link set w${index}${side} master w${index} up`,
    `link set w${index}${side} type bridge_slave learning off`,
  ];
  const hub = [`link add w${index} type bridge mcast_snooping 0`, `link set w${index} up`];
  return [...hub, ...half('a', a.node, a.port), ...half('b', b.node, b.port)];
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

const batch = (lines: readonly string[]): string => `ip -batch - <<END\n${lines.join('\n')}\nEND`;

const bridgeScript = (scenario: Scenario, node: LabNode): string => {
  const spanningTree = hasRing(scenario) ? 'stp_state 1 forward_delay 200 hello_time 100 max_age 600' : 'stp_state 0';
  const ports = portsOf(scenario.links, node.name).map((port) => `link set ${port} master br0 up`);
  return batch([`link add br0 type bridge ${spanningTree}`, 'link set br0 up', ...ports]);
};

const portsUp = (scenario: Scenario, node: LabNode): string =>
  batch(portsOf(scenario.links, node.name).map((port) => `link set ${port} up`));

const hostScript = (scenario: Scenario, node: LabNode): string => [portsUp(scenario, node), ...node.exec].join('\n');

/**
 * Each file where its daemon looks for it: a balancer's folder holds its files flat, as a repository keeps them. ifupdown's hooks run
 * only where a bridge needs them; the others look after a whole Debian's services.
 */
const balancerScript = (folder: string, scenario: Scenario, node: LabNode): string => {
  const { files, exec } = node;
  const interfaces = files.get('interfaces');
  return `
  mount -t tmpfs none /run
  mount --bind ${folder} /etc/keepalived
  ${files.has('haproxy.cfg') ? `mount --bind ${folder} /etc/haproxy` : ''}
  ${files.has('nginx.conf') ? `mount -t tmpfs none /var/log/nginx; mount --bind ${folder} /etc/nginx` : ''}
  ${files.has('sysctl.conf') ? `sysctl -qp ${folder}/sysctl.conf` : ''}
  ${portsUp(scenario, node)}
  ${exec.join('\n')}
  ${interfaces === undefined ? '' : `ifup -a -i ${folder}/interfaces --state-dir=${folder} ${/bridge_ports/.test(interfaces) ? '' : '--no-scripts'}`}`;
};

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

/** A tenth of a second in bash without starting a process. */
const PAUSE = 'read -rt 0.1 <> <(:)';

const serve = async ({ logs }: Network, machine: Machine): Promise<void> => {
  const folder = join(logs, machine.name);
  const file = join(folder, 'server.conf');
  writeFileSync(file, serverConfig(machine.name, folder));
  (await readyIn(machine, `nginx -c ${file} >${folder}/server.out 2>&1`))();
  const listens = '{ : <>/dev/tcp/127.0.0.1/80; } 2>/dev/null';
  await mustRunIn(machine, `for i in {1..600}; do ${listens} && exit 0; ${PAUSE}; done; exit 1`);
};

/** keepalived goes before the rest: where a hundred networks share two cores, its timers must not wait for others' work. */
const COMMANDS = {
  haproxy: 'haproxy -W -f /etc/haproxy/haproxy.cfg',
  nginx: `nginx -g 'daemon off;'`,
  keepalived: 'nice -n -10 keepalived -n -l -D -f /etc/keepalived/keepalived.conf',
};

const readyDaemon = (network: Network, node: string, daemon: keyof typeof COMMANDS): Promise<() => void> =>
  readyIn(machineOf(network, node), `${COMMANDS[daemon]} >>${join(network.logs, node, `${daemon}.log`)} 2>&1`);

/** Starts every daemon of every balancer: the proxies first, then all keepalived at the same moment. */
export const startDaemons = async (network: Network): Promise<void> => {
  const wanted = network.scenario.nodes.flatMap((node) => daemonsOf(node).map((daemon) => ({ node: node.name, daemon })));
  const ready = (only: (daemon: string) => boolean) =>
    Promise.all(wanted.filter(({ daemon }) => only(daemon)).map(({ node, daemon }) => readyDaemon(network, node, daemon)));
  for (const start of await ready((daemon) => daemon !== 'keepalived')) start();
  const proxies = wanted.filter(({ daemon }) => daemon !== 'keepalived');
  await Promise.all(proxies.map(({ node, daemon }) => waitForProxy(network, node, daemon)));
  for (const start of await ready((daemon) => daemon === 'keepalived')) start();
};

/** Waits until a proxy's first process and a worker are there, or four seconds. */
const waitForProxy = (network: Network, node: string, daemon: string): Promise<unknown> => {
  const count = `n=0; for f in /proc/[0-9]*/comm; do read -r c <$f && [ "$c" = ${daemon} ] && n=$((n+1)); done 2>/dev/null`;
  return runIn(machineOf(network, node), `for i in {1..40}; do ${count}; [ $n -ge 2 ] && exit 0; ${PAUSE}; done`);
};

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
  const starting = scenario.nodes.map(
    async ({ name, role }) => [name, await startMachine(name, { onlyNetwork: role === 'bridge' })] as const,
  );
  const machines = new Map(await Promise.all(starting));
  const network: Network = { scenario, machines, cables, logs };
  const pid = (node: string) => machineOf(network, node).pid;
  await mustRunIn(cables, batch(scenario.links.flatMap((link, index) => layCable(index, link, pid))));
  await Promise.all(
    scenario.nodes.map(async (node) => {
      const machine = machineOf(network, node.name);
      const folder = join(logs, node.name);
      mkdirSync(folder);
      for (const [name, text] of node.files) writeFileSync(join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
      if (node.role === 'bridge') await mustRunIn(machine, `set -e\n${bridgeScript(scenario, node)}`);
      if (node.role === 'host') await mustRunIn(machine, `set -e\n${hostScript(scenario, node)}`);
      if (node.role === 'balancer') await mustRunIn(machine, balancerScript(folder, scenario, node));
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
    batch(network.scenario.links.flatMap((link, index) => (dead(link) ? [`link set w${index}a down`, `link set w${index}b down`] : []))),
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
    const machine = machineOf(network, fault.node);
    // A switch runs nothing, and has no processes of its own: -1 would mean everybody's.
    if (machine.enter.includes('-p')) await runIn(machine, 'kill -KILL -1');
  }
};
