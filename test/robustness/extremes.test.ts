import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { lintTexts } from '../../src/lint.ts';
import type { PlatformId } from '../../src/model/platform-id.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { BLIND_PAIR, folderWith, runCli } from '../cli/run-cli.ts';
import { corpusOf, damaged, exercise } from './fuzz.ts';
import { randomOf } from './mutate.ts';

const ROOT = join(__dirname, '../..');
const { rules } = readRuleFolder(join(ROOT, 'rules'));
const corpus = corpusOf(join(ROOT, 'fixtures/platforms'));
/** HALINT_DEEP=100000 goes deeper, and reads every shape as every platform: minutes. */
const DEEP = Number(process.env.HALINT_DEEP ?? 10_000);

/** One or two of each grammar. */
const GRAMMARS: readonly PlatformId[] = process.env.HALINT_DEEP
  ? PLATFORMS.map(({ id }) => id)
  : ['cisco-ios', 'haproxy', 'f5-bigip', 'juniper-junos', 'citrix-netscaler', 'envoy', 'f5-as3', 'traefik', 'linux-network'];

/** Reads texts as one platform's, whatever they are recognised as. */
function readAs(platform: PlatformId, texts: readonly { path: string; text: string }[]) {
  return lintTexts(texts, { platforms: PLATFORMS, rules, devices: { d: { files: ['**'], platform } } });
}

const nested = (open: string, close: string, inner = ''): string => open.repeat(DEEP) + inner + close.repeat(DEEP);
const stairs = (line: (depth: number) => string, depth: number): string => Array.from({ length: depth }, (_, i) => line(i)).join('\n');

