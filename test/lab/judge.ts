/** One fault on one fresh network, from laying it out to the verdicts. */
import type { Fault } from './faults.ts';
import { inject, layOut, type Network, restartFallenProxies, runsSpanningTree, startDaemons, tearDown } from './network.ts';
import {
  type Answers,
  addressBeside,
  ask,
  holdersOf,
  interfacesOf,
  type SeenInterface,
  segmentOf,
  type Vantage,
  type Vantages,
  vantagesOf,
} from './observe.ts';
import type { Scenario } from './scenario.ts';
import { type Service, servicesOf } from './services.ts';
import { sleep } from './shell.ts';
import { restSeconds } from './timers.ts';

/** A verdict as the contract has it. */
export type Verdict = 'ok' | 'degraded' | 'outage' | 'unknown';

/** What happens to one service under one fault: the shape of `halint simulate --format json`. */
export interface Outcome {
  address: string;
  port: number | null;
  verdict: Verdict;
  active: string[];
  splitBrain: boolean;
  because: { text: string }[];
}

/** All services under one fault. */
export interface FaultOutcome {
  fault: string;
  services: Outcome[];
}

const SPANNING_TREE_SECONDS = 11;
const MARGIN_SECONDS = 3;
const STEADY_SECONDS = 2;

const balancers = ({ nodes }: Scenario, dead?: string): string[] =>
  nodes.filter(({ name, role }) => role === 'balancer' && name !== dead).map(({ name }) => name);

const holderKey = (interfaces: readonly SeenInterface[], services: readonly Service[]): string =>
  services.map(({ address }) => holdersOf(interfaces, address).map(({ node, name }) => `${node}:${name}`)).join(' | ');

/** Waits until every timer has run out, and then until the holders stay the same for a while (a flapping network never does). */
const rest = async (network: Network, services: readonly Service[], after: 'start' | 'fault', dead?: string): Promise<SeenInterface[]> => {
  const { scenario } = network;
  const wait = restSeconds(scenario, after) + MARGIN_SECONDS + (runsSpanningTree(scenario) ? SPANNING_TREE_SECONDS : 0);
  await sleep(wait * 1000);
  let interfaces = await interfacesOf(network, balancers(scenario, dead));
  for (let steady = 0, left = 2 * wait; steady < STEADY_SECONDS && left > 0; left -= 1) {
    await sleep(1000);
    const now = await interfacesOf(network, balancers(scenario, dead));
    steady = holderKey(now, services) === holderKey(interfaces, services) ? steady + 1 : 0;
    interfaces = now;
  }
  return interfaces;
};

const verdictOf = (answers: readonly Answers[]): Verdict => {
  if (!answers.some(({ answered }) => answered > 0)) return 'outage';
  return answers.every(({ answered, asked }) => answered === asked) ? 'ok' : 'degraded';
};

/** Who asks under a fault: the hosts that live and have a living switch; only where no host lives (or is), the switches that live. */
const askers = (fault: Fault, { hosts, switches }: Vantages): Vantage[] => {
  const lives = (node: string) => fault.kind !== 'node' || fault.node !== node;
  const living = hosts.filter(({ node }) => lives(node));
  if (living.length === 0) return switches.filter(({ node }) => lives(node));
  return living.filter((host) => host.switches.length === 0 || host.switches.some(lives));
};

interface Place {
  service: Service;
  vantages: Vantages;
}

/** Where each service has to be asked from, read off the healthy network. */
const placesOf = async (network: Network, services: readonly Service[]): Promise<Place[]> => {
  const { nodes } = network.scenario;
  const ends = nodes.filter(({ role }) => role !== 'bridge').map(({ name }) => name);
  const interfaces = await interfacesOf(network, ends);
  const places: Place[] = [];
  for (const service of services) {
    const holders = holdersOf(interfaces, service.address);
    const { hosts, switches } = vantagesOf(network, interfaces, segmentOf(network, interfaces, holders));
    const near = holders[0]?.addresses.find(
      ({ address, prefix }) => address.includes(':') === service.address.includes(':') && prefix < 32 + (address.includes(':') ? 64 : 0),
    );
    const asking = near === undefined ? switches : switches.map((place, index) => ({ ...place, own: addressBeside(near, index) }));
    places.push({ service, vantages: { hosts, switches: asking } });
  }
  return places;
};

const outcome = async (
  network: Network,
  fault: Fault,
  { service, vantages }: Place,
  interfaces: readonly SeenInterface[],
): Promise<Outcome> => {
  const holders = holdersOf(interfaces, service.address);
  const active = [...new Set(holders.map(({ node }) => node))];
  const answers = await Promise.all(askers(fault, vantages).map((vantage) => ask(network, vantage, service)));
  const seen = [
    `held by ${holders.map(({ node, name }) => `${node} on ${name}`).join(', ') || 'nobody'}`,
    ...answers.map(
      ({ from, answered, asked, claimants }) =>
        `${from}: ${answered} of ${asked} answered, ${claimants.length} station(s) claim the address`,
    ),
  ];
  return {
    ...service,
    verdict: verdictOf(answers),
    active,
    splitBrain: active.length > 1,
    because: seen.map((text) => ({ text })),
  };
};

/** Limits how many of a kind of work run at once. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

const started = async (scenario: Scenario): Promise<Network> => {
  const network = await layOut(scenario);
  await startDaemons(network);
  return network;
};

const judgeOn = async (network: Network, fault: Fault): Promise<FaultOutcome> => {
  const services = servicesOf(network.scenario);
  let interfaces = await rest(network, services, 'start');
  if (await restartFallenProxies(network)) interfaces = await rest(network, services, 'start');
  const places = await placesOf(network, services);
  if (fault.kind !== 'none') {
    await inject(network, fault);
    interfaces = await rest(network, services, 'fault', fault.kind === 'node' ? fault.node : undefined);
  }
  const outcomes: Outcome[] = [];
  for (const place of places) outcomes.push(await outcome(network, fault, place, interfaces));
  return { fault: fault.name, services: outcomes };
};

/**
 * Lays the scenario out, waits for rest, makes the fault happen, waits again and asks.
 * @throws when the lab itself breaks, naming the scenario and the fault
 */
export const judge = async (scenario: Scenario, fault: Fault, gate: Gate, keepLogs = false): Promise<FaultOutcome> => {
  try {
    const network = await gate(() => started(scenario));
    try {
      return await judgeOn(network, fault);
    } finally {
      if (keepLogs) process.stderr.write(`${scenario.name}: ${fault.name}: logs in ${network.logs}\n`);
      await tearDown(network, keepLogs);
    }
  } catch (error) {
    throw new Error(`the lab broke in ${scenario.name}, ${fault.name}`, { cause: error });
  }
};
