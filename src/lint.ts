import picomatch from 'picomatch';
import type { Device } from './model/device.ts';
import { startOfLine } from './model/fact.ts';
import { buildNetwork } from './network/build.ts';
import type { Network, Wiring } from './network/network.ts';
import { scopeFinder, splitScopes } from './network/scopes.ts';
import type { Platform } from './platforms/platform.ts';
import { readDevice } from './platforms/read.ts';
import { countStatements, type FileReport } from './project/file-report.ts';
import { foreignTitle } from './project/foreign.ts';
import { type DeviceOverrides, groupHosts, type KnownSource } from './project/hosts.ts';
import { type Recognised, recognise } from './project/recognise.ts';
import { isBatfishName, readBatfish } from './project/wiring/batfish.ts';
import { isContainerlabName, type ReadWiring, readContainerlab } from './project/wiring/containerlab.ts';
import { isNeighbourName, readNeighbours } from './project/wiring/neighbours.ts';
import { withoutEchoes } from './rules/echoes.ts';
import { byPlace, type ExtraSubjects, evaluateRules, type RuleSettings } from './rules/evaluate.ts';
import type { Finding } from './rules/finding.ts';
import { foreignOf } from './rules/foreign.ts';
import type { ReadyRule } from './rules/rule.ts';
import { applySuppressions, type Suppression, suppressionsIn } from './rules/suppressions.ts';
import type { Unreadable } from './rules/unreadable.ts';
import { faultOutcomes } from './simulation/outcome.ts';
import type { Source } from './syntax/source.ts';
import type { Diagnostic } from './syntax/statement.ts';
import { maskTemplate } from './syntax/template.ts';

/** A file's path and content. */
export interface InputText {
  readonly path: string;
  readonly text: string;
  /** The user named it, so that it is worth a word when no platform knows it. */
  readonly named?: boolean;
}

/** What halint does with texts, in this order. */
export type Stage = 'reading configs' | 'understanding devices' | 'joining devices' | 'simulating faults' | 'checking rules';

export interface AnalyseOptions {
  readonly platforms: readonly Platform[];
  readonly devices?: DeviceOverrides;
  /** Wiring from elsewhere than the texts: the project file. */
  readonly wirings?: readonly Wiring[];
  /** Name for a host whose files stand at the top: the working directory's. */
  readonly top?: string;
  /** Told as the work goes on: what is done now, and how many of how many files or networks are behind. */
  readonly onStage?: (stage: Stage, done: number, all: number) => void;
  /** A path as the globs of `devices` see it: relative to the project file's folder. */
  readonly projectPath?: (path: string) => string;
  /** Texts in the folder of a path that are not linted, but tell whether the folder is one host's and so may name it. */
  readonly beside?: (path: string) => Iterable<InputText>;
}

/** What the texts say, joined into networks. */
export interface Analysis {
  readonly networks: readonly Network[];
  readonly files: readonly FileReport[];
  readonly diagnostics: readonly Diagnostic[];
  /** Configs of platforms that halint does not read, with the names of these. */
  readonly foreign: readonly { readonly path: string; readonly title: string }[];
}

export interface LintOptions extends AnalyseOptions {
  readonly rules: readonly ReadyRule[];
  readonly settings?: RuleSettings;
  /** Also what the simulation finds where a plainer rule speaks of the same device: to compare two states of a config. */
  readonly echoes?: boolean;
}

export interface LintResult extends Analysis {
  /** Findings that comments in the configs keep back. */
  readonly suppressed: number;
  readonly findings: readonly Finding[];
}

