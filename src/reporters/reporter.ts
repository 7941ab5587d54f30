import type { FileReport } from '../project/file-report.ts';
import type { Finding } from '../rules/finding.ts';
import type { Diagnostic } from '../syntax/statement.ts';

/** All that a format tells. */
export interface Report {
  /** In the order of file, line, column and rule. */
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileReport[];
  readonly devices: number;
  /** Findings that a comment, the project file or the baseline keeps back. */
  readonly suppressed: number;
  readonly durationMs: number;
}

/** What a rule says of itself, for formats that explain. */
export interface ReportedRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Finding['severity'];
  /** Address of its page. */
  readonly docs?: string;
}

/** What a format may use besides the report. */
export interface ReportContext {
  /** The text of a file as it was read; undefined where it is not at hand. */
  readonly textOf: (path: string) => string | undefined;
  /** The rules that ran. */
  readonly rules: readonly ReportedRule[];
  /** halint's own version. */
  readonly version: string;
  readonly color: boolean;
  /** The terminal shows OSC 8 links. */
  readonly hyperlinks?: boolean;
  /** Width of the terminal. */
  readonly columns: number;
}

/** A format: a pure function to the text that is printed, with its last newline. */
export type Reporter = (report: Report, context: ReportContext) => string;
