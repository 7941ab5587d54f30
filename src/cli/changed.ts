import { relative, resolve } from 'node:path';
import type { InputText } from '../lint.ts';
import type { Place } from '../model/fact.ts';
import { archiveOf, isArchive } from '../project/archive-path.ts';
import { decode } from '../project/decode.ts';
import { shown } from '../project/discover.ts';
import type { Finding } from '../rules/finding.ts';
import { type Changes, contentsAt } from './git.ts';

/**
 * The texts as they were in the commit that the branch parted from. `isLinted` tells of a file that is gone, as itself or from
 * an archive, by its path as shown, whether it would be linted were it there.
 */
export async function textsBefore(
  texts: readonly InputText[],
  changes: Changes,
  cwd: string,
  isLinted: (path: string) => boolean,
): Promise<InputText[]> {
  const inTree = (path: string) => slashed(relative(changes.top, resolve(cwd, path)));
  const nameOf = (path: string) => shown(resolve(changes.top, path), cwd);
  const changed = new Set(texts.flatMap(({ path }) => changedFile(changes, inTree(path)) ?? []));
  // What a file said that is gone, and what an archive held that cannot be read any more, is part of what was: its peer may miss it now.
  const others = [...changes.deleted, ...[...changes.files.keys()].filter(isArchive)].filter((path) => isLinted(nameOf(path)));
  const before = contentsAt(changes.top, changes.base, [...new Set([...changed, ...others])]);
  const now = new Set(texts.map(({ path }) => path));
  const same = texts.filter(({ path }) => changedFile(changes, inTree(path)) === undefined);
  const then = await Promise.all([...before].map(([path, bytes]) => textsOf(nameOf(path), bytes)));
  return [...same, ...then.flat().filter(({ path }) => now.has(path) || isLinted(path))];
}

/** The changed file that a path stands for: itself, or the archive that it leads into. */
function changedFile({ files }: Changes, path: string): string | undefined {
  if (files.has(path)) return path;
  const archive = archiveOf(path);
  return archive !== undefined && files.has(archive) ? archive : undefined;
}

/** The text of a file, or the texts in an archive. */
async function textsOf(path: string, bytes: Uint8Array): Promise<InputText[]> {
  if (!isArchive(path)) {
    const decoded = decode(bytes);
    return 'text' in decoded ? [{ path, text: decoded.text }] : [];
  }
  const { unpack } = await import('../project/archive.ts');
  const { files } = await unpack(bytes);
  return (await Promise.all(files.map((inside) => textsOf(`${path}/${inside.path}`, inside.bytes)))).flat();
}

/**
 * The findings that a branch is answerable for: those that were not there before it, wherever they stand (a line
 * changed on one device can break its peer), and those that stand on lines it changed, or are explained by one.
 */
export function findingsOfBranch(now: readonly Finding[], before: readonly Finding[], changes: Changes, cwd: string): Finding[] {
  const left = new Map<string, number>();
  for (const { fingerprint } of before) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  const touched = ({ file, line, endLine }: Place): boolean => {
    const path = slashed(relative(changes.top, resolve(cwd, file)));
    const known = changedFile(changes, path);
    // Of an archive nobody knows which lines changed.
    if (known !== undefined && known !== path) return true;
    const lines = changes.files.get(path);
    return lines?.some(([first, last]) => first <= endLine && line <= last) ?? false;
  };
  return now.filter((finding) => {
    const known = left.get(finding.fingerprint) ?? 0;
    left.set(finding.fingerprint, known - 1);
    return (
      known <= 0 ||
      touched({ ...finding.at, endLine: finding.at.line }) ||
      finding.related.some(({ at }) => touched({ ...at, endLine: at.line }))
    );
  });
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
