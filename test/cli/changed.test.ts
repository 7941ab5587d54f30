import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.net', '-c', 'init.defaultBranch=main', ...args], { cwd });

/** A repository whose branch `main` holds a pair with findings, and whose branch `feature` is checked out. */
function repository(): string {
  const folder = folderWith(BLIND_PAIR);
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'pair');
  git(folder, 'checkout', '-qb', 'feature');
  return folder;
}

const rulesOf = async (folder: string, ...argv: string[]) =>
  JSON.parse((await runCli(['-f', 'json', ...argv], folder)).out).findings.map(
    ({ rule, file }: { rule: string; file: string }) => `${file.split('/')[0]} ${rule}`,
  ) as string[];

const SINGLE = BLIND_PAIR['lb1/keepalived.conf'];

test('what was there before the branch is left out, and does not fail the run', async () => {
  const folder = repository();
  expect(await rulesOf(folder)).not.toEqual([]);
  const { code, out } = await runCli(['--changed', '-f', 'compact'], folder);
  expect(code).toBe(0);
  expect(out).toMatch(/^0 errors/);
});

test('what a changed line breaks is told, on whichever device it stands', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'lb2/keepalived.conf'), BLIND_PAIR['lb2/keepalived.conf'].replace('advert_int 1', 'advert_int 3'));
  const found = await rulesOf(folder, '--changed=main');
  expect(found.map((one) => one.split(' ')[1])).toContain('peer/timer-mismatch');
  expect(found.length).toBeLessThan((await rulesOf(folder)).length);
});

test('a finding on a changed line is told though it was there before', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'lb1/keepalived.conf'), SINGLE.replace('10.10.0.100/24', '10.10.0.100/24 '));
  expect(await rulesOf(folder, '--changed')).toContain('lb1 failover/uplink-not-watched');
});

test('lines that only moved bring nothing back', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'lb1/keepalived.conf'), `# a comment\n\n${SINGLE}`);
  git(folder, 'commit', '-qam', 'comment');
  expect(await rulesOf(folder, '--changed=main')).toEqual([]);
});

test('a file that is new or gone counts', async () => {
  const folder = repository();
  rmSync(join(folder, 'lb2'), { recursive: true });
  writeFileSync(join(folder, 'lb1/haproxy.cfg'), 'backend b\n    server s1 10.0.0.1:80\n');
  expect(await rulesOf(folder, '--changed')).toContain('lb1 monitor/missing');
});

test('a branch that was pushed is compared with the default branch, not with itself', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'lb2/keepalived.conf'), BLIND_PAIR['lb2/keepalived.conf'].replace('advert_int 1', 'advert_int 3'));
  git(folder, 'commit', '-qam', 'timer');
  git(folder, 'init', '-q', '--bare', 'origin.git');
  git(folder, 'remote', 'add', 'origin', join(folder, 'origin.git'));
  git(folder, 'push', '-q', '-u', 'origin', 'main', 'feature');
  expect((await rulesOf(folder, 'lb1', 'lb2', '--changed')).map((one) => one.split(' ')[1])).toContain('peer/timer-mismatch');
});

test('a peer that the branch takes away is missed', async () => {
  const folder = repository();
  git(folder, 'rm', '-rq', 'lb2');
  expect(await rulesOf(folder, '--changed')).toContain('lb1 config/peer-not-found');
});

test('programs that the git settings name are not run', async () => {
  const folder = repository();
  writeFileSync(join(folder, '.gitattributes'), '*.conf diff=x\n');
  git(folder, 'config', 'diff.x.textconv', `touch '${folder}/ran'; cat`);
  git(folder, 'config', 'diff.external', `touch '${folder}/ran'`);
  writeFileSync(join(folder, 'lb1/keepalived.conf'), SINGLE.replace('priority 150', 'priority 151'));
  await rulesOf(folder, '--changed');
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});

test('a path behind --changed is told from a commit', async () => {
  expect((await runCli(['--changed', 'lb1'], repository())).err).toContain("'lb1' is a path, not a commit");
});

test.each([
  ['an unknown commit', ['--changed=nowhere'], "git knows no commit 'nowhere'"],
  ['an option as a commit', ['--changed=--output=x'], "git knows no commit '--output=x'"],
])('%s is exit code 2 and a clear line', async (_, argv, message) => {
  const { code, out, err } = await runCli(argv, repository());
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('outside a repository it says so', async () => {
  const { code, err } = await runCli(['--changed'], folderWith(BLIND_PAIR), { GIT_CEILING_DIRECTORIES: '/' });
  expect(code).toBe(2);
  expect(err).toContain('not in a git repository');
});

test('a shallow clone that holds nothing to compare with does not pass', async () => {
  const origin = repository();
  const clone = folderWith({});
  git(clone, 'clone', '-q', '--depth', '1', `file://${origin}`, 'copy');
  const { code, err } = await runCli(['--changed'], join(clone, 'copy'));
  expect(code).toBe(2);
  expect(err).toContain('fetch-depth: 0');
});
