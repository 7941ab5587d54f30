import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { folderWith, runCli } from './run-cli.ts';

const BASE = 'sys global-settings {\n    hostname lb1.example.net\n}\n';
const POOL = (partition: string, monitor = '') =>
  `ltm pool /${partition}/app {\n    members {\n        /${partition}/10.0.0.1:80 {\n            address 10.0.0.1\n        }\n        /${partition}/10.0.0.2:80 {\n            address 10.0.0.2\n        }\n    }\n${monitor}}\n`;

async function ucs(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  return gzipSync(await packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length }, body }))));
}

const devicesOf = async (folder: string) =>
  JSON.parse((await runCli(['model'], folder)).out).devices.map(({ name, files }: { name: string; files: string[] }) => [name, files]);

function commit(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
}

test('a BIG-IP’s partitions are part of it, with and without a stated name', async () => {
  const partitions = { 'config/bigip.conf': POOL('Common'), 'config/partitions/Team/bigip.conf': POOL('Team') };
  const stated = folderWith({
    'x/config/bigip_base.conf': BASE,
    ...Object.fromEntries(Object.entries(partitions).map(([k, v]) => [`x/${k}`, v])),
  });
  expect(await devicesOf(stated)).toEqual([
    ['lb1', ['x/config/bigip.conf', 'x/config/bigip_base.conf', 'x/config/partitions/Team/bigip.conf']],
  ]);
  const unstated = folderWith({ 'unit7/bigip.conf': POOL('Common'), 'unit7/partitions/Team/bigip.conf': POOL('Team') });
  expect(await devicesOf(unstated)).toEqual([['unit7', ['unit7/bigip.conf', 'unit7/partitions/Team/bigip.conf']]]);
});

test('an archive is read as the folder that it holds, found or named', async () => {
  const folder = folderWith({ 'backups/lb1.ucs': await ucs({ 'config/bigip_base.conf': BASE, 'config/bigip.conf': POOL('Common') }) });
  expect(await devicesOf(folder)).toEqual([['lb1', ['backups/lb1.ucs/config/bigip.conf', 'backups/lb1.ucs/config/bigip_base.conf']]]);
  for (const path of ['.', 'backups/lb1.ucs', '*/*.ucs']) {
    const { out } = await runCli([path, '-f', 'compact'], folder);
    expect(out).toContain('backups/lb1.ucs/config/bigip.conf:1:');
    expect(out).toContain('[monitor/missing] (lb1)');
  }
});

test('an archive without a stated name is named after itself', async () => {
  const folder = folderWith({ 'unit7.ucs': await ucs({ 'config/bigip.conf': POOL('Common') }) });
  expect(await devicesOf(folder)).toEqual([['unit7', ['unit7.ucs/config/bigip.conf']]]);
});

test('an archive that cannot be read is told and hides nothing', async () => {
  const folder = folderWith({ 'lb1.ucs': 'Salted__ and so on', 'lb2/bigip.conf': POOL('Common') });
  const { out } = await runCli(['-f', 'compact'], folder);
  expect(out).toContain('lb1.ucs:1:1: unsupported: is encrypted with a passphrase: halint reads archives that are saved without one');
  expect(out).toContain('[monitor/missing] (lb2)');
});

test('a config in an archive that is no text is told', async () => {
  const folder = folderWith({ 'lb1.ucs': await ucs({ 'config/bigip.conf': POOL('Common'), 'config/bigip_base.conf': 'a\0b' }) });
  const { out } = await runCli(['-f', 'compact'], folder);
  expect(out).toContain('lb1.ucs/config/bigip_base.conf:1:1: unsupported: is not a text file');
  expect(out).toContain('[monitor/missing] (lb1)');
});

test('globs of the project file see into archives', async () => {
  const archive = await ucs({ 'config/bigip.conf': POOL('Common'), 'config/partitions/Old/bigip.conf': POOL('Old') });
  const folder = folderWith({
    'halint.yaml': "include: ['*.ucs']\nexclude: ['**/partitions/Old/**', 'lb2.ucs']\n",
    'lb1.ucs': archive,
    'lb2.ucs': archive,
    'lb3/bigip.conf': POOL('Common'),
  });
  expect(await devicesOf(folder)).toEqual([['lb1', ['lb1.ucs/config/bigip.conf']]]);
});

test('--changed tells what the peer misses of an archive that cannot be read any more', async () => {
  const unit = (name: string) =>
    ucs({ 'config/bigip_base.conf': readFileSync(`${__dirname}/../../fixtures/platforms/f5-bigip/good/${name}/bigip_base.conf`, 'utf8') });
  const folder = folderWith({ 'lb1.ucs': await unit('fra-adc1'), 'lb2.ucs': await unit('fra-adc2') });
  commit(folder);
  writeFileSync(join(folder, 'lb1.ucs'), 'Salted__');
  const { out } = await runCli(['--changed=HEAD', '-f', 'compact'], folder);
  expect(out).toContain('lb1.ucs:1:1: unsupported: is encrypted');
  expect(out).toContain('[config/peer-not-found] (fra-adc2)');
});

test('--changed compares what archives hold, fix leaves them alone', async () => {
  const checked = await ucs({ 'config/bigip.conf': POOL('Common', '    monitor /Common/http\n') });
  const folder = folderWith({ 'lb1.ucs': checked });
  commit(folder);
  expect((await runCli(['--changed=HEAD'], folder)).code).toBe(0);
  writeFileSync(join(folder, 'lb1.ucs'), await ucs({ 'config/bigip.conf': POOL('Common') }));
  const { code, out } = await runCli(['--changed=HEAD', '-f', 'compact'], folder);
  expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('lb1.ucs/config/bigip.conf:1:') });
  const before = readFileSync(join(folder, 'lb1.ucs'));
  await runCli(['fix', '--write'], folder);
  expect(readFileSync(join(folder, 'lb1.ucs')).equals(before)).toBe(true);
});
