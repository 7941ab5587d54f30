import { relative, resolve } from 'node:path';
import type { InputText } from '../lint.ts';
import type { Place } from '../model/fact.ts';
import { decode } from '../project/decode.ts';
import { shown } from '../project/discover.ts';
import type { Finding } from '../rules/finding.ts';
import { type Changes, contentsAt } from './git.ts';

/**
 * The texts as they were in the commit that the branch parted from. `isLinted` tells of a file that is gone, by its
 * path as shown, whether it would be linted were it there.
 */
export function textsBefore(texts: readonly InputText[], changes: Changes, cwd: string, isLinted: (path: string) => boolean): InputText[] {
  const inTree = (path: string) => slashed(relative(changes.top, resolve(cwd, path)));
  const changed = texts.filter(({ path }) => changes.files.has(inTree(path)));
  const before = contentsAt(changes.top, changes.base, [...changed.map(({ path }) => inTree(path)), ...changes.deleted]);
  const then = (path: string, bytes: Buffer | undefined): InputText[] => {
    const decoded = bytes && decode(bytes);
    return decoded && 'text' in decoded ? [{ path, text: decoded.text }] : [];
  };
  return [
    ...texts.flatMap((text) => (changes.files.has(inTree(text.path)) ? then(text.path, before.get(inTree(text.path))) : [text])),
    // What a file said that is gone is part of what was: its peer may miss it now.
    ...changes.deleted.flatMap((path) => {
      const name = shown(resolve(changes.top, path), cwd);
      return isLinted(name) ? then(name, before.get(path)) : [];
    }),
  ];
}

/**
 * The findings that a branch is answerable for: those that were not there before it, wherever they stand (a line
 * changed on one device can break its peer), and those that stand on lines it changed, or are explained by one.
 */
export function findingsOfBranch(now: readonly Finding[], before: readonly Finding[], changes: Changes, cwd: string): Finding[] {
  const left = new Map<string, number>();
  for (const { fingerprint } of before) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  const touched = ({ file, line, endLine }: Place): boolean => {
    const lines = changes.files.get(slashed(relative(changes.top, resolve(cwd, file))));
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
