// Writes what users read of the rules: docs/rules/<topic>/<rule>.md, docs/rules/README.md and docs/vocabulary.md.
// The same tree gives the same bytes; CI runs it and compares.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { readRuleFolder, formatProblem, rulePage, ruleIndex, vocabularyPage } = await importTypeScript(`
  export { readRuleFolder } from './src/cli/rule-files.ts';
  export { formatProblem } from './src/rules/problem.ts';
  export { rulePage, ruleIndex, vocabularyPage } from './scripts/pages.ts';
`);

const { rules, problems } = readRuleFolder(`${root}rules`, 'rules');
if (problems.length > 0) {
  console.error(problems.map(formatProblem).join('\n'));
  process.exit(1);
}

const pages = new Map([
  ['docs/rules/README.md', ruleIndex(rules)],
  ['docs/vocabulary.md', vocabularyPage()],
  ...rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]),
]);
mkdirSync(`${root}docs/rules`, { recursive: true });
for (const old of readdirSync(`${root}docs/rules`, { recursive: true, encoding: 'utf8' })) {
  const path = `docs/rules/${old.replaceAll('\\', '/')}`;
  if (path.endsWith('.md') && !pages.has(path)) rmSync(root + path);
}
for (const [path, text] of pages) {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, text);
}
console.log(`${pages.size} pages written`);
