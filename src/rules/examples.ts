import type { Finding } from './finding.ts';
import type { Example, Rule } from './rule.ts';

/** A config by its path. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** Lints a few texts as if they were a folder. */
export type LintTexts = (files: readonly ExampleFile[]) => readonly Finding[];

/** What an example of a rule should have done and did not. */
export interface ExampleFailure {
  readonly rule: string;
  readonly example: Example;
  readonly message: string;
}

/**
 * Runs the examples of a rule: `bad` breaks the rule at the places it names and nowhere else, `good`
 * breaks no rule of severity error and not this one.
 */
export function runExamples(rule: Rule, lint: LintTexts): ExampleFailure[] {
  return rule.examples.flatMap((example) => [...judgeBad(rule, example, lint), ...judgeGood(rule, example, lint)]);
}

function judgeBad(rule: Rule, example: Example, lint: LintTexts): ExampleFailure[] {
  const found = lint(filesOf(example.bad))
    .filter((finding) => finding.rule === rule.id)
    .map(placeOf)
    .sort();
  const wanted = [...example.at].sort();
  if (found.join('\n') === wanted.join('\n')) return [];
  const list = (places: readonly string[]) => (places.length > 0 ? places.join(', ') : 'nothing');
  return [failure(rule, example, `the bad example should be reported at ${list(wanted)}, but was at ${list(found)}`)];
}

function judgeGood(rule: Rule, example: Example, lint: LintTexts): ExampleFailure[] {
  return lint(filesOf(example.good))
    .filter((finding) => finding.rule === rule.id || finding.severity === 'error')
    .map((finding) => failure(rule, example, `the good example is reported at ${placeOf(finding)} by ${finding.rule}: ${finding.message}`));
}

function failure(rule: Rule, example: Example, message: string): ExampleFailure {
  return { rule: rule.id, example, message: `${rule.id} on ${example.platform}: ${message}` };
}

function filesOf(files: Readonly<Record<string, string>>): ExampleFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

function placeOf(finding: Finding): string {
  return `${finding.at.file}:${finding.at.line}`;
}