/** Reads texts into networks. Pure: the same texts, in any order, give the same result. */
export function analyse(texts: readonly InputText[], options: AnalyseOptions): Analysis {
  const diagnostics: Diagnostic[] = [];
  const files: FileReport[] = [];
  const wirings: Wiring[] = [...(options.wirings ?? [])];
  const known: KnownSource[] = [];
  const foreign: { path: string; title: string }[] = [];
  for (const [done, input] of [...texts].sort((a, b) => (a.path < b.path ? -1 : 1)).entries()) {
    options.onStage?.('reading configs', done, texts.length);
    const wiring = readWiring(input);
    if (wiring) {
      for (const one of wiring.diagnostics) diagnostics.push(one);
      if (wiring.wiring) wirings.push(wiring.wiring);
      files.push({ path: input.path, why: 'a topology, by its name', statements: NONE });
      continue;
    }
    const one = readOne(input, options, diagnostics);
    if ('source' in one) {
      known.push(one);
      continue;
    }
    if (one.title !== undefined) foreign.push({ path: input.path, title: one.title });
    files.push({ path: input.path, why: one.why, statements: NONE });
  }
  const hosts = groupHosts(known, {
    top: options.top ?? 'host',
    scopeOf: scopeFinder(wirings),
    ...(options.devices ? { overrides: options.devices } : {}),
    ...(options.projectPath ? { projectPath: options.projectPath } : {}),
    beside: (path) => configsBeside(path, options),
  });
  const devices: Device[] = hosts.map((host, done) => {
    options.onStage?.('understanding devices', done, hosts.length);
    return readDevice(host);
  });
  for (const { source, platform } of known)
    files.push({ path: source.path, platform: platform.id, why: whys.get(source) ?? '', statements: countStatements(source.statements) });
  const networks = splitScopes(devices, wirings).map((scope, done, scopes) => {
    options.onStage?.('joining devices', done, scopes.length);
    return buildNetwork(scope.devices, scope.wirings);
  });
  return { networks, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics: diagnostics.sort(byFileAndLine), foreign };
}

/** Reads texts and checks the rules on what they make together. */
export function lintTexts(texts: readonly InputText[], options: LintOptions): LintResult {
  const analysis = analyse(texts, options);
  const comments = commentsOf(texts, analysis, options.platforms);
  const linesOf = editableLines(texts);
  const unreadableOf = unreadableFinder(analysis, texts);
  let suppressed = 0;
  const findings = analysis.networks.flatMap((network, done, { length }) => {
    options.onStage?.('simulating faults', done, length);
    const extra = { outcome: faultOutcomes(network), unreadable: unreadableOf(network) };
    options.onStage?.('checking rules', done, length);
    const found = evaluateRules(options.rules, network, options.settings, extra, linesOf);
    const all = options.echoes ? found : withoutEchoes(found);
    const own = comments.filter((comment) => network.devices.some((device) => device.files.includes(comment.at.file)));
    const kept = applySuppressions(all, own);
    suppressed += kept.suppressed;
    const about = options.rules.filter((rule) => rule.checks.some((check) => check.for === 'suppression'));
    return [...kept.findings, ...evaluateRules(about, network, options.settings, { suppression: kept.unused })];
  });
  for (const one of findingsApart(options, { foreign: foreignOf(analysis.foreign) })) findings.push(one);
  return { ...analysis, suppressed, findings: findings.sort(byPlace) };
}

/** What the rules find in things that belong to no network. */
export function findingsApart({ rules, settings }: Pick<LintOptions, 'rules' | 'settings'>, things: ExtraSubjects): Finding[] {
  if (Object.values(things).every((list) => list.length === 0)) return [];
  return evaluateRules(rules, buildNetwork([], []), settings, things);
}

/** What could not be read of the configs of a network's devices. */
function unreadableFinder({ diagnostics, files }: Analysis, texts: readonly InputText[]): (network: Network) => Unreadable[] {
  const platformOf = new Map(files.map(({ path, platform }) => [path, platform]));
  const told = new Set(diagnostics.map(({ file }) => file));
  const templates = new Set(texts.flatMap(({ path, text }) => (told.has(path) && maskTemplate(path, text).template ? [path] : [])));
  return ({ devices }) =>
    diagnostics.flatMap(({ kind, file, line, message }) => {
      const device = devices.find((one) => one.files.includes(file));
      const platform = platformOf.get(file);
      if (!device || !platform) return [];
      const at = startOfLine(file, line);
      return [{ at, device: device.name, platform, kind, file, message, template: templates.has(file) }];
    });
}

