import { readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { decode, encodeLike } from '../project/decode.ts';
import { errorCode } from '../project/error-code.ts';

/** A file whose content is known, or why it must not be changed. */
type Known = { readonly bytes: Uint8Array; readonly text: string } | { readonly refused: string };

/**
 * Why a file must not be changed, undefined where it may be: it has to be a file of its own (no part of an archive)
 * below one of the folders, symbolic links followed, that still says `text`, in an encoding that can be written again.
 */
export function refusal(cwd: string, folders: readonly string[], path: string, text: string): string | undefined {
  const known = read(resolve(cwd, path));
  if ('refused' in known) return known.refused;
  if (!folders.some((folder) => isBelow(folder, resolve(cwd, path)))) return 'a symbolic link leads out of the project';
  if (known.text !== text) return 'it has changed since it was read';
  const same = Buffer.compare(encodeLike(known.text, known.bytes), known.bytes) === 0;
  return same ? undefined : 'its encoding is neither UTF-8 nor UTF-16';
}

/** Writes a changed text as the file was encoded; gives why not where that is so. */
export function change(cwd: string, path: string, before: string, after: string): string | undefined {
  const file = resolve(cwd, path);
  const known = read(file);
  if ('refused' in known) return known.refused;
  if (known.text !== before) return 'it has changed since it was read';
  try {
    writeFileSync(file, encodeLike(after, known.bytes));
    return undefined;
  } catch (error) {
    return `it cannot be written (${errorCode(error)})`;
  }
}

function read(file: string): Known {
  try {
    if (!statSync(file).isFile()) return { refused: 'it is not a regular file' };
    const bytes = readFileSync(file);
    const decoded = decode(bytes);
    return 'text' in decoded ? { bytes, text: decoded.text } : { refused: `it ${decoded.refused}` };
  } catch (error) {
    return { refused: `it is not a file of its own (${errorCode(error)})` };
  }
}

/** A file that no link moves elsewhere is where the user said; one that is moved must stay in the folder. */
function isBelow(folder: string, file: string): boolean {
  const real = realpathSync(file);
  const path = relative(realpathSync(folder), real);
  return real === file || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}
