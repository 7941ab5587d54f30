import { parseFlat } from '../../syntax/flat.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText } from '../../syntax/statement.ts';

/** ns.conf: one command a line; `"…"`, `'…'` and `q<…>` quote, a backslash escapes, `#` where a word could begin comments. */
const GRAMMAR = { quotes: '"\'', escapes: true, qQuotes: true, comments: '#' };

/** Reads an ns.conf or a batch file of NetScaler commands. */
export function parse(source: SourceText): ParsedText {
  return parseFlat(source.text, source.path, GRAMMAR);
}
