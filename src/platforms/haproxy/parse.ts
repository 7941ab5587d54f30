import { readLines } from '../../syntax/lines.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';
import { MAYBE, MAYBE_END, PLACEHOLDER } from '../../syntax/template.ts';
import { refusalsIn } from './refusals.ts';
import { SECTIONS } from './sections.ts';

const GRAMMAR = { quotes: '"\'', rawQuotes: "'", escapes: true, comments: '#', continuations: false };

/** Reads a HAProxy configuration: sections with the lines that belong to them. */
export function parse(source: SourceText): ParsedText {
  const text = maskVariables(markConditions(source.text));
  const statements: Statement[] = [];
  let section: Statement | undefined;
  for (const { statement } of readLines(text, source.path, GRAMMAR)) {
    const keyword = statement.words[0] as string;
    const begins = SECTIONS[keyword] !== undefined;
    if (begins || !section) {
      statements.push(statement);
      if (begins) section = statement;
      continue;
    }
    statement.parent = section;
    section.children.push(statement);
    section.endLine = statement.endLine;
    section.endColumn = statement.endColumn;
  }
  return { statements, diagnostics: refusalsIn(source, text, statements) };
}

/** `.if` to `.endif` (section 2.4 of the manual): what stands between may not be there. */
function markConditions(text: string): string {
  if (!/^[ \t]*\.(?:if|el|endif|notice|warning|alert|diag)/m.test(text)) return text;
  return text.replace(/^([ \t]*)\.(if|elif|else|endif|notice|warning|alert|diag)\b([^\n]*)/gm, (whole, space: string, keyword: string) => {
    const mark = keyword === 'if' ? MAYBE : keyword === 'endif' ? MAYBE_END : ' ';
    return space + mark + ' '.repeat(whole.length - space.length - 1);
  });
}

/** Environment variables (section 2.3): `${NAME}`, and `$NAME` in double quotes. Their values are the host's. */
function maskVariables(text: string): string {
  if (!text.includes('$')) return text;
  const braced = text.replace(/\$\{[A-Za-z_]\w*(?:\[\*\])?(?:-[^}\n]{0,200})?\}/g, (name) => PLACEHOLDER.repeat(name.length));
  return braced.replace(/"[^"\n]*"/g, (quoted) => quoted.replace(/(?<!\\)\$[A-Za-z_]\w*/g, (name) => PLACEHOLDER.repeat(name.length)));
}
