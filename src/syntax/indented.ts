import { type LineGrammar, readLines } from './lines.ts';
import type { ParsedText, Statement } from './statement.ts';

export interface IndentedGrammar extends LineGrammar {
  /**
   * For text that lost its indentation (pasted notes, A10): whether a line opens a section that the
   * unindented lines after it belong to, belongs to the section before it, or stands alone.
   */
  readonly flat?: (words: readonly string[], section: Statement | undefined) => 'opens' | 'belongs' | 'alone' | 'closes';
}

/**
 * Reads a language whose blocks are indented (IOS, NX-OS, EOS, FRR, HAProxy): a line that is indented
 * further than one before it belongs to that one.
 */
export function parseIndented(text: string, file: string, grammar: IndentedGrammar): ParsedText {
  const statements: Statement[] = [];
  const open: { statement: Statement; indent: number }[] = [];
  let section: Statement | undefined;
  for (const { statement, indent } of readLines(text, file, grammar)) {
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const outer = open.at(-1)?.statement;
    const role = outer === undefined && grammar.flat ? grammar.flat(statement.words, section) : 'alone';
    const parent = outer ?? (role === 'belongs' ? section : undefined);
    if (parent) {
      statement.parent = parent;
      parent.children.push(statement);
      for (let up: Statement | undefined = parent; up; up = up.parent) {
        up.endLine = statement.endLine;
        up.endColumn = statement.endColumn;
      }
    } else {
      statements.push(statement);
      if (role === 'opens') section = statement;
      else if (role !== 'belongs') section = undefined;
    }
    open.push({ statement, indent });
  }
  return { statements, diagnostics: [] };
}
