import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from './io.ts';

/** Files of a work tree, by their paths from its top, and the lines that differ from a commit. */
export interface Changes {
  /** Folder that the paths start from. */
  readonly top: string;
  /** The commit that the work tree is compared with. */
  readonly base: string;
  /** Changed, added and untracked files, with their changed lines as `[first, last]`; a deletion counts as the line before it. */
  readonly files: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  /** Files that are gone. */
  readonly deleted: readonly string[];
}

/**
 * What the branch and the work tree changed since they parted from `ref`. Without a `ref`: the upstream where it is
 * another branch, else origin's default branch, else `main` or `master`.
 */
export function changesSince(cwd: string, ref: string | undefined): Changes {
  const top = git(cwd, ['rev-parse', '--show-toplevel'], 'not in a git repository: --changed compares with a branch or commit').trim();
  if (ref !== undefined && commitOf(top, ref) === undefined && existsSync(resolve(cwd, ref)))
    throw new UserError(`--changed: '${ref}' is a path, not a commit; write paths before --changed, or a commit as --changed=REF`);
  const base = mergeBase(top, ref ?? defaultRef(top));
  // A branch that is compared with itself changes nothing: a gate must not pass for that.
  if (ref === undefined && isShallow(top) && base === commitOf(top, 'HEAD'))
    throw new UserError('--changed: the clone is shallow and holds nothing to compare with; fetch more of it, as with fetch-depth: 0');
  const listed = (filter: string) => git(top, ['diff', '--name-only', '--no-renames', `--diff-filter=${filter}`, '-z', base, '--']);
  const names = (list: string) => list.split('\0').filter((path) => path !== '');
  const files = changedLines(top, base, names(listed('d')));
  const deleted = names(listed('D'));
  for (const path of git(top, ['ls-files', '--others', '--exclude-standard', '-z']).split('\0')) {
    if (path !== '') files.set(path, [[1, Number.MAX_SAFE_INTEGER]]);
  }
  return { top, base, files, deleted };
}

/** The content of files in a commit; those that it does not hold are left out. */
export function contentsAt(top: string, commit: string, paths: readonly string[]): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (paths.length === 0) return found;
  const names = paths.filter((path) => !path.includes('\n'));
  const input = names.map((path) => `${commit}:${path}\n`).join('');
  const output = run(top, ['cat-file', '--batch'], input);
  let at = 0;
  for (const path of names) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const size = / blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    found.set(path, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** A diff that the user's settings neither widen nor pass through programs of theirs. */
const PLAIN_DIFF = ['diff', '--unified=0', '--inter-hunk-context=0', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];

/** The changed lines of files, which git must list in this order: its diff tells of them one after the other. */
function changedLines(top: string, base: string, paths: readonly string[]): Map<string, (readonly [number, number])[]> {
  const [, ...diffs] = git(top, [...PLAIN_DIFF, '--diff-filter=d', base, '--']).split(/^diff --git /m);
  if (diffs.length !== paths.length) throw new Error(`git diff tells of ${diffs.length} files and lists ${paths.length}`);
  return new Map(paths.map((path, index) => [path, linesOf(diffs[index] ?? '')]));
}

function linesOf(diff: string): (readonly [number, number])[] {
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, first, count]) => {
    const line = Number(first);
    return count === '0' ? [line, line + 1] : [line, line + Number(count ?? 1) - 1];
  });
}

function defaultRef(top: string): string {
  const defaults = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
  // A branch that was pushed has itself as its upstream: compared with that, it would seem to change nothing.
  const candidates = tracksItself(top) ? [...defaults, '@{upstream}'] : ['@{upstream}', ...defaults];
  const known = candidates.find((name) => commitOf(top, name) !== undefined);
  if (known === undefined) throw new UserError('--changed finds no branch to compare with; name one, as in --changed=origin/main');
  return known;
}

function tracksItself(top: string): boolean {
  try {
    const nameOf = (args: readonly string[]) => run(top, args).toString('utf8').trim();
    return nameOf(['rev-parse', '--abbrev-ref', '@{upstream}']).endsWith(`/${nameOf(['symbolic-ref', '--quiet', '--short', 'HEAD'])}`);
  } catch {
    return false;
  }
}

function mergeBase(top: string, ref: string): string {
  const commit = commitOf(top, ref);
  if (commit === undefined) {
    const hint = isShallow(top) ? '; the clone is shallow: fetch it, as with fetch-depth: 0' : '';
    throw new UserError(`--changed: git knows no commit '${ref}'${hint}`);
  }
  try {
    return run(top, ['merge-base', 'HEAD', commit]).toString('utf8').trim();
  } catch {
    const hint = isShallow(top) ? '; the clone is shallow: fetch more of it, as with fetch-depth: 0' : '';
    throw new UserError(`--changed: '${ref}' and HEAD have no common commit${hint}`);
  }
}

function commitOf(top: string, ref: string): string | undefined {
  try {
    return run(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
      .toString('utf8')
      .trim();
  } catch {
    return undefined;
  }
}

function isShallow(top: string): boolean {
  return git(top, ['rev-parse', '--is-shallow-repository']).trim() === 'true';
}

function git(cwd: string, args: readonly string[], instead?: string): string {
  try {
    return run(cwd, args).toString('utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      throw new UserError('--changed needs git, which is not installed');
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    throw new UserError(instead ?? `git ${args[0]} failed: ${said}`);
  }
}

/** Without a shell; without the user's pagers, prompts and file system monitors. */
function run(cwd: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args], {
    cwd,
    input: input ?? '',
    maxBuffer: 1024 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
  });
}
