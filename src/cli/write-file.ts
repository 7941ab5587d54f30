import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../project/error-code.ts';
import { type Io, UserError } from './io.ts';

/** Writes a file, named from the working directory, and the folders that it needs; what stops that is the user's to put right. */
export function writeFile(io: Io, name: string, text: string): void {
  const path = resolve(io.cwd, name);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UserError(`${name} cannot be written (${errorCode(error)})`);
  }
}
