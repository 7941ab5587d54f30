import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkProjectFile } from '../../src/project/check-project-file.ts';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

test('init writes a project file that halint takes, and says what to do next', async () => {
  const folder = folderWith(BLIND_PAIR);
  const { code, out, err } = await runCli(['init'], folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('halint.yaml written: 2 devices in 2 files');
  expect(out).toContain('halint baseline');
  const before = JSON.parse((await runCli(['-f', 'json', '--config', '/dev/null'], folder)).out);
  const after = JSON.parse((await runCli(['-f', 'json'], folder)).out);
  expect(after.findings).toEqual(before.findings);
});

test('what it comments out holds as it stands, once the comment sign is taken away', async () => {
  // Names that YAML would take for something else.
  const folder = folderWith({ ...BLIND_PAIR, 'a: b/keepalived.conf': BLIND_PAIR['lb1/keepalived.conf'] ?? '', 'no/haproxy.cfg': PROXY });
  await runCli(['init'], folder);
  const bare = read(folder, 'halint.yaml').replace(/^# (?=(?:include|exclude|devices|topology|rules|ignore|rulesDir):| {2})/gm, '');
  const checked = checkProjectFile('halint.yaml', bare);
  expect(checked).toMatchObject({ project: { topology: expect.anything(), rulesDir: 'halint-rules', ignore: [expect.anything()] } });
  expect(Object.keys(parse(bare).devices).sort()).toEqual(['a: b', 'lb1', 'lb2', 'no']);
  expect(parse(bare).rules).toHaveProperty(['failover/uplink-not-watched'], 'warning');
});

test('a project file that is there stays, unless --force', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'halint.yaml': 'failOn: never\n' });
  expect(await runCli(['init'], folder)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--force') });
  expect(read(folder, 'halint.yaml')).toBe('failOn: never\n');
  expect((await runCli(['init', '--force'], folder)).code).toBe(0);
  expect(read(folder, 'halint.yaml')).toContain('failOn: error');
});

test('nothing is written where there is no config', async () => {
  const folder = folderWith({ 'a.txt': 'hello\n' });
  expect(await runCli(['init'], folder)).toMatchObject({ code: 2, err: expect.stringContaining('no config found') });
  expect((await runCli(['init'], folder)).code).toBe(2);
});

test('the hook and the CI job stand where their programs look, and replace nothing', async () => {
  const folder = folderWith(BLIND_PAIR);
  expect((await runCli(['init', '--hook', '--ci', 'github'], folder)).code).toBe(0);
  const [repo] = parse(read(folder, '.pre-commit-config.yaml')).repos;
  expect(repo.hooks[0]).toMatchObject({ id: 'halint', pass_filenames: false });
  const job = parse(read(folder, '.github/workflows/halint.yml')).jobs.halint;
  // Nothing of a pull request is put into the script's text.
  expect(JSON.stringify(job.steps)).not.toContain('${{');
  const again = await runCli(['init', '--hook'], folder);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('put this under its repos:') });
  expect(await runCli(['init', '--ci', 'github'], folder)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
});

const PROXY = 'frontend web\n    bind 10.0.0.1:80\n    default_backend app\nbackend app\n    server a 10.0.1.1:80 check\n';
