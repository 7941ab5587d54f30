import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';
import { configsOf, summaryLines, untold } from './summary.ts';
import { told, toldLines } from './told.ts';

/** The Test Anything Protocol (https://testanything.org/tap-version-14-specification.html): a point a finding, and one a clean file. */
export const reporter: Reporter = (report) => {
  const touched = new Set([...report.findings.map(({ at }) => at.file), ...untold(report).map(({ file }) => file)]);
  const points = [
    ...report.findings.map(({ rule, severity, message, device, at, fix, related }) =>
      point(severity === 'info', `${rule}: ${told(message)}`, {
        severity,
        device: told(device),
        at: { file: told(at.file), line: at.line, column: at.column },
        related: related.map((other) => `${told(other.at.file)}:${other.at.line} ${told(other.message)}`),
        fix: toldLines(fix),
      }),
    ),
    ...untold(report).map(({ kind, file, line, message }) =>
      point(true, `${kind}: ${told(message)}`, { severity: 'diagnostic', at: { file: told(file), line } }),
    ),
    ...configsOf(report)
      .filter(({ path }) => !touched.has(path))
      .map(({ path }) => point(true, told(path))),
  ];
  const lines = points.map(({ ok, text, details }, i) => `${ok ? 'ok' : 'not ok'} ${i + 1} - ${text}\n${details}`);
  return `TAP version 14\n1..${points.length}\n${lines.join('')}${summaryLines(report)
    .map((line) => `# ${line}\n`)
    .join('')}`;
};

/** Its details are YAML; every JSON text is. */
function point(ok: boolean, text: string, details?: object): { ok: boolean; text: string; details: string } {
  const block = details === undefined ? '' : `  ---\n${yaml(details)}  ...\n`;
  return { ok, text: text.replace(/[\\#]/g, '\\$&'), details: block };
}

function yaml(details: object): string {
  return Object.entries(details)
    .map(([key, value]) => `  ${key}: ${jsonText(value)}\n`)
    .join('');
}
