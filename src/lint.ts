import { type CheckOptions, checkPart, type PartResult } from './lint/check-part.ts';
import type { AnalyseOptions, InputText } from './lint/input.ts';
import { type Part, partsOf } from './lint/parts.ts';
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

export type { AnalyseOptions, InputText, Stage } from './lint/input.ts';

/** What the texts say, joined into networks. */
export interface Analysis extends Pick<Survey, 'files' | 'diagnostics' | 'foreign'> {
  readonly networks: readonly Network[];
}

export interface LintOptions extends AnalyseOptions, CheckOptions {}

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

/** Reads texts and checks the rules on what they make together. */
export function lintTexts(texts: readonly InputText[], options: LintOptions): LintResult {
  const surveyed = survey(texts, options);
  const { files, diagnostics, foreign, hosts } = surveyed;
  const byPath = new Map(texts.map(({ path, text }) => [path, text]));
  const told = groupBy(diagnostics, ({ file }) => [file]);
  const inputs = {
    deviceOf: surveyed.deviceOf,
    textOf: (path: string) => byPath.get(path),
    diagnosticsOf: (path: string) => told.get(path) ?? [],
  };
  const parts = partsOf(surveyed, options.atATime);
  const results = parts.map((part, done) => checkPart(part, inputs, options, (stage) => options.onStage?.(stage, done, parts.length)));
  const found = [
    ...results.flatMap((result) => result.findings),
    ...findingsApart(options, { foreign: foreignOf(foreign), unwired: unwiredOf(parts, results) }),
  ];
  const { findings, suppressed, unused } = applySuppressions(
    found,
    results.flatMap((result) => result.comments),
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
function unwiredOf(parts: readonly Part[], results: readonly PartResult[]): Unwired[] {
  const byScope = groupBy(
    parts.map(({ whole }, index) => ({ whole, ...(results[index] as PartResult) })),
    ({ whole }) => [whole.scope],
  );
  return [...byScope.values()].flatMap((own) => {
    if (!own[0]?.whole.hasSwitch || own.some(({ cabled }) => cabled.length > 0)) return [];
    return own
      .flatMap(({ pairs }) => pairs)
      .sort((a, b) => (a.devices.join() < b.devices.join() ? -1 : 1))
      .slice(0, 1);
  });
}
