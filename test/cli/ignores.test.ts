import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

const rule = 'failover/uplink-not-watched';
const withIgnore = (entry: string) => folderWith({ ...BLIND_PAIR, 'halint.yaml': `failOn: never\nignore:\n  - ${entry}\n` });
const found = async (folder: string, ...argv: readonly string[]): Promise<readonly string[]> => {
  const { findings } = JSON.parse((await runCli(['-f', 'json', ...argv], folder)).out);
  return findings
    .filter((one: { rule: string }) => one.rule.startsWith('halint/'))
    .map((one: { rule: string; file: string; line: number; message: string }) => `${one.rule} ${one.file}:${one.line} ${one.message}`);
};

test('an ignore whose day is past is told at its line', async () => {
  const folder = withIgnore(`{rule: ${rule}, reason: until the second switch, until: '2020-01-01'}`);
  expect(await found(folder)).toEqual([
    `halint/expired-ignore halint.yaml:3 the ignore of ${rule} held until 2020-01-01: until the second switch`,
  ]);
});

test('an ignore that keeps nothing back is told, by a run over everything only', async () => {
  const folder = withIgnore('{rule: monitor/missing, device: lb1, reason: no proxy yet}');
  expect(await found(folder)).toEqual([
    'halint/unused-suppression halint.yaml:3 the ignore of monitor/missing on lb1 keeps nothing back: no proxy yet',
  ]);
  expect(await found(folder, 'lb1')).toEqual([]);
  expect(await found(folder, '--only', rule)).toEqual([]);
});

test('one that keeps something back is silent', async () => {
  expect(await found(withIgnore(`{rule: ${rule}, reason: known since the audit, until: '9999-12-31'}`))).toEqual([]);
});

test('the findings on ignores are weighed and recorded like all others', async () => {
  const folder = withIgnore(`{rule: ${rule}, reason: until the second switch, until: '2020-01-01'}`);
  expect(await found(folder, '--rule', 'halint/expired-ignore=off')).toEqual([]);
  await runCli(['baseline'], folder);
  expect(await found(folder)).toEqual([]);
});
