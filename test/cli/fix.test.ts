import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, runCli } from './run-cli.ts';

const LISTEN = `listen web
    bind 192.0.2.1:80
    server app1 192.0.2.11:80 check
    server app2 192.0.2.12:80
    server app3 192.0.2.13:80 check
`;
const FIXED = LISTEN.replace('.12:80', '.12:80 check');
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

test('without --write it prints a unified diff, changes nothing, and exits with 1', async () => {
  const folder = folderWith({ 'haproxy.cfg': LISTEN });
  const { code, out, err } = await runCli(['fix'], folder);
  expect(code).toBe(1);
  expect(out).toBe(
    [
      '--- haproxy.cfg',
      '+++ haproxy.cfg',
      '@@ -1,5 +1,5 @@',
      ' listen web',
      '     bind 192.0.2.1:80',
      '     server app1 192.0.2.11:80 check',
      '-    server app2 192.0.2.12:80',
      '+    server app2 192.0.2.12:80 check',
      '     server app3 192.0.2.13:80 check',
      '',
    ].join('\n'),
  );
  expect(err).toContain('1 finding can be fixed with --write');
  expect(read(folder, 'haproxy.cfg')).toBe(LISTEN);
});

test('--write changes the file; then there is nothing left to fix', async () => {
  const folder = folderWith({ 'haproxy.cfg': LISTEN });
  const { code, out } = await runCli(['fix', '--write'], folder);
  expect(code).toBe(0);
  expect(out).toBe('haproxy.cfg:4  monitor/missing  check this server like the others\n');
  expect(read(folder, 'haproxy.cfg')).toBe(FIXED);
  expect(await runCli(['fix'], folder)).toMatchObject({ code: 0, out: '' });
});

test('--write exits with 1 where an error is left, and names it', async () => {
  const blind =
    'vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    priority 150\n    virtual_ipaddress {\n        192.0.2.10/24 dev eth1 no_track\n    }\n}\n';
  const folder = folderWith({ 'lb1/keepalived.conf': blind, 'lb1/haproxy.cfg': LISTEN });
  const { code, err } = await runCli(['fix', '--write'], folder);
  expect(code).toBe(1);
  expect(err).toContain('lb1/keepalived.conf:6  failover/uplink-not-watched');
  expect(read(folder, 'lb1/haproxy.cfg')).toBe(FIXED);
});

test('--only fixes what one rule finds', async () => {
  const folder = folderWith({ 'haproxy.cfg': LISTEN });
  expect(await runCli(['fix', '--only', 'pool/no-retry'], folder)).toMatchObject({ code: 0, out: '' });
  expect((await runCli(['fix', '--only', 'monitor/missing'], folder)).code).toBe(1);
  expect(await runCli(['fix', '--only', 'monitor/misssing'], folder)).toMatchObject({ code: 2, out: '' });
});

test('findings that a comment or the project file keeps back are left alone', async () => {
  const commented = LISTEN.replace('    server app2', '    # halint-disable-next-line monitor/missing -- legacy\n    server app2');
  expect((await runCli(['fix'], folderWith({ 'haproxy.cfg': commented }))).out).toBe('');
  const ignored = { 'haproxy.cfg': LISTEN, 'halint.yaml': 'ignore:\n  - rule: monitor/missing\n    reason: legacy\n' };
  expect((await runCli(['fix'], folderWith(ignored))).out).toBe('');
});

test.each([
  ['CRLF ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('%s: every other byte stays', async (_, encoded) => {
  const folder = folderWith({ 'haproxy.cfg': encoded(LISTEN) });
  await runCli(['fix', '--write'], folder);
  expect(readFileSync(join(folder, 'haproxy.cfg'))).toEqual(encoded(FIXED));
});

test('a file in another encoding is left alone, and it says why', async () => {
  const latin = Buffer.from(`# caf\xe9\n${LISTEN}`, 'latin1');
  const folder = folderWith({ 'haproxy.cfg': latin });
  const { out, err } = await runCli(['fix', '--write'], folder);
  expect(out).toBe('');
  expect(err).toContain('neither UTF-8 nor UTF-16');
  expect(readFileSync(join(folder, 'haproxy.cfg'))).toEqual(latin);
});

test('templates are left alone', async () => {
  const text = LISTEN.replace('192.0.2.1:80', '{{ vip }}:80');
  for (const name of ['haproxy.cfg.j2', 'haproxy.cfg']) {
    const folder = folderWith({ [name]: text });
    expect((await runCli(['fix', '--write', '--only', 'monitor/missing'], folder)).out).toBe('');
    expect(read(folder, name)).toBe(text);
  }
});

test('a symbolic link that leads out of the project is left alone', async () => {
  const outside = folderWith({ 'haproxy.cfg': LISTEN });
  const folder = folderWith({ 'note.txt': '' });
  symlinkSync(join(outside, 'haproxy.cfg'), join(folder, 'haproxy.cfg'));
  const { err } = await runCli(['fix', '--write', 'haproxy.cfg'], folder);
  expect(err).toContain('a symbolic link leads out of the project');
  expect(read(outside, 'haproxy.cfg')).toBe(LISTEN);
});

test('a file that cannot be written is exit code 2', async () => {
  const folder = folderWith({ 'haproxy.cfg': LISTEN });
  writeFileSync(join(folder, 'haproxy.cfg'), LISTEN, { mode: 0o444 });
  const { chmodSync } = await import('node:fs');
  chmodSync(join(folder, 'haproxy.cfg'), 0o444);
  const { code, err } = await runCli(['fix', '--write'], folder);
  // Root may write to any file.
  if (process.getuid?.() === 0) expect(statSync(join(folder, 'haproxy.cfg')).mode & 0o777).toBe(0o444);
  else expect([code, err]).toEqual([2, expect.stringContaining('haproxy.cfg is not changed: it cannot be written (EACCES)')]);
});

test('a line that bears a secret is not changed, and no secret is shown around a change', async () => {
  const text = `defaults\n    mode tcp\nlisten stats\n    bind :8404\n    mode http\n    stats auth admin:hunter22\n${LISTEN}`;
  const { out } = await runCli(['fix', '--only', 'monitor/missing'], folderWith({ 'haproxy.cfg': text }));
  expect(out).toContain('+    server app2 192.0.2.12:80 check');
  expect(out).not.toContain('hunter22');
  const secret = LISTEN.replace('192.0.2.12:80', '192.0.2.12:80 password hunter22');
  expect((await runCli(['fix', '--only', 'monitor/missing'], folderWith({ 'haproxy.cfg': secret }))).out).toBe('');
});

test('colour on a terminal only', async () => {
  const folder = folderWith({ 'haproxy.cfg': LISTEN });
  expect((await runCli(['fix'], folder, {}, true)).out).toContain('\u001b[32m+    server app2');
  expect((await runCli(['fix'], folder, { NO_COLOR: '1' }, true)).out).not.toContain('\u001b');
});

test('the JSON of lint tells nothing of suggestions', async () => {
  const { out } = await runCli(['-f', 'json'], folderWith({ 'haproxy.cfg': LISTEN }));
  expect(out).not.toContain('suggestion');
});
