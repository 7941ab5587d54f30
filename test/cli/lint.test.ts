import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND, BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const CLEAN = { 'a/keepalived.conf': 'vrrp_script up {\n    script "/bin/true"\n}\n' };

test('findings go to standard output, nothing to standard error, exit code 1', async () => {
  const { code, out, err } = await runCli([], folderWith(BLIND_PAIR));
  expect(code).toBe(1);
  expect(err).toBe('');
  expect(out).toContain('lb1/keepalived.conf');
  expect(out).toMatch(/\d+:\d+ {2}error {2}failover\/uplink-not-watched/);
});

test('lint is the default command, paths may be files, folders and globs', async () => {
  const folder = folderWith(BLIND_PAIR);
  const all = await runCli(['lint', '--format', 'json'], folder);
  for (const paths of [['.'], ['lb1', 'lb2'], ['lb*/keepalived.conf'], ['lb2/keepalived.conf', 'lb1/keepalived.conf']]) {
    const { out } = await runCli(['-f', 'json', ...paths], folder);
    expect(JSON.parse(out).findings).toEqual(JSON.parse(all.out).findings);
  }
});

test('JSON has the names of the contract, in its order', async () => {
  const report = JSON.parse((await runCli(['--format=json'], folderWith(BLIND_PAIR))).out);
  expect(Object.keys(report)).toEqual(['version', 'summary', 'findings', 'diagnostics']);
  expect(Object.keys(report.summary).slice(0, 7)).toEqual(['files', 'devices', 'errors', 'warnings', 'infos', 'suppressed', 'durationMs']);
  expect(report.summary).toMatchObject({ files: 2, devices: 2, suppressed: 0 });
  const finding = report.findings.find((one: { rule: string }) => one.rule === 'failover/uplink-not-watched');
  expect(Object.keys(finding)).toEqual(
    'rule severity message device platform file line column endLine endColumn related fix docs fingerprint'.split(' '),
  );
  expect(finding).toMatchObject({ device: 'lb1', platform: 'keepalived', file: 'lb1/keepalived.conf', line: 13 });
  for (const one of report.findings) expect(one.device).toMatch(/^lb[12]$/);
});

test('two runs on the same input differ in their duration only', async () => {
  const folder = folderWith(BLIND_PAIR);
  const [first, second] = [await runCli(['-f', 'json'], folder), await runCli(['-f', 'json'], folder)].map(({ out }) =>
    out.replace(/"durationMs": \d+/, ''),
  );
  expect(first).toBe(second);
});

test.each([
  ['an error, by default', [], 1],
  ['an error under --fail-on warning', ['--fail-on', 'warning'], 1],
  ['an error under --fail-on never', ['--fail-on=never'], 0],
  ['rules turned down to warnings', ['--only', 'failover/uplink-not-watched', '--rule', 'failover/uplink-not-watched=warning'], 0],
  [
    'a warning under --fail-on warning',
    ['--only', 'failover/uplink-not-watched', '--rule', 'failover/uplink-not-watched=warning', '--fail-on', 'warning'],
    1,
  ],
  [
    'more warnings than --max-warnings',
    ['--only', 'failover/uplink-not-watched', '--rule', 'failover/uplink-not-watched=warning', '--max-warnings', '0'],
    1,
  ],
  ['a rule switched off', ['--only', 'failover/uplink-not-watched', '--rule', 'failover/uplink-not-watched=off'], 0],
])('exit code on %s', async (_, flags, code) => {
  expect((await runCli(flags, folderWith(BLIND_PAIR))).code).toBe(code);
});

test.each([
  ['a path that does not exist', ['nowhere'], 'halint: nowhere does not exist\n'],
  ['a mistyped command', ['simluate'], "halint: simluate does not exist, did you mean 'simulate'?\n"],
  ['an unknown rule', ['--only', 'failover/uplink-not-wached'], "did you mean 'failover/uplink-not-watched'?"],
  ['an unknown severity', ['--rule', 'failover/uplink-not-watched=eror'], "did you mean 'error'?"],
  ['an unknown format', ['--format', 'jsn'], "did you mean 'json'?"],
  ['an unknown option', ['--fromat', 'json'], '--format'],
  ['an unknown level', ['--fail-on', 'warnings'], "did you mean 'warning'?"],
  ['a count that is none', ['--max-warnings', 'few'], 'whole number'],
  ['an option without its value', ['--format'], 'argument missing'],
  ['a project file that does not exist', ['--config', 'no.yaml'], 'no.yaml does not exist'],
  ['an output file that cannot be written', ['-o', 'lb1'], 'lb1 cannot be written (EISDIR)'],
])('exit code 2 and a clear line on %s', async (_, argv, message) => {
  const { code, out, err } = await runCli(argv, folderWith(BLIND_PAIR));
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
  expect(err).not.toContain('at run');
});

