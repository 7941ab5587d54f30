import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { runExamples } from '../../src/rules/examples.ts';
import { formatProblem } from '../../src/rules/problem.ts';
import type { ReadyRule } from '../../src/rules/rule.ts';
import { lintTexts } from './lint-texts.ts';

const { rules, problems } = readRuleFolder(`${__dirname}/../../rules`, 'rules');
const read = new Set<string>(PLATFORMS.map((platform) => platform.id));

const filesOf = (files: Readonly<Record<string, string>>) => Object.entries(files).map(([path, text]) => ({ path, text }));

test('every rule file can be read, and its expressions fit the vocabulary', () => {
  expect(problems.map(formatProblem)).toEqual([]);
  expect(rules.length).toBeGreaterThan(0);
});

const examples = rules.flatMap((rule) => rule.examples.map((example) => ({ rule, example })));

for (const { rule, example } of examples) {
  const run = read.has(example.platform) ? test : test.skip;
  const reason = read.has(example.platform) ? '' : ` (skipped: ${example.platform} is not read yet)`;
  run(`${rule.id} on ${example.platform}: the bad example is reported where it says, the good one is clean${reason}`, () => {
    const failures = runExamples({ ...rule, examples: [example] }, (files) => lintTexts(files, rules));
    expect(failures.map((failure) => failure.message)).toEqual([]);
  });
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule: ReadyRule) => {
  test('is explained: why, a fix for everyone, sources', () => {
    expect(rule.why.length).toBeGreaterThan(80);
    expect(rule.fix).toHaveProperty('default');
    expect(rule.title).not.toMatch(/\.$/);
  });

  test('its messages are sentences that begin with the offender', () => {
    const texts = rule.checks.flatMap((check) => [check.message, ...(check.related ?? []).map((related) => related.message)]);
    for (const text of texts) {
      expect(text).toMatch(/^(\{\{|'|[a-z])/);
      expect(text).not.toMatch(/[.!]$/);
    }
  });

  test('what it says on its bad examples is complete, short, and has no blank where a value should be', () => {
    for (const example of rule.examples.filter(({ platform }) => read.has(platform))) {
      for (const finding of lintTexts(filesOf(example.bad), [rule])) {
        const said = [finding.message, ...finding.related.map((related) => related.message)];
        for (const text of said) expect(text).not.toMatch(/\?(?!$)|undefined|''/);
        expect(finding.message.length).toBeLessThanOrEqual(220);
        expect(finding.fix).not.toMatch(/\{\{|\?/);
        expect(finding.fix).not.toBe('');
      }
    }
  });
});
