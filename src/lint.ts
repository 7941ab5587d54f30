import { apart, checkPart, type Inputs, type LintOptions, type PartResult } from './lint/check-part.ts';
import { type Stored, surveyOf } from './lint/facts.ts';
import type { AnalyseOptions, InputText } from './lint/input.ts';
import { keyOfFiles, type Memory } from './lint/memory.ts';
import { type Part, packed, partsOf, together } from './lint/parts.ts';
import { type Survey, survey } from './lint/survey.ts';
import { buildNetwork } from './network/build.ts';
import type { Network } from './network/network.ts';
import { splitScopes } from './network/scopes.ts';
import { byPlace, type ExtraSubjects, evaluateRules } from './rules/evaluate.ts';
import type { Finding } from './rules/finding.ts';
import { foreignOf } from './rules/foreign.ts';
import { groupBy } from './rules/indexes.ts';
import { applySuppressions } from './rules/suppressions.ts';
import type { Unwired } from './rules/unwired.ts';

export type { LintOptions } from './lint/check-part.ts';
export type { AnalyseOptions, InputText, Stage } from './lint/input.ts';

/** What the texts say, joined into networks. */
export interface Analysis extends Pick<Survey, 'files' | 'diagnostics' | 'foreign'> {
  readonly networks: readonly Network[];
}

export interface LintResult extends Analysis {
  readonly devices: number;
  /** Made when first asked for: findings need no more than parts of them at a time. */
  readonly networks: readonly Network[];
  /** Findings that comments in the configs keep back. */
  readonly suppressed: number;
  readonly findings: readonly Finding[];
}

/** Reads texts into networks. Pure: the same texts, in any order, give the same result. */
export function analyse(texts: readonly InputText[], options: AnalyseOptions): Analysis {
  const surveyed = survey(texts, options);
  const { files, diagnostics, foreign } = surveyed;
  return { files, diagnostics, foreign, networks: networksOf(surveyed, options) };
}

/** Reads texts and checks the rules on what they make together; what a memory knows is not looked at again. */
export function lintTexts(texts: readonly InputText[], options: LintOptions, memory?: Memory): LintResult {
  const byPath = new Map(texts.map((one) => [one.path, one]));
  const keyOf = ({ hosts: own, wirings, whole }: Part): string =>
    keyOfFiles(
      [JSON.stringify([whole, wirings, own.map(({ name, files }) => [name, files])])],
      own.flatMap((host) => host.files.map(({ path }) => byPath.get(path) as InputText)),
    );
  return lintSurvey(survey(texts, options, memory), (path) => byPath.get(path)?.text, options, memory && { ...memory, keyOf });
}

/** Checks the rules on facts that were read elsewhere, as on the texts themselves; only edits of these are not offered. */
export function lintFacts(records: Iterable<Stored>, options: LintOptions): LintResult {
  return lintSurvey(surveyOf(records, options), () => undefined, options);
}

function lintSurvey(
  surveyed: Survey,
  textOf: Inputs['textOf'],
  options: LintOptions,
  memory?: Memory & { readonly keyOf: (part: Part) => string },
): LintResult {
  const { files, diagnostics, foreign, hosts, deviceOf } = surveyed;
  const told = groupBy(diagnostics, ({ file }) => [file]);
  const inputs: Inputs = { deviceOf, textOf, diagnosticsOf: (path) => told.get(path) ?? [] };
  const results = resultsOf(surveyed, inputs, options, memory);
  const found = [
    ...results.flatMap(({ findings }) => findings),
    ...findingsApart(options, { foreign: foreignOf(foreign), unwired: unwiredOf(results) }),
  ];
  const { findings, suppressed, unused } = applySuppressions(
    found,
    results.flatMap(({ comments }) => comments),
  );
  let networks: readonly Network[] | undefined;
  return {
    files,
    diagnostics,
    foreign,
    devices: hosts.length,
    get networks() {
      networks ??= networksOf(surveyed, options);
      return networks;
    },
    suppressed,
    findings: [...findings, ...findingsApart(options, { suppression: unused })].sort(byPlace),
  };
}

interface CheckedPart extends PartResult, Pick<Part, 'whole'> {}

/** The results of all parts: those that are known, and those that are looked at now, several at a time. */
function resultsOf(
  surveyed: Survey,
  inputs: Inputs,
  options: LintOptions,
  memory: (Memory & { readonly keyOf: (part: Part) => string }) | undefined,
): CheckedPart[] {
  const results: CheckedPart[] = [];
  const unknown: Part[] = [];
  const keys = new Map<Part, string>();
  for (const part of partsOf(surveyed, { ...options, apart: memory !== undefined })) {
    const key = memory?.keyOf(part);
    const known = key === undefined ? undefined : memory?.recall(key);
    if (known) results.push({ ...known, whole: part.whole });
    else unknown.push(part);
    if (key !== undefined) keys.set(part, key);
  }
  const packs = packed(unknown, options.atATime);
  for (const [done, pack] of packs.entries()) {
    const part = together(pack as [Part, ...Part[]]);
    const result = checkPart(part, inputs, options, (stage) => options.onStage?.(stage, done, packs.length));
    results.push({ ...result, whole: part.whole });
    if (memory) for (const [index, one] of apart(result, pack).entries()) memory.remember(keys.get(pack[index] as Part) as string, one);
  }
  return results;
}

/** What the rules find in things that belong to no network. */
export function findingsApart({ rules, settings }: Pick<LintOptions, 'rules' | 'settings'>, things: ExtraSubjects): Finding[] {
  if (Object.values(things).every((list) => list.length === 0)) return [];
  return evaluateRules(rules, buildNetwork([], []), settings, things);
}

function networksOf({ hosts, wirings, deviceOf }: Survey, options: AnalyseOptions): Network[] {
  return splitScopes(hosts.map(deviceOf), wirings).map((scope, done, scopes) => {
    options.onStage?.('joining devices', done, scopes.length);
    return buildNetwork(scope.devices, scope.wirings);
  });
}

/** Of each network with switches where no cable of any load balancer is known, the first pair of load balancers. */
function unwiredOf(results: readonly CheckedPart[]): Unwired[] {
  return [...groupBy(results, ({ whole }) => [whole.scope]).values()].flatMap((own) => {
    if (!own[0]?.whole.hasSwitch || own.some(({ cabled }) => cabled.length > 0)) return [];
    return own
      .flatMap(({ pairs }) => pairs)
      .sort((a, b) => (a.devices.join() < b.devices.join() ? -1 : 1))
      .slice(0, 1);
  });
}
