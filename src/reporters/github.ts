import { escapeControls } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { summaryLines, untold } from './summary.ts';
import { told, toldLines } from './told.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Annotations of GitHub Actions
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message).
 * GitHub shows ten of each kind a step; `sarif` has no such limit.
 */
export const reporter: Reporter = (report) => {
  const findings = report.findings.map(({ severity, rule, message, at, fix }) => {
    // Columns may be given for one line only.
    const columns = at.endLine === at.line ? { col: at.column, endColumn: at.endColumn } : {};
    const text = fix === '' ? told(message) : `${told(message)}\nFix: ${toldLines(fix)}`;
    return command(COMMANDS[severity], { file: at.file, line: at.line, endLine: at.endLine, ...columns, title: rule }, text);
  });
  const diagnostics = untold(report).map(({ kind, file, line, message }) => command('notice', { file, line, title: kind }, told(message)));
  return `${[...findings, ...diagnostics, ...summaryLines(report)].join('\n')}\n`;
};

/** What a config says stands behind the `::` and has no line ends, so that it can be no command itself. */
function command(name: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const list = Object.entries(properties).map(
    ([key, value]) =>
      `${key}=${escaped(escapeControls(String(value)))
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C')}`,
  );
  return `::${name} ${list.join(',')}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
