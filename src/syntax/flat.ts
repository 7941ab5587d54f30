import { type LineGrammar, readLines } from './lines.ts';
import type { ParsedText } from './statement.ts';

/** Reads a language of one command a line (NetScaler, Junos `set`, NCLU): every line a statement, no blocks. */
export function parseFlat(text: string, file: string, grammar: LineGrammar): ParsedText {
  return { statements: readLines(text, file, grammar).map((line) => line.statement), diagnostics: [] };
}
