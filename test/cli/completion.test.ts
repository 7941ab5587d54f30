import { execFileSync } from 'node:child_process';
import { folderWith, runCli } from './run-cli.ts';

/** What bash offers behind these words, the last of which is being written. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const folder = folderWith({ 'lb1/haproxy.cfg': '', 'lb two/x.cfg': '', 'monitor/missing': '' });
  const { out } = await runCli(['completion', 'bash'], folder);
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _halint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const script = `${out}\n${ask}`;
  return execFileSync('bash', ['-c', script, 'bash', 'halint', ...words], { cwd: folder, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

test.each([
  [['si'], ['simulate']],
  [
    ['simulate', '--faults', ''],
    ['single', 'double'],
  ],
  [['--format', 'sa'], ['sarif']],
  // bash cuts words at '='.
  [['--format', '=', 'sa'], ['sarif']],
  [['lint', '--max-w'], ['--max-warnings']],
  [['explain', 'failover/uplink'], ['failover/uplink-not-watched']],
  [['--rule', 'monitor/miss'], ['monitor/missing=']],
  [['--max-warnings', ''], []],
  [
    ['lint', 'lb'],
    ['lb two', 'lb1'],
  ],
  [['completion', 'f'], ['fish']],
])('bash completes halint %j', async (words, expected) => {
  expect([...(await offered(...words))].sort()).toEqual([...expected].sort());
});

test('a topic stays a pattern, whatever folder bears its name', async () => {
  expect(await offered('--only', 'monitor/')).toEqual(expect.arrayContaining(['monitor/*', 'monitor/missing']));
});

test('every command and option has its words in each shell', async () => {
  const help = (await runCli(['lint', '--help'], folderWith({}))).out;
  const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name);
  expect(options).toContain('max-warnings');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out } = await runCli(['completion', shell], folderWith({}));
    expect(code).toBe(0);
    for (const name of options) expect(out).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`);
  }
  expect(await runCli(['completion', 'tcsh'], folderWith({}))).toMatchObject({ code: 2, err: expect.stringContaining('bash, zsh, fish') });
});
