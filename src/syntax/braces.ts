import { readWord, type WordStyle } from './scanner.ts';
import type { Diagnostic, ParsedText, Statement } from './statement.ts';
import { maybeStep } from './template.ts';

/** What tells one brace language from another. */
export interface BraceGrammar extends WordStyle {
  /** `newline`: a statement ends with its line (tmsh, keepalived); `semicolon`: with `;` (nginx, Junos). */
  readonly ends: 'newline' | 'semicolon';
  /** Characters that begin a comment to the end of the line, where a word could begin. */
  readonly comments: string;
  /** Comments between slash-star and star-slash. */
  readonly blockComments?: boolean;
  /** Quoted words may span lines. */
  readonly multilineQuotes?: boolean;
  /** A backslash at the end of a line carries the statement on (tmsh commands). */
  readonly continuations?: boolean;
  /** Statements whose block is another language (an iRule's Tcl): it is skipped by counting braces. */
  readonly opaque?: (words: readonly string[]) => boolean;
}

interface Draft {
  words: string[];
  columns: number[];
  lines: number[];
  ends: number[];
  start: number;
  maybe: boolean;
}

/** Deeper blocks than this are read flat: no config nests so deep, and stack-free code alone does not save memory. */
const MAX_DEPTH = 200;

/**
 * Reads a brace language into statements: `words { block }`. Never throws; unbalanced braces and
 * unterminated quotes become diagnostics and what was read is kept.
 */
export function parseBraces(text: string, file: string, grammar: BraceGrammar): ParsedText {
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  const open: Statement[] = [];
  const stops = grammar.ends === 'semicolon' ? '{};' : '{}';
  const length = text.length;
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let draft: Draft | undefined;
  let conditions = 0;

  const finish = (endOffset: number): Statement | undefined => {
    if (!draft) return undefined;
    const parent = open.at(-1);
    const statement: Statement = {
      words: draft.words,
      columns: draft.columns,
      ends: draft.ends,
      ...(draft.lines.every((l) => l === draft?.lines[0]) ? {} : { lines: draft.lines }),
      file,
      line: draft.lines[0] ?? line,
      column: draft.columns[0] ?? 1,
      endLine: line,
      endColumn: endOffset - lineStart + 1,
      children: [],
      ...(parent ? { parent } : {}),
      ...(draft.maybe ? { maybe: true } : {}),
    };
    (parent ? parent.children : statements).push(statement);
    draft = undefined;
    return statement;
  };

  const newline = (offset: number): void => {
    line++;
    lineStart = offset + 1;
  };

  while (at < length) {
    const code = text.charCodeAt(at);
    const char = text[at] as string;
    if (code === 10) {
      const ends = grammar.ends === 'newline' && !opensOnNextLine(text, at, draft !== undefined);
      if (ends && !(grammar.continuations && text.charCodeAt(lineEnd(text, at) - 1) === 92)) finish(lineEnd(text, at));
      newline(at);
      at++;
    } else if (code <= 32 || maybeStep(code) !== 0) {
      conditions += maybeStep(code);
      at++;
    } else if (grammar.continuations && code === 92 && text.charCodeAt(at + (text.charCodeAt(at + 1) === 13 ? 2 : 1)) === 10) {
      at++;
    } else if (grammar.comments.includes(char)) {
      while (at < length && text.charCodeAt(at) !== 10) at++;
    } else if (grammar.blockComments && char === '/' && text[at + 1] === '*') {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? length : close + 2;
      if (close < 0) diagnostics.push({ kind: 'syntax', file, line, message: 'comment is never closed' });
      for (; at < end; at++) if (text.charCodeAt(at) === 10) newline(at);
    } else if (char === ';' && grammar.ends === 'semicolon') {
      finish(at + 1);
      at++;
    } else if (char === '{') {
      draft ??= {
        words: ['{'],
        columns: [at - lineStart + 1],
        lines: [line],
        ends: [at - lineStart + 2],
        start: at,
        maybe: conditions > 0,
      };
      const isOpaque = grammar.opaque?.(draft.words) ?? false;
      const statement = finish(at + 1);
      at++;
      if (!statement) continue;
      if (isOpaque) {
        const end = skipBlock(text, at);
        for (; at < end; at++) if (text.charCodeAt(at) === 10) newline(at);
        close(statement, line, at - lineStart + 1);
        if (text[at - 1] !== '}')
          diagnostics.push({ kind: 'syntax', file, line: statement.line, message: `block of '${headOf(statement)}' is never closed` });
      } else if (open.length < MAX_DEPTH) {
        open.push(statement);
      }
    } else if (char === '}') {
      finish(at);
      at++;
      const closed = open.pop();
      if (closed) close(closed, line, at - lineStart + 1);
      else diagnostics.push({ kind: 'syntax', file, line, message: "'}' closes a block that was never opened" });
    } else {
      const word = readWord(text, at, length, grammar, stops, grammar.multilineQuotes ?? false);
      draft ??= { words: [], columns: [], lines: [], ends: [], start: at, maybe: conditions > 0 };
      draft.words.push(word.text);
      draft.columns.push(at - lineStart + 1);
      draft.lines.push(line);
      if (word.unterminated) diagnostics.push({ kind: 'syntax', file, line, message: 'quoted text is never closed' });
      const end = Math.max(word.end, at + 1);
      for (; at < end; at++) if (text.charCodeAt(at) === 10) newline(at);
      draft.ends.push(at - lineStart + 1);
    }
  }
  finish(length);
  for (const statement of open) {
    close(statement, line, length - lineStart + 1);
    diagnostics.push({ kind: 'syntax', file, line: statement.line, message: `block of '${headOf(statement)}' is never closed` });
  }
  return { statements, diagnostics };
}

function close(statement: Statement, line: number, column: number): void {
  statement.endLine = line;
  statement.endColumn = column;
}

/** Only the first two words: what follows may be a secret. */
function headOf(statement: Statement): string {
  return statement.words.slice(0, 2).join(' ');
}

/** Whether the next thing after the newline at `at` is `{`, which then belongs to the statement before it. */
function opensOnNextLine(text: string, at: number, pending: boolean): boolean {
  if (!pending) return false;
  let next = at + 1;
  while (next < text.length && text.charCodeAt(next) <= 32) next++;
  return text[next] === '{';
}

function lineEnd(text: string, at: number): number {
  return text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

/**
 * Offset after the `}` that closes the block whose `{` stands before `at`; Tcl counts braces whatever the
 * quotes. Where they do not balance, a `}` alone at the start of a line closes it: no writer indents that one.
 */
function skipBlock(text: string, at: number): number {
  let depth = 1;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return i + 1;
  }
  const alone = text.indexOf('\n}', at);
  return alone < 0 ? text.length : alone + 2;
}
