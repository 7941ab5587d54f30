import { readLines } from './lines.ts';
import type { ParsedText, Statement } from './statement.ts';

/** Words that open a stanza of interfaces(5), indented or not; every other line belongs to the stanza before it. */
const OPENS = /^(?:iface|mapping|auto|allow-[\w-]+|source(?:-directory)?|no-auto-down|no-scripts|template|rename)$/;

/** Reads ifupdown's /etc/network/interfaces, interfaces(5): stanzas and their options. */
export function parseStanzas(text: string, file: string): ParsedText {
  const statements: Statement[] = [];
  let stanza: Statement | undefined;
  for (const { statement } of readLines(text, file, {
    comments: '#',
    commentsOnlyAtStart: true,
    quotes: '',
    escapes: false,
    continuations: true,
  })) {
    if (OPENS.test(statement.words[0] as string) || stanza === undefined) {
      statements.push(statement);
      stanza = statement;
    } else {
      statement.parent = stanza;
      stanza.children.push(statement);
      stanza.endLine = statement.endLine;
      stanza.endColumn = statement.endColumn;
    }
  }
  return { statements, diagnostics: [] };
}
