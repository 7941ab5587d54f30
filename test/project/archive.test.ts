import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
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
  ['encrypted by OpenPGP', Buffer.from([0x8c, 0x0d, 0x04, 0x09, 0x03, 0x02, 0x6a, 0x8c]), /^is encrypted with a passphrase/],
  ['encrypted by OpenSSL', Buffer.from('Salted__\u0001\u0002'), /^is encrypted with a passphrase/],
  ["Git LFS's pointer", Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'), /^is Git LFS's pointer/],
  ['text', Buffer.from('ltm pool a { }\n'), /^is no gzip'd tar$/],
  ['empty', Buffer.alloc(0), /^is empty$/],
  ['gzip of no tar', gzipSync('hello '.repeat(1000)), /^is damaged, or no gzip'd tar$/],
  ['gzip of nothing', gzipSync(''), /^is damaged, or no gzip'd tar$/],
])('what is no archive is told in one sentence: %s', async (_, packed, sentence) => {
  const { texts, problems } = await contentsOf(packed);
  expect(texts).toEqual({});
  expect(problems).toEqual([expect.stringMatching(sentence)]);
});

/** Text that does not get shorter by gzip. */
const noise = Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 2654435761).toString(36)).join('');

test.each([
  ['ends too early', (packed: Uint8Array) => packed.subarray(0, packed.length - 2000)],
  ['is damaged', (packed: Uint8Array) => packed.fill(0xff, packed.length - 2000, packed.length - 1000)],
])('an archive that %s gives what it held before', async (what, broken) => {
  const packed = await archive(['config/bigip.conf', 'ltm pool a { }\n'], ['config/big.log', noise], ['config/bigip_base.conf', noise]);
  const { texts, problems } = await contentsOf(broken(packed));
  expect(texts).toEqual({ 'config/bigip.conf': 'ltm pool a { }\n' });
  expect(problems).toEqual([`${what}: of its configs, only those before that are read (config/bigip.conf)`]);
});

test('a config that is cut off in its middle is not read at all', async () => {
  const packed = await archive(['config/bigip.conf', `ltm pool a { }\n${noise}`]);
  expect(await contentsOf(packed.subarray(0, packed.length / 2))).toEqual({ texts: {}, problems: ['ends too early'] });
});

test('a gibibyte of zeros is given up before it is in the memory', async () => {
  const zeros = Buffer.alloc(2 ** 20);
  const bomb = Readable.from(Array.from({ length: 1026 }, () => zeros)).pipe(createGzip({ level: 1 }));
  expect(await unpack(bomb)).toEqual({ files: [], problems: ['unpacks to more than 1024 MiB: it is read no further'] });
});

const mebibyte = 2 ** 20;
const most = { unpacked: 4 * mebibyte, entries: 10, configs: mebibyte, files: 3 };
const partition = (name: string): Entry => [`config/partitions/${name}/bigip.conf`, 'x'];

test.each<[string, readonly Entry[], readonly string[], string]>([
  ['one large file', [['var/log', '0'.repeat(5 * mebibyte)]], [], 'unpacks to more than 4 MiB: it is read no further'],
  [
    'large configs',
    [
      ['config/bigip.conf', '0'.repeat(mebibyte / 2)],
      ['config/bigip_base.conf', '0'.repeat(mebibyte)],
    ],
    ['config/bigip.conf'],
    'holds more than 1 MiB of configs: config/bigip_base.conf is left out',
  ],
  [
    'many configs',
    ['a', 'b', 'c', 'd'].map(partition),
    ['a', 'b', 'c'].map((name) => partition(name)[0]),
    'holds more than 3 configs: config/partitions/d/bigip.conf is left out',
  ],
  ['many files', Array.from({ length: 11 }, (_, i) => [`f${i}`, ''] as const), [], 'holds more than 10 files: it is read no further'],
])('what is too large is left out and told: %s', async (_, entries, read, problem) => {
  const { files, problems } = await unpack(await archive(...entries), most);
  expect(files.map(({ path }) => path)).toEqual(read);
  expect(problems).toEqual([problem]);
});

test('of two configs of one name the later counts, once', async () => {
  const packed = await archive(['config/bigip.conf', 'a'.repeat(mebibyte)], ['config/bigip.conf', 'b']);
  const { files, problems } = await unpack(packed, most);
  expect(problems).toEqual([]);
  expect(files.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['b']);
});

test('a thousand bad paths, and long ones, are told in few words', async () => {
  const { problems } = await unpack(
    await archive(...Array.from({ length: 1000 }, (_, i) => [`../${'x'.repeat(3000)}${i}`, ''] as const), ['config/bigip.conf', '']),
  );
  expect(problems).toHaveLength(11);
  expect(problems.at(-1)).toBe('holds more of that kind');
  expect(Math.max(...problems.map((one) => one.length))).toBeLessThan(200);
});

test('archives are told by their ending, wherever they stand in a path', () => {
  expect(archiveOf('backups/lb1.UCS/config/bigip.conf')).toBe('backups/lb1.UCS');
  expect(archiveOf('lb1.qkview/config/bigip.conf')).toBe('lb1.qkview');
  expect(archiveOf('lb1.ucs')).toBeUndefined();
  expect(archiveOf('lb1/bigip.conf')).toBeUndefined();
});
