import type { Finding } from '../rules/finding.ts';
import type { Report, Reporter } from './reporter.ts';
import { configsOf } from './summary.ts';
import { told, toldLines } from './told.ts';
import { document, element, xmlText } from './xml.ts';

/**
 * JUnit's XML as Jenkins reads it (junit-10.xsd of its xunit plugin): a suite a file, a case a finding; a file without
 * findings is a case that passed, an info is a case that passed and has something to say.
 */
export const reporter: Reporter = (report) => {
  const suites = [...pathsOf(report)].sort().map((path) => suiteOf(path, report));
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

/** How much of the file was understood. */
function propertiesOf(path: string, { files }: Report): string[] {
  const counts = files.find((file) => file.path === path)?.statements;
  if (!counts) return [];
  const named = { 'statements read': counts.read, 'of no concern to HA': counts.ignored, 'not recognised': counts.unknown };
  return [
    element(
      'properties',
      {},
      Object.entries(named).map(([name, value]) => element('property', { name, value })),
    ),
  ];
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
