import { type BraceGrammar, parseBraces } from '../../syntax/braces.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';
import { MAYBE, MAYBE_END } from '../../syntax/template.ts';
import { blankComments, type Expansion, expand, needsExpansion } from './expand.ts';

/** Comments are blanked beforehand: they may begin inside a word. */
const GRAMMAR: BraceGrammar = { quotes: '"\'', escapes: true, ends: 'newline', comments: '' };

/** Reads a keepalived.conf into statements, parameters and sequences expanded, every position that of the file. */
export function parse(source: SourceText): ParsedText {
  const text = blankComments(source.text);
  if (!needsExpansion(text)) return parseBraces(text, source.path, GRAMMAR);
  const expansion = expand(text);
  const joined = expansion.lines
    .map((line) => (line.maybe ? MAYBE + line.text.slice(/^\s/.test(line.text) ? 1 : 0) + MAYBE_END : line.text))
    .join('\n');
  const parsed = parseBraces(joined, source.path, GRAMMAR);
  const widths = text.split('\n').map((line) => line.trimEnd().length);
  for (const statement of parsed.statements) restore(statement, expansion, widths);
  const diagnostics = parsed.diagnostics.map((d) => ({ ...d, line: expansion.lines[d.line - 1]?.line ?? d.line }));
  if (expansion.partial) {
    diagnostics.push({
      kind: 'unsupported',
      file: source.path,
      line: 1,
      message: 'parameters or sequences expand to too much to be read in full',
    });
  }
  return { statements: parsed.statements, diagnostics };
}

type Movable = { -readonly [K in keyof Statement]: Statement[K] };

/** Gives a statement and its block the lines of the file back; where text was put in, columns become those of the whole line. */
function restore(root: Statement, expansion: Expansion, widths: readonly number[]): void {
  const stack: Movable[] = [root];
  for (let s = stack.pop(); s; s = stack.pop()) {
    for (const one of s.children as Movable[]) stack.push(one);
    const from = expansion.lines[s.line - 1];
    const to = expansion.lines[s.endLine - 1];
    const width = (widths[(from?.line ?? 1) - 1] ?? 0) + 1;
    if (from?.moved) {
      s.columns = s.columns.map(() => 1);
      s.ends = s.ends.map(() => width);
      s.column = 1;
    }
    s.line = from?.line ?? s.line;
    s.endLine = Math.max(to?.line ?? s.line, s.line);
    if (to?.moved || s.endLine === s.line) s.endColumn = Math.max(from?.moved ? width : Math.min(s.endColumn, width), s.column + 1);
    if (s.lines) s.lines = s.lines.map((line) => expansion.lines[line - 1]?.line ?? line);
  }
}
