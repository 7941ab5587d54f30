import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { modelJson } from '../../src/cli/model-json.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { jsonText } from '../../src/reporters/json-text.ts';
import { faultMatrix } from '../../src/reporters/matrix.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { simulationJson } from '../../src/reporters/simulate-json.ts';
import type { ReadyRule } from '../../src/rules/rule.ts';
import { singleFaults } from '../../src/simulation/fault.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { mutated, oneOf, randomOf } from './mutate.ts';

/** The configs of one folder of fixtures. */
export type Corpus = readonly (readonly InputText[])[];

/** All folders below `root` that hold fixtures: `PLATFORM/NAME/…`. */
export function corpusOf(root: string): Corpus {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, name), { withFileTypes: true }).map((entry) => ({ entry, folder: join(root, name, entry.name) })),
    )
    .filter(({ entry }) => entry.isDirectory())
    .map(({ folder }) => folder)
    .sort()
    .map((folder) =>
      readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') })),
    );
}

/** The texts that a seed makes of a corpus: one folder, most of its files damaged. */
export function damaged(corpus: Corpus, seed: number): InputText[] {
  const random = randomOf(seed);
  const folder = oneOf(corpus, random);
  return folder.map((file) =>
    random() < 0.7 ? { ...file, text: mutated(file.text, oneOf(oneOf(corpus, random), random).text, random) } : file,
  );
}

/** Does everything that halint does with texts, and says what is wrong with what comes of it. A throw is for the caller. */
export function exercise(texts: readonly InputText[], rules: readonly ReadyRule[]): string[] {
  const result = lintTexts(texts, { platforms: PLATFORMS, rules, settings: { all: true } });
  const lines = new Map(texts.map(({ path, text }) => [path, text.split('\n')]));
  const textOf = (path: string) => texts.find((one) => one.path === path)?.text;
  const report = { ...result, devices: 1, durationMs: 1 };
  const wrong: string[] = [];
  for (const [format, reporter] of Object.entries(REPORTERS)) {
    const text = reporter(report, { textOf, rules: [], version: '1', color: false, columns: 80 });
    if (!text.isWellFormed()) wrong.push(`${format} is not well-formed`);
  }
  for (const network of result.networks) {
    const results = simulate(network, singleFaults(network).slice(0, 20));
    for (const _ of faultMatrix(network.services, results, { colour: false, width: 80, all: true }));
    JSON.parse([...simulationJson(network.services, results)].join(''));
  }
  const model = modelJson(result);
  JSON.parse(jsonText(model));
  JSON.stringify(model, (key, part: unknown) => {
    // A table was asked for a word such as `constructor`.
    if (typeof part === 'function' || Number.isNaN(part)) wrong.push(`${key} in the model is ${String(part).slice(0, 40)}`);
    return part;
  });
  for (const { file, line, message } of result.diagnostics) {
    if (line < 1 || line > (lines.get(file)?.length ?? 0)) wrong.push(`${file}:${line} is no place of a diagnostic: ${message}`);
  }
  for (const { at, message, rule } of result.findings) {
    const count = lines.get(at.file)?.length ?? 0;
    if (at.line < 1 || at.line > count || at.column < 1 || at.endLine < at.line)
      wrong.push(`${at.file}:${at.line}:${at.column} is no place: ${rule}`);
    if (/\bundefined\b|\bNaN\b|\[object |Infinity/.test(message) && !/undefined|NaN|Infinity/.test(textOf(at.file) ?? ''))
      wrong.push(`${rule} says: ${message}`);
  }
  return wrong;
}
