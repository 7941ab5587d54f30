import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { plural } from '../../reporters/summary.ts';
import type { AddCommand } from '../command.ts';
import { type Io, UserError } from '../io.ts';
import { type Linted, lintOnce } from '../lint-once.ts';
import { commandNames } from '../suggest.ts';
import { writeFile } from '../write-file.ts';

const NAME = 'halint.yaml';

interface InitFlags {
  readonly hook?: boolean;
  readonly ci?: 'github' | 'gitlab';
  readonly force?: boolean;
}

/** `halint init`. */
export const addInit: AddCommand = (program, io, exit) => {
  program
    .command('init')
    .description(`write a commented ${NAME} from what is found here; on request, the commit hook and the CI job`)
    .option('--hook', 'also make pre-commit run halint')
    .addOption(new Option('--ci <name>', 'also write a CI job').choices(['github', 'gitlab']))
    .option('--force', `write ${NAME} anew where there is one`)
    .action(async (flags: InitFlags, command: Command) => {
      await init(io, flags, commandNames(command));
      exit(0);
    });
};

async function init(io: Io, flags: InitFlags, commands: readonly string[]): Promise<void> {
  const isThere = existsSync(join(io.cwd, NAME));
  const wantsMore = flags.hook || flags.ci !== undefined;
  if (isThere && !flags.force && !wantsMore) throw new UserError(`${NAME} is there already; --force writes it anew`);
  if (!isThere || flags.force) {
    const linted = await lintOnce(io, [], { config: false, rule: [], only: [], baseline: false }, commands);
    const { projectText } = await import('../init/project-text.ts');
    writeFile(io, NAME, projectText(linted));
    io.stdout.write(foundText(linted));
  }
  if (flags.hook) await addHook(io);
  if (flags.ci !== undefined) await addJob(io, flags.ci);
  if (!flags.hook) io.stdout.write('halint init --hook     makes pre-commit run it before each commit\n');
  if (flags.ci === undefined) io.stdout.write('halint init --ci NAME  writes the job for github or gitlab\n');
}

function foundText({ report }: Linted): string {
  const { devices, findings, files } = report;
  const known = files.filter(({ platform }) => platform).length;
  const next =
    findings.length > 0
      ? `halint                 shows ${findings.length === 1 ? 'the finding' : `the ${findings.length} findings`} of today\nhalint baseline        records them, so that only new ones fail\n`
      : 'halint                 finds nothing today\n';
  return `${NAME} written: ${plural(devices, 'device')} in ${plural(known, 'file')}\n\n${next}`;
}

async function addHook(io: Io): Promise<void> {
  const { PRE_COMMIT_CONFIG, PRE_COMMIT_ENTRY, PRE_COMMIT_FILE } = await import('../init/hook.ts');
  if (existsSync(join(io.cwd, PRE_COMMIT_FILE))) {
    io.stdout.write(`${PRE_COMMIT_FILE} is there already; put this under its repos:\n\n${PRE_COMMIT_ENTRY}\n`);
    return;
  }
  writeFile(io, PRE_COMMIT_FILE, PRE_COMMIT_CONFIG);
  io.stdout.write(`${PRE_COMMIT_FILE} written; pre-commit install puts it in force\n`);
}

async function addJob(io: Io, ci: 'github' | 'gitlab'): Promise<void> {
  const { CI_JOBS } = await import('../init/ci.ts');
  const { file, text } = CI_JOBS[ci];
  if (existsSync(join(io.cwd, file))) throw new UserError(`${file} is there already; take it away first`);
  writeFile(io, file, text);
  io.stdout.write(`${file} written${ci === 'gitlab' ? '; its first lines say how .gitlab-ci.yml takes it in' : ''}\n`);
}
