import { resolve } from 'node:path';
import { findingsApart, type LintOptions, type LintResult, lintFacts, lintTexts, type Stage } from '../lint.ts';
import type { Network } from '../network/network.ts';
import { archiveOf } from '../project/archive-path.ts';
import { decode } from '../project/decode.ts';
import { shown } from '../project/discover.ts';
import type { Ignore } from '../project/project-file.ts';
import type { Report } from '../reporters/reporter.ts';
import { plural } from '../reporters/summary.ts';
import { told } from '../reporters/told.ts';
import { byPlace } from '../rules/evaluate.ts';
import type { Finding } from '../rules/finding.ts';
import type { IgnoreEntry } from '../rules/ignore-entry.ts';
import type { ReadyRule } from '../rules/rule.ts';
import { type Recorded, readBaseline, type Sifted, sift } from './baseline.ts';
import type { Cache } from './cache.ts';
import { findingsOfBranch, textsBefore } from './changed.ts';
import { debugLines } from './debug.ts';
import { readFacts } from './facts-file.ts';
import { changesSince } from './git.ts';
import { spareHeap } from './heap.ts';
import { type Io, nothingFound, UserError } from './io.ts';
import { progressOn, type StageClock, stageClock } from './progress.ts';
import { rulesOf } from './rule-sources.ts';
import { applyIgnores, applyOverrides, chosenRules, ruleSettings } from './settings.ts';
import { loadProject, loadWorkspace, noProject, type Project, type Workspace, workspaceWithout } from './workspace.ts';

/** What a run of `lint` is asked for, printing apart. */
export interface LintAsk {
  /** Project file; false: none, even where there is one. */
  readonly config?: string | false;
  readonly rule: readonly string[];
  readonly only: readonly string[];
  /** Only what the branch changed, since this commit; true: since its upstream or the default branch. */
  readonly changed?: string | true;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  /** File with the findings that do not count; false: all count. */
  readonly baseline?: string | false;
  readonly allowEmpty?: boolean;
  readonly debug?: boolean;
  /** Keep what was found out for the next run, and use what earlier ones kept. */
  readonly cache?: boolean;
  readonly cacheLocation?: string;
  /** The paths are files of facts. */
  readonly facts?: boolean;
}

/** What a run found. */
export interface Linted {
  readonly report: Report;
  readonly networks: () => readonly Network[];
  readonly rules: readonly ReadyRule[];
  readonly project: Project;
  readonly workspace: Workspace;
}

/** Reads, lints and weighs once. */
export async function lintOnce(io: Io, paths: readonly string[], ask: LintAsk, commands: readonly string[]): Promise<Linted> {
  const started = performance.now();
  const project = ask.config === false ? noProject(io) : await loadProject(io, ask.config);
  const all = await rulesOf(project);
  const rules = ask.only.length === 0 ? all : chosenRules(ask.only, all);
  const settings = await ruleSettings(project, ask.rule, all);
  if (ask.facts) checkFacts(paths, ask);
  const cache = ask.cache || ask.cacheLocation ? await cacheOf(io, ask, [paths, project.file, project.root, rules, settings]) : undefined;
  const found = ask.facts ? workspaceWithout(io, project) : await loadWorkspace(io, paths, project, commands, cache?.contents);
  const { workspace, only } = ask.stdin ? await withStdin(io, found, ask.stdinFilename) : { workspace: found, only: undefined };
  const read = performance.now();
  spareHeap(workspace.texts);
  const options = { ...workspace.options, rules, settings: ask.only.length > 0 ? { ...settings, all: true } : settings };
  // What lies beside a file that was named tells whose it is, and is not among the texts.
  const memory = workspace.texts.some(({ named }) => named) ? undefined : cache?.memory;
  const { result, clock } = inStages(io, started, (onStage) =>
    ask.facts ? lintFacts(readFacts(io, paths), { ...options, onStage }) : lintTexts(workspace.texts, { ...options, onStage }, memory),
  );
  if (ask.debug) tellDebug(io, result, read - started, clock);
  if (!result.files.some((file) => file.platform) && !ask.allowEmpty) {
    for (const one of [...workspace.diagnostics, ...result.diagnostics])
      io.stderr.write(`${told(one.file)}:${one.line}: ${told(one.message)}\n`);
    throw nothingFound();
  }
  const baseline = ask.baseline === false ? [] : (readBaseline(io, project, ask.baseline) ?? []);
  // Only a run over everything can say that something keeps nothing back.
  const isWhole = paths.length === 0 && io.cwd === project.root && ask.only.length === 0 && !ask.stdin && !ask.facts;
  const counts = (findings: readonly Finding[]) => weigh(findings, { project, workspace, baseline, options, isWhole });
  const { kept, suppressed, gone } = await counts(result.findings);
  if (ask.only.length === 0) tellGone(io, gone, result, workspace.options.projectPath ?? ((path) => path));
  const diagnostics = [...workspace.diagnostics, ...result.diagnostics].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line,
  );
  const report: Report = {
    findings: kept,
    diagnostics,
    files: result.files,
    devices: result.devices,
    suppressed: suppressed + result.suppressed,
    durationMs: 0,
  };
  let narrowed = report;
  if (ask.changed !== undefined) {
    const changes = changesSince(io.cwd, ask.changed === true ? undefined : ask.changed);
    const textsThen = await textsBefore(workspace.texts, changes, io.cwd, workspace.covers);
    const { kept: before } = await counts(lintTexts(textsThen, options, memory).findings);
    const inTree = new Set([...changes.files.keys()].map((path) => shown(resolve(changes.top, path), io.cwd)));
    narrowed = {
      ...report,
      findings: findingsOfBranch(kept, before, changes, io.cwd),
      diagnostics: diagnostics.filter(({ file }) => inTree.has(archiveOf(file) ?? file)),
    };
  }
  if (only !== undefined) {
    narrowed = {
      ...narrowed,
      findings: narrowed.findings.filter(({ at }) => at.file === only),
      diagnostics: narrowed.diagnostics.filter(({ file }) => file === only),
    };
  }
  if (memory) cache?.save();
  return {
    report: { ...narrowed, durationMs: Math.round(performance.now() - started) },
    networks: () => result.networks,
    rules,
    project,
    workspace,
  };
}