const SHAPES: readonly (readonly [string, string])[] = [
  ['braces', nested('a {\n', '}\n')],
  ['braces on one line', nested('a { ', '} ')],
  ['braces that never close', 'a {\n'.repeat(DEEP)],
  ['braces that never open', '}\n'.repeat(DEEP)],
  ['brackets', nested('[', ']')],
  ['JSON objects', nested('{"a":', '}', '1')],
  ['JSON objects of the class that is looked for', nested('{"class":"ADC","a":', '}', '1')],
  ['JSON lists that never close', `{"a":${'['.repeat(DEEP)}`],
  ['YAML lists on one line', `a: ${nested('[', ']')}`],
  ['YAML maps on one line', `a: ${nested('{a: ', '}', '1')}`],
  ['YAML list signs', `${'- '.repeat(DEEP)}a`],
  ['YAML steps', stairs((depth) => `${' '.repeat(depth)}a:`, 500)],
  ['indented steps', stairs((depth) => `${' '.repeat(depth)}a`, 500)],
  ['TOML tables', `[${'a.'.repeat(DEEP)}a]\nb = 1`],
  ['TOML lists', `a = ${nested('[', ']')}`],
  ['TOML inline tables', `a = ${nested('{a = ', '}', '1')}`],
  ['dotted keys', `${'a.'.repeat(DEEP)}a = 1`],
  ['YAML aliases', `a0: &a0 [x]\n${stairs((i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`, 30)}`],
  ['template conditions', nested('{% if a %}', '{% endif %}', 'x')],
  ['template conditions that never end', '{% if a %}\n'.repeat(DEEP)],
  ['template braces', '{{'.repeat(DEEP)],
  ['quotes', 'a "'.repeat(DEEP)],
  ['comments that never end', '/* '.repeat(DEEP)],
  ['backslashes', '\\\n'.repeat(DEEP)],
  ['one long word', 'a'.repeat(10 * DEEP)],
  ['one long line', 'a '.repeat(5 * DEEP)],
  ['blanks', ' '.repeat(10 * DEEP)],
  ['old Mac line ends', 'a\r'.repeat(DEEP)],
  ['carriage returns', '\r'.repeat(DEEP)],
  ['line separators', '\u2028'.repeat(DEEP)],
  ['empty lines', '\n'.repeat(DEEP)],
  ['NUL characters', '\0'.repeat(DEEP)],
  ['byte order marks', '\ufeff'.repeat(DEEP)],
  ['interface names', `interface ${'Ethernet1/1-48,'.repeat(DEEP / 10)}\n switchport trunk allowed vlan ${'1-4094,'.repeat(DEEP / 10)}1`],
  [
    'a list of numbers without end',
    'interface range Ethernet1-99999999999\nvlan 1-99999999999\nservers {\n server a[1:99999999999] 10.0.0.1:80;\n}',
  ],
];

describe.each(GRAMMARS)('%s reads, and says so where it cannot,', (platform) => {
  test.each(SHAPES)('%s', (_, text) => {
    expect(() => readAs(platform, [{ path: 'x.conf', text }])).not.toThrow();
  });
});

test.each(['nginx', 'keepalived', 'haproxy', 'linux-network', 'cumulus-linux'] as const)(
  '%s: files that include each other end',
  (platform) => {
    const includes =
      'include *.conf\ninclude *.conf;\nsource /etc/network/interfaces.d/*\nsource *.conf\ninclude f1.conf;\ninclude f2.conf;\n';
    const texts = Array.from({ length: 12 }, (_, i) => ({
      path: `d/f${i}.conf`,
      text: `${includes}upstream u${i} { server 10.0.0.1; }\n`,
    }));
    expect(readAs(platform, texts).files).toHaveLength(12);
  },
);

test('a block of more lines than a call takes arguments is read', () => {
  const text = `ltm data-group internal /Common/d {\n    records {\n${'        10.0.0.1/32 { }\n'.repeat(150_000)}    }\n}\nltm pool /Common/p { }\n`;
  expect(readAs('f5-bigip', [{ path: 'bigip.conf', text }]).networks[0]?.devices[0]?.pools).toHaveLength(1);
});

test('names that inherit from each other end', () => {
  const f5 = ['a', 'b', 'c']
    .map((name, i) => `ltm monitor http /Common/${name} {\n    defaults-from /Common/${'abc'[(i + 1) % 3]}\n}\n`)
    .join('');
  const haproxy =
    'defaults a from b\n  mode http\ndefaults b from a\n  mode http\nbackend x from a\n  server s 10.0.0.1:80 track y/s\nbackend y from b\n  server s 10.0.0.2:80 track x/s\n';
  const junos = 'groups { a { apply-groups b; } b { apply-groups a; } }\napply-groups a;\ninterfaces { apply-groups [ a b ]; }\n';
  const cisco =
    'track 1 list boolean and\n object 2\ntrack 2 list boolean and\n object 1\ninterface Vlan1\n standby 1 ip 10.0.0.1\n standby 1 track 1 decrement 10\n standby 1 follow x\n standby 1 name x\n';
  for (const [platform, text] of [
    ['f5-bigip', f5],
    ['haproxy', haproxy],
    ['juniper-junos', junos],
    ['cisco-ios', cisco],
  ] as const)
    expect(() => readAs(platform, [{ path: 'x.conf', text }])).not.toThrow();
});

test('what is no plain file is told or passed by, and never waited for', async () => {
  const folder = folderWith(BLIND_PAIR);
  symlinkSync('loop', join(folder, 'loop'));
  symlinkSync('.', join(folder, 'lb1/self'));
  symlinkSync('/nowhere/at/all', join(folder, 'lb1/dangling.conf'));
  execFileSync('mkfifo', [join(folder, 'lb2/pipe.conf')]);
  const all = await runCli(['lint', '.', '--format', 'json'], folder);
  expect(JSON.parse(all.out).summary).toMatchObject({ files: 2, devices: 2 });
  const named = await runCli(['lint', 'lb1', 'lb2/pipe.conf', '--format', 'json'], folder);
  expect(JSON.parse(named.out).diagnostics).toMatchObject([{ file: 'lb2/pipe.conf', message: 'is neither a file nor a folder' }]);
  expect((await runCli(['lint', 'loop'], folder)).code).toBe(2);
});

test.each([
  ['UTF-16 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, the other way round', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-8 with a byte order mark and Windows line ends', (text: string) => Buffer.from(`\ufeff${text.replace(/\n/g, '\r\n')}`)],
])('%s reads as well as plain text', async (_, encode) => {
  const files = Object.fromEntries(Object.entries(BLIND_PAIR).map(([path, text]) => [path, encode(text)]));
  const [plain, other] = await Promise.all(
    [BLIND_PAIR, files].map(async (some) => JSON.parse((await runCli(['lint', '.', '--format', 'json'], folderWith(some))).out)),
  );
  expect(other.findings.map(({ rule, line }: { rule: string; line: number }) => [rule, line])).toEqual(
    plain.findings.map(({ rule, line }: { rule: string; line: number }) => [rule, line]),
  );
});

test('bytes that are no text are not read', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'lb1/junk.conf': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)) });
  expect(JSON.parse((await runCli(['lint', '.', '--format', 'json'], folder)).out).summary.files).toBe(2);
});

// `toString` of a plain object is a function, and no value of a config's keyword.
test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s is a word like any other', (word) => {
  for (const [seed, files] of corpus.entries()) {
    if (seed % 6 !== word.length % 6) continue;
    const random = randomOf(seed);
    const text = (one: string) => one.replace(/(?<=[\s"':])[a-z][\w.-]+/gi, (plain) => (random() < 0.07 ? word : plain));
    expect(
      exercise(
        files.map((file) => ({ ...file, text: text(file.text) })),
        rules,
      ),
    ).toEqual([]);
  }
});

test.each([
  ['linux-network', 'etc/network/interfaces', 'auto eth0\niface eth0 inet static\n  address 10.0.0.1/x\n'],
  [
    'citrix-netscaler',
    'ns.conf',
    'set ns config -IPAddress 10.0.0.1 -netmask x\nadd ns ip6 2001:db8::1/x -type SNIP\nadd ns ip 10.0.0.2/x 255.0.0.0\n',
  ],
  ['a10-acos', 'a10.cfg', 'hostname a\ninterface ve 1\n  ip address 10.0.0.1 /x\n'],
  ['keepalived', 'keepalived.conf', 'vrrp_instance a {\n  virtual_router_id 5\n  virtual_ipaddress {\n    10.0.0.1/x\n  }\n}\n'],
] as const)('%s: a prefix that is no number is not known', (platform, path, text) => {
  const { networks } = readAs(platform, [{ path, text }]);
  expect(networks).toHaveLength(1);
  JSON.stringify(networks, (key, value: unknown) => {
    if (key === 'prefix') expect(value).not.toBeNaN();
    return value;
  });
});

// What a seed makes changes with the fixtures: what `node test/robustness/fuzz.mjs` found stands above as tests of its own.
test.each(Array.from({ length: 60 }, (_, i) => i + 1))('damaged fixtures, seed %i', (seed) => {
  expect(exercise(damaged(corpus, seed), rules)).toEqual([]);
});
