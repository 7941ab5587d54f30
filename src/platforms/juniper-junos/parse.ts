import { parseBraces } from '../../syntax/braces.ts';
import { parseFlat } from '../../syntax/flat.ts';
import type { Source, SourceText } from '../../syntax/source.ts';
import type { ParsedText } from '../../syntax/statement.ts';

const SET = /^[ \t]*(?:\S{1,80}[#>%] ?)?set \S/m;
/** A prompt and the command typed at it: `admin@mx1> show configuration interfaces ae0`. */
const PROMPT =
  /^[ \t]*(?:[\w.-]{1,60}@)?[A-Za-z][\w.-]{0,60}(?:\([^()\n]{1,30}\))?[>#%] ?(?=(?:show|run|set|delete|edit|top|up|commit|deactivate|activate|configure|exit|quit|rollback)\b|$)/;
const BANNER = /^[ \t]*(?:\{(?:master|backup|primary|secondary|linecard)[^{}\n]{0,20}\}|\[edit)/;
const SHOW = /^(?:run )?show(?: configuration)?(?: |$)/;

/** Reads a configuration in braces, or `set` commands; prompts are blanked. */
export function parse(source: SourceText): ParsedText {
  const flat = SET.test(source.text);
  const text = source.text
    .split('\n')
    .map((line) => withoutPrompt(line, flat))
    .join('\n');
  return flat
    ? parseFlat(text, source.path, { quotes: '"', escapes: true, comments: '#', commentsOnlyAtStart: true })
    : parseBraces(text, source.path, {
        quotes: '"',
        escapes: true,
        ends: 'semicolon',
        comments: '#',
        blockComments: true,
        multilineQuotes: true,
      });
}

function withoutPrompt(line: string, flat: boolean): string {
  if (BANNER.test(line)) return ' '.repeat(line.length);
  const prompt = PROMPT.exec(line)?.[0];
  if (prompt === undefined) return line;
  return flat ? ' '.repeat(prompt.length) + line.slice(prompt.length) : ' '.repeat(line.length);
}

/** Where a section of a configuration stands in the whole, told by the command that showed it. */
export interface Section {
  /** Line of the command. */
  readonly line: number;
  readonly path: readonly string[];
}

/** The sections that `show configuration PATH` and `show PATH` begin, in order. */
export function sectionsOf(source: Source): Section[] {
  const sections: Section[] = [];
  source.text.split('\n').forEach((line, index) => {
    const prompt = PROMPT.exec(line)?.[0];
    const command = prompt === undefined ? '' : line.slice(prompt.length).trim();
    const show = SHOW.exec(command)?.[0];
    if (show === undefined) return;
    const path = (command.slice(show.length).split('|')[0] ?? '').split(/\s+/).filter((word) => word !== '');
    sections.push({ line: index + 1, path });
  });
  return sections;
}
