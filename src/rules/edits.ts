import { type Place, startOfLine } from '../model/fact.ts';
import { LINES_BEFORE, secretsIn } from '../syntax/secrets.ts';
import type { Edit } from './finding.ts';
import type { EditAct } from './plan.ts';

/** The lines of a file as they are, or undefined where halint must not change it. */
export type EditableLines = (file: string) => readonly string[] | undefined;

/** One thing to do to a config, its place and text known. */
export interface Change {
  readonly act: EditAct;
  readonly at: Place;
  /** `replace` and `delete`: only this word of the place. */
  readonly find?: string;
  /** No change where the lines of the place hold one of these words. */
  readonly unless?: readonly string[];
  readonly text: string;
}

/**
 * A change as a stretch of the file and what to put there; undefined where it is not sure: the file must not
 * be changed, the words are not where they were read, or a line that would change bears a secret.
 */
export function editOf(change: Change, linesOf: EditableLines): Edit | undefined {
  const lines = linesOf(change.at.file);
  const at = lines && whereIs(change, lines);
  if (!at) return undefined;
  switch (change.act) {
    case 'replace':
      return unlessSecret(at, change.text, lines);
    case 'append':
      return unlessSecret({ ...at, line: at.endLine, column: at.endColumn }, ` ${change.text}`, lines);
    case 'delete':
      return unlessSecret(widened(at, lines), '', lines);
    case 'before':
      return insertion(change, at.line, indentOf(lines[at.line - 1]), lines);
    case 'after':
      return insertion(change, at.endLine + 1, indentOf(lines[at.line - 1]), lines);
    case 'inside':
      return insideBlock(change, at, lines);
  }
}

/** Whether the words that `find` names stand there; undefined where the lines are not known. */
export function isFound(at: Place, find: string, linesOf: EditableLines): boolean | undefined {
  const lines = linesOf(at.file);
  return lines?.slice(at.line - 1, at.endLine).some((line) => line.includes(find));
}

/** The place, or the one word of it that `find` names; undefined where that is not there, or there twice. */
function whereIs({ at, find, unless = [] }: Change, lines: readonly string[]): Place | undefined {
  const last = lines[at.endLine - 1];
  if (last === undefined || at.endColumn - 1 > withoutEnd(last).length) return undefined;
  const words = lines.slice(at.line - 1, at.endLine).flatMap((line) => line.split(/\s+/));
  if (unless.some((word) => words.includes(word))) return undefined;
  if (find === undefined) return at;
  const found: Place[] = [];
  for (let line = at.line; line <= at.endLine; line++) {
    const text = lines[line - 1] ?? '';
    const from = line === at.line ? at.column - 1 : 0;
    const to = line === at.endLine ? at.endColumn - 1 : text.length;
    for (let start = text.indexOf(find, from); start >= 0 && start + find.length <= to; start = text.indexOf(find, start + 1)) {
      const apart = !/[^\s{};"']/.test(text.charAt(start - 1)) && !/[^\s{};"']/.test(text.charAt(start + find.length));
      if (apart) found.push({ file: at.file, line, column: start + 1, endLine: line, endColumn: start + find.length + 1 });
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

/** Words go with the blanks before them; what would leave a line with nothing but its end goes with its line. */
function widened(at: Place, lines: readonly string[]): Place {
  const before = (lines[at.line - 1] ?? '').slice(0, at.column - 1);
  const after = (lines[at.endLine - 1] ?? '').slice(at.endColumn - 1);
  if (before.trim() !== '' || !['', ';'].includes(after.trim())) return { ...at, column: before.trimEnd().length + 1 };
  if (at.endLine < lines.length) return { ...at, column: 1, endLine: at.endLine + 1, endColumn: 1 };
  return { ...at, column: 1, endColumn: at.endColumn + after.length };
}

function unlessSecret(at: Place, text: string, lines: readonly string[]): Edit | undefined {
  const touched = lines.slice(at.line - 1, at.endColumn === 1 ? at.endLine - 1 : at.endLine);
  const before = lines.slice(Math.max(0, at.line - 1 - LINES_BEFORE), at.line - 1);
  return secretsIn(touched, before).some((secrets) => secrets.length > 0) ? undefined : { ...at, text };
}

/** Lines put before line `line` (one past the last one: at the end), with the line ends of their neighbours. */
function insertion({ at, text }: Change, line: number, indent: string, lines: readonly string[]): Edit | undefined {
  const neighbour = lines[line - 2] ?? lines[0] ?? '';
  const end = neighbour.endsWith('\r') ? '\r\n' : '\n';
  const inserted = text.split('\n').map((one) => (one === '' ? '' : indent + one));
  if (line <= lines.length) {
    return { ...startOfLine(at.file, line), text: inserted.map((one) => one + end).join('') };
  }
  const column = (lines.at(-1) ?? '').length + 1;
  const point = { file: at.file, line: lines.length, column, endLine: lines.length, endColumn: column };
  return { ...point, text: inserted.map((one) => end + one).join('') };
}

/** At the end of a block: before the brace that closes it, where it has one. A block on one line is left alone. */
function insideBlock(change: Change, at: Place, lines: readonly string[]): Edit | undefined {
  const closing = (lines[at.endLine - 1] ?? '').trimStart().startsWith('}');
  if (!closing && (lines[at.endLine - 1] ?? '').slice(0, at.endColumn - 1).endsWith('}')) return undefined;
  return insertion(change, closing ? at.endLine : at.endLine + 1, innerIndent(at, lines), lines);
}

/** How far the first statement of a block stands in; where there is none, one step further than the block's head. */
function innerIndent(at: Place, lines: readonly string[]): string {
  const own = indentOf(lines[at.line - 1]);
  const inner = lines.slice(at.line, at.endLine).find((line) => line.trim() !== '' && indentOf(line).length > own.length);
  return inner === undefined ? `${own}  ` : indentOf(inner);
}

function indentOf(line: string | undefined): string {
  return /^[ \t]*/.exec(line ?? '')?.[0] ?? '';
}

function withoutEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
