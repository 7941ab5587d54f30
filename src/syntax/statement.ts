import type { Place } from '../model/fact.ts';

/**
 * One statement of a config, whatever the vendor: its words and, where it opens a block, what stands
 * in the block. Grammars keep what they do not understand and never throw.
 */
export interface Statement {
  /** Unquoted and unescaped. Never empty. */
  readonly words: readonly string[];
  /** Column of each word, counted from 1, and its line where words spread over several. */
  readonly columns: readonly number[];
  readonly lines?: readonly number[];
  /** Column after the last character of each word (quotes included). */
  readonly ends: readonly number[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Last line and column after the last character of the statement, its block included. */
  endLine: number;
  endColumn: number;
  readonly children: Statement[];
  readonly parent?: Statement;
  /** Behind a template's control line: it may or may not be there. */
  readonly maybe?: boolean;
  /** Set by readers: used for a fact, or known and of no concern to HA. Unset: not recognised. */
  use?: 'read' | 'ignored';
}

/** What could not be read, and where. `syntax`: the file is not valid; `unsupported`: halint cannot read such a thing; `unreadable`: it could not be opened. */
export interface Diagnostic {
  readonly kind: 'syntax' | 'unsupported' | 'unreadable';
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** The platform refuses it, but what stands around it is clear. */
  readonly clear?: true;
}

/** A file's statements and what went wrong reading them. */
export interface ParsedText {
  readonly statements: Statement[];
  readonly diagnostics: Diagnostic[];
}

/** The place of a whole statement with its block. */
export function placeOfStatement(s: Statement): Place {
  return { file: s.file, line: s.line, column: s.column, endLine: s.endLine, endColumn: s.endColumn };
}

/** The place of the statement's own words, without its block. */
export function placeOfHead(s: Statement): Place {
  return placeOfWords(s, 0, s.words.length - 1);
}

/** The place of one word; of the whole head where there is no such word. */
export function placeOfWord(s: Statement, index: number): Place {
  return index < s.words.length ? placeOfWords(s, index, index) : placeOfHead(s);
}

function placeOfWords(s: Statement, first: number, last: number): Place {
  const line = s.lines?.[first] ?? s.line;
  const endLine = s.lines?.[last] ?? s.line;
  return { file: s.file, line, column: s.columns[first] ?? s.column, endLine, endColumn: s.ends[last] ?? s.endColumn };
}
