import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInDocs } from '../rules/docs-address.ts';
import type { Rule } from '../rules/rule.ts';
import { UserError } from './io.ts';

/** The rules that ship with halint: compiled beside the bundle, or, in a work tree, from their files. */
export async function builtinRules(): Promise<readonly Rule[]> {
  const compiled = fileURLToPath(new URL('./rules.json', import.meta.url));
  if (existsSync(compiled)) return JSON.parse(readFileSync(compiled, 'utf8')) as Rule[];
  const rules = await readRules(fileURLToPath(new URL('../../rules', import.meta.url)), 'rules');
  return rules.map((rule) => ({ ...rule, docs: builtInDocs(rule.id) }));
}

/** The rules of a folder; a mistake in one of them is the user's to put right. */
export async function readRules(folder: string, shown: string): Promise<readonly Rule[]> {
  const { readRuleFolder } = await import('./rule-files.ts');
  const { formatProblem } = await import('../rules/problem.ts');
  if (!existsSync(folder)) throw new UserError(`the rules folder ${shown} does not exist`);
  const { rules, problems } = readRuleFolder(folder, shown);
  if (problems.length > 0) throw new UserError(problems.map(formatProblem).join('\n'));
  return rules;
}
