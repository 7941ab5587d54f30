import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { modelJson } from '../../src/cli/model-json.ts';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { singleFaults } from '../../src/simulation/fault.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { corpusOf } from './fuzz.ts';
import { below, randomOf } from './mutate.ts';

const ROOT = join(__dirname, '../..');
const { rules } = readRuleFolder(join(ROOT, 'rules'));
const corpus = [...corpusOf(join(ROOT, 'fixtures/platforms')), ...corpusOf(join(ROOT, 'fixtures/incidents'))];

/** All that halint says of some texts. */
function saidOf(texts: readonly InputText[]): string {
  const result = lintTexts(texts, { platforms: PLATFORMS, rules, settings: { all: true } });
  const textOf = (path: string) => texts.find((one) => one.path === path)?.text;
  const report = { ...result, devices: 1, durationMs: 1 };
  const context = { textOf, rules: [], version: '1', color: false, columns: 80 };
  const faults = result.networks.map((network) => simulate(network, singleFaults(network).slice(0, 10)));
  return [
    ...Object.values(REPORTERS).map((reporter) => reporter(report, context)),
    JSON.stringify(modelJson(result)),
    JSON.stringify(faults),
  ].join('\n');
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = randomOf(seed);
  const left = [...list];
  const result: T[] = [];
  while (left.length > 0) result.push(...left.splice(below(left.length, random), 1));
  return result;
}

test('the order of the files changes nothing that is said', () => {
  const several = corpus.filter((files) => files.length > 1);
  expect(several.length).toBeGreaterThan(50);
  for (const [i, files] of several.entries()) {
    if (i % 9 !== 0) continue;
    expect(saidOf(shuffled(files, i + 1))).toBe(saidOf(files));
  }
});

test('neither does the order of the files of several networks', () => {
  const files = corpus
    .filter((_, i) => i % 12 === 0)
    .flatMap((some, i) => some.map(({ path, text }) => ({ path: `site${i}/${path}`, text })));
  expect(saidOf(shuffled(files, 7))).toBe(saidOf(files));
  expect(saidOf([...files].reverse())).toBe(saidOf(files));
});

const BUILT = join(ROOT, 'dist/cli.cjs');

(existsSync(BUILT) ? test : test.skip)('time zone and language change nothing that is printed (needs npm run build)', () => {
  const run = (args: readonly string[], env: Record<string, string>) => {
    try {
      return execFileSync(process.execPath, ['bin/halint.js', ...args], {
        cwd: ROOT,
        env: { PATH: process.env.PATH ?? '', ...env },
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
    } catch (error) {
      // Findings make the exit code 1.
      return (error as { stdout: string }).stdout;
    }
  };
  for (const args of [
    ['lint', 'fixtures/incidents', '--format', 'sarif'],
    ['model', 'fixtures/platforms/keepalived'],
  ]) {
    const [first, ...others] = [
      { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/St_Johns', LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8' },
    ].map((env) => run(args, env));
    expect(first?.length).toBeGreaterThan(1000);
    for (const other of others) expect(other).toBe(first);
  }
});
