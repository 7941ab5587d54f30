// Compiles rules/**/*.yaml to one JSON without examples, so that starting halint needs neither a YAML parser nor a schema.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Writes the built-in rules to `outfile`; throws with all problems where a rule file is wrong. */
export async function compileRules(outfile = `${root}dist/rules.json`) {
  const { readRuleFolder, formatProblem, builtInDocs } = await importTypeScript(`
    export { readRuleFolder } from './src/cli/rule-files.ts';
    export { formatProblem } from './src/rules/problem.ts';
    export { builtInDocs } from './src/rules/docs-address.ts';
  `);
  const { rules, problems } = readRuleFolder(`${root}rules`, 'rules');
  if (problems.length > 0) throw new Error(`rules do not compile:\n${problems.map(formatProblem).join('\n')}`);
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, JSON.stringify(rules.map(({ examples, ...rule }) => ({ ...rule, docs: builtInDocs(rule.id), examples: [] }))));
  return rules.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${await compileRules(process.argv[2])} rules compiled`);
}
