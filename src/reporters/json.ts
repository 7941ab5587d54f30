import type { Finding } from '../rules/finding.ts';
import { maskMessage } from '../syntax/secrets.ts';
import { jsonText } from './json-text.ts';
import type { Report, Reporter } from './reporter.ts';
import { configsOf, countSeverities } from './summary.ts';

/** `--format json`: what scripts, CI jobs and editors build on; keys in the contract's order. */
export const reporter: Reporter = (report) => `${jsonText(jsonReport(report), 2)}\n`;

function jsonReport(report: Report): object {
  return {
    version: 1,
    summary: jsonSummary(report),
    findings: report.findings.map(jsonFinding),
    diagnostics: report.diagnostics.map(jsonDiagnostic),
  };
}

/** Counts, and how much of each file was understood. */
export function jsonSummary(report: Report): object {
  const { error, warning, info } = countSeverities(report);
  return {
    files: configsOf(report).length,
    devices: report.devices,
    errors: error,
    warnings: warning,
    infos: info,
    suppressed: report.suppressed,
    durationMs: report.durationMs,
    statements: configsOf(report).map(({ path, platform, statements }) => ({ file: path, platform, ...statements })),
  };
}

/** What could not be read. */
export function jsonDiagnostic({ kind, file, line, message }: Report['diagnostics'][number]): object {
  return { kind, file, line, message: maskMessage(message) };
}

/** One finding with the contract's names. */
export function jsonFinding(finding: Finding): object {
  const { rule, severity, message, device, platform, at, related, fix, docs, fingerprint } = finding;
  return {
    rule,
    severity,
    message: maskMessage(message),
    device,
    platform,
    file: at.file,
    line: at.line,
    column: at.column,
    endLine: at.endLine,
    endColumn: at.endColumn,
    related: related.map((other) => ({ file: other.at.file, line: other.at.line, message: maskMessage(other.message) })),
    fix: maskMessage(fix),
    docs,
    fingerprint,
  };
}
