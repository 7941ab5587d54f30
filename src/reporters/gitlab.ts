import { createHash } from 'node:crypto';
import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';
import { untold } from './summary.ts';
import { told, toldLines } from './told.ts';

const SEVERITIES = { error: 'critical', warning: 'major', info: 'info' } as const;

/** GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
export const reporter: Reporter = (report) => {
  const { findings } = report;
  const seen = new Map<string, number>();
  /** GitLab drops all but one of those that share a fingerprint. */
  const unique = (about: string): string => {
    const count = (seen.get(about) ?? 0) + 1;
    seen.set(about, count);
    return createHash('sha256').update(`${about}\n${count}`).digest('hex').slice(0, 32);
  };
  const issues = [
    ...findings.map(({ rule, severity, message, at, fix, fingerprint, docs }) => ({
      type: 'issue',
      check_name: rule,
      description: told(message),
      content: { body: [toldLines(fix), docs].filter((part) => part !== '').join('\n\n') },
      categories: ['Bug Risk'],
      severity: SEVERITIES[severity],
      fingerprint: unique(`${at.file}\n${fingerprint}`),
      location: { path: at.file, lines: { begin: at.line, end: at.endLine } },
    })),
    ...untold(report).map(({ kind, file, line, message }) => ({
      type: 'issue',
      check_name: kind,
      description: told(message),
      categories: ['Compatibility'],
      severity: 'minor',
      fingerprint: unique(`${file}\n${kind}\n${told(message)}`),
      location: { path: file, lines: { begin: line, end: line } },
    })),
  ];
  return `${jsonText(issues, 2)}\n`;
};
