import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { shown } from '../../project/discover.ts';
import { errorCode } from '../../project/error-code.ts';
import { escapeControls } from '../../reporters/escape.ts';
import { plural } from '../../reporters/summary.ts';
import { baselinePath, baselineText, type Recorded, readBaseline, recordOf, sift } from '../baseline.ts';
import type { AddCommand } from '../command.ts';
import { type Io, UserError } from '../io.ts';
import { lintOnce } from '../lint-once.ts';
import { commandNames } from '../suggest.ts';

interface BaselineFlags {
  readonly config?: string;
  readonly output?: string;
  readonly prune?: boolean;
}

/** `halint baseline [PATH...]`. */
export const addBaseline: AddCommand = (program, io, exit) => {
  program
    .command('baseline')
    .description("record today's findings, so that only new ones fail")
    .argument('[paths...]', 'files, folders or globs')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .option('-o, --output <file>', "where to write it (default: the project file's baseline, else .halint-baseline.json)")
    .option('--prune', 'only take out what nobody finds any more')
    .action(async (paths: string[], flags: BaselineFlags, command: Command) => {
      await baseline(io, paths, flags, commandNames(command));
      exit(0);
    });
};

async function baseline(io: Io, paths: readonly string[], flags: BaselineFlags, commands: readonly string[]): Promise<void> {
  const ask = { rule: [], only: [], baseline: false as const, ...(flags.config === undefined ? {} : { config: flags.config }) };
  const { report, project, workspace } = await lintOnce(io, paths, ask, commands);
  const { path, named } = baselinePath(io, project, flags.output);
  const name = shown(path, io.cwd);
  const today = recordOf(report.findings, workspace.options.projectPath ?? ((one) => one));
  const before = flags.prune ? (readBaseline(io, project, flags.output) ?? nothingToPrune(name)) : undefined;
  const records = before ? stillThere(before, sift(report.findings, before).gone) : today;
  try {
    writeFileSync(path, baselineText(records));
  } catch (error) {
    throw new UserError(`${name} cannot be written (${errorCode(error)})`);
  }
  const pruned = before ? `, ${before.length - records.length} taken out` : '';
  io.stdout.write(`${escapeControls(name)}: ${plural(records.length, 'finding')} recorded${pruned}\n`);
  if (named && flags.output !== undefined && project.file.baseline === undefined)
    io.stdout.write(`put "baseline: ${escapeControls(flags.output)}" into halint.yaml, so that halint lint reads it\n`);
}

function nothingToPrune(name: string): never {
  throw new UserError(`there is no baseline ${name} to prune`);
}

/** What a baseline records, less what is gone of it. */
function stillThere(before: readonly Recorded[], gone: readonly Recorded[]): Recorded[] {
  const away = new Map(gone.map((one) => [one.fingerprint, one.count ?? 1]));
  return before.flatMap((one) => {
    const count = (one.count ?? 1) - (away.get(one.fingerprint) ?? 0);
    return count > 0 ? [{ ...one, count }] : [];
  });
}
