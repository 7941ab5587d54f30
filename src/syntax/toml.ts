import { type Locate, locator } from './data.ts';
import type { Diagnostic, ParsedText, Statement } from './statement.ts';
import { PLACEHOLDER } from './template.ts';

/*
 * TOML as statements, in the shape of data.ts: `[key, value]`, `[key]` with children, `['-', value]` and
 * `['-']` for the elements of arrays.
 */

type Growing = Statement & { parent?: Statement };

interface Reader {
  readonly text: string;
  readonly file: string;
  readonly locate: Locate;
  readonly root: Statement[];
  readonly diagnostics: Diagnostic[];
  at: number;
}

/** A key or a value as written, and where. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A character of a key without quotes; a template may fill in a part of it. */
const BARE = new RegExp(`[\\w${PLACEHOLDER}-]`);

/** Deeper arrays and inline tables are left out. */
const MAX_DEPTH = 100;

/** Reads TOML. Never throws; a line that cannot be read becomes a diagnostic and is left out. */
export function parseToml(text: string, file: string): ParsedText {
  const reader: Reader = { text, file, locate: locator(text), root: [], diagnostics: [], at: 0 };
  let table: Growing | undefined;
  while (skipBlank(reader, true)) {
    const start = reader.at;
    if (text[start] === '[') table = readHeader(reader) ?? table;
    else readPair(reader, table, 0);
    skipBlank(reader, false);
    if (reader.at < text.length && text[reader.at] !== '\n') {
      complain(reader, start, 'not TOML here');
      skipLine(reader);
    }
    if (reader.at === start) reader.at++;
  }
  return { statements: reader.root, diagnostics: reader.diagnostics };
}

function complain(reader: Reader, offset: number, message: string): void {
  reader.diagnostics.push({ kind: 'syntax', file: reader.file, line: reader.locate(offset).line, message });
}

/** Skips blanks and comments, and line ends where `lines` is set; whether anything is left. */
function skipBlank(reader: Reader, lines: boolean): boolean {
  const { text } = reader;
  while (reader.at < text.length) {
    const char = text[reader.at] as string;
    if (char === '#') skipLine(reader);
    else if (char === ' ' || char === '\t' || char === '\r' || (lines && char === '\n')) reader.at++;
    else return true;
  }
  return false;
}

function skipLine(reader: Reader): void {
  const end = reader.text.indexOf('\n', reader.at);
  reader.at = end < 0 ? reader.text.length : end;
}

/** `[a.b]` or `[[a.b]]`: the table that the lines after it belong to. */
function readHeader(reader: Reader): Growing | undefined {
  const start = reader.at;
  const array = reader.text[start + 1] === '[';
  reader.at += array ? 2 : 1;
  const keys = readKeys(reader);
  if (reader.text[reader.at] !== ']' || keys.length === 0) {
    complain(reader, start, 'the name of the table is never closed');
    return undefined;
  }
  reader.at += array ? 2 : 1;
  let table: Growing | undefined;
  for (const key of keys) table = enter(reader, table, key);
  if (!array || !table) return table;
  const last = keys.at(-1) as Word;
  return add(reader, table, { text: '-', start: last.start, end: last.start }, undefined, reader.at);
}

/** The statement of a key in a table, made where it is not there yet; of an array of tables its last element. */
function enter(reader: Reader, table: Growing | undefined, key: Word): Growing {
  const inside = table?.children.at(-1)?.words[0] === '-' ? (table.children.at(-1) as Growing) : table;
  const list = inside ? inside.children : reader.root;
  const found = list.findLast((s) => s.words[0] === key.text && s.words.length === 1);
  return (found as Growing | undefined) ?? add(reader, inside, key, undefined, key.end);
}

