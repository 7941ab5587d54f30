import type { Reporter } from './reporter.ts';
import { summaryLines } from './summary.ts';
import { told } from './told.ts';
import { comment, document, element } from './xml.ts';

/** Checkstyle's XML (https://checkstyle.org), which Jenkins, Bamboo, reviewdog and many others read. */
export const reporter: Reporter = (report) => {
  const { findings, diagnostics, files } = report;
  const paths = new Set([...files.filter((file) => file.platform).map((file) => file.path), ...diagnostics.map((one) => one.file)]);
  for (const finding of findings) paths.add(finding.at.file);
  const byFile = [...paths].sort().map((path) =>
    element('file', { name: told(path) }, [
      ...findings
        .filter(({ at }) => at.file === path)
        .map(({ at, severity, message, rule }) =>
          element('error', {
            line: at.line,
            column: at.column,
            severity,
            message: told(message),
            source: `halint.${rule.replace('/', '.')}`,
          }),
        ),
      ...diagnostics
        .filter(({ file }) => file === path)
        .map(({ line, kind, message }) =>
          element('error', { line, severity: 'warning', message: told(message), source: `halint.${kind}` }),
        ),
    ]),
  );
  // The format has no place for the counts.
  return document(element('checkstyle', { version: '10.0' }, [comment(summaryLines(report).join('; ')), ...byFile]));
};
