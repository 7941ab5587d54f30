import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedRule, loadRule } from '../rules/load.ts';
import type { RuleProblem } from '../rules/problem.ts';
import type { ReadyRule } from '../rules/rule.ts';
import { UserError } from './io.ts';

/** The rules of a folder, in the order of their ids, and what is wrong with the others. */
export interface RuleFolder {
  readonly rules: readonly ReadyRule[];
  readonly problems: readonly RuleProblem[];
}

/** Reads every `.yaml` rule file under a folder. `shown` is the folder's name in problems. Throws UserError where there is no such folder. */
export function readRuleFolder(folder: string, shown: string = folder): RuleFolder {
  if (!existsSync(folder)) throw new UserError(`the rules folder ${shown} does not exist`);
  if (!statSync(folder).isDirectory()) throw new UserError(`${shown} is no folder; name the one that holds the topics' folders`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();
  const loaded: LoadedRule[] = files.map((file) => loadRule(`${shown}/${file}`, readFileSync(join(folder, file), 'utf8')));
  return {
    rules: loaded.map((one) => one.rule).filter((rule) => rule !== undefined),
    problems: loaded.flatMap((one) => one.problems),
  };
}
