/** The lab's command line: runs scenarios on real daemons and compares them with what halint said. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disagreement, disagreements, simulated } from './compare.ts';
import type { FaultOutcome } from './judge.ts';
import { missing } from './means.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { readScenario, type Scenario } from './scenario.ts';
import { record, recorded, watch } from './watch.ts';

const print = ({ scenario, fault, service, halint, lab }: Disagreement): void => {
  process.stdout.write(`${scenario}: ${fault}: ${service}\n  halint: ${halint}\n  lab:    ${lab}\n`);
};

const compareAll = async (scenarios: readonly Scenario[], options: Options, root: string): Promise<number> => {
  let faults = 0;
  let comparisons = 0;
  let disagreed = 0;
  const compare = async (scenario: Scenario, seen: FaultOutcome[]) => {
    const outcomes = seen.filter(({ fault }) => fault.includes(options.fault));
    faults += outcomes.length;
    comparisons += outcomes.reduce((sum, { services }) => sum + services.length, 0);
    const found = disagreements(scenario.name, outcomes, await simulated(root, scenario), options.fault);
    disagreed += found.length;
    found.forEach(print);
  };
  const { recorded: from } = options;
  if (from === undefined) await watch(scenarios, options, compare);
  else for (const scenario of scenarios) await compare(scenario, recorded(from, scenario));
  process.stdout.write(`lab: ${scenarios.length} scenarios, ${faults} faults, ${comparisons} comparisons, ${disagreed} disagreements\n`);
  return disagreed === 0 ? 0 : 1;
};

/**
 * Runs the lab.
 * @param folder the lab's own folder, `test/lab`
 * @returns the exit code
 */
export const main = async (args: readonly string[], folder: string): Promise<number> => {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const lacking = options.recorded === undefined ? missing() : [];
  if (lacking.length > 0) {
    process.stderr.write(`The lab was left out: ${lacking.join('; ')}.\n`);
    return 2;
  }
  const all = join(folder, 'scenarios');
  const names = options.names.length > 0 ? options.names : readdirSync(all).sort();
  const scenarios = names.map((name) => readScenario(existsSync(join(all, name)) ? join(all, name) : name));
  const { observe } = options;
  if (observe === undefined) return compareAll(scenarios, options, join(folder, '../..'));
  await watch(scenarios, options, (scenario, faults) => record(observe, scenario, faults));
  return 0;
};
