import { createHash } from 'node:crypto';
import type { Network } from '../network/network.ts';
import type { FaultOutcome } from '../simulation/outcome.ts';
import { docsOf } from './docs-address.ts';
import type { EditableLines } from './edits.ts';
import type { Finding, Related, Severity, Suggestion } from './finding.ts';
import type { Foreign } from './foreign.ts';
import type { IgnoreEntry } from './ignore-entry.ts';
import { buildLookup, type Lookup } from './lookup.ts';
import { optionValues } from './options.ts';
import { placeOf } from './places.ts';
import type { Ask, CheckPlan, RelatedPlan, TextPlan } from './plan.ts';
import type { Check, ReadyRule, Rule } from './rule.ts';
import { type Home, homeOf, subjectsOf } from './subjects.ts';
import { suggestionOf } from './suggestion.ts';
import type { Suppression } from './suppressions.ts';
import { fill } from './text.ts';
import type { Unreadable } from './unreadable.ts';
import type { Unwired } from './unwired.ts';
import { type Variables, variablesWith, withVariable } from './variables.ts';
import { type View, viewOf } from './view.ts';
import { type WordName, wordName } from './vocabulary/vocabulary.ts';

/** What a project says of one rule. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly options?: Readonly<Record<string, number | string | boolean>>;
}

/** What a project says of the rules: by id; rules it does not name keep their own severity. */
export interface RuleSettings {
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Also the rules that are not recommended for everyone (`halint:all`). */
  readonly all?: boolean;
}

/** Things that rules can be for and that are not part of the network itself. */
export interface ExtraSubjects {
  readonly outcome?: readonly FaultOutcome[];
  readonly suppression?: readonly Suppression[];
  readonly unreadable?: readonly Unreadable[];
  readonly ignoreEntry?: readonly IgnoreEntry[];
  readonly foreign?: readonly Foreign[];
  readonly unwired?: readonly Unwired[];
}

/**
 * What the rules find in a network, in the order of file, line, column and rule, each problem once. Findings in
 * files that `linesOf` gives carry a suggestion where the fix is sure.
 */
export function evaluateRules(
  rules: readonly ReadyRule[],
  network: Network,
  settings: RuleSettings = {},
  extra: ExtraSubjects = {},
  linesOf: EditableLines = () => undefined,
): Finding[] {
  const lookup = buildLookup(network);
  const counts = new Map<WordName, readonly Subject[]>();
  const subjects = (kind: WordName) => {
    const known = counts.get(kind) ?? placed(kind, extra[kind as keyof ExtraSubjects] ?? subjectsOf(kind, network), lookup);
    counts.set(kind, known);
    return known;
  };
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule, settings);
    if (severity === 'off' || !rule.checks.some((check) => subjects(wordName(check.for) ?? 'device').length > 0)) continue;
    const options = optionValues(rule, settings.rules?.[rule.id]?.options);
    const asked = settings.rules?.[rule.id]?.severity;
    const plans = rule.plans();
    for (const [index, check] of rule.checks.entries()) {
      const plan = plans[index];
      const kind = wordName(check.for);
      if (!plan || !kind) throw new Error(`rule ${rule.id} has no plan for check ${index}`);
      const weight = asked === undefined ? (check.severity ?? severity) : severity;
      const running = { check, kind, plan, variables: variablesWith(plan.lets), options, linesOf };
      for (const subject of subjects(kind)) {
        for (const found of applyCheck(running, subject, lookup)) {
          const { home, ...told } = found;
          findings.push({ rule: rule.id, severity: weight, ...home, ...told, docs: docsOf(rule), fingerprint: '' });
        }
      }
    }
  }
  return numbered(unique(findings.sort(byPlace)));
}

/** The severity that a rule has in a project. */
export function severityOf(rule: Rule, settings: RuleSettings): Severity | 'off' {
  return settings.rules?.[rule.id]?.severity ?? (rule.recommended || settings.all ? rule.severity : 'off');
}

