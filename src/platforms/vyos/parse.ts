import { parseBraces } from '../../syntax/braces.ts';
import { parseFlat } from '../../syntax/flat.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText } from '../../syntax/statement.ts';

const SET = /^[ \t]*(?:\S{1,80}[#$] ?|\S{0,80}cmd-wrapper )?set \S/m;
const PROMPT = /^[ \t]*[\w.-]{1,60}@[\w.-]{1,60}[^\n#$]{0,40}[#$](?= )/gm;

/** Reads `set` commands, in a script or not, or a config.boot. */
export function parse(source: SourceText): ParsedText {
  const text = source.text.replace(PROMPT, blank).replace(/^[ \t]*(?:\/\/|\[edit)[^\n]*/gm, blank);
  return SET.test(text)
    ? parseFlat(text, source.path, { quotes: '"\'', escapes: true, comments: '#', commentsOnlyAtStart: true })
    : parseBraces(text, source.path, { quotes: '"', escapes: true, ends: 'newline', comments: '#', blockComments: true });
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}
