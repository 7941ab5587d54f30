import type { Reporter } from './reporter.ts';
import { summaryLines, untold } from './summary.ts';
import { told } from './told.ts';

/** One line a finding, as compilers write them: editors and `grep` know how to read it. */
export const reporter: Reporter = (report) => {
  const findings = report.findings.map(
    ({ at, severity, message, rule, device }) =>
      `${told(at.file)}:${at.line}:${at.column}: ${severity}: ${told(message)} [${rule}]${device === '' ? '' : ` (${told(device)})`}`,
  );
  const diagnostics = untold(report).map(({ file, line, kind, message }) => `${told(file)}:${line}:1: ${kind}: ${told(message)}`);
  return `${[...findings, ...diagnostics, ...summaryLines(report)].join('\n')}\n`;
};
