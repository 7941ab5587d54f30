import type { Finding } from '../rules/finding.ts';
import type { Report, Reporter } from './reporter.ts';
import { plural, summaryLines, untold } from './summary.ts';
import { told, toldLines } from './told.ts';

/** GitHub refuses a comment longer than 65,536 characters; some is left for what a job writes around it. */
const LONGEST = 60_000;

const MARKS = { error: '🔴 error', warning: '🟠 warning', info: '🔵 info' } as const;

/** Markdown fit for a comment on a pull request: findings by file, details folded. */
export const reporter: Reporter = (report) => {
  const [found, understood] = summaryLines(report);
  const head = `### halint: ${found}\n\n${escaped(understood)}\n`;
  const blocks = [...new Set(report.findings.map(({ at }) => at.file))].flatMap((file) => [
    `\n#### ${code(told(file))}\n`,
    ...report.findings.filter(({ at }) => at.file === file).map(block),
  ]);
  const tail = diagnosticsOf(report);
  return `${head}${cut(blocks, LONGEST - head.length - tail.length, report.findings.length)}${tail}`;
};

function block({ severity, rule, message, at, related, fix, docs }: Finding): string {
  const remedy = toldLines(fix);
  const details = [
    ...related.map((other) => `- ${code(`${told(other.at.file)}:${other.at.line}`)} ${escaped(told(other.message))}`),
    ...(remedy === '' ? [] : ['', ...fenced(remedy)]),
  ];
  const more = details.length === 0 ? '' : `\n<details><summary>why and how to fix it</summary>\n\n${details.join('\n')}\n\n</details>\n`;
  const name = docs.startsWith('https://') ? `[${escaped(rule)}](${docs.replace(/[()\s]/g, encodeURIComponent)})` : escaped(rule);
  return `\n**${MARKS[severity]}** line ${at.line}, ${name}: ${escaped(told(message))}\n${more}`;
}

/** What could not be read, folded. */
function diagnosticsOf(report: Report): string {
  const diagnostics = untold(report);
  if (diagnostics.length === 0) return '';
  const shown = diagnostics
    .slice(0, 50)
    .map(
      ({ kind, file, line, message }) =>
        `- ${code(`${told(file)}:${line}`)} ${kind}: ${escaped(told(message).slice(0, 300).toWellFormed())}`,
    );
  if (diagnostics.length > shown.length) shown.push(`- and ${diagnostics.length - shown.length} more`);
  return `\n<details><summary>${plural(diagnostics.length, 'diagnostic')}</summary>\n\n${shown.join('\n')}\n\n</details>\n`;
}

/** As many blocks as there is room for, and a word on those that are left out. */
function cut(blocks: readonly string[], room: number, findings: number): string {
  let text = '';
  let shown = 0;
  for (const one of blocks) {
    if (text.length + one.length > room - 200) {
      return `${text}\n**Cut here: ${shown} of ${plural(findings, 'finding')} shown; the log of the job has all.**\n`;
    }
    text += one;
    if (one.startsWith('\n**')) shown++;
  }
  return text;
}

/** Config text must not become markup, a link, a mention of a person or a reference to an issue. */
function escaped(text: string): string {
  return text
    .replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
    .replace(/[\\`*_{}[\]()|~!]/g, '\\$&')
    .replace(/[@#]/g, '$&\u200b')
    .replace(/:\/\//g, ':\u200b//');
}

/** Inline code: the fence is longer than any run of backticks inside. */
function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

function fenced(text: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [fence, text, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
