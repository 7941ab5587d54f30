import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { CI_JOBS } from '../src/cli/init/ci.ts';
import { PRE_COMMIT_CONFIG } from '../src/cli/init/hook.ts';
import { BLIND_PAIR, folderWith, runCli } from './cli/run-cli.ts';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const GITLAB = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci';

const published = (name: string): object =>
  JSON.parse(readFileSync(createRequire(__filename).resolve(`schemastore/schemas/json/${name}.json`), 'utf8')) as object;

/** What is wrong with a value by a schema of schemastore.org. */
function problems(schema: string, value: unknown): unknown {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
  // pre-commit's two files share definitions.
  if (schema !== 'pre-commit-hooks') ajv.addSchema(published('pre-commit-hooks'));
  const validate = ajv.compile(published(schema));
  return validate(value) ? [] : validate.errors;
}

test.each([
  ['github-action', 'action.yml', () => parse(read('action.yml'))],
  ['pre-commit-hooks', '.pre-commit-hooks.yaml', () => parse(read('.pre-commit-hooks.yaml'))],
  ['pre-commit-config', 'what init --hook writes', () => parse(PRE_COMMIT_CONFIG)],
  [GITLAB, 'ci/gitlab.yml', () => parse(read('ci/gitlab.yml'))],
  [GITLAB, 'what init --ci gitlab writes', () => parse(CI_JOBS.gitlab.text)],
  ['github-workflow', 'what init --ci github writes', () => parse(CI_JOBS.github.text)],
])('schema %s takes %s', (schema, _, value) => {
  expect(problems(schema, value())).toEqual([]);
});

test('nothing of a pull request becomes part of a script', () => {
  const action = parse(read('action.yml')) as { runs: { steps: { run?: string }[] } };
  for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
});

test('every option of the CI files exists', async () => {
  const help = (await runCli(['lint', '--help'], folderWith({}))).out;
  const options = [
    'action.yml',
    'ci/github-action.sh',
    'ci/gitlab.yml',
    'ci/Jenkinsfile',
    'ci/azure-pipelines.yml',
    '.pre-commit-hooks.yaml',
  ]
    .flatMap((file) => read(file).split('\n'))
    .filter((line) => !/npx --yes "?\$|printf|apk add/.test(line))
    .flatMap((line) => [...line.replace('npx --yes', 'npx').matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name]) => name));
  expect(options.length).toBeGreaterThan(10);
  for (const option of options) expect(help).toContain(`--${option}`);
});

describe('the GitHub action', () => {
  const act = (folder: string, env: Record<string, string>) => {
    const github = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_OUTPUT: join(folder, 'output') };
    const command = { HALINT_ACTION: root, HALINT_COMMAND: `${process.execPath} ${join(root, 'bin/halint.js')}` };
    const { PATH = '', HOME = '' } = process.env;
    return spawnSync('bash', [join(root, 'ci/github-action.sh')], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH, HOME, ...github, ...command, ...env },
    });
  };

  test('annotates, sums up, writes SARIF, and fails with what it found', () => {
    const folder = folderWith(BLIND_PAIR);
    const { status, stdout } = act(folder, { HALINT_PATHS: 'lb1\nlb2\n', HALINT_SARIF: 'out/halint.sarif' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=lb1\/keepalived\.conf,line=13/m);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('failover/uplink-not-watched');
    expect(readFileSync(join(folder, 'output'), 'utf8')).toBe('exit-code=1\n');
    expect(JSON.parse(readFileSync(join(folder, 'out/halint.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  test('takes inputs for what they are, never for commands', () => {
    const folder = folderWith(BLIND_PAIR);
    const { status, stderr } = act(folder, {
      HALINT_PATHS: '$(touch pwned)\n`touch pwned`\n"; touch pwned; "\n',
      HALINT_BASE: '$(touch pwned)',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('$(touch pwned) does not exist');
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('passes options and the severity that fails on', () => {
    const { status } = act(folderWith(BLIND_PAIR), { HALINT_PATHS: '.', HALINT_FAIL_ON: 'never', HALINT_ARGUMENTS: '--only\nmonitor/*\n' });
    expect(status).toBe(0);
  });
});
