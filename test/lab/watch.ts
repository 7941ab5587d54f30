/** Running many networks at once, and keeping what was seen. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf } from './faults.ts';
import { type FaultOutcome, type Gate, judge } from './judge.ts';
import type { Options } from './options.ts';
import type { Scenario } from './scenario.ts';
import { servicesOf } from './services.ts';
import { restSeconds } from './timers.ts';

/** A gate that lets so many through at once. */
export const gateOf = (width: number): Gate => {
  let free = width;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};

/** Networks that may be in the making at once: making is work, the rest of a network's life is waiting. */
const MAKING = 4;

/** Takes a scenario that is done with what was seen of it. */
export type Seen = (scenario: Scenario, outcomes: FaultOutcome[]) => Promise<void> | void;

/** Judges every fault of every scenario, the slowest scenarios first, and hands each scenario on as soon as it is done. */
export const watch = async (scenarios: readonly Scenario[], options: Options, whenSeen: Seen): Promise<void> => {
  const running = gateOf(options.jobs);
  const making = gateOf(MAKING);
  const jobs = scenarios
    .flatMap((scenario) => faultsOf(scenario).map((fault, index) => ({ scenario, fault, index })))
    .filter(({ fault }) => fault.name.includes(options.fault))
    .sort((a, b) => restSeconds(b.scenario, 'fault') - restSeconds(a.scenario, 'fault'));
  const left = new Map(scenarios.map((scenario) => [scenario, jobs.filter((job) => job.scenario === scenario).length]));
  const seen = new Map<Scenario, FaultOutcome[]>(scenarios.map((scenario) => [scenario, []]));
  let done = 0;
  const one = async ({ scenario, fault, index }: (typeof jobs)[number]) => {
    const outcomes = seen.get(scenario) ?? [];
    outcomes[index] = await judge(scenario, fault, making, options.keep);
    done += 1;
    process.stderr.write(`${done}/${jobs.length} ${scenario.name}: ${fault.name}\n`);
    left.set(scenario, (left.get(scenario) ?? 0) - 1);
    if (left.get(scenario) === 0) await whenSeen(scenario, Object.values(outcomes));
  };
  await Promise.all(jobs.map((job) => running(() => one(job))));
};

/** Writes one scenario's observation as JSON, in the shape of `halint simulate --format json`. */
export const record = (folder: string, scenario: Scenario, faults: FaultOutcome[]): void => {
  mkdirSync(folder, { recursive: true });
  const observation = { version: 1, services: servicesOf(scenario), faults };
  writeFileSync(join(folder, `${scenario.name}.json`), `${JSON.stringify(observation, null, 2)}\n`);
};

/** Reads back what `record` wrote. */
export const recorded = (folder: string, { name }: Scenario): FaultOutcome[] =>
  (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { faults: FaultOutcome[] }).faults;
