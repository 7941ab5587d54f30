import { parseBraces } from '../../syntax/braces.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText } from '../../syntax/statement.ts';

/** Reads an nginx configuration file or a part of one; Lua blocks are skipped by counting braces. */
export function parse(source: SourceText): ParsedText {
  return parseBraces(source.text, source.path, {
    ends: 'semicolon',
    quotes: '"\'',
    escapes: true,
    comments: '#',
    multilineQuotes: true,
    dollarBraces: true,
    opaque: (words) => words[0]?.endsWith('_by_lua_block') ?? false,
  });
}
