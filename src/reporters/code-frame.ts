import type { Place } from '../model/fact.ts';
import { type Rewrite, rewrite, withoutOverlaps } from '../syntax/rewrite.ts';
import { LINES_BEFORE, secretsIn } from '../syntax/secrets.ts';
import { controlsOf } from './escape.ts';

/** One line of a code frame: source, or the marks under one. */
export interface FrameLine {
  /** `12 | `, as wide on every line. */
  readonly gutter: string;
  readonly text: string;
  readonly kind: 'source' | 'offending' | 'marks';
}

export interface FrameOptions {
  /** Lines to show before and after the offending one. */
  readonly around: number;
  /** Characters of a line, gutter excluded. */
  readonly width: number;
}

/** What of a line is looked at: minified JSON can be one line of megabytes. */
const LONGEST_LINE = 4000;

/**
 * The lines around a place with the offending range underlined: secrets masked, control characters
 * spelt out, long lines cut around the range. Empty where the text has no such line.
 */
export function codeFrame(text: string, at: Place, options: FrameOptions): FrameLine[] {
  const first = Math.max(1, at.line - options.around);
  const before = Math.min(first - 1, LINES_BEFORE);
  const all = linesOf(text, first - before, at.line + options.around);
  const lines = all.slice(before);
  if (lines[at.line - first] === undefined) return [];
  const secrets = secretsIn(
    lines.map((line, i) => part(line, at.line - first === i ? at.column : 1)),
    all.slice(0, before).map((line) => part(line, 1)),
  );
  while (lines.length > at.line - first + 1 && lines.at(-1)?.trim() === '') lines.pop();
  const digits = String(first + lines.length - 1).length;
  return lines.flatMap((line, i): FrameLine[] => {
    const gutter = `${String(first + i).padStart(digits)} | `;
    if (first + i !== at.line) return [{ gutter, text: cut(shownLine(part(line, 1), secrets[i]).text, 0, options.width), kind: 'source' }];
    const { source, marks } = offendingLine(line, at, options.width, secrets[i]);
    return [
      { gutter, text: source, kind: 'offending' },
      { gutter: `${' '.repeat(digits)} | `, text: marks, kind: 'marks' },
    ];
  });
}

/** Of an endless line the part around a column. */
function part(line: string, column: number): string {
  const from = partStart(line, column);
  return line.slice(from, from + LONGEST_LINE);
}

/** Not within quotes, where those can be told: what is a secret shows by its quotes and the word before. */
function partStart(line: string, column: number): number {
  const start = column - 1 - LONGEST_LINE / 2;
  if (start <= 0) return 0;
  let open = false;
  let at = line.indexOf('"');
  for (; at >= 0 && (at < start || open); at = line.indexOf('"', at + 1)) {
    if (line[at - 1] === '\\') continue;
    if (open && at >= start) return at + 1 < column - 1 ? at + 1 : start;
    open = !open;
  }
  return start;
}

function offendingLine(line: string, at: Place, width: number, secrets: readonly Rewrite[] = []): { source: string; marks: string } {
  const around = partStart(line, at.column);
  const shown = shownLine(part(line, at.column), secrets);
  const start = shown.columnOf(at.column - 1 - around);
  const last = at.endLine === at.line ? at.endColumn - 1 : line.trimEnd().length;
  const end = Math.max(start + 1, shown.columnOf(Math.min(last - around, LONGEST_LINE)));
  const from = end <= width ? 0 : Math.max(0, Math.min(start - 10, shown.text.length - width));
  const length = Math.max(1, Math.min(end - start, width - (start - from)));
  return { source: cut(shown.text, from, width), marks: ' '.repeat(Math.max(0, start - from)) + '^'.repeat(length) };
}

function linesOf(text: string, first: number, last: number): string[] {
  const lines: string[] = [];
  let at = 0;
  for (let number = 1; number <= last; number++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (number >= first) lines.push(text.slice(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end));
    if (newline < 0) break;
    at = newline + 1;
  }
  return lines;
}

function shownLine(line: string, secrets: readonly Rewrite[] = []): { text: string; columnOf: (column: number) => number } {
  const rewrites = withoutOverlaps([...secrets, ...controlsOf(line)]);
  return { text: rewrite(line, rewrites), columnOf: (column) => moved(column, rewrites) };
}

/** Where a column of the line stands after its rewrites; one inside a rewrite stands at its end. */
function moved(column: number, rewrites: readonly Rewrite[]): number {
  let shift = 0;
  for (const { start, end, text } of rewrites) {
    if (start >= column) break;
    shift += column < end ? start + text.length - column : text.length - (end - start);
  }
  return column + shift;
}

function cut(text: string, from: number, width: number): string {
  const part = text.slice(from, from + width);
  return (from + width < text.length ? `${part.slice(0, -1)}…` : part).toWellFormed();
}
