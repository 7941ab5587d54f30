import { escapeControls } from '../reporters/escape.ts';
import type { Report } from '../reporters/reporter.ts';
import type { Severity } from '../rules/finding.ts';
import type { Io } from './io.ts';

/** What `--fail-on` and `failOn` take. */
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Severities that fail a run. */
export const FAILING: Readonly<Record<FailOn, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
  never: [],
};

export interface FailFlags {
  readonly failOn: FailOn;
  readonly maxWarnings?: number;
  readonly strictParse?: boolean;
}

/** The exit code of a report, 0 or 1; what is not to be seen in the report is said on standard error. */
export function exitCode(io: Io, flags: FailFlags, report: Report): number {
  let code = report.findings.some((finding) => FAILING[flags.failOn].includes(finding.severity)) ? 1 : 0;
  const warnings = report.findings.filter((finding) => finding.severity === 'warning').length;
  if (flags.maxWarnings !== undefined && warnings > flags.maxWarnings) {
    io.stderr.write(`halint: ${warnings} warnings are more than --max-warnings ${flags.maxWarnings}\n`);
    code = 1;
  }
  if (flags.strictParse) {
    for (const { path, statements } of report.files.filter((file) => file.statements.unknown > 0)) {
      io.stderr.write(`halint: ${escapeControls(path)}: ${statements.unknown} statements not recognised (--strict-parse)\n`);
      code = 1;
    }
    if (report.diagnostics.length > 0) code = 1;
  }
  return code;
}
