import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LintResult, lintTexts } from '../../lint.ts';
import { errorCode } from '../../project/discover.ts';
import { REPORTERS } from '../../reporters/registry.ts';
import type { Report } from '../../reporters/reporter.ts';
import type { Severity } from '../../rules/finding.ts';
import type { Rule } from '../../rules/rule.ts';
import type { AddCommand } from '../command.ts';
import { debugLines } from '../debug.ts';
import { type Io, UserError, wantsColor } from '../io.ts';
import { rulesOf } from '../rule-sources.ts';
import { applyIgnores, applyOverrides, knownRule, ruleSettings } from '../settings.ts';
import { didYouMean } from '../suggest.ts';
import { VERSION } from '../version.ts';
import { loadProject, loadWorkspace, type Project, type Workspace } from '../workspace.ts';

interface LintFlags {
  readonly format: string;
  readonly failOn?: Severity | 'never';
  readonly allowEmpty?: boolean;
  readonly strictParse?: boolean;
  readonly config?: string;
  readonly debug?: boolean;
  readonly rule: readonly string[];
  readonly only: readonly string[];
  readonly quiet?: boolean;
  readonly maxWarnings?: number;
  readonly outputFile?: string;
}

const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;

/** `halint [lint] [PATH...]`. */
export const addLint: AddCommand = (program, io, exit) => {
  program
    .command('lint', { isDefault: true })
    .description('lint the configs under the paths (default: here)')
    .argument('[paths...]', 'files, folders or globs')
    .addOption(new Option('-f, --format <name>', 'how to print findings').argParser(knownFormat).default('stylish'))
    .addOption(new Option('--fail-on <severity>', 'least severity that makes the exit code 1 (default: error)').argParser(knownLevel))
    .option('--max-warnings <number>', 'exit with 1 on more warnings than this', wholeNumber)
    .option('--allow-empty', 'pass where there is nothing to lint')
    .option('--strict-parse', 'exit with 1 where a statement is not recognised')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .option('--rule <id=severity>', 'severity of a rule, or off; may be given again', gather, [])
    .option('--only <id>', 'run only this rule; may be given again', gather, [])
    .option('-q, --quiet', 'print errors only')
    .option('-o, --output-file <file>', 'write the findings there')
    .option('--debug', 'say on standard error what each file was taken for, and what was joined to what')
    .action(async (paths: string[], flags: LintFlags, command: Command) => {
      exit(await lint(io, paths, flags, command.parent?.commands.map((one) => one.name()) ?? []));
    });
};

async function lint(io: Io, paths: readonly string[], flags: LintFlags, commands: readonly string[]): Promise<number> {
  const started = performance.now();
  const project = await loadProject(io, flags.config);
  const all = await rulesOf(project);
  const rules = flags.only.length === 0 ? all : [...new Set(flags.only.map((id) => knownRule(id, all)))];
  const workspace = await loadWorkspace(io, paths, project, commands);
  const settings = ruleSettings(project.file, flags.rule, all);
  const result = lintTexts(workspace.texts, {
    ...workspace.options,
    rules,
    settings: flags.only.length > 0 ? { ...settings, all: true } : settings,
  });
  if (flags.debug)
    io.stderr.write(
      debugLines(result)
        .map((line) => `${line}\n`)
        .join(''),
    );
  if (!result.files.some((file) => file.platform) && !flags.allowEmpty) {
    for (const one of [...workspace.diagnostics, ...result.diagnostics]) io.stderr.write(`${one.file}:${one.line}: ${one.message}\n`);
    throw new UserError('no config found to lint; name other paths, or pass --allow-empty if that is what you expect');
  }
  const report = reportOf(result, workspace, project, Math.round(performance.now() - started));
  print(io, flags, report, workspace, rules);
  return exitCode(io, flags, report, project);
}

function reportOf(result: LintResult, workspace: Workspace, project: Project, durationMs: number): Report {
  const toProject = workspace.options.projectPath ?? ((path: string) => path);
  const weighed = applyOverrides(result.findings, project.file, toProject);
  const { kept, suppressed } = applyIgnores(weighed, project.file, toProject, new Date().toISOString().slice(0, 10));
  const diagnostics = [...workspace.diagnostics, ...result.diagnostics];
  return {
    findings: kept,
    diagnostics: diagnostics.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)),
    files: result.files,
    devices: result.networks.reduce((sum, network) => sum + network.devices.length, 0),
    suppressed: suppressed + result.suppressed,
    durationMs,
  };
}

function print(io: Io, flags: LintFlags, report: Report, workspace: Workspace, rules: readonly Rule[]): void {
  const reporter = REPORTERS[flags.format];
  if (!reporter) throw new Error(`no reporter ${flags.format}`);
  const told = flags.quiet ? { ...report, findings: report.findings.filter((one) => one.severity === 'error') } : report;
  const text = reporter(told, {
    textOf: workspace.textOf,
    rules,
    version: VERSION,
    color: flags.outputFile === undefined && wantsColor(io, io.stdout),
    columns: Math.min(io.stdout.columns ?? 80, 120),
  });
  if (flags.outputFile === undefined) io.stdout.write(text);
  else writeOutput(resolve(io.cwd, flags.outputFile), flags.outputFile, text);
}

function writeOutput(path: string, name: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UserError(`${name} cannot be written (${errorCode(error)})`);
  }
}

/** Severities that fail a run, by `--fail-on`. */
const FAILING: Readonly<Record<(typeof FAIL_ON)[number], readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
  never: [],
};

function exitCode(io: Io, flags: LintFlags, report: Report, project: Project): number {
  const failing = FAILING[flags.failOn ?? project.file.failOn ?? 'error'];
  let code = report.findings.some((finding) => failing.includes(finding.severity)) ? 1 : 0;
  const warnings = report.findings.filter((finding) => finding.severity === 'warning').length;
  if (flags.maxWarnings !== undefined && warnings > flags.maxWarnings) {
    io.stderr.write(`halint: ${warnings} warnings are more than --max-warnings ${flags.maxWarnings}\n`);
    code = 1;
  }
  if (flags.strictParse) {
    for (const { path, statements } of report.files.filter((file) => file.statements.unknown > 0)) {
      io.stderr.write(`halint: ${path}: ${statements.unknown} statements not recognised (--strict-parse)\n`);
      code = 1;
    }
    if (report.diagnostics.length > 0) code = 1;
  }
  return code;
}

function knownFormat(name: string): string {
  const names = Object.keys(REPORTERS);
  if (!Object.hasOwn(REPORTERS, name)) throw new InvalidArgumentError(`Formats are ${names.join(', ')}${didYouMean(name, names)}`);
  return name;
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

function gather(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