/** Lints with a word on how far it is where a person watches, and a look at the clock. */
function inStages(io: Io, started: number, lint: (onStage: NonNullable<LintOptions['onStage']>) => LintResult) {
  const progress = progressOn(io, started);
  const clock = stageClock();
  const onStage = (stage: Stage, done: number, count: number): void => {
    clock.next(stage);
    progress.tell(stage, done, count);
  };
  const result = lint(onStage);
  clock.next();
  progress.done();
  return { result, clock };
}

/** Facts are joined by themselves: what they were made from may not even be here. */
function checkFacts(paths: readonly string[], { stdin, changed, cache, cacheLocation }: LintAsk): void {
  if (paths.length === 0) throw new UserError('--facts wants the files that halint facts wrote');
  const other = Object.entries({ '--stdin': stdin, '--changed': changed, '--cache': cache, '--cache-location': cacheLocation });
  for (const [option, value] of other) if (value) throw new UserError(`--facts and ${option} do not go together`);
}

/** The cache of runs that look at the same with the same rules. */
async function cacheOf(io: Io, { cacheLocation }: LintAsk, about: unknown): Promise<Cache> {
  const { CACHE_FOLDER, openCache } = await import('./cache.ts');
  return openCache(resolve(io.cwd, cacheLocation ?? CACHE_FOLDER), [io.cwd, about]);
}

interface Weighing {
  readonly project: Project;
  readonly workspace: Workspace;
  readonly baseline: readonly Recorded[];
  readonly options: Pick<LintOptions, 'rules' | 'settings'>;
  readonly isWhole: boolean;
}

/** Findings with the severities that the project file gives them, without those that it keeps back, and what is wrong with that. */
async function weigh(findings: readonly Finding[], { project, workspace, baseline, options, isWhole }: Weighing): Promise<Weighed> {
  const toProject = workspace.options.projectPath ?? ((path: string) => path);
  const today = new Date().toISOString().slice(0, 10);
  const counted = applyIgnores(applyOverrides(findings, project.file, toProject), project.file, toProject, today);
  const ignoreEntry = await entriesOf(project, (ignore) => !isWhole || counted.used.has(ignore), today);
  const about = findingsApart(options, { ignoreEntry });
  const { kept, gone } = sift([...counted.kept, ...applyOverrides(about, project.file, toProject)].sort(byPlace), baseline);
  return { kept, gone, suppressed: findings.length + about.length - kept.length };
}

/** Loads what finds their lines, a YAML parser, only where there is an `ignore`. */
async function entriesOf(project: Project, isUsed: (ignore: Ignore) => boolean, today: string): Promise<readonly IgnoreEntry[]> {
  if (!project.file.ignore?.length) return [];
  const { ignoreEntries } = await import('./ignore-entries.ts');
  return ignoreEntries(project, isUsed, today);
}

interface Weighed extends Sifted {
  readonly suppressed: number;
}

/** What a baseline records of files that were read, and nobody finds any more. */
function tellGone(io: Io, gone: readonly Recorded[], { files }: LintResult, toProject: (path: string) => string): void {
  const read = new Set(files.map(({ path }) => toProject(path)));
  const count = gone.filter(({ file }) => read.has(file)).reduce((sum, one) => sum + (one.count ?? 1), 0);
  if (count > 0)
    io.stderr.write(
      `halint: ${plural(count, 'finding')} of the baseline not found any more; halint baseline --prune takes out what is gone\n`,
    );
}

/** The workspace with standard input in the place of the named file, as an editor has it and the disk does not yet. */
async function withStdin(io: Io, workspace: Workspace, filename: string | undefined): Promise<{ workspace: Workspace; only: string }> {
  if (filename === undefined) throw new UserError('--stdin wants --stdin-filename, which tells whose config it is, as in lb1/haproxy.cfg');
  const only = shown(resolve(io.cwd, filename), io.cwd);
  const decoded = decode((await io.stdin?.()) ?? new Uint8Array());
  if (!('text' in decoded)) throw new UserError(`standard input ${decoded.refused}`);
  const others = workspace.texts.filter(({ path }) => path !== only);
  const texts = [...others, { path: only, text: decoded.text, named: true }];
  const textOf = (path: string) => (path === only ? decoded.text : workspace.textOf(path));
  return { workspace: { ...workspace, texts, textOf }, only };
}

function tellDebug(io: Io, result: LintResult, startMs: number, { times }: StageClock): void {
  const stages = [['starting and finding files', startMs] as const, ...times].map(([stage, ms]) => `${stage} ${ms.toFixed(0)} ms`);
  io.stderr.write([...debugLines(result), `time: ${stages.join(', ')}`].map((line) => `${line}\n`).join(''));
}
