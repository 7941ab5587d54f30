import type { StatementCounts } from '../project/file-report.ts';
import type { Severity } from '../rules/finding.ts';
import type { Report } from './reporter.ts';

/** How many findings there are of each severity. */
export function countSeverities(report: Pick<Report, 'findings'>): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const finding of report.findings) counts[finding.severity]++;
  return counts;
}

/** The diagnostics that no finding tells of: people need not read one thing twice. */
export function untold({ findings, diagnostics }: Pick<Report, 'findings' | 'diagnostics'>): Report['diagnostics'] {
  const told = new Set(findings.filter(({ rule }) => rule === 'config/syntax').map(({ at }) => `${at.file}:${at.line}`));
  return diagnostics.filter(({ kind, file, line }) => kind !== 'syntax' || !told.has(`${file}:${line}`));
}

/** The files that are some platform's configs. */
export function configsOf(report: Pick<Report, 'files'>): Report['files'] {
  return report.files.filter((file) => file.platform !== undefined);
}

/** How much of the input was understood, all configs together. */
export function sumStatements(report: Pick<Report, 'files'>): StatementCounts {
  const sum = { read: 0, ignored: 0, unknown: 0 };
  for (const { statements } of configsOf(report)) {
    sum.read += statements.read;
    sum.ignored += statements.ignored;
    sum.unknown += statements.unknown;
  }
  return sum;
}

/** Two lines for people: what was found and kept back, and how much was understood. */
export function summaryLines(report: Report): [string, string] {
  const { error, warning, info } = countSeverities(report);
  const { read, ignored, unknown } = sumStatements(report);
  const input = `${plural(configsOf(report).length, 'file')} of ${plural(report.devices, 'device')}`;
  return [
    `${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'info')}, ${report.suppressed} suppressed`,
    `${input}: ${plural(read, 'statement')} read, ${ignored} of no concern to HA, ${unknown} not recognised`,
  ];
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
