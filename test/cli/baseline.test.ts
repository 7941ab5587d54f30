import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND, BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const BACKEND = 'backend b\n    server s1 10.0.0.1:80\n    server s2 10.0.0.2:80\n';
const put = (folder: string, path: string, text: string) => writeFileSync(join(folder, path), text);

test('after it only new findings count; the summary says how many do not', async () => {
  const folder = folderWith(BLIND_PAIR);
  expect((await runCli(['baseline'], folder)).out).toMatch(/^\.halint-baseline\.json: \d+ findings recorded\n$/);
  const { code, out } = await runCli(['-f', 'json'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ findings: [], summary: { suppressed: expect.any(Number) } });
  expect(JSON.parse(out).summary.suppressed).toBeGreaterThan(2);
  put(folder, 'lb1/haproxy.cfg', BACKEND);
  const later = await runCli(['-f', 'compact'], folder);
  expect(later.code).toBe(1);
  expect(later.out).toContain('monitor/missing');
  expect(later.out).not.toContain('uplink-not-watched');
});

test('a finding whose line moved is still the same', async () => {
  const folder = folderWith(BLIND_PAIR);
  await runCli(['baseline'], folder);
  put(folder, 'lb1/keepalived.conf', `# a comment\n\n# and one more\n${BLIND}`);
  expect((await runCli([], folder)).code).toBe(0);
});

test('it holds no secret, and is the same on every day', async () => {
  const folder = folderWith(BLIND_PAIR);
  await runCli(['baseline'], folder);
  const first = readFileSync(join(folder, '.halint-baseline.json'), 'utf8');
  expect(first).not.toContain('hunter22');
  await runCli(['baseline'], folder);
  expect(readFileSync(join(folder, '.halint-baseline.json'), 'utf8')).toBe(first);
});

test('--prune takes out what is gone and takes in nothing', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  await runCli(['baseline', '-o', 'known.json'], folder);
  put(folder, 'halint.yaml', 'baseline: known.json\n');
  put(folder, 'lb1/haproxy.cfg', BACKEND.replaceAll(/(:80)/g, '$1 check'));
  put(folder, 'lb2/haproxy.cfg', BACKEND);
  const gone = await runCli(['-f', 'compact'], folder);
  expect(gone.err).toContain('halint baseline --prune');
  expect((await runCli(['baseline', '--prune'], folder)).out).toMatch(/known\.json: \d+ findings recorded, [1-9]\d* taken out/);
  const { code, out, err } = await runCli(['-f', 'compact'], folder);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toContain('lb2/haproxy.cfg');
});

test('--no-baseline shows all', async () => {
  const folder = folderWith(BLIND_PAIR);
  await runCli(['baseline'], folder);
  expect((await runCli(['--no-baseline'], folder)).code).toBe(1);
});

test.each([
  ['no JSON', '{\n<<<<<<< HEAD\n', /known\.json(:2)?: the baseline is not JSON/],
  ['another shape', '[]', /known\.json:1: the baseline has no version 1/],
  ['an entry without a fingerprint', '{"version":1,"findings":[{}]}', /finding 1 of the baseline has no fingerprint/],
])('a baseline that is %s is exit code 2', async (_, text, message) => {
  const folder = folderWith({ ...BLIND_PAIR, 'known.json': text });
  const { code, err } = await runCli(['--baseline', 'known.json'], folder);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('one that is named and missing is exit code 2', async () => {
  const { code, err } = await runCli([], folderWith({ ...BLIND_PAIR, 'halint.yaml': 'baseline: known.json\n' }));
  expect(code).toBe(2);
  expect(err).toContain('known.json does not exist');
});
