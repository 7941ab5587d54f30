import { appendFileSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOLE, SECRET_STATEMENTS } from '../robustness/secret-statements.ts';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const BACKEND = 'backend b\n    server s1 10.0.0.1:80\n    server s2 10.0.0.2:80\n';
const KEY = { HALINT_FACTS_KEY: 'one key for all jobs' };
const fixtures = join(__dirname, '../../fixtures');

/** The findings as JSON prints them, the time it took apart. */
async function linted(args: readonly string[], folder: string): Promise<string> {
  const { out, err } = await runCli(['lint', '-f', 'json', ...args], folder, KEY);
  expect(err).toBe('');
  return out.replace(/"durationMs": \d+/, '');
}

/** Facts of each of some paths, made apart. */
async function factsOf(paths: readonly string[], folder: string, env: Record<string, string> = KEY): Promise<string[]> {
  const names: string[] = [];
  for (const [i, path] of paths.entries()) {
    names.push(`facts-${i}.ndjson`);
    const { code, err } = await runCli(['facts', path, '-o', names[i] as string], folder, env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
  return names;
}

test.each([
  ['incidents', (name: string) => name < 'k'],
  ['platforms', (name: string) => name < 'f'],
])('%s: facts made in two runs and joined give the findings of one run', async (kind, isFirst) => {
  const folder = folderWith({});
  cpSync(join(fixtures, kind), folder, { recursive: true });
  const all = readdirSync(folder);
  const halves = [all.filter(isFirst), all.filter((name) => !isFirst(name))];
  const whole = await linted(['.'], folder);
  const names: string[] = [];
  for (const half of halves) {
    const name = `facts-${names.length}.ndjson`;
    expect(await runCli(['facts', ...half, '-o', name], folder, KEY)).toMatchObject({ code: 0 });
    names.push(name);
  }
  expect(await linted(['--facts', ...names], folder)).toBe(whole);
  expect(await linted(['--facts', ...names.reverse()], folder)).toBe(whole);
});

test('peers are found across files of facts, by their own names or by ones that two hosts share', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  const whole = await linted([], folder);
  expect(whole).toContain('isolated-from-service');
  expect(await linted(['--facts', ...(await factsOf(['lb1', 'lb2'], folder))], folder)).toBe(whole);
});

test('without a key passwords cannot be compared, and nothing is said of them', async () => {
  const other = BLIND_PAIR['lb2/keepalived.conf'].replace('hunter22', 'hunter23');
  const folder = folderWith({ ...BLIND_PAIR, 'lb2/keepalived.conf': other });
  expect(await linted([], folder)).toContain('peer/authentication-mismatch');
  const sealed = await factsOf(['lb1', 'lb2'], folder);
  expect(await linted(['--facts', ...sealed], folder)).toContain('peer/authentication-mismatch');
  const plain = await factsOf(['lb1', 'lb2'], folder, {});
  expect(await linted(['--facts', ...plain], folder)).not.toContain('authentication');
});

test('no secret is in them, with a key or without one', async () => {
  const statements = Object.entries(SECRET_STATEMENTS).flatMap(([platform, list]) =>
    list.map((statement, i): [string, string] => [`${platform}${i}/config.txt`, `${statement.replaceAll(HOLE, `zq7can4ry${i}z`)}\n`]),
  );
  const folder = folderWith({ ...Object.fromEntries(statements), ...BLIND_PAIR });
  for (const env of [KEY, {}]) {
    const { out } = await runCli(['facts'], folder, env);
    expect(out).toContain('keepalived.conf');
    expect(out).not.toMatch(/zq7can4ry|hunter22|one key for all jobs/);
  }
});

test.each([
  ['cut off', (path: string) => truncateSync(path, 900), /facts-0\.ndjson is cut off/],
  ['cut off between two lines', (path: string) => writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n`), /is cut off/],
  ['with more behind it', (path: string) => appendFileSync(path, '{}\n'), /facts-0\.ndjson:\d: more stands behind the end/],
  [
    'touched up',
    (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('"eth1"', '"eth2"')),
    /not as halint facts wrote it/,
  ],
  ['of another version', (path: string) => writeFileSync(path, '{"halint":"99.0.0","key":null}\n'), /was made by halint 99\.0\.0/],
  ['no facts', (path: string) => writeFileSync(path, '{"some": "JSON"}\n'), /is no file of facts/],
  ['no JSON', (path: string) => writeFileSync(path, 'hostname lb1\n'), /facts-0\.ndjson:1: is no record of facts/],
  ['empty', (path: string) => writeFileSync(path, ''), /is cut off/],
])('a file that is %s is refused', async (_, harm, message) => {
  const folder = folderWith(BLIND_PAIR);
  const [name = ''] = await factsOf(['lb1'], folder);
  harm(join(folder, name));
  const { code, err, out } = await runCli(['lint', '--facts', name], folder, KEY);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
});

test('files of different keys do not go together, nor --facts with what needs the texts', async () => {
  const folder = folderWith(BLIND_PAIR);
  await factsOf(['lb1'], folder);
  await runCli(['facts', 'lb2', '-o', 'other.ndjson'], folder, {});
  const mixed = await runCli(['lint', '--facts', 'facts-0.ndjson', 'other.ndjson'], folder, KEY);
  expect(mixed).toMatchObject({ code: 2, err: expect.stringContaining('different HALINT_FACTS_KEYs') });
  const both = await runCli(['lint', '--facts', 'facts-0.ndjson', '--changed'], folder, KEY);
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('--facts and --changed do not go together') });
  const none = await runCli(['lint', '--facts'], folder, KEY);
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('--facts') });
});
