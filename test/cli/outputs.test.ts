import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLIND, BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

test('several formats at once, each to its file, one to standard output', async () => {
  const folder = folderWith(BLIND_PAIR);
  const { code, out } = await runCli(['-f', 'compact', '-f', 'sarif:reports/halint.sarif', '-f', 'junit:reports/junit.xml'], folder);
  expect(code).toBe(1);
  expect(out).toMatch(/^lb1\/keepalived.conf:\d+:\d+: error/);
  expect(JSON.parse(readFileSync(join(folder, 'reports/halint.sarif'), 'utf8')).version).toBe('2.1.0');
  expect(readFileSync(join(folder, 'reports/junit.xml'), 'utf8')).toContain('<testsuites');
});

test('--output-file names the file of the format that has none', async () => {
  const folder = folderWith(BLIND_PAIR);
  const { out } = await runCli(['-f', 'json', '-o', 'all.json', '-f', 'github'].slice(0, 4), folder);
  expect(out).toBe('');
  expect(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')).findings).not.toEqual([]);
});

test('two formats cannot share standard output', async () => {
  const { code, err } = await runCli(['-f', 'json', '-f', 'compact'], folderWith(BLIND_PAIR));
  expect(code).toBe(2);
  expect(err).toContain('only one format can go to standard output');
});

test('a terminal that shows links gets them instead of addresses', async () => {
  const folder = folderWith(BLIND_PAIR);
  const linked = await runCli([], folder, { TERM_PROGRAM: 'WezTerm' }, true);
  expect(linked.out).toContain('\u001b]8;;https://');
  expect(linked.out).not.toContain('docs:');
  const plain = await runCli([], folder, { TERM_PROGRAM: 'WezTerm', NO_COLOR: '1' }, true);
  expect(plain.out).not.toContain('\u001b');
  expect(plain.out).toContain('docs:');
});

test('--only takes a topic', async () => {
  const folder = folderWith({ ...BLIND_PAIR, 'lb1/haproxy.cfg': 'backend b\n    server s1 10.0.0.1:80\n' });
  const { out } = await runCli(['-f', 'compact', '--only', 'monitor/*'], folder);
  expect(out).toContain('monitor/missing');
  expect(out).not.toContain('failover/');
  expect((await runCli(['--only', 'moniter/*'], folder)).code).toBe(2);
});

describe('standard input', () => {
  const stdin = (text: string) => ({ stdin: async () => new TextEncoder().encode(text) });

  test('stands for a file as an editor has it; its peers are read, findings elsewhere are not told', async () => {
    const folder = folderWith(BLIND_PAIR);
    const argv = ['--stdin', '--stdin-filename', 'lb2/keepalived.conf', '-f', 'json'];
    const { out } = await runCli(argv, folder, {}, false, stdin(BLIND_PAIR['lb2/keepalived.conf'].replace('advert_int 1', 'advert_int 3')));
    const { findings, summary } = JSON.parse(out);
    expect(summary.devices).toBe(2);
    expect(findings.map(({ rule }: { rule: string }) => rule)).toContain('peer/timer-mismatch');
    expect(new Set(findings.map(({ file }: { file: string }) => file))).toEqual(new Set(['lb2/keepalived.conf']));
  });

  test('wants to know whose config it is', async () => {
    const { code, err } = await runCli(['--stdin'], folderWith(BLIND_PAIR), {}, false, stdin(BLIND));
    expect(code).toBe(2);
    expect(err).toContain('--stdin-filename');
  });
});
