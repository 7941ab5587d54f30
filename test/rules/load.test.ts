import { loadRule } from '../../src/rules/load.ts';
import { formatProblem } from '../../src/rules/problem.ts';

const rule = (change: (text: string) => string = (text) => text) =>
  change(`id: pool/test
title: a test
severity: warning
why: because
fix:
  default: use {{pool.name}}
sources:
  - https://example.org
checks:
  - for: pool
    given: size(pool.members) > 0
    require: pool.monitored
    message: "'{{pool.name}}' is wrong"
examples:
  - platform: haproxy
    bad: { a.cfg: x }
    good: { a.cfg: y }
    at: ["a.cfg:1"]
`);

const problemsOf = (text: string) => loadRule('rules/pool/test.yaml', text).problems.map((p) => formatProblem(p).split('\n')[0]);

test('a rule file becomes a rule; what may be left out is filled in', () => {
  const { rule: loaded, problems } = loadRule('rules/pool/test.yaml', rule());
  expect(problems).toEqual([]);
  expect(loaded).toMatchObject({ id: 'pool/test', recommended: true, checks: [{ given: ['size(pool.members) > 0'] }] });
});

test.each([
  ['a misspelt key', 'require:', 'requires:', "rules/pool/test.yaml:12:5: unknown key 'requires'; did you mean 'require'?"],
  [
    'a severity that is none',
    'severity: warning',
    'severity: warn',
    "rules/pool/test.yaml:3:11: 'severity' must be one of error, warning, info",
  ],
  [
    'a misspelt field',
    'pool.monitored',
    'pool.monitred',
    "rules/pool/test.yaml:12:19: pool has no field 'monitred'; did you mean 'monitored'?",
  ],
  ['an entity that is none', 'for: pool', 'for: pol', "rules/pool/test.yaml:10:10: 'pol' is no entity"],
  ['a requirement that is no yes or no', 'pool.monitored', 'pool.name', 'rules/pool/test.yaml:12:14: gives a string; it must be a bool'],
  [
    'types that do not fit',
    'size(pool.members) > 0',
    'size(pool.members) > "0"',
    'rules/pool/test.yaml:11:12: no such overload: int > string',
  ],
  [
    'a function that is none',
    'pool.monitored',
    'seconts(1) == ""',
    "rules/pool/test.yaml:12:14: no function 'seconts'; did you mean 'seconds'?",
  ],
  ['a pattern match that can hang', 'pool.monitored', 'pool.name.matches("a")', 'rules/pool/test.yaml:12:14: matches() can run for ever'],
  ['a pattern that is none', 'pool.monitored', 're(pool.name, "(")', 'rules/pool/test.yaml:12:28: not an RE2 pattern'],
  ['a hole that is not closed', "{{pool.name}}' is", "{{pool.name}' is", "rules/pool/test.yaml:13:16: '{{' without '}}'"],
  ['a hole that cannot be printed', "{{pool.name}}' is", "{{pool}}' is", 'rules/pool/test.yaml:13:18: a Pool cannot be printed'],
  [
    'a platform that is none',
    'platform: haproxy',
    'platform: haproxi',
    "rules/pool/test.yaml:15:15: unknown platform 'haproxi'; did you mean 'haproxy'?",
  ],
  [
    'an id that is not the file name',
    'id: pool/test',
    'id: pool/other',
    'rules/pool/test.yaml:1:5: the file of rule pool/other must be pool/other.yaml',
  ],
  ['a message that YAML takes for a map', '"\'{{pool.name}}\' is wrong"', '{{pool.name}}', "(a text that begins with '{{' wants quotes)"],
  ['a message that is no text', '"\'{{pool.name}}\' is wrong"', '[a, b]', "rules/pool/test.yaml:13:5: 'checks.0.message' must be a text"],
])('%s is reported where it stands', (_, from, to, expected) => {
  expect(problemsOf(rule((text) => text.replace(from, to))).join('\n')).toContain(expected);
});

test('a mistake inside a folded text is found on its own line, with a caret below', () => {
  const text = rule((t) => t.replace('require: pool.monitored', 'require: >-\n      pool.monitored &&\n        pool.enabledd'));
  const [problem] = loadRule('rules/pool/test.yaml', text).problems;
  expect(problem).toMatchObject({ line: 14, column: 14 });
  expect(problem && formatProblem(problem).split('\n').at(-1)).toMatch(/^ +\^$/);
});

test('text that is no YAML, or no rule at all, gives problems and no exception', () => {
  expect(problemsOf('a: [1').join()).toContain('not YAML');
  expect(problemsOf('*nothing').join()).toContain('not YAML');
  expect(problemsOf('').join()).toContain('the rule is empty');
  expect(problemsOf('- 1\n- 2').join()).toContain('the rule must be a map');
});

/** The rule with a suggestion whose only edit is `edit`. */
const suggesting = (edit: string, platform = 'haproxy') =>
  rule((text) =>
    text.replace('examples:', `    suggest:\n      ${platform}:\n        title: do it\n        edits:\n          - ${edit}\nexamples:`),
  );

test('a suggestion whose places and texts fit the vocabulary is taken', () => {
  expect(problemsOf(suggesting("{ each: pool.members, append: other, text: 'weight {{other.weight}}' }"))).toEqual([]);
  expect(problemsOf(suggesting('{ delete: pool.monitored, find: off }'))).toEqual([]);
});

test.each([
  ['a place that is none', '{ delete: pool.monitred }', "pool has no field 'monitred'"],
  ['a text that cannot be filled', "{ append: pool, text: '{{pool.nam}}' }", "pool has no field 'nam'"],
  ['a condition that is no yes or no', '{ given: pool.name, delete: pool }', 'gives a string; it must be a bool'],
  ['an edit without a place', '{ text: check }', 'an edit has one of replace, delete, append, before, after, inside'],
  ['an edit with two', '{ delete: pool, after: pool, text: check }', 'an edit has one of'],
  ['nothing to write', '{ append: pool }', "'append' takes a 'text'"],
  ['something to write where words go', '{ delete: pool, text: check }', "'delete' takes no 'text'"],
  ['words to look for where none are changed', '{ after: pool, text: check, find: x }', "'find' goes with 'replace' and 'delete' only"],
])('a mistake in a suggestion is told when the rule is loaded: %s', (_, edit, message) => {
  const problems = problemsOf(suggesting(edit));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});

test('a suggestion for a platform that is none is told', () => {
  expect(problemsOf(suggesting('{ delete: pool }', 'haprox'))[0]).toContain("unknown platform 'haprox'; did you mean 'haproxy'?");
});
