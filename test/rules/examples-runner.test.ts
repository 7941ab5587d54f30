import { runExamples } from '../../src/rules/examples.ts';
import { explainRule, withoutHoles } from '../../src/rules/explain.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { placeAt } from './device.ts';

const rule: Rule = {
  id: 'pool/test',
  title: 'a test',
  severity: 'warning',
  recommended: true,
  why: 'Because something happens that nobody sees until it is too late. '.repeat(4),
  fix: { default: `use {{pool.name}} ${'and so on '.repeat(20)}`, haproxy: 'server second' },
  sources: ['https://example.org'],
  options: { seconds: 10 },
  checks: [],
  examples: [{ platform: 'haproxy', bad: { 'a.cfg': 'bad' }, good: { 'a.cfg': 'good' }, at: ['a.cfg:3'] }],
};

const finding = (id: string, line: number, severity: Finding['severity'] = 'warning'): Finding => ({
  rule: id,
  severity,
  message: 'it is wrong',
  device: 'a',
  platform: 'haproxy',
  at: placeAt('a.cfg', line),
  related: [],
  fix: '',
  docs: '',
  fingerprint: '',
});

const failures = (onBad: Finding[], onGood: Finding[]) =>
  runExamples(rule, ([file]) => (file?.text === 'bad' ? onBad : onGood)).map((failure) => failure.message);

test('examples that do what they say have no failures', () => {
  expect(failures([finding('pool/test', 3), finding('pool/other', 9, 'error')], [finding('pool/other', 1)])).toEqual([]);
});

test('a bad example must be found, at its place, and nowhere else', () => {
  expect(failures([], [])).toEqual([expect.stringContaining('should be reported at a.cfg:3, but was at nothing')]);
  expect(failures([finding('pool/test', 3), finding('pool/test', 4)], [])).toEqual([expect.stringContaining('was at a.cfg:3, a.cfg:4')]);
});

test('a good example must be clean of the rule and of errors', () => {
  const found = [finding('pool/test', 3)];
  expect(failures(found, [finding('pool/test', 1)])).toEqual([expect.stringContaining('reported at a.cfg:1 by pool/test')]);
  expect(failures(found, [finding('pool/other', 1, 'error')])).toEqual([expect.stringContaining('by pool/other: it is wrong')]);
});

test('a rule is explained within 100 columns, with fixes, options and sources', () => {
  const text = explainRule(rule);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  for (const part of ['pool/test (warning)', 'use <pool name>', 'haproxy:', 'seconds: 10', 'https://example.org'])
    expect(text).toContain(part);
});

test('holes read as placeholders', () => {
  expect(withoutHoles('interval {{monitor.interval / 1000}} for {{poolMember.name}}')).toBe(
    'interval <monitor interval> for <pool member name>',
  );
});