test('a gate that matched no config does not pass, unless told so', async () => {
  const folder = folderWith({ 'README.md': '# nothing', 'notes.txt': 'nothing here' });
  expect(await runCli([], folder)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--allow-empty') });
  expect(await runCli(['--allow-empty'], folder)).toMatchObject({ code: 0, err: '' });
  expect((await runCli(['notes.txt'], folder)).err).toContain('notes.txt:1: is not recognised');
});

test('--strict-parse fails on statements that are not recognised, and names the file', async () => {
  const folder = folderWith({ 'lb1/keepalived.conf': 'vrrp_script up {\n    script "/bin/true"\n    skript_timeout 3\n}\n' });
  expect((await runCli([], folder)).code).toBe(0);
  expect(await runCli(['--strict-parse'], folder)).toMatchObject({
    code: 1,
    err: expect.stringContaining('lb1/keepalived.conf: 1 statements'),
  });
  expect((await runCli(['--strict-parse'], folderWith(CLEAN))).code).toBe(0);
});

test('--quiet prints errors only', async () => {
  const folder = folderWith(BLIND_PAIR);
  const flags = ['-f', 'json', '--only', 'failover/uplink-not-watched', '--rule', 'failover/uplink-not-watched=warning'];
  expect(JSON.parse((await runCli(flags, folder)).out).findings).not.toEqual([]);
  expect(JSON.parse((await runCli([...flags, '--quiet'], folder)).out).findings).toEqual([]);
});

test('--output-file takes the findings, without colour', async () => {
  const folder = folderWith(BLIND_PAIR);
  const { code, out } = await runCli(['-o', 'report.txt'], folder, { FORCE_COLOR: '1' });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('failover/uplink-not-watched');
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).not.toContain('\u001b');
});

test.each([
  ['a pipe', {}, false, false],
  ['a terminal', {}, true, true],
  ['NO_COLOR', { NO_COLOR: '1' }, true, false],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
])('colour on %s', async (_, env, isTTY, colored) => {
  const { out } = await runCli([], folderWith(BLIND_PAIR), env as Record<string, string>, isTTY);
  expect(out.includes('\u001b[')).toBe(colored);
});

test('no output shows a secret', async () => {
  const folder = folderWith(BLIND_PAIR);
  for (const argv of [[], ['-f', 'json'], ['model'], ['--debug']]) {
    const { out, err } = await runCli(argv, folder);
    expect(out + err).not.toContain('hunter22');
  }
});

test('--debug says on standard error what each file was taken for, and why', async () => {
  const { err, out } = await runCli(['--debug', '-f', 'json'], folderWith(BLIND_PAIR));
  expect(err).toMatch(/^file lb1\/keepalived\.conf: keepalived, /m);
  expect(err).toMatch(/^device lb1: keepalived; lb1\/keepalived\.conf$/m);
  expect(err).toMatch(/^pair lb1 and lb2: /m);
  expect(() => JSON.parse(out)).not.toThrow();
});

test('what cannot be read is told and does not stop the rest', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'lb3/keepalived.conf': new Uint8Array([0, 1, 2, 0]) });
  execFileSync('mkfifo', [join(folder, 'pipe.conf')]);
  symlinkSync('.', join(folder, 'loop'));
  const { out } = await runCli(['-f', 'json', '.', 'lb3/keepalived.conf', 'pipe.conf'], folder);
  const report = JSON.parse(out);
  expect(report.summary.files).toBe(2);
  expect(report.diagnostics.map((one: { file: string }) => one.file).sort()).toEqual(['lb3/keepalived.conf', 'pipe.conf']);
});

test('UTF-16 and a byte order mark are read', async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(BLIND, 'utf16le')]);
  const report = JSON.parse(
    (await runCli(['-f', 'json'], folderWith({ 'a/keepalived.conf': utf16, 'b/keepalived.conf': `\uFEFF${BLIND}` }))).out,
  );
  expect(report.summary).toMatchObject({ files: 2, devices: 2 });
  expect(report.diagnostics).toEqual([]);
});

test('help goes to standard output, exit code 0; the version is the package’s', async () => {
  const folder = folderWith({});
  expect(await runCli(['--help'], folder)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('explain') });
  const { version } = JSON.parse(readFileSync(`${__dirname}/../../package.json`, 'utf8'));
  expect(await runCli(['--version'], folder)).toEqual({ code: 0, err: '', out: `${version}\n` });
});

const built = existsSync(`${__dirname}/../../dist/cli.cjs`);
(built ? test : test.skip)(`a reader that goes away ends it quietly${built ? '' : ' (skipped: dist/ is not built)'}`, () => {
  const folder = folderWith(BLIND_PAIR);
  const script = `node ${__dirname}/../../bin/halint.js ${folder} | head -n 1`;
  expect(execFileSync('bash', ['-c', `${script} 2>&1`], { encoding: 'utf8' }).split('\n').length).toBe(2);
});
