import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse } from 'yaml';
import { REPORTERS } from '../../src/reporters/registry.ts';
import type { Report } from '../../src/reporters/reporter.ts';
import { CANARY, CONTEXT, EMPTY, SAMPLE } from './sample.ts';

const print = (format: string, report: Report = SAMPLE): string => REPORTERS[format]?.(report, CONTEXT) ?? '';

test('there is a format for every place that people read findings in', () => {
  expect(Object.keys(REPORTERS)).toEqual([
    'checkstyle',
    'compact',
    'github',
    'gitlab',
    'json',
    'junit',
    'markdown',
    'ndjson',
    'sarif',
    'stylish',
    'tap',
    'teamcity',
  ]);
});

describe.each(Object.keys(REPORTERS))('%s', (format) => {
  test('shows no secret and no raw control character, and ends with a line end', () => {
    const text = print(format);
    expect(text).not.toContain(CANARY);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('loses no finding and no diagnostic', () => {
    const text = print(format);
    for (const word of ['has no peer', 'is gone when core1 dies', 'pool is one server', 'EACCES', 'broken.cfg'])
      expect(text).toContain(word);
  });

  test('is the same twice', () => {
    expect(print(format)).toBe(print(format));
  });

  test('has something to say of a run that found nothing', () => {
    expect(print(format, EMPTY)).not.toBe('');
  });
});

describe('sarif', () => {
  const schema = JSON.parse(readFileSync(require.resolve('schemastore/schemas/json/sarif-2.1.0.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  const [run] = JSON.parse(print('sarif')).runs;

  test.each([
    ['a full report', SAMPLE],
    ['an empty one', EMPTY],
  ])('%s fits the schema of 2.1.0', (_, report) => {
    validate(JSON.parse(print('sarif', report)));
    expect(validate.errors).toBeNull();
  });

  test('what a fault sets off is a code flow that ends at the finding', () => {
    const steps = run.results[1].codeFlows[0].threadFlows[0].locations;
    expect(
      steps.map(
        (step: { location: { physicalLocation: { region: { startLine: number } } } }) => step.location.physicalLocation.region.startLine,
      ),
    ).toEqual([7, 2, 1]);
    expect(run.results[0].codeFlows).toBeUndefined();
  });

  test('paths are encoded, and relative to where halint ran', () => {
    const [first, second, third] = run.results.map(
      (result: { locations: { physicalLocation: { artifactLocation: object } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation,
    );
    expect(first).toEqual({ uri: 'lb1/keepalived.conf', uriBaseId: '%SRCROOT%' });
    expect(second).toEqual({ uri: 'dc%20one/sp%C3%A4ter/core%2C1%3Ax.cfg', uriBaseId: '%SRCROOT%' });
    expect(third).toEqual({ uri: 'file:///C:/repo/lb.conf' });
  });

  test('each result names its rule, and what could not be read is told', () => {
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(2);
    expect(run.properties.suppressed).toBe(3);
  });
});

describe.each(['junit', 'checkstyle'])('%s', (format) => {
  test.each([
    ['a full report', SAMPLE],
    ['an empty one', EMPTY],
  ])('%s is well-formed XML', (_, report) => {
    expect(XMLValidator.validate(print(format, report))).toBe(true);
    const { error, stderr } = spawnSync('xmllint', ['--noout', '-'], { input: print(format, report), encoding: 'utf8' });
    // Where libxml2's own reader is at hand it has to agree.
    if (!error) expect(stderr).toBe('');
  });
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => ['testsuite', 'testcase', 'file', 'error'].includes(name),
});

test('junit counts failures and errors as they are', () => {
  const { testsuites } = parser.parse(print('junit'));
  expect(testsuites).toMatchObject({ tests: '8', failures: '3', errors: '2' });
  const suites = testsuites.testsuite as { name: string; tests: string; testcase?: unknown[]; properties: unknown }[];
  for (const suite of suites) expect(Number(suite.tests)).toBe(suite.testcase?.length ?? 0);
  expect(suites.find(({ name }) => name === 'halint')?.properties).toMatchObject({
    property: expect.arrayContaining([{ name: 'suppressed', value: '3' }]),
  });
});

test('checkstyle has every finding at its line, and the counts in a comment', () => {
  expect(print('checkstyle')).toMatch(/<!-- .*, 3 suppressed; .* not recognised -->/);
  const files = parser.parse(print('checkstyle')).checkstyle.file as { name: string; error?: { line: string; severity: string }[] }[];
  expect(files.find(({ name }) => name === 'lb1/keepalived.conf')?.error?.map(({ line, severity }) => [line, severity])).toEqual([
    ['7', 'error'],
    ['9', 'info'],
    ['9', 'info'],
    ['1', 'warning'],
  ]);
});

test('gitlab: every issue has what GitLab asks for, and a fingerprint of its own', () => {
  const issues = JSON.parse(print('gitlab')) as {
    fingerprint: string;
    severity: string;
    location: { path: string; lines: { begin: number } };
  }[];
  expect(issues).toHaveLength(7);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(7);
  for (const issue of issues) {
    expect(issue).toMatchObject({ description: expect.any(String), check_name: expect.any(String) });
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
    expect(issue.location.lines.begin).toBeGreaterThan(0);
  }
  expect(JSON.parse(print('gitlab', EMPTY))).toEqual([]);
});

test('github: only our own commands begin a line', () => {
  const lines = print('github').trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('::')).map((line) => line.split(' ')[0])).toEqual([
    '::error',
    '::error',
    '::warning',
    '::notice',
    '::notice',
    '::notice',
    '::notice',
  ]);
  expect(lines).toHaveLength(9);
  expect(lines[1]).toContain('file=dc one/später/core%2C1%3Ax.cfg,line=1,endLine=4,title=simulation/outage::');
});

test('stylish: nothing of a config begins a line like a workflow command', () => {
  const report = { ...SAMPLE, findings: SAMPLE.findings.map((one) => ({ ...one, fix: '' })) };
  expect(print('stylish', report)).not.toMatch(/^\s*::/m);
});

test('teamcity: config text cannot end a message', () => {
  const lines = print('teamcity').trimEnd().split('\n');
  for (const line of lines.slice(0, -2)) expect(line).toMatch(/^##teamcity\[\w+( \w+='([^|'[\]\n]|\|['|[\]nr]|\|0x[0-9a-f]{4})*')+\]$/);
  expect(lines.filter((line) => line.startsWith('##teamcity[inspection '))).toHaveLength(7);
});

test('tap: the plan counts the points, and their details are YAML', () => {
  const text = print('tap');
  const points = text.split('\n').filter((line) => /^(not )?ok \d+ - /.test(line));
  expect(text).toMatch(new RegExp(`^TAP version 14\n1\\.\\.${points.length}\n`));
  expect(points.filter((line) => line.startsWith('not ok'))).toHaveLength(3);
  for (const [, block] of text.matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm)) expect(parse(block ?? '')).toHaveProperty('severity');
});

test('ndjson: a line a thing, the summary last', () => {
  const lines = print('ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  expect(lines.map(({ type }) => type)).toEqual([...Array(5).fill('finding'), 'diagnostic', 'diagnostic', 'summary']);
});

describe('markdown', () => {
  test('reads well in a pull request', () => {
    const { findings } = SAMPLE;
    expect(print('markdown', { ...SAMPLE, findings: findings.slice(0, 1) })).toMatchSnapshot();
  });

  test('config text is no markup, link, mention or reference', () => {
    const text = print('markdown').replace(/`+[^`]*`+/g, '');
    expect(text).not.toMatch(/<script|\*\*b\*\*|@team|#1\b|http:\/\/e\.example/);
  });

  test('a very long report is cut to what a comment may hold, and says so', () => {
    const many = Array.from({ length: 2000 }, () => SAMPLE.findings[0]).filter((one) => one !== undefined);
    const text = print('markdown', { ...SAMPLE, findings: many });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/Cut here: \d+ of 2000 findings shown/);
    expect(text).toContain('2 diagnostics');
  });
});

test('compact: a line a finding, for editors', () => {
  expect(print('compact')).toMatchSnapshot();
});
