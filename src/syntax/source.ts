import type { Diagnostic, Statement } from './statement.ts';

/** A file as text. `path` is relative to where halint runs, with `/`. */
export interface SourceText {
  readonly path: string;
  /** Without a byte order mark; template placeholders and control lines are masked, at equal length. */
  readonly text: string;
  /** Made from a template: what it masks is unknown. */
  readonly template: boolean;
}

/** A file's statements. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly template: boolean;
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether a file is cut off or cannot be read as it was meant: any statement may be missing, or stand where it does not belong. */
export function isBroken({ diagnostics }: Source): boolean {
  return diagnostics.some(({ kind, clear }) => kind === 'syntax' && !clear);
}
