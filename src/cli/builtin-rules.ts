import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInDocs } from '../rules/docs-address.ts';
import type { ReadyRule, Rule } from '../rules/rule.ts';
import { UserError } from './io.ts';

/** The rules that ship with halint: compiled by the build, or, in a work tree, read from their files. */
export async function builtinRules(): Promise<readonly ReadyRule[]> {
  const built = fileURLToPath(new URL('./rules.json', import.meta.url));
  if (existsSync(built)) {
    const { plans } = (await import(new URL('./rules.js', import.meta.url).href)) as { plans: Record<string, ReadyRule['plans']> };
    return (JSON.parse(readFileSync(built, 'utf8')) as Rule[]).map((rule) => ({ ...rule, plans: plans[rule.id] ?? notBuilt(rule) }));
  }
  const rules = await readRules(fileURLToPath(new URL('../../rules', import.meta.url)), 'rules');
  return rules.map((rule) => ({ ...rule, docs: builtInDocs(rule.id) }));
}

function notBuilt({ id }: Rule): never {
  throw new Error(`rule ${id} is in rules.json and not in rules.js`);
}

/** The rules of a folder; a mistake in one of them is the user's to put right. */
export async function readRules(folder: string, shown: string): Promise<readonly ReadyRule[]> {
  const { readRuleFolder } = await import('./rule-files.ts');
  const { formatProblem } = await import('../rules/problem.ts');
  if (!existsSync(folder)) throw new UserError(`the rules folder ${shown} does not exist`);
  const { rules, problems } = readRuleFolder(folder, shown);
  if (problems.length > 0) throw new UserError(problems.map(formatProblem).join('\n'));
  return rules;
}
