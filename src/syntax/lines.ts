import { readWord, type WordStyle } from './scanner.ts';
import type { Statement } from './statement.ts';
import { maybeStep } from './template.ts';

/** One line of a config: its words and how far it is indented. */
export interface Line {
  readonly statement: Statement & { parent?: Statement };
  readonly indent: number;
}

/** How lines are read. */
export interface LineGrammar extends WordStyle {
  /** Characters that begin a comment, where a word could begin. */
  readonly comments: string;
  /** Comment characters count only as the line's first character (IOS `!`). */
  readonly commentsOnlyAtStart?: boolean;
  /** Statements whose rest is free text (`description`), in which comment characters are text. */
  readonly freeText?: (words: readonly string[]) => boolean;
  /** A backslash before the end of the line continues it. */
  readonly continuations?: boolean;
}

function commentsInside(grammar: LineGrammar, words: readonly string[]): boolean {
  return !grammar.commentsOnlyAtStart && !grammar.freeText?.(words);
}

/**
 * Splits a text into its lines' words, one statement a line, without blocks. Empty and comment lines
 * are left out; tabs count as eight columns of indentation, backspaces and carriage returns move back as
 * on the terminal that was logged.
 */
export function readLines(text: string, file: string, grammar: LineGrammar): Line[] {
  const lines: Line[] = [];
  let line = 0;
  let start = 0;
  let conditions = 0;
  while (start < text.length) {
    line++;
    const firstLine = line;
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    let limit = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    const words: string[] = [];
    const columns: number[] = [];
    const wordLines: number[] = [];
    const ends: number[] = [];
    let indent = 0;
    let at = start;
    for (; at < limit; at++) {
      const code = text.charCodeAt(at);
      const step = maybeStep(code);
      conditions += step;
      if (code === 9) indent += 8 - (indent % 8);
      else if (code === 8) indent = Math.max(0, indent - 1);
      else if (code === 13) indent = 0;
      else if (code <= 32 || step !== 0) indent++;
      else break;
    }
    let lineStart = start;
    const maybe = conditions > 0;
    while (at < limit) {
      const code = text.charCodeAt(at);
      const step = maybeStep(code);
      if (code <= 32 || step !== 0) {
        conditions += step;
        at++;
        continue;
      }
      if (grammar.continuations && code === 92 && at === limit - 1 && end < text.length) {
        start = end + 1;
        lineStart = start;
        line++;
        end = text.indexOf('\n', start);
        if (end < 0) end = text.length;
        limit = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
        at = start;
        continue;
      }
      if (grammar.comments.includes(text[at] as string) && (words.length === 0 || commentsInside(grammar, words))) break;
      const word = readWord(text, at, limit, grammar);
      words.push(word.text);
      columns.push(at - lineStart + 1);
      wordLines.push(line);
      at = Math.max(word.end, at + 1);
      ends.push(at - lineStart + 1);
    }
    if (words.length > 0) {
      lines.push({
        indent,
        statement: {
          words,
          columns,
          ends,
          ...(line === firstLine ? {} : { lines: wordLines }),
          file,
          line: wordLines[0] ?? firstLine,
          column: columns[0] ?? 1,
          endLine: line,
          endColumn: ends.at(-1) ?? 1,
          children: [],
          ...(maybe ? { maybe: true } : {}),
        },
      });
    }
    start = end + 1;
  }
  return lines;
}
