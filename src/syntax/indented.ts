import { type LineGrammar, readLines } from './lines.ts';
import type { ParsedText, Statement } from './statement.ts';

/**
 * What a line without indentation does to the section before it: `opens` one of its own; `nests`: opens
 * one inside the section; `belongs` to it; `leaves` it for the section around it, which is asked in turn;
 * `apart`: stands alone, and the section stays open; `alone`: stands alone and ends all sections;
 * `closes` the innermost section (`exit`).
 */
export type FlatRole = 'opens' | 'nests' | 'belongs' | 'leaves' | 'apart' | 'alone' | 'closes';

export interface IndentedGrammar extends LineGrammar {
  /** For text that lost its indentation (pasted notes, A10): what an unindented line is to the section that is open. */
  readonly flat?: (words: readonly string[], section: Statement | undefined) => FlatRole;
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
    let parent = outer;
    if (outer === undefined && grammar.flat) {
      let role = grammar.flat(statement.words, section);
      while (role === 'leaves') {
        section = section?.parent;
        role = section ? grammar.flat(statement.words, section) : 'alone';
      }
      if (role === 'belongs' || role === 'nests' || role === 'closes') parent = section;
      if (role === 'opens' || role === 'nests') section = statement;
      else if (role === 'closes') section = section?.parent;
      else if (role === 'alone') section = undefined;
    }
    if (parent) adopt(parent, statement);
    else statements.push(statement);
    open.push({ statement, indent });
  }
  return { statements, diagnostics: [] };
}

function adopt(parent: Statement, statement: Statement & { parent?: Statement }): void {
  statement.parent = parent;
  parent.children.push(statement);
  for (let up: Statement | undefined = parent; up; up = up.parent) {
    up.endLine = statement.endLine;
    up.endColumn = statement.endColumn;
  }
}
