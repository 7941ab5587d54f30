import { createHash } from 'node:crypto';
import type { PartResult } from './check-part.ts';
import type { FolderNotes } from './folder-notes.ts';
import type { InputText } from './input.ts';

/**
 * What was found out in an earlier run, by what it was made from: the content of files, the version and the options
 * (of which whoever makes a memory takes care). With a memory or without one the findings are the same.
 */
export interface Memory {
  readonly notes: (key: string, make: () => FolderNotes) => FolderNotes;
  readonly recall: (key: string) => PartResult | undefined;
  readonly remember: (key: string, result: PartResult) => void;
}

/** The key of what is made from some files and of what else is said of them. */
export function keyOfFiles(about: readonly string[], files: readonly InputText[]): string {
  const key = createHash('sha1');
  for (const part of about) key.update(`${part}\n`);
  for (const file of files) key.update(`${file.path}\0${file.hash ?? contentHash(file.text)}\n`);
  return key.digest('base64');
}

/** A text's `hash`. */
export function contentHash(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
