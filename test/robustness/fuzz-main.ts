import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { corpusOf, damaged, exercise } from './fuzz.ts';

const HELP = `node test/robustness/fuzz.mjs [--minutes N] [--seed N] [--slow MS] [--keep FOLDER]

Damages fixtures, seed after seed, and does all that halint does with them. Prints the seeds that throw, give
something wrong or take longer than --slow milliseconds (5000); --keep writes their files below a folder.
--minutes 0 runs --seed alone.
`;

/** Fuzzes for some minutes; gives the exit code. `root` is the project's folder. */
export function main(args: readonly string[], root: string): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      slow: { type: 'string', default: '5000' },
      keep: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { rules } = readRuleFolder(join(root, 'rules'));
  const corpus = [...corpusOf(join(root, 'fixtures/platforms')), ...corpusOf(join(root, 'fixtures/incidents'))];
  const end = Date.now() + Number(values.minutes) * 60_000;
  const seen = new Set<string>();
  let seed = Number(values.seed);
  let count = 0;
  do {
    const texts = damaged(corpus, seed);
    const start = Date.now();
    for (const problem of problemsOf(() => exercise(texts, rules), Number(values.slow), start)) {
      // One bug is met many times: what differs only in figures and names is told once.
      const kind = problem
        .replace(/\d+/g, 'N')
        .replace(/'[^']*'/g, "'…'")
        .slice(0, 200);
      if (seen.has(kind)) continue;
      seen.add(kind);
      process.stdout.write(`seed ${seed}: ${problem}\n`);
      for (const { path, text } of values.keep === undefined ? [] : texts) {
        mkdirSync(dirname(join(values.keep ?? '', String(seed), path)), { recursive: true });
        writeFileSync(join(values.keep ?? '', String(seed), path), text);
      }
    }
    seed++;
    count++;
  } while (Date.now() < end);
  process.stdout.write(`${count} runs, seeds ${Number(values.seed)} to ${seed - 1}: ${seen.size} kinds of problems\n`);
  return seen.size === 0 ? 0 : 1;
}

function problemsOf(run: () => string[], slow: number, start: number): string[] {
  try {
    const wrong = run();
    const took = Date.now() - start;
    return took > slow ? [...wrong, `takes ${took} ms`] : wrong;
  } catch (error) {
    return [`throws ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n') : String(error)}`];
  }
}
