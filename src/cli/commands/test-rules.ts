import { resolve } from 'node:path';
import { lintTexts } from '../../lint.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { plural } from '../../reporters/summary.ts';
import { runExamples } from '../../rules/examples.ts';
import { builtinRules } from '../builtin-rules.ts';
import type { AddCommand } from '../command.ts';
import { type Io, UserError } from '../io.ts';
import { loadProject } from '../workspace.ts';

/** `halint test-rules [DIR]`. */
export const addTestRules: AddCommand = (program, io, exit) => {
  program
    .command('test-rules')
    .description('run the examples inside rule files')
    .argument('[dir]', "folder of rule files (default: the project file's rulesDir)")
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .action(async (folder: string | undefined, flags: { config?: string }) => {
      exit(await testRules(io, folder, flags.config));
    });
};

async function testRules(io: Io, folder: string | undefined, config: string | undefined): Promise<number> {
  const project = await loadProject(io, config);
  const { rulesDir } = project.file;
  if (folder === undefined && rulesDir === undefined)
    throw new UserError('name a folder of rule files, as in halint test-rules my-rules, or put rulesDir into halint.yaml');
  const path = folder === undefined ? resolve(project.root, rulesDir ?? '') : resolve(io.cwd, folder);
  const name = folder ?? rulesDir ?? '';
  const { readRuleFolder } = await import('../rule-files.ts');
  const { rules, problems } = readRuleFolder(path, name);
  if (rules.length + problems.length === 0) throw new UserError(`there is no rule file in ${name}`);
  // The good examples have to please the built-in rules too: advice that breaks another one is no good.
  const ids = new Set(rules.map((rule) => rule.id));
  const all = [...(await builtinRules()).filter((rule) => !ids.has(rule.id)), ...rules];
  const settings = { rules: Object.fromEntries(rules.map((rule) => [rule.id, { severity: rule.severity }])) };
  const width = Math.max(...rules.map((rule) => rule.id.length));
  let failed = 0;
  for (const rule of rules) {
    const failures = runExamples(rule, (texts) => lintTexts(texts, { platforms: PLATFORMS, rules: all, settings }).findings);
    if (failures.length > 0) failed++;
    const verdict =
      failures.length > 0 ? 'failed' : rule.examples.length === 0 ? 'has no example' : plural(rule.examples.length, 'example');
    io.stdout.write(`${failures.length > 0 ? 'not ok' : 'ok    '}  ${rule.id.padEnd(width)}  ${verdict}\n`);
    for (const { message } of failures) io.stdout.write(`          ${message}\n`);
  }
  if (rules.length > 0) io.stdout.write(`\n${plural(rules.length, 'rule')}, ${failed} failed\n`);
  // One file that cannot be read hides nothing of the others.
  if (problems.length > 0) {
    const { formatProblem } = await import('../../rules/problem.ts');
    throw new UserError(problems.map(formatProblem).join('\n'));
  }
  return failed > 0 ? 1 : 0;
}
