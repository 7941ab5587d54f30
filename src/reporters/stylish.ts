import { Chalk, type ChalkInstance } from 'chalk';
import type { Place } from '../model/fact.ts';
import type { Finding } from '../rules/finding.ts';
import { codeFrame } from './code-frame.ts';
import { escapeControls } from './escape.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { countSeverities, summaryLines, untold } from './summary.ts';
import { told, toldLines } from './told.ts';
import { wrap } from './wrap.ts';

/** The default format, for people: findings by file with the lines they stand on, what would happen and what to do. */
export const reporter: Reporter = (report, context) => {
  const paint = new Chalk({ level: context.color ? 1 : 0 });
  const explained = new Set<string>();
  const blocks: string[] = [];
  let file: string | undefined;
  for (const finding of report.findings) {
    if (finding.at.file !== file) blocks.push(paint.underline(escapeControls(finding.at.file)));
    file = finding.at.file;
    blocks.push(findingBlock(finding, context, paint, !explained.has(finding.rule)));
    explained.add(finding.rule);
  }
  const diagnostics = untold(report).map(
    ({ kind, file, line, message }) => `${escapeControls(file)}:${line}  ${paint.yellow(kind)}  ${told(message)}`,
  );
  if (diagnostics.length > 0) blocks.push(diagnostics.join('\n'));
  const { error, warning } = countSeverities(report);
  const tone = error > 0 ? paint.red : warning > 0 ? paint.yellow : paint.green;
  const [found, understood] = summaryLines(report);
  blocks.push(`${tone.bold(found)}\n${paint.dim(wrap(understood, context.columns, 0))}`);
  return `${blocks.join('\n\n')}\n`;
};

const TONES = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** One finding; a rule's reason is told once. */
function findingBlock(finding: Finding, context: ReportContext, paint: ChalkInstance, explain: boolean): string {
  const { line, column } = finding.at;
  const why = explain ? context.rules.find((rule) => rule.id === finding.rule)?.why : undefined;
  const labelled = (label: string, text: string): string[] => (text === '' ? [] : [labelledText(label, toldLines(text), context, paint)]);
  return [
    `  ${line}:${column}  ${paint[TONES[finding.severity]](finding.severity)}  ${linked(finding.rule, finding.docs, context)}  ${paint.dim(escapeControls(finding.device))}`,
    paint.bold(wrap(told(finding.message), context.columns, 2)),
    ...frame(finding.at, 2, context, paint),
    ...finding.related.flatMap(({ at, message }) => [
      wrap(`${escapeControls(at.file)}:${at.line}  ${told(message)}`, context.columns, 4),
      ...frame(at, 0, context, paint),
    ]),
    ...labelled('why:', why ?? ''),
    ...labelled('fix:', finding.fix.trimEnd()),
    ...(context.hyperlinks || finding.docs === '' ? [] : labelled('docs:', finding.docs)),
  ].join('\n');
}

/** A link to the rule's page where the terminal shows links; elsewhere the address stands below the finding. */
function linked(text: string, address: string, { hyperlinks }: ReportContext): string {
  return hyperlinks && /^https:\/\/[!-~]+$/.test(address) ? `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\` : text;
}

/** `fix: text`, further lines under the text; commands of several lines begin on a line of their own. */
function labelledText(label: string, text: string, context: ReportContext, paint: ChalkInstance): string {
  // Commands are copied: they keep their lines, however narrow the terminal.
  if (text.includes('\n'))
    return `    ${paint.bold(label)}\n${text
      .split('\n')
      .map((line) => (line === '' ? '' : `      ${line}`))
      .join('\n')}`;
  const [first = '', ...rest] = wrap(text, context.columns, 5 + label.length).split('\n');
  return [`    ${paint.bold(label)} ${first.trimStart()}`, ...rest].join('\n');
}

function frame(at: Place, around: number, context: ReportContext, paint: ChalkInstance): string[] {
  const text = context.textOf(at.file);
  if (text === undefined) return [];
  const width = Math.max(20, context.columns - 12);
  return codeFrame(text, at, { around, width }).map((line) => {
    const lead = line.kind === 'offending' ? '  > ' : '    ';
    const shown = line.kind === 'marks' ? paint.red(line.text) : line.kind === 'source' ? paint.dim(line.text) : line.text;
    return `${lead}${paint.dim(line.gutter)}${shown}`.trimEnd();
  });
}
