/** Running commands, and machines made of namespaces that vanish with the lab's own process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a command left behind. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const finished = (child: ChildProcess): Promise<Ran> =>
  new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr?.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.on('error', (error) => resolve({ code: -1, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });

/** Runs a command to its end. */
export const run = (command: string, args: readonly string[], input?: string): Promise<Ran> => {
  const child = spawn(command, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  if (input !== undefined) child.stdin?.end(input);
  return finished(child);
};

/** A machine: its own network, processes and mounts, held together by its first process. */
export interface Machine {
  name: string;
  /** Process id, outside, of the machine's first process. */
  pid: number;
  /** The kinds of namespaces that a command has to enter, as nsenter's flags. */
  enter: readonly string[];
  /** Ends every process of the machine; its namespaces go with them. */
  stop: () => Promise<void>;
}

const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

/** What a machine does first: addresses that are there at once, without a check for duplicates. */
const FIRST = `ip link set lo up
echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/default/router_solicitations`;

/**
 * Starts a machine; one on which nothing runs, a switch, needs a network of its own and nothing else. Its first process reads a pipe from the lab, so it ends when the lab ends, however that happens;
 * bash because a first process has to bury the orphans (a dead daemon that stays a zombie would still look alive to `killall -0`).
 */
export const startMachine = async (name: string, { onlyNetwork = false } = {}): Promise<Machine> => {
  const own = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--propagation', 'private'];
  const first = `${onlyNetwork ? '' : 'mount -t sysfs none /sys'}
${FIRST}
echo up; while read -r line; do :; done`;
  const child = spawn('unshare', [...(onlyNetwork ? ['--net', '--fork'] : own), 'bash', '-c', first], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const end = finished(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('close', () => reject(new Error(`cannot make namespaces for ${name}`)));
  });
  const pid = childOf(child.pid ?? 0);
  const stop = async () => {
    process.kill(pid, 'SIGKILL');
    await end;
  };
  return { name, pid, enter: onlyNetwork ? ['-n'] : ['-n', '-m', '-p'], stop };
};

const inside = ({ pid, enter }: Machine): string[] => ['-t', String(pid), ...enter];

/** Runs one command inside a machine: cheaper than a script, and cheapness counts where a hundred networks share two cores. */
export const runOne = (machine: Machine, ...command: string[]): Promise<Ran> => run('nsenter', [...inside(machine), ...command]);

/** Runs a bash script inside a machine. */
export const runIn = (machine: Machine, script: string): Promise<Ran> => run('nsenter', [...inside(machine), 'bash', '-s'], script);

/** As runIn, but a failure is an exception: for what can fail only when the lab or a scenario is broken. */
export const mustRunIn = async (machine: Machine, script: string): Promise<string> => {
  const { code, stdout, stderr } = await runIn(machine, script);
  if (code !== 0) throw new Error(`${machine.name}: ${stderr.trim() || stdout.trim()}\nin: ${script}`);
  return stdout;
};

/**
 * Readies a command inside a machine; it starts when the returned function is called. With several readied first and then
 * released at once, they start within the same few milliseconds. They run in the background, children of the machine's first process:
 * a daemon stopped before it is killed must not stop a parent outside with it.
 */
export const readyIn = async (machine: Machine, command: string): Promise<() => void> => {
  const child = spawn('nsenter', [...inside(machine), 'bash', '-c', `echo ready; read -r go; setsid ${command} &`], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  await new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve());
    child.once('close', () => resolve());
  });
  return () => void child.stdin.end('go\n');
};

/** Waits. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
