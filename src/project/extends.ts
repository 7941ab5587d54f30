import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import { checkProjectFile, lineFinder } from './check-project-file.ts';
import { shown } from './discover.ts';
import { errorCode } from './error-code.ts';
import { globsOf, type ProjectFile, type ProjectRule, readProjectText } from './project-file.ts';

/** One of the files that a project file is made of, as it is written. */
export interface ProjectPart {
  /** Its path as messages show it. */
  readonly name: string;
  readonly text: string;
  readonly project: ProjectFile;
}

/** The project file with what it extends folded in, or what is wrong: sentences that begin with `file:line:`. */
export type Extended = { readonly project: ProjectFile; readonly parts: readonly ProjectPart[] } | { readonly problems: readonly string[] };

/** What a shared file may say; all else speaks of the files of one repo. */
const SHARED: readonly string[] = ['$schema', 'extends', 'rules', 'failOn'];

/**
 * Folds what a project file extends into it: rule sets, files relative to it, packages by Node's resolution. Of
 * several the later wins, and the file itself over all. Shared files are YAML or JSON; no code of theirs is run.
 */
export function withExtends(file: string, text: string, project: ProjectFile, cwd: string, within: readonly string[] = []): Extended {
  const chain = [...within, file];
  const name = shown(file, cwd);
  const problems: string[] = [];
  const parts: ProjectPart[] = [{ name, text, project }];
  let base: ProjectFile = {};
  globsOf(project.extends).forEach((asked, index) => {
    const read = isRuleSet(asked) ? { project: { extends: asked }, parts: [] } : readShared(asked, file, cwd, chain);
    if ('project' in read) {
      base = merged(base, read.project);
      parts.push(...read.parts);
      return;
    }
    const path = Array.isArray(project.extends) ? ['extends', index] : ['extends'];
    problems.push(...('missing' in read ? [`${name}:${lineFinder(text)(path)}: ${read.missing}`] : read.problems));
  });
  if (problems.length > 0) return { problems };
  const { extends: _, ...own } = project;
  return { project: merged(base, own), parts };
}

function isRuleSet(asked: string): asked is 'halint:recommended' | 'halint:all' {
  return asked === 'halint:recommended' || asked === 'halint:all';
}

function readShared(asked: string, from: string, cwd: string, chain: readonly string[]): Extended | { readonly missing: string } {
  if (asked.startsWith('halint:')) return { missing: `there is no rule set '${asked}'; there are halint:recommended and halint:all` };
  const path = locate(asked, from);
  if (path === undefined)
    return { missing: /^\.{0,2}\//.test(asked) ? `'${asked}' does not exist` : `package '${asked}' is not installed, or names no file` };
  const name = shown(path, cwd);
  if (!/\.(?:ya?ml|json)$/.test(path)) return { missing: `'${asked}' leads to ${name}, which is neither YAML nor JSON` };
  if (chain.includes(path)) return { missing: `'${asked}' extends itself: ${[...chain, path].map((one) => shown(one, cwd)).join(' -> ')}` };
  let text: string;
  try {
    text = readProjectText(path);
  } catch (error) {
    return { missing: `'${asked}' cannot be read (${errorCode(error)})` };
  }
  const checked = checkProjectFile(name, text);
  if ('problems' in checked) return checked;
  const local = Object.keys(checked.project).find((key) => !SHARED.includes(key));
  if (local !== undefined)
    return {
      problems: [`${name}:${lineFinder(text)([local])}: '${local}' speaks of one repo and cannot be shared; extended files hold rules`],
    };
  return withExtends(path, text, checked.project, cwd, chain);
}

/** The file that is meant; a package's own `main` or `exports`, else its halint.yaml. */
function locate(asked: string, from: string): string | undefined {
  if (asked.startsWith('.') || isAbsolute(asked)) {
    const path = resolve(from, '..', asked);
    return existsSync(path) ? path : undefined;
  }
  const { resolve: find } = createRequire(from);
  for (const specifier of [asked, `${asked}/halint.yaml`, `${asked}/halint.json`]) {
    try {
      const path = find(specifier);
      if (isAbsolute(path)) return path;
    } catch {
      // Not there by this name: the next one.
    }
  }
  return undefined;
}

function merged(base: ProjectFile, over: ProjectFile): ProjectFile {
  const rules = { ...base.rules };
  for (const [id, said] of Object.entries(over.rules ?? {})) rules[id] = mergedRule(asRule(rules[id]), asRule(said));
  return { ...base, ...over, ...(Object.keys(rules).length > 0 ? { rules } : {}) };
}

function asRule(said: NonNullable<ProjectFile['rules']>[string] | undefined): ProjectRule {
  return typeof said === 'string' ? { severity: said } : (said ?? {});
}

function mergedRule(base: ProjectRule, over: ProjectRule): ProjectRule {
  const overrides = [...(base.overrides ?? []), ...(over.overrides ?? [])];
  const options = { ...base.options, ...over.options };
  return {
    ...base,
    ...over,
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(overrides.length > 0 ? { overrides } : {}),
  };
}
