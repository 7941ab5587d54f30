import { parseIndented } from '../../syntax/indented.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText } from '../../syntax/statement.ts';

/** Reads a configuration dump: menus (`/c/slb/real 1`) with their settings indented below. */
export function parse(source: SourceText): ParsedText {
  return parseIndented(source.text, source.path, { quotes: '"', escapes: false, comments: '' });
}
