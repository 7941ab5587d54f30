import { type Command, InvalidArgumentError, Option } from 'commander';
import { escapeLines } from '../../reporters/escape.ts';
import type { Severity } from '../../rules/finding.ts';
import { type AddCommand, gather } from '../command.ts';
import { exitCode, FAIL_ON } from '../exit-code.ts';
import { type Io, UserError } from '../io.ts';
import { type LintAsk, lintOnce } from '../lint-once.ts';
import { type Output, outputsOf, parseOutput, printOutputs } from '../outputs.ts';
import { commandNames, didYouMean } from '../suggest.ts';
import { VERSION } from '../version.ts';

interface LintFlags extends LintAsk {
  readonly format: readonly Output[];
  readonly outputFile?: string;
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly strictParse?: boolean;
  readonly quiet?: boolean;
  readonly watch?: boolean;
}

/** `halint [lint] [PATH...]`. */
export const addLint: AddCommand = (program, io, exit) => {
  program
    .command('lint', { isDefault: true })
    .description('lint the configs under the paths (default: here)')
    .argument('[paths...]', 'files, folders or globs')
    .optionsGroup('What to look at:')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .option('--baseline <file>', 'findings that do not count (default: what the project file names, else .halint-baseline.json)')
    .option('--no-baseline', 'all findings, those of the baseline too')
    .option('--changed [ref]', 'only what the branch breaks or touches, compared with a commit or branch (default: its upstream)')
    .option('--stdin', 'read one config from standard input; the others are its peers')
    .option('--stdin-filename <file>', 'whose config standard input is, as in lb1/haproxy.cfg')
    .option('--facts', 'the paths are files that halint facts wrote')
    .option('--watch', 'lint again after every change')
    .option('--allow-empty', 'pass where there is nothing to lint')
    .option('--cache', 'remember what was found out, so that the next run looks only at what changed')
    .option('--cache-location <dir>', 'where to remember it (default: .halint-cache); it may be deleted at any time')
    .optionsGroup('Rules:')
    .option('--only <id>', 'run only this rule, or a topic as in "monitor/*"; may be given again', gather)
    .option('--rule <id=severity>', 'severity of a rule, or off; may be given again', gather)
    .optionsGroup('Output:')
    .addOption(
      new Option(
        '-f, --format <name[:file]>',
        'how to print findings, to standard output or a file; may be given again (default: stylish)',
      ).argParser(parseOutput),
    )
    .option('-o, --output-file <file>', 'write the findings there')
    .option('-q, --quiet', 'print errors only')
    .option('--debug', 'say on standard error what each file was taken for, and what was joined to what')
    .optionsGroup('Exit code:')
    .addOption(new Option('--fail-on <severity>', 'least severity that makes the exit code 1 (default: error)').argParser(knownLevel))
    .option('--max-warnings <number>', 'exit with 1 on more warnings than this', wholeNumber)
    .option('--strict-parse', 'exit with 1 where a statement is not recognised')
    .action(async (paths: string[], given: Partial<LintFlags>, command: Command) => {
      const flags: LintFlags = { format: [], rule: [], only: [], ...given };
      const commands = commandNames(command);
      if (flags.watch) await watched(io, paths, flags, commands);
      exit(flags.watch ? 0 : await lint(io, paths, flags, commands));
    });
};

async function lint(io: Io, paths: readonly string[], flags: LintFlags, commands: readonly string[]): Promise<number> {
  const outputs = outputsOf(flags.format, flags.outputFile);
  const { report, rules, project, workspace } = await lintOnce(io, paths, flags, commands);
  const told = flags.quiet ? { ...report, findings: report.findings.filter((one) => one.severity === 'error') } : report;
  printOutputs(io, outputs, told, { textOf: workspace.textOf, rules, version: VERSION });
  return exitCode(io, { ...flags, failOn: flags.failOn ?? project.file.failOn ?? 'error' }, report);
}

async function watched(io: Io, paths: readonly string[], flags: LintFlags, commands: readonly string[]): Promise<void> {
  if (flags.stdin) throw new UserError('--watch and --stdin do not go together');
  const { watchPaths } = await import('../watch.ts');
  await watchPaths(io, paths, async () => {
    try {
      await lint(io, paths, flags, commands);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      io.stderr.write(`halint: ${escapeLines(error.message)}\n`);
    }
  });
}

function knownLevel(level: string): string {
  if (!(FAIL_ON as readonly string[]).includes(level))
    throw new InvalidArgumentError(`It must be one of ${FAIL_ON.join(', ')}${didYouMean(level, FAIL_ON)}`);
  return level;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number');
  return Number(text);
}
