import { gzipSync } from 'node:zlib';
import { packTar, type TarHeader } from 'modern-tar';
import { unpack } from '../../src/project/archive.ts';
import { archiveOf } from '../../src/project/archive-path.ts';

type Entry = readonly [path: string, text: string, header?: Partial<TarHeader>];

async function archive(...entries: readonly Entry[]): Promise<Uint8Array> {
  const tar = await packTar(
    entries.map(([name, body, header]) => ({ header: { name, size: header?.type === undefined ? body.length : 0, ...header }, body })),
  );
  return gzipSync(tar);
}

async function contentsOf(packed: Uint8Array) {
  const { files, problems } = await unpack(packed);
  return { texts: Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])), problems };
}

test('the configs of a unit are read, its keys and users are not', async () => {
  const packed = await archive(
    ['config/bigip_base.conf', 'sys global-settings { hostname lb1.example.net }\n'],
    ['./config/bigip.conf', 'ltm pool a { }\n'],
    ['config/partitions/Team/bigip.conf', 'ltm pool b { }\n'],
    ['config/bigip_user.conf', 'auth user admin { encrypted-password x }\n'],
    ['config/ssl/ssl.key/default.key', 'secret\n'],
    ['etc/shadow', 'root:x\n'],
  );
  const { texts, problems } = await contentsOf(packed);
  expect(texts).toEqual({
    'config/bigip.conf': 'ltm pool a { }\n',
    'config/bigip_base.conf': 'sys global-settings { hostname lb1.example.net }\n',
    'config/partitions/Team/bigip.conf': 'ltm pool b { }\n',
  });
  expect(problems).toEqual([]);
});

test('a path that leads out, a link and a device are told and left out', async () => {
  const { texts, problems } = await contentsOf(
    await archive(
      ['../../etc/passwd', 'x'],
      ['/config/bigip.conf', 'x'],
      ['config/partitions/../bigip.conf', 'x'],
      ['config/bigip.conf', '', { type: 'symlink', linkname: '/etc/passwd' }],
      ['config/bigip_base.conf', '', { type: 'character-device' }],
    ),
  );
  expect(texts).toEqual({});
  expect(problems).toEqual([
    "holds a path that leads out of it ('../../etc/passwd'), which is left out",
    "holds a path that leads out of it ('/config/bigip.conf'), which is left out",
    "holds a path that leads out of it ('config/partitions/../bigip.conf'), which is left out",
    'holds config/bigip.conf as a symlink, which is not followed',
    'holds config/bigip_base.conf as a character-device, which is not followed',
  ]);
});

test.each([
  ['encrypted', Buffer.from('\u008c\r\u0004\u0009\u0003\u0002 this is no gzip')],
  ['empty', Buffer.alloc(0)],
  ['gzip of no tar', gzipSync('hello '.repeat(1000))],
  ['gzip of nothing', gzipSync('')],
])('what is no archive is told in one sentence: %s', async (_, packed) => {
  const { texts, problems } = await contentsOf(packed);
  expect(texts).toEqual({});
  expect(problems).toEqual([expect.stringMatching(/^(?:is|ends|holds) /)]);
});

test('an archive that was cut off gives what it held before', async () => {
  const noise = Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 2654435761).toString(36)).join('');
  const packed = await archive(['config/bigip.conf', 'ltm pool a { }\n'], ['config/big.log', noise]);
  const { texts, problems } = await contentsOf(packed.subarray(0, packed.length - 2000));
  expect(texts).toEqual({ 'config/bigip.conf': 'ltm pool a { }\n' });
  expect(problems).toEqual(['ends too early: what it held before is read']);
});

test('a bomb is given up, a config that is too large left out, and files beyond counting', async () => {
  const mebibyte = 2 ** 20;
  const most = { unpacked: 4 * mebibyte, config: mebibyte, entries: 10 };
  const problemsOf = async (...entries: readonly Entry[]) => (await unpack(await archive(...entries), most)).problems;
  expect(await problemsOf(['var/log', '0'.repeat(5 * mebibyte)])).toEqual(['unpacks to more than 4 MiB']);
  expect(await problemsOf(['config/bigip.conf', '0'.repeat(2 * mebibyte)])).toEqual([
    'holds config/bigip.conf, which is larger than 1 MiB',
  ]);
  expect(await problemsOf(...Array.from({ length: 11 }, (_, i) => [`f${i}`, ''] as const))).toEqual(['holds more than 10 files']);
});

test('archives are told by their ending, wherever they stand in a path', () => {
  expect(archiveOf('backups/lb1.UCS/config/bigip.conf')).toBe('backups/lb1.UCS');
  expect(archiveOf('lb1.qkview/config/bigip.conf')).toBe('lb1.qkview');
  expect(archiveOf('lb1.ucs')).toBeUndefined();
  expect(archiveOf('lb1/bigip.conf')).toBeUndefined();
});
