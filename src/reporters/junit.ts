import type { StatementCounts } from '../project/file-report.ts';
import type { Finding } from '../rules/finding.ts';
import type { Report, Reporter } from './reporter.ts';
import { configsOf, sumStatements } from './summary.ts';
import { told, toldLines } from './told.ts';
import { document, element, xmlText } from './xml.ts';

/**
 * JUnit's XML as Jenkins reads it (junit-10.xsd of its xunit plugin): a suite a file, a case a finding; a file without
 * findings is a case that passed, an info is a case that passed and has something to say.
 */
export const reporter: Reporter = (report) => {
  const suites = [summarySuite(report), ...[...pathsOf(report)].sort().map((path) => suiteOf(path, report))];
  const sum = (key: 'tests' | 'failures' | 'errors') => suites.reduce((total, suite) => total + suite[key], 0);
  const attributes = { name: 'halint', tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  return document(
    element(
      'testsuites',
      { ...attributes, time: (report.durationMs / 1000).toFixed(3) },
      suites.map(({ xml }) => xml),
    ),
  );
};

function pathsOf({ findings, diagnostics, files }: Report): Set<string> {
  return new Set([
    ...configsOf({ files }).map(({ path }) => path),
    ...findings.map(({ at }) => at.file),
    ...diagnostics.map(({ file }) => file),
  ]);
}

function suiteOf(path: string, report: Report): { tests: number; failures: number; errors: number; xml: string } {
  const findings = report.findings.filter(({ at }) => at.file === path);
  const diagnostics = report.diagnostics.filter(({ file }) => file === path);
  const name = told(path);
  const cases = [
    ...findings.map((finding) => findingCase(finding, name)),
    ...diagnostics.map(({ kind, line, message }) => {
      const problem = element('error', { type: kind, message: told(message) });
      return element('testcase', { name: `${name}:${line}`, classname: kind, time: 0 }, [problem]);
    }),
  ];
  if (cases.length === 0) cases.push(element('testcase', { name, classname: 'halint', time: 0 }));
  const failures = findings.filter(({ severity }) => severity !== 'info').length;
  const counts = { tests: cases.length, failures, errors: diagnostics.length };
  return { ...counts, xml: element('testsuite', { name, ...counts, time: 0 }, [...propertiesOf(path, report), ...cases]) };
}

/** What was kept back, and how much of all files was understood: a suite without cases, for only suites have properties. */
function summarySuite(report: Report): ReturnType<typeof suiteOf> {
  const counts = { tests: 0, failures: 0, errors: 0 };
  const children = [properties({ suppressed: report.suppressed, ...understood(sumStatements(report)) })];
  return { ...counts, xml: element('testsuite', { name: 'halint', ...counts, time: 0 }, children) };
}

/** How much of the file was understood. */
function propertiesOf(path: string, { files }: Report): string[] {
  const counts = files.find((file) => file.path === path)?.statements;
  return counts ? [properties(understood(counts))] : [];
}

function understood({ read, ignored, unknown }: StatementCounts): Record<string, number> {
  return { 'statements read': read, 'of no concern to HA': ignored, 'not recognised': unknown };
}

function properties(values: Readonly<Record<string, number>>): string {
  const list = Object.entries(values).map(([name, value]) => element('property', { name, value }));
  return element('properties', {}, list);
}

function findingCase({ at, rule, severity, message, related, fix }: Finding, file: string): string {
  const details = [
    `${file}:${at.line}:${at.column}`,
    ...related.map((other) => `${told(other.at.file)}:${other.at.line}: ${told(other.message)}`),
    ...(fix === '' ? [] : [`fix: ${toldLines(fix)}`]),
  ].join('\n');
  const child =
    severity === 'info'
      ? element('system-out', {}, [xmlText(`${told(message)}\n${details}`)])
      : element('failure', { type: severity, message: told(message) }, [xmlText(details)]);
  return element('testcase', { name: `${file}:${at.line} ${rule}`, classname: rule.replace('/', '.'), time: 0 }, [child]);
}
