import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { HOLE, SECRET_STATEMENTS } from '../robustness/secret-statements.ts';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const BACKEND = 'backend b\n    server s1 10.0.0.1:80\n    server s2 10.0.0.2:80\n';

/** Files that have stood there for long, as far as halint can tell. */
function settled(files: Readonly<Record<string, string>>): string {
  const later = Date.now() + 3_600_000;
  jest.spyOn(Date, 'now').mockImplementation(() => later);
  return folderWith(files);
}

afterEach(() => jest.restoreAllMocks());

/** What halint prints, the time it took apart. */
async function printed(args: readonly string[], folder: string): Promise<object> {
  const { code, out, err } = await runCli(args, folder);
  return { code, err, out: out.replaceAll(/"durationMs": ?\d+|time="[\d.]+"/g, '') };
}

function cacheFiles(folder: string): string[] {
  return readdirSync(join(folder, '.halint-cache')).filter((name) => name !== '.gitignore');
}

test.each(Object.keys(REPORTERS))('%s: with a cache, cold or warm, and without one the output is the same', async (format) => {
  const folder = settled({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND, 'other.cfg': 'ASA Version 9.1(2)\n' });
  const plain = await printed(['-f', format], folder);
  expect(await printed(['-f', format, '--cache'], folder)).toEqual(plain);
  expect(await printed(['-f', format, '--cache'], folder)).toEqual(plain);
});

test('what changed is looked at again, and so is its peer', async () => {
  const folder = settled({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  await runCli(['--cache'], folder);
  const change = (path: string, from: string, to: string) => {
    const text = readFileSync(join(folder, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, path), text.replace(from, to));
  };
  for (const step of [
    () => change('lb1/haproxy.cfg', ':80\n', ':80 check\n'),
    () => change('lb2/keepalived.conf', 'virtual_router_id 51', 'virtual_router_id 52'),
    () => rmSync(join(folder, 'lb2/keepalived.conf')),
    () => writeFileSync(join(folder, 'lb1/new.cfg'), BACKEND),
    () => writeFileSync(join(folder, 'halint.yaml'), 'rules:\n  monitor/missing: info\n'),
  ]) {
    step();
    expect(await printed(['-f', 'json', '--cache'], folder)).toEqual(await printed(['-f', 'json'], folder));
  }
});

test('it may be deleted, cut off or closed to writing at any time', async () => {
  const folder = settled({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  const plain = await printed(['-f', 'json'], folder);
  for (const harm of [
    (path: string) => rmSync(path),
    (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 1000)),
    (path: string) => writeFileSync(path, 'nothing of the kind'),
    (path: string) => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
  ]) {
    expect(await printed(['-f', 'json', '--cache'], folder)).toEqual(plain);
    const [name] = cacheFiles(folder);
    harm(join(folder, '.halint-cache', name ?? ''));
    expect(await printed(['-f', 'json', '--cache'], folder)).toEqual(plain);
  }
  rmSync(join(folder, '.halint-cache'), { recursive: true });
  writeFileSync(join(folder, '.halint-cache'), 'a file where the folder should be');
  chmodSync(join(folder, '.halint-cache'), 0o400);
  expect(await printed(['-f', 'json', '--cache'], folder)).toEqual(plain);
});

test('a file that changed while it was looked at is not taken for known', async () => {
  const folder = folderWith({ ...BLIND_PAIR });
  const path = join(folder, 'lb1/keepalived.conf');
  const before = readFileSync(path, 'utf8');
  await runCli(['--cache'], folder);
  // As long as before, at the same time: only its content tells.
  writeFileSync(path, before.replace('virtual_router_id 51', 'virtual_router_id 59'));
  expect(await printed(['-f', 'json', '--cache'], folder)).toEqual(await printed(['-f', 'json'], folder));
});

test('one file that is named is looked at with what lies beside it', async () => {
  const folder = settled({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  await runCli(['--cache'], folder);
  const args = ['-f', 'json', 'lb1/haproxy.cfg'];
  expect(await printed([...args, '--cache'], folder)).toEqual(await printed(args, folder));
});

test('an editor that lints what it has leaves the cache as it is', async () => {
  const folder = settled({ ...BLIND_PAIR, 'lb1/haproxy.cfg': BACKEND });
  await runCli(['--cache'], folder);
  const kept = () => cacheFiles(folder).map((name) => readFileSync(join(folder, '.halint-cache', name), 'latin1'));
  const before = kept();
  const stdin = async () => new TextEncoder().encode(BACKEND);
  await runCli(['--cache', '--stdin', '--stdin-filename', 'lb1/haproxy.cfg'], folder, {}, false, { stdin });
  await runCli(['--cache', 'lb1/haproxy.cfg'], folder);
  expect(kept()).toEqual(before);
});

test('it lies where --cache-location says, and git does not see it', async () => {
  const folder = settled(BLIND_PAIR);
  await runCli(['--cache-location', 'tmp/kept'], folder);
  expect(readdirSync(join(folder, 'tmp/kept')).sort()).toEqual(['.gitignore', expect.stringMatching(/^[\da-f]{16}$/)]);
  expect(readFileSync(join(folder, 'tmp/kept/.gitignore'), 'utf8')).toBe('*\n');
});

test('it keeps no secret', async () => {
  const statements = Object.entries(SECRET_STATEMENTS).flatMap(([platform, list]) =>
    list.map((statement, i): [string, string] => [`${platform}${i}/config.txt`, `${statement.replaceAll(HOLE, `zq7can4ry${i}z`)}\n`]),
  );
  const folder = settled({ ...Object.fromEntries(statements), ...BLIND_PAIR });
  await runCli(['--cache', '-f', 'json'], folder);
  const [name = ''] = cacheFiles(folder);
  const kept = readFileSync(join(folder, '.halint-cache', name), 'latin1');
  expect(kept).toContain('keepalived.conf');
  expect(kept).not.toMatch(/zq7can4ry|hunter22/);
});