interface Found {
  readonly message: string;
  readonly home: Pick<Home, 'at' | 'device' | 'platform'>;
  readonly related: readonly Related[];
  readonly fix: string;
  readonly suggestion?: Suggestion;
}

/** A thing that rules are asked about, and where it stands. */
interface Subject {
  readonly view: View;
  readonly home: Home;
}

/** Things as subjects; those that stand nowhere are left out. */
function placed(kind: WordName, things: readonly object[], lookup: Lookup): readonly Subject[] {
  return things.flatMap((thing) => {
    const home = homeOf(kind, thing, lookup);
    return home ? [{ view: viewOf(kind, thing, lookup), home }] : [];
  });
}

/** A check at work. */
interface Running {
  readonly check: Check;
  readonly kind: WordName;
  readonly plan: CheckPlan<Ask>;
  /** The check's variables for one subject. */
  readonly variables: (given: Readonly<Record<string, unknown>>) => Variables;
  readonly options: Readonly<Record<string, unknown>>;
  readonly linesOf: EditableLines;
}

function applyCheck(running: Running, { view, home }: Subject, lookup: Lookup): Found[] {
  const { check, kind, plan, variables: variablesOf, options } = running;
  if (check.platforms && !check.platforms.includes(home.platform)) return [];
  const variables = variablesOf({ [kind]: view, options });
  if (!plan.given.every((condition) => condition(variables) === true)) return [];
  if (!plan.each) return applyTo(running, variables, home, lookup);
  const items = plan.each(variables);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => applyTo(running, withVariable(variables, 'each', item), home, lookup));
}

function applyTo({ plan, linesOf }: Running, variables: Variables, subject: Home, lookup: Lookup): Found[] {
  if (plan.require(variables) !== false) return [];
  // What a part of an entity lacks (a heartbeat's path names no device) is that of the subject.
  const { at, device = subject.device, platform = subject.platform } = placeOf(plan.at, variables, lookup) ?? subject;
  const fix = plan.fix[platform] ?? plan.fix.default;
  const suggestion = suggestionOf(plan.suggest[platform] ?? [], variables, lookup, linesOf);
  return [
    {
      message: sentence(plan.message, variables),
      home: { at, device, platform },
      related: plan.related.flatMap((related) => relatedPlaces(related, variables, lookup)),
      fix: fix ? fill(fix, variables) : '',
      ...(suggestion ? { suggestion } : {}),
    },
  ];
}

function relatedPlaces(related: RelatedPlan<Ask>, variables: Variables, lookup: Lookup): readonly Related[] {
  const items = related.each ? related.each(variables) : [undefined];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => {
    const inner = related.each ? withVariable(variables, 'other', item) : variables;
    if (related.given && related.given(inner) !== true) return [];
    const home = placeOf(related.at, inner, lookup);
    return home ? [{ at: home.at, message: sentence(related.message, inner) }] : [];
  });
}

/** A message on one line, however its YAML is folded. */
function sentence(text: TextPlan<Ask>, variables: Variables): string {
  return fill(text, variables).replace(/\s+/g, ' ');
}

/** The order of every output: file, line, column, rule, message. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same rule, place and message is one problem; equal findings stand side by side. */
function unique(sorted: readonly Finding[]): readonly Finding[] {
  return sorted.filter((finding, i) => {
    const before = sorted[i - 1];
    return !before || byPlace(before, finding) !== 0;
  });
}

/** Gives each finding its fingerprint; the second of two that differ only in their place gets another. */
function numbered(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const about = [finding.rule, finding.device, finding.message.replace(/\bline \d+/g, 'line')].join('\n');
    const count = (seen.get(about) ?? 0) + 1;
    seen.set(about, count);
    return { ...finding, fingerprint: fingerprint(count > 1 ? `${about}\n${count}` : about) };
  });
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
