import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** How much a finding weighs. */
type Severity = 'error' | 'warning' | 'info';

/** `halint.yaml` as it is written, once it fits its schema (schemas/halint.schema.json). */
export interface ProjectFile {
  /** Rule sets, files and packages; once they are folded in (`withExtends`), the last rule set of them. */
  readonly extends?: string | readonly string[];
  readonly include?: string | readonly string[];
  readonly exclude?: string | readonly string[];
  readonly devices?: Readonly<Record<string, { readonly files: string | readonly string[]; readonly platform?: string }>>;
  readonly topology?: object;
  readonly rules?: Readonly<Record<string, Severity | 'off' | ProjectRule>>;
  readonly rulesDir?: string;
  readonly ignore?: readonly Ignore[];
  readonly failOn?: Severity | 'never';
  readonly baseline?: string;
}

/** What a project says of one rule. */
export interface ProjectRule {
  readonly severity?: Severity | 'off';
  readonly options?: Readonly<Record<string, number | string | boolean>>;
  readonly overrides?: readonly Override[];
}

/** Another severity for findings in some files or on some devices; where both are named, in these files of these devices. */
export interface Override {
  readonly files?: string | readonly string[];
  readonly devices?: string | readonly string[];
  readonly severity: Severity | 'off';
}

/** Findings that a project keeps back. */
export interface Ignore {
  readonly rule?: string;
  readonly path?: string;
  readonly device?: string;
  readonly reason: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** Names a project file may have, best first. */
const NAMES = ['halint.yaml', 'halint.yml'];

/** The project file of the nearest folder from `cwd` upward. */
export function findProjectFile(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
    if (dirname(folder) === folder) return undefined;
  }
}

/** The text of a project file. */
export function readProjectText(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** One or several globs as a list. */
export function globsOf(globs: string | readonly string[] | undefined): readonly string[] {
  return globs === undefined ? [] : typeof globs === 'string' ? [globs] : globs;
}
