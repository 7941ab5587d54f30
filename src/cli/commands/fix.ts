import type { Command } from 'commander';
import { unifiedDiff } from '../../fix/diff.ts';
import { type ConfigText, type Fixable, type Fixed, fixTexts, isFixable } from '../../fix/fix-texts.ts';
import { lintTexts } from '../../lint.ts';
import { escapeControls } from '../../reporters/escape.ts';
import { plural } from '../../reporters/summary.ts';
import { withoutEchoes } from '../../rules/echoes.ts';
import type { Finding } from '../../rules/finding.ts';
import { maskMessage } from '../../syntax/secrets.ts';
import { change, refusal } from '../changeable.ts';
import { type AddCommand, gather } from '../command.ts';
import { FAILING } from '../exit-code.ts';
import { type Io, UserError, wantsColor } from '../io.ts';
import { rulesOf } from '../rule-sources.ts';
import { applyIgnores, applyOverrides, knownRule, ruleSettings } from '../settings.ts';
import { commandNames } from '../suggest.ts';
import { loadProject, loadWorkspace, type Project, type Workspace } from '../workspace.ts';

interface FixFlags {
  readonly write?: boolean;
  readonly only: readonly string[];
  readonly config?: string;
}

/** `halint fix [PATH...]`. */
export const addFix: AddCommand = (program, io, exit) => {
  program
    .command('fix')
    .description('show, as a diff, what halint can put right by itself; --write does it')
    .argument('[paths...]', 'files, folders or globs')
    .option('--write', 'change the files')
    .option('--only <id>', 'fix only what this rule finds; may be given again', gather)
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .action(async (paths: string[], flags: Partial<FixFlags>, command: Command) => {
      exit(await fix(io, paths, { only: [], ...flags }, commandNames(command)));
    });
};

async function fix(io: Io, paths: readonly string[], flags: FixFlags, commands: readonly string[]): Promise<number> {
  const project = await loadProject(io, flags.config);
  const rules = await rulesOf(project);
  const wanted = flags.only.map((id) => knownRule(id, rules));
  const only = new Set(wanted.map((rule) => rule.id));
  const workspace = await loadWorkspace(io, paths, project, commands);
  const settings = await ruleSettings(project, [], rules);
  // A rule that is asked for runs though it be pedantic, the other pedantic ones do not for that.
  const named = Object.fromEntries(wanted.map(({ id, severity }) => [id, { severity, ...settings.rules?.[id] }]));
  const options = { ...workspace.options, rules, settings: { ...settings, rules: { ...settings.rules, ...named } }, echoes: true };
  // Every rule runs: a fix for one must not break another.
  const lint = (texts: readonly ConfigText[]) => {
    const result = lintTexts(texts, options);
    const counted = countedFindings(result.findings, project, workspace);
    return { ...result, findings: counted.map((one) => (only.size === 0 || only.has(one.rule) ? one : withoutSuggestion(one))) };
  };
  const refused = refusals(io, project, workspace);
  const fixed = fixTexts(workspace.texts, { lint, mayChange: (file) => refused(file) === undefined });
  const left = withoutEchoes(fixed.left).filter((one) => only.size === 0 || only.has(one.rule));
  const failed = flags.write ? written(io, fixed, workspace) : await shown(io, fixed, workspace);
  tellLeft(io, flags, fixed.made, left, refused);
  if (failed.length > 0) throw new UserError(failed.join('\nhalint: '));
  if (!flags.write) return fixed.made.length > 0 ? 1 : 0;
  const failing = FAILING[project.file.failOn ?? 'error'];
  return left.some((finding) => failing.includes(finding.severity)) ? 1 : 0;
}

/** The findings that the project file lets count. */
function countedFindings(findings: readonly Finding[], project: Project, workspace: Workspace): readonly Finding[] {
  const toProject = workspace.options.projectPath ?? ((path: string) => path);
  const weighed = applyOverrides(findings, project.file, toProject);
  return applyIgnores(weighed, project.file, toProject, new Date().toISOString().slice(0, 10)).kept;
}

function withoutSuggestion({ suggestion, ...finding }: Finding): Finding {
  return finding;
}

/** Why a file must not be changed; asked once a file. */
function refusals(io: Io, project: Project, workspace: Workspace): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, refusal(io.cwd, [io.cwd, project.root], file, workspace.textOf(file) ?? ''));
    return known.get(file);
  };
}

/** The texts that fixing changed, before and after. */
function changes(fixed: Fixed, workspace: Workspace): { readonly before: ConfigText; readonly after: ConfigText }[] {
  const before = new Map(workspace.texts.map((one) => [one.path, one]));
  return fixed.texts.flatMap((after) => {
    const was = before.get(after.path);
    return was && was.text !== after.text ? [{ before: was, after }] : [];
  });
}

async function shown(io: Io, fixed: Fixed, workspace: Workspace): Promise<string[]> {
  const look = { color: wantsColor(io, io.stdout), safe: escapeControls };
  for (const { before, after } of changes(fixed, workspace)) io.stdout.write(await unifiedDiff(before, after, look));
  return [];
}

/** Writes the changed files, and gives a sentence for each that could not be. */
function written(io: Io, fixed: Fixed, workspace: Workspace): string[] {
  return changes(fixed, workspace).flatMap(({ before, after }) => {
    const failed = change(io.cwd, after.path, before.text, after.text);
    if (failed !== undefined) return [`${escapeControls(after.path)} is not changed: ${failed}`];
    for (const one of fixed.made.filter((made) => made.at.file === after.path)) io.stdout.write(`${line(one, one.suggestion.title)}\n`);
    return [];
  });
}

/** On standard error, so that the diff alone can be passed on: how much was fixed, and what halint leaves to people. */
function tellLeft(
  io: Io,
  { write }: FixFlags,
  made: readonly Fixable[],
  left: readonly Finding[],
  refused: (file: string) => string | undefined,
): void {
  const fixed = `${plural(made.length, 'finding')} ${write ? 'fixed' : 'can be fixed'}${!write && made.length > 0 ? ' with --write' : ''}`;
  io.stderr.write(`${fixed}, ${left.length} without a sure fix${left.length > 0 ? ':' : ''}\n`);
  for (const finding of left) {
    const files = isFixable(finding) ? finding.suggestion.edits.map((edit) => edit.file) : [];
    const why = files.map((file) => refused(file)).find((reason) => reason !== undefined);
    const note = why ? ` (the file is left alone: ${why})` : isFixable(finding) ? ' (its fix was tried and does not hold here)' : '';
    io.stderr.write(`  ${line(finding, finding.message)}${note}\n`);
  }
}

function line({ at, rule }: Finding, text: string): string {
  return escapeControls(`${at.file}:${at.line}  ${rule}  ${maskMessage(text)}`);
}