/** The lines of the texts that halint may change: what a template stands for is not known. */
function editableLines(texts: readonly InputText[]): (file: string) => readonly string[] | undefined {
  const byPath = new Map(texts.map((input) => [input.path, input]));
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    const input = byPath.get(file);
    if (input && !known.has(file))
      known.set(file, maskTemplate(file, input.text).template ? undefined : input.text.replace(/^\ufeff/, '').split('\n'));
    return known.get(file);
  };
}

/** The suppressions in the comments of all configs. */
function commentsOf(texts: readonly InputText[], analysis: Analysis, platforms: readonly Platform[]): Suppression[] {
  const byPath = new Map(analysis.files.map((file) => [file.path, file]));
  const deviceOf = new Map(
    analysis.networks.flatMap((network) => network.devices.flatMap((d) => d.files.map((file) => [file, d.name] as const))),
  );
  return texts.flatMap(({ path, text }) => {
    const platform = platforms.find((p) => p.id === byPath.get(path)?.platform);
    return platform
      ? suppressionsIn({ path, text, comment: platform.comment, platform: platform.id, device: deviceOf.get(path) ?? path })
      : [];
  });
}

/** The wiring that a file tells, where its name says that it is a topology or neighbour output. */
function readWiring({ path, text }: InputText): ReadWiring | undefined {
  if (isContainerlabName(path)) return readContainerlab(path, text);
  if (isBatfishName(path)) return readBatfish(path, text);
  return isNeighbourName(path) ? readNeighbours(path, text) : undefined;
}

const NONE = { read: 0, ignored: 0, unknown: 0 };

/** Why each source was taken for its platform, kept beside it for `--debug`. */
const whys = new WeakMap<Source, string>();

/** The platform that the project file names for a file. */
function forced(path: string, options: AnalyseOptions): Pick<Recognised, 'platform' | 'why'> | undefined {
  const seen = options.projectPath?.(path) ?? path;
  const named = Object.values(options.devices ?? {}).find((one) => one.platform !== undefined && picomatch([...one.files])(seen))?.platform;
  const platform = options.platforms.find((one) => one.id === named);
  return platform && { platform, why: 'the project file says so' };
}

/** A text that no platform takes: why, and the name of the system that it is a config of, if that is known. */
interface NotRead {
  readonly why: string;
  readonly title?: string;
}

/** Reads a text by the platform that takes it. */
function readOne(input: InputText, options: AnalyseOptions, diagnostics: Diagnostic[]): KnownSource | NotRead {
  const masked = maskTemplate(input.path, input.text);
  const title = foreignTitle(input.text);
  const taken = forced(input.path, options) ?? (title === undefined ? recognise(masked, options.platforms) : undefined);
  if (!taken) {
    const say = (message: string): void => {
      if (input.named) diagnostics.push({ kind: 'unsupported', file: input.path, line: 1, message });
    };
    if (title === undefined) {
      say('is not recognised as a config of any platform');
      return { why: 'no platform recognises its content' };
    }
    const other = `is a config of ${title}, which halint does not read`;
    say(other);
    return { why: `it ${other}`, title };
  }
  const parsed = taken.platform.parse(masked);
  for (const one of parsed.diagnostics) diagnostics.push(one);
  const source: Source = { ...masked, ...parsed };
  whys.set(source, taken.why);
  return { source, platform: taken.platform };
}

/** Read only as far as they are asked for; what is wrong with them is not this run's concern. */
function* configsBeside(path: string, options: AnalyseOptions): Generator<KnownSource> {
  for (const input of options.beside?.(path) ?? []) {
    if (readWiring(input)) continue;
    const one = readOne({ path: input.path, text: input.text }, options, []);
    if ('source' in one) yield one;
  }
}

function byFileAndLine(a: Diagnostic, b: Diagnostic): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
