import { resolve } from 'node:path';
import type { ReadyRule } from '../rules/rule.ts';
import { builtinRules, readRules } from './builtin-rules.ts';
import { type Io, UserError } from './io.ts';
import { loadProject, type Project } from './workspace.ts';

/** The built-in rules and the project's own. */
export async function rulesOf(project: Project): Promise<readonly ReadyRule[]> {
  const { rulesDir } = project.file;
  const builtin = await builtinRules();
  if (rulesDir === undefined) return builtin;
  const own = await readRules(resolve(project.root, rulesDir), rulesDir);
  const taken = own.find((rule) => builtin.some((other) => other.id === rule.id));
  if (taken) throw new UserError(`rule ${taken.id} of ${rulesDir} has the id of a built-in rule; give it another one`);
  return [...builtin, ...own];
}

/** As `rulesOf`, of the project that the command runs in. */
export async function allRules(io: Io, config: string | undefined): Promise<readonly ReadyRule[]> {
  return rulesOf(await loadProject(io, config));
}
