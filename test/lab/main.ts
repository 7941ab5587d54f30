/** The lab's command line: runs scenarios on real daemons and compares them with what halint said. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disagreement, disagreements, simulated } from './compare.ts';
import { faultsOf } from './faults.ts';
import { type FaultOutcome, type Gate, judge } from './judge.ts';
import { missing } from './means.ts';
import { record } from './record.ts';
import { readScenario, type Scenario } from './scenario.ts';
import { servicesOf } from './services.ts';
import { restSeconds } from './timers.ts';

const HELP = `Usage: npm run lab -- [options] [SCENARIO...]

Runs the scenarios (default: all) on real daemons in network namespaces and compares each fault's verdict, active members and
split brain with \`halint simulate\`. Exits 1 on any disagreement, 2 when the lab cannot run.

  --observe FOLDER  do not compare; write what was observed to FOLDER/SCENARIO.json
  --fault TEXT      only the faults whose name contains TEXT
  --jobs N          networks at once (default 96)
  --keep            keep the daemons' logs, and say where
  --help            this text
`;

interface Options {
  names: string[];
  observe?: string;
  fault: string;
  jobs: number;
  keep: boolean;
  help: boolean;
}

const parseOptions = (args: readonly string[]): Options => {
  const options: Options = { names: [], fault: '', jobs: 96, keep: false, help: false };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const value = () => args[++i] ?? '';
    if (arg === '--observe') options.observe = value();
    else if (arg === '--fault') options.fault = value();
    else if (arg === '--jobs') options.jobs = Number(value());
    else if (arg === '--keep') options.keep = true;
    else if (arg === '--help') options.help = true;
    else options.names.push(arg);
  }
  return options;
};

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
const MAKING = 3;

type Seen = (scenario: Scenario, outcomes: FaultOutcome[]) => Promise<void> | void;

/** Judges every fault of every scenario, the slowest scenarios first, and hands each scenario on as soon as it is done. */
const observe = async (scenarios: readonly Scenario[], options: Options, whenSeen: Seen): Promise<void> => {
  const running = gateOf(options.jobs);
  const making = gateOf(MAKING);
  const jobs = scenarios
    .flatMap((scenario) => faultsOf(scenario).map((fault, index) => ({ scenario, fault, index })))
    .filter(({ fault }) => fault.name.includes(options.fault))
    .sort((a, b) => restSeconds(b.scenario, 'fault') - restSeconds(a.scenario, 'fault'));
  const left = new Map(scenarios.map((scenario) => [scenario, jobs.filter((job) => job.scenario === scenario).length]));
  const seen = new Map<Scenario, FaultOutcome[]>(scenarios.map((scenario) => [scenario, []]));
  let done = 0;
  await Promise.all(
    jobs.map(({ scenario, fault, index }) =>
      running(async () => {
        const outcomes = seen.get(scenario) ?? [];
        outcomes[index] = await judge(scenario, fault, making, options.keep);
        done += 1;
        process.stderr.write(`${done}/${jobs.length} ${scenario.name}: ${fault.name}\n`);
        left.set(scenario, (left.get(scenario) ?? 0) - 1);
        if (left.get(scenario) === 0) {
          await whenSeen(
            scenario,
            outcomes.filter((outcome) => outcome !== undefined),
          );
        }
      }),
    ),
  );
};

const printDisagreement = ({ scenario, fault, service, halint, lab }: Disagreement): void => {
  process.stdout.write(`${scenario}: ${fault}: ${service}\n  halint: ${halint}\n  lab:    ${lab}\n`);
};

/** Runs the lab. @returns the exit code */
export const main = async (args: readonly string[], folder: string): Promise<number> => {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const lacking = missing();
  if (lacking.length > 0) {
    process.stderr.write(`The lab was left out: ${lacking.join('; ')}.\n`);
    return 2;
  }
  const root = join(folder, 'scenarios');
  const names = options.names.length > 0 ? options.names : readdirSync(root).sort();
  const scenarios = names.map((name) => readScenario(join(root, name)));
  const { observe: into } = options;
  if (into !== undefined) {
    await observe(scenarios, options, (scenario, faults) =>
      record(into, scenario.name, { version: 1, services: servicesOf(scenario), faults }),
    );
    return 0;
  }
  let faults = 0;
  let comparisons = 0;
  let disagreed = 0;
  await observe(scenarios, options, async (scenario, outcomes) => {
    faults += outcomes.length;
    comparisons += outcomes.reduce((sum, { services }) => sum + services.length, 0);
    const found = disagreements(scenario.name, outcomes, await simulated(join(folder, '../..'), scenario), options.fault);
    disagreed += found.length;
    found.forEach(printDisagreement);
  });
  process.stdout.write(`lab: ${scenarios.length} scenarios, ${faults} faults, ${comparisons} comparisons, ${disagreed} disagreements\n`);
  return disagreed === 0 ? 0 : 1;
};
