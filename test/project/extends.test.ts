import { BLIND_PAIR, folderWith, runCli } from '../cli/run-cli.ts';

const RULE = 'failover/uplink-not-watched';

async function severities(files: Record<string, string>): Promise<string[]> {
  const { out, err } = await runCli(['-f', 'json', '--only', RULE], folderWith({ ...BLIND_PAIR, ...files }));
  if (err) throw new Error(err);
  return [...new Set((JSON.parse(out).findings as { severity: string }[]).map((one) => one.severity))];
}

test('a file, a package and several of them give severities; the later wins, and the project file over all', async () => {
  const info = { 'shared/info.yaml': `rules: { ${RULE}: info }\n` };
  const pack = {
    'node_modules/@acme/ha/package.json': '{"name": "@acme/ha", "version": "1.0.0", "main": "rules.json"}',
    'node_modules/@acme/ha/rules.json': `{"rules": {"${RULE}": "warning"}}`,
  };
  expect(await severities({ ...info, 'halint.yaml': 'extends: ./shared/info.yaml\n' })).toEqual(['info']);
  expect(await severities({ ...pack, 'halint.yaml': "extends: '@acme/ha'\n" })).toEqual(['warning']);
  expect(await severities({ ...info, ...pack, 'halint.yaml': "extends: ['@acme/ha', ./shared/info.yaml]\n" })).toEqual(['info']);
  expect(await severities({ ...info, 'halint.yaml': `extends: ./shared/info.yaml\nrules: { ${RULE}: error }\n` })).toEqual(['error']);
  expect(await severities({ ...info, 'a.yaml': 'extends: ./shared/info.yaml\n', 'halint.yaml': 'extends: ./a.yaml\n' })).toEqual(['info']);
});

test.each([
  ['a missing file', 'failOn: error\nextends:\n  - halint:all\n  - ./no.yaml\n', {}, "halint.yaml:4: './no.yaml' does not exist"],
  ['a package that is not there', "extends: '@acme/none'\n", {}, "halint.yaml:1: package '@acme/none' is not installed"],
  ['an unknown set', 'extends: halint:everything\n', {}, "halint.yaml:1: there is no rule set 'halint:everything'"],
  [
    'a cycle',
    'extends: ./a.yaml\n',
    { 'a.yaml': '\nextends: ./halint.yaml\n' },
    "a.yaml:2: './halint.yaml' extends itself: halint.yaml -> a.yaml",
  ],
  ['a mistake in it', 'extends: ./a.yaml\n', { 'a.yaml': '\nrulez: {}\n' }, "a.yaml:2: unknown key 'rulez'"],
  ['what speaks of one repo', 'extends: ./a.yaml\n', { 'a.yaml': 'include: x\n' }, "a.yaml:1: 'include' speaks of one repo"],
  ['code', 'extends: ./a.js\n', { 'a.js': 'throw new Error("run")' }, 'neither YAML nor JSON'],
])('%s is told with its file and line', async (_, project, files, message) => {
  const { code, err } = await runCli([], folderWith({ ...BLIND_PAIR, 'halint.yaml': project, ...files }));
  expect(code).toBe(2);
  expect(err).toContain(message);
});
