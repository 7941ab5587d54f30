import { type Command, Option } from 'commander';
import { analyse } from '../../lint.ts';
import { faultMatrix } from '../../reporters/matrix.ts';
import { simulationJson } from '../../reporters/simulate-json.ts';
import { doubleFaults, singleFaults } from '../../simulation/fault.ts';
import { type FaultResult, simulate } from '../../simulation/simulate.ts';
import type { AddCommand } from '../command.ts';
import { nothingFound, UserError, wantsColor } from '../io.ts';
import { progressOn } from '../progress.ts';
import { commandNames, didYouMean } from '../suggest.ts';
import { loadProject, loadWorkspace } from '../workspace.ts';

interface SimulateFlags {
  readonly config?: string;
  readonly format: 'matrix' | 'json';
  readonly faults: 'single' | 'double';
  readonly fault?: readonly string[];
  readonly all?: boolean;
  readonly failOn: 'degraded' | 'outage' | 'never';
  readonly allowEmpty?: boolean;
}

/** `halint simulate [PATH...]`. */
export const addSimulate: AddCommand = (program, io, exit) => {
  program
    .command('simulate')
    .description('inject every single fault into the model and print what happens to each service')
    .argument('[paths...]', 'files, folders or globs')
    .addOption(new Option('-f, --format <format>', 'matrix for people, json for scripts').choices(['matrix', 'json']).default('matrix'))
    .addOption(new Option('--faults <kind>', 'double adds every pair of faults').choices(['single', 'double']).default('single'))
    .option('--fault <name...>', 'only these faults, as in "node core1" or "process lb1/haproxy"')
    .option('--all', 'in the matrix, also the faults that every service survives')
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 1 on this verdict or worse').choices(['degraded', 'outage', 'never']).default('never'),
    )
    .option('--allow-empty', 'pass where there is nothing to read')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .action(async (paths: string[], flags: SimulateFlags, command: Command) => {
      const progress = progressOn(io, performance.now());
      const project = await loadProject(io, flags.config);
      const commands = commandNames(command);
      const workspace = await loadWorkspace(io, paths, project, commands);
      const { networks, files } = analyse(workspace.texts, { ...workspace.options, onStage: progress.tell });
      progress.done();
      if (!flags.allowEmpty && !files.some((file) => file.platform)) throw nothingFound();
      const runs = networks.map((network) => ({ network, faults: chosenFaults(singleFaults(network), flags) }));
      const known = networks.flatMap((network) => singleFaults(network).map((fault) => fault.name));
      const missing = flags.fault?.find((name) => !known.includes(name));
      if (missing !== undefined) throw new UserError(`there is no fault '${missing}'${didYouMean(missing, known)}`);
      const width = Math.min(io.stdout.columns ?? 100, 160);
      let worst = 0;
      for (const { network, faults } of flags.format === 'json' ? [] : runs) {
        const results = simulate(network, faults);
        worst = Math.max(worst, severity(results));
        const look = { colour: wantsColor(io, io.stdout), width, all: flags.all ?? false };
        for (const piece of faultMatrix(network.services, results, look)) io.stdout.write(piece);
      }
      if (flags.format === 'json') {
        const results = runs.flatMap(({ network, faults }) => simulate(network, faults));
        worst = severity(results);
        const services = networks.flatMap((network) => network.services);
        for (const piece of simulationJson(services, results)) io.stdout.write(piece);
      }
      exit(flags.failOn !== 'never' && worst >= (flags.failOn === 'outage' ? 2 : 1) ? 1 : 0);
    });
};

function chosenFaults(singles: ReturnType<typeof singleFaults>, flags: SimulateFlags): ReturnType<typeof singleFaults> {
  const wanted = flags.fault ? singles.filter((fault) => flags.fault?.includes(fault.name)) : singles;
  return flags.faults === 'double' ? [...wanted, ...doubleFaults(wanted)] : wanted;
}

/** 0: every verdict is ok or unknown, 1: some are degraded, 2: some are outages. */
function severity(results: readonly FaultResult[]): number {
  const verdicts = results.flatMap((r) => r.services.map((s) => s.verdict));
  return verdicts.includes('outage') ? 2 : verdicts.includes('degraded') ? 1 : 0;
}
