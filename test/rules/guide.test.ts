import { readFileSync } from 'node:fs';
import { runExamples } from '../../src/rules/examples.ts';
import { loadRule } from '../../src/rules/load.ts';
import { formatProblem } from '../../src/rules/problem.ts';
import { lintTexts } from './lint-texts.ts';

test('the rule in the guide is a rule, and its examples hold', () => {
  const guide = readFileSync(`${__dirname}/../../docs/writing-rules.md`, 'utf8');
  const yaml = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const { rule, problems } = loadRule('pool/two-servers-at-least.yaml', yaml);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(rule && runExamples(rule, (files) => lintTexts(files, [rule]))).toEqual([]);
});
