import { readLines } from '../../syntax/lines.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';

const GRAMMAR = { comments: '#;', commentsOnlyAtStart: true, quotes: '', escapes: false } as const;

/**
 * Reads the files of systemd (systemd.syntax(7)): a section is a statement of one word, its name, and
 * holds `KEY=VALUE` as statements of two words.
 */
export function parseIni(text: string, file: string): ParsedText {
  const rows = text.split('\n');
  const statements: Statement[] = [];
  let section: Statement | undefined;
  for (const { statement } of readLines(text, file, GRAMMAR)) {
    const row = rows[statement.line - 1] ?? '';
    const name = /^\[([^\]]{1,60})\]$/.exec(statement.words[0] as string)?.[1];
    if (name !== undefined) {
      section = { ...statement, words: [name] };
      statements.push(section);
      continue;
    }
    const line = assignment(statement, row);
    if (!section) {
      statements.push(line);
      continue;
    }
    section.children.push({ ...line, parent: section });
    section.endLine = line.endLine;
    section.endColumn = line.endColumn;
  }
  return { statements, diagnostics: [] };
}

function assignment(statement: Statement, row: string): Statement {
  const equals = row.indexOf('=');
  if (equals < 0) return statement;
  const key = row.slice(statement.column - 1, equals).trimEnd();
  const rest = withoutEnd(row.slice(equals + 1));
  const value = rest.trimStart();
  const start = equals + 2 + (rest.length - value.length);
  return {
    ...statement,
    words: [key, value],
    columns: [statement.column, start],
    ends: [statement.column + key.length, start + value.length],
  };
}

/** Without the blanks and a template's marks at its end. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s\uE001\uE002]/.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
