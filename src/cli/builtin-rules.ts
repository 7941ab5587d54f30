import { fileURLToPath } from 'node:url';
import { builtInDocs } from '../rules/docs-address.ts';
import type { ReadyRule, Rule } from '../rules/rule.ts';
import { compiledRules } from './compiled-rules.ts';
import { UserError } from './io.ts';

/** The rules that ship with halint: compiled by the build, or, in a work tree, read from their files. */
export async function builtinRules(): Promise<readonly ReadyRule[]> {
  const compiled = await compiledRules();
  if (compiled) return compiled.rules.map((rule) => ({ ...rule, plans: compiled.plans[rule.id] ?? notBuilt(rule) }));
  const rules = await readRules(fileURLToPath(new URL('../../rules', import.meta.url)), 'rules');
  return rules.map((rule) => ({ ...rule, docs: builtInDocs(rule.id) }));
}

function notBuilt({ id }: Rule): never {
  throw new Error(`rule ${id} is among the built ones and has no code`);
}

/** The rules of a folder; a mistake in one of them is the user's to put right. */
export async function readRules(folder: string, shown: string): Promise<readonly ReadyRule[]> {
  const { readRuleFolder } = await import('./rule-files.ts');
  const { formatProblem } = await import('../rules/problem.ts');
  const { rules, problems } = readRuleFolder(folder, shown);
  if (problems.length > 0) throw new UserError(problems.map(formatProblem).join('\n'));
  return rules;
}
