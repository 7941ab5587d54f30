import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadyRule, Rule } from '../rules/rule.ts';

/** The built-in rules as the build leaves them: what they say, and their expressions as code. */
export interface CompiledRules {
  readonly rules: readonly Rule[];
  readonly plans: Readonly<Record<string, ReadyRule['plans']>>;
}

/** What the build made of the rules; undefined in a work tree. The command's own bundle holds the code itself (scripts/build.mjs). */
export async function compiledRules(): Promise<CompiledRules | undefined> {
  const rules = readBuiltRules();
  if (rules === undefined) return undefined;
  const { plans } = (await import(new URL('./rules.js', import.meta.url).href)) as Pick<CompiledRules, 'plans'>;
  return { rules, plans };
}

/** What the rules say, from the file that the build leaves beside the code. */
export function readBuiltRules(): readonly Rule[] | undefined {
  const built = fileURLToPath(new URL('./rules.json', import.meta.url));
  return existsSync(built) ? (JSON.parse(readFileSync(built, 'utf8')) as Rule[]) : undefined;
}
