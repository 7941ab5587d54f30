// Compiles rules/**/*.yaml, so that starting halint needs no YAML parser, no schema and no CEL: what they say as one JSON
// without examples, and their expressions as JavaScript.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes the built-in rules to `outfile` and gives the TypeScript of the module with their expressions, whose imports
 * start at the root of the project; throws with all problems where a rule file is wrong.
 */
export async function compileRules(outfile = `${root}dist/rules.json`) {
  const { readRuleFolder, formatProblem, builtInDocs, compileRule, emitPlans } = await importTypeScript(`
    export { readRuleFolder } from './src/cli/rule-files.ts';
    export { formatProblem } from './src/rules/problem.ts';
    export { builtInDocs } from './src/rules/docs-address.ts';
    export { compileRule } from './src/rules/compile.ts';
    export { emitPlans } from './src/rules/cel/emit-plan.ts';
  `);
  const { rules, problems } = readRuleFolder(`${root}rules`, 'rules');
  if (problems.length > 0) throw new Error(`rules do not compile:\n${problems.map(formatProblem).join('\n')}`);
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, JSON.stringify(rules.map(({ examples, ...rule }) => ({ ...rule, docs: builtInDocs(rule.id), examples: [] }))));
  const plans = rules.map((rule) => `${JSON.stringify(rule.id)}: () => ${emitPlans(compileRule(rule).plans)}`);
  return {
    count: rules.length,
    code: `import * as r from './src/rules/cel/runtime.ts';\nexport const plans = {\n${plans.join(',\n')}\n};\n`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${(await compileRules(process.argv[2])).count} rules compiled`);
}
