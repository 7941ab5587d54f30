/** The lab's command line: runs scenarios on real daemons and compares them with what halint said. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Disagreement, disagreements, simulated } from './compare.ts';
import { faultsOf } from './faults.ts';
import { type FaultOutcome, judge } from './judge.ts';
import { missing } from './means.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { readScenario, type Scenario } from './scenario.ts';
import { gateOf, record, recorded, watch } from './watch.ts';

const print = ({ scenario, fault, service, halint, lab }: Disagreement): void => {
  process.stdout.write(`${scenario}: ${fault}: ${service}\n  halint: ${halint}\n  lab:    ${lab}\n`);
};

interface Compared {
  scenario: Scenario;
  seen: FaultOutcome[];
  found: Disagreement[];
}

/**
 * Looks again where the lab and halint differ: daemons that share two cores with a hundred others sometimes miss their moment, and only
 * what they do twice is a fact. A second network that agrees with halint calls for a third, which decides.
 */
const confirm = async ({ scenario, found }: Compared, said: FaultOutcome[], options: Options): Promise<Disagreement[]> => {
  const looks = [...new Set(found.map(({ fault }) => fault))].map(async (name) => {
    const fault = faultsOf(scenario).find((other) => other.name === name);
    if (fault === undefined) return found.filter((other) => other.fault === name);
    const halint = said.filter((other) => other.fault === name);
    const look = async () => disagreements(scenario.name, [await judge(scenario, fault, (work) => work(), options.keep)], halint);
    const second = await look();
    if (second.length > 0) return second;
    process.stderr.write(`${scenario.name}: ${name}: not seen twice, looking a third time\n`);
    return look();
  });
  return (await Promise.all(looks)).flat();
};

const compareAll = async (scenarios: readonly Scenario[], options: Options, root: string): Promise<number> => {
  const asking = gateOf(2);
  const said = new Map(await Promise.all(scenarios.map(async (one) => [one, await asking(() => simulated(root, one))] as const)));
  const compared: Compared[] = [];
  const compare = (scenario: Scenario, all: FaultOutcome[]) => {
    const seen = all.filter(({ fault }) => fault.includes(options.fault));
    compared.push({ scenario, seen, found: disagreements(scenario.name, seen, said.get(scenario) ?? [], options.fault) });
  };
  const { recorded: from } = options;
  if (from === undefined) await watch(scenarios, options, compare);
  else for (const scenario of scenarios) compare(scenario, recorded(from, scenario));
  let disagreed = 0;
  for (const one of compared) {
    const found = from === undefined ? await confirm(one, said.get(one.scenario) ?? [], options) : one.found;
    found.forEach(print);
    disagreed += found.length;
  }
  const faults = compared.flatMap(({ seen }) => seen);
  const comparisons = faults.reduce((sum, { services }) => sum + services.length, 0);
  process.stdout.write(
    `lab: ${scenarios.length} scenarios, ${faults.length} faults, ${comparisons} comparisons, ${disagreed} disagreements\n`,
  );
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