function add(reader: Reader, parent: Growing | undefined, key: Word, value: Word | undefined, end: number): Growing {
  const start = reader.locate(key.start);
  const keyEnd = reader.locate(key.end);
  const at = value && reader.locate(value.start);
  const valueEnd = value && reader.locate(value.end);
  const last = reader.locate(end);
  const made: Growing = {
    words: value ? [key.text, value.text] : [key.text],
    columns: at ? [start.col, at.col] : [start.col],
    ...(at && at.line !== start.line ? { lines: [start.line, at.line] } : {}),
    ends: at && valueEnd ? [keyEnd.col, valueEnd.line === at.line ? valueEnd.col : at.col + 1] : [keyEnd.col],
    file: reader.file,
    line: start.line,
    column: start.col,
    endLine: last.line,
    endColumn: last.col,
    children: [],
  };
  if (parent) made.parent = parent;
  (parent ? parent.children : reader.root).push(made);
  for (let up = made.parent; up; up = up.parent) {
    if (up.endLine > last.line) break;
    up.endLine = last.line;
    up.endColumn = last.col;
  }
  return made;
}

/** `a."b c".d` as its parts. */
function readKeys(reader: Reader): Word[] {
  const keys: Word[] = [];
  for (;;) {
    skipBlank(reader, false);
    const start = reader.at;
    const quote = reader.text[start];
    if (quote === '"' || quote === "'") keys.push(readString(reader, quote));
    else {
      while (BARE.test(reader.text[reader.at] ?? '')) reader.at++;
      if (reader.at === start) return [];
      keys.push({ text: reader.text.slice(start, reader.at), start, end: reader.at });
    }
    skipBlank(reader, false);
    if (reader.text[reader.at] !== '.') return keys;
    reader.at++;
  }
}

/** `key = value`, with a dotted key if need be. */
function readPair(reader: Reader, table: Growing | undefined, depth: number): void {
  const keys = readKeys(reader);
  const last = keys.at(-1);
  if (!last || reader.text[reader.at] !== '=') return;
  reader.at++;
  skipBlank(reader, false);
  let inside = table;
  for (const key of keys.slice(0, -1)) inside = enter(reader, inside, key);
  readValue(reader, inside, last, depth);
}

function readValue(reader: Reader, parent: Growing | undefined, key: Word, depth: number): void {
  const { text } = reader;
  const start = reader.at;
  const char = text[start] ?? '';
  if ((char === '[' || char === '{') && depth < MAX_DEPTH) {
    const made = add(reader, parent, key, undefined, start + 1);
    readList(reader, made, char, depth + 1);
    const end = reader.locate(reader.at);
    made.endLine = end.line;
    made.endColumn = end.col;
    return;
  }
  const value = char === '"' || char === "'" ? readString(reader, char) : readBare(reader);
  if (value.end > value.start) add(reader, parent, key, value, value.end);
}

/** The elements of an array, or the pairs of an inline table. */
function readList(reader: Reader, parent: Growing, opener: string, depth: number): void {
  const closer = opener === '[' ? ']' : '}';
  reader.at++;
  while (skipBlank(reader, true)) {
    const before = reader.at;
    const char = reader.text[before];
    if (char === closer) {
      reader.at++;
      return;
    }
    if (char === ',') reader.at++;
    else if (opener === '[') readValue(reader, parent, { text: '-', start: before, end: before }, depth);
    else readPair(reader, parent, depth);
    if (reader.at === before) return;
  }
  complain(reader, reader.text.length, `'${opener}' is never closed`);
}

/** A number, a truth value, a date. */
function readBare(reader: Reader): Word {
  const start = reader.at;
  while (reader.at < reader.text.length && !/[\s,\]}#]/.test(reader.text[reader.at] as string)) reader.at++;
  return { text: reader.text.slice(start, reader.at), start, end: reader.at };
}

/** A basic or literal string, of one line or, in three quotes, of several. */
function readString(reader: Reader, quote: string): Word {
  const { text } = reader;
  const start = reader.at;
  const triple = text.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  let at = start + mark.length;
  while (at < text.length && !text.startsWith(mark, at) && (triple || text[at] !== '\n')) at += quote === '"' && text[at] === '\\' ? 2 : 1;
  const closed = text.startsWith(mark, at);
  if (!closed) complain(reader, start, 'quoted text is never closed');
  const inner = text.slice(start + mark.length, Math.min(at, text.length));
  reader.at = Math.min(text.length, closed ? at + mark.length : at);
  return { text: quote === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner, start, end: reader.at };
}
