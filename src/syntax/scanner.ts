import { table } from './table.ts';
import { isPlaceholderCode, maybeStep } from './template.ts';

/** How words are written in a grammar. */
export interface WordStyle {
  /** Characters that quote: `"` and, for some, `'`. */
  readonly quotes: string;
  /** A backslash takes the next character as it is, inside and outside quotes. */
  readonly escapes: boolean;
  /** Quotes within which a backslash is a character like any other (HAProxy's `'`). */
  readonly rawQuotes?: string;
  /** `q<...>`, `q{...}`, `q/.../`: a word that begins with `q` and a delimiter is quoted up to the delimiter's counterpart (NetScaler). */
  readonly qQuotes?: boolean;
  /** `${name}` within a word is a variable: its braces open no block (nginx). */
  readonly dollarBraces?: boolean;
}

/** One word as it stands in the text. */
export interface Word {
  readonly text: string;
  /** Offset of the first character after the word. */
  readonly end: number;
  /** A quote was opened and never closed. */
  readonly unterminated: boolean;
}

const BACKSLASH = 92;
const NEWLINE = 10;
const LETTER_Q = 113;
const DOLLAR = 36;
const COUNTERPARTS: Readonly<Record<string, string>> = table({
  '<': '>',
  '{': '}',
  '(': ')',
  '[': ']',
  '/': '/',
  '|': '|',
  '~': '~',
  '"': '"',
});

/**
 * Reads the word that starts at `start`. It ends before white space, before a character of `stops`
 * outside quotes, or at `limit`. Quotes are taken off; a quoted part may span lines where
 * `multiline` is set.
 */
export function readWord(text: string, start: number, limit: number, style: WordStyle, stops = '', multiline = false): Word {
  if (style.qQuotes && text.charCodeAt(start) === LETTER_Q && start + 1 < limit) {
    const quoted = readQQuote(text, start, limit);
    if (quoted) return quoted;
  }
  let at = start;
  let plain = '';
  let from = start;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (isPlaceholderCode(code)) {
      at++;
    } else if (code === DOLLAR && style.dollarBraces && text[at + 1] === '{') {
      at = closingBrace(text, at, limit);
    } else if (code <= 32 || maybeStep(code) !== 0 || (stops !== '' && stops.includes(text[at] as string))) {
      break;
    } else if (code === BACKSLASH && style.escapes && at + 1 < limit && text.charCodeAt(at + 1) !== NEWLINE) {
      plain += text.slice(from, at);
      from = at + 1;
      at += 2;
    } else if (style.quotes !== '' && style.quotes.includes(text[at] as string)) {
      const close = closingQuote(text, at, limit, style, multiline);
      plain += text.slice(from, at) + unescaped(text.slice(at + 1, close.at), escapesIn(text[at] as string, style));
      at = close.found ? close.at + 1 : close.at;
      from = at;
      if (!close.found) return { text: plain, end: at, unterminated: true };
    } else {
      at++;
    }
  }
  return { text: from === start ? text.slice(start, at) : plain + text.slice(from, at), end: at, unterminated: false };
}

function closingQuote(text: string, open: number, limit: number, style: WordStyle, multiline: boolean): { at: number; found: boolean } {
  const quote = text.charCodeAt(open);
  const escapes = escapesIn(text[open] as string, style);
  for (let at = open + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return { at, found: true };
    if (code === BACKSLASH && escapes) at++;
    else if (code === NEWLINE && !multiline) return { at, found: false };
  }
  return { at: limit, found: false };
}

function escapesIn(quote: string, { escapes, rawQuotes }: WordStyle): boolean {
  return escapes && !rawQuotes?.includes(quote);
}

function unescaped(text: string, escapes: boolean): string {
  return escapes && text.includes('\\') ? text.replace(/\\([\s\S])/g, '$1') : text;
}

/** `q` and its delimited text, which holds no escapes; undefined where no known delimiter follows or none closes it on the line. */
function readQQuote(text: string, start: number, limit: number): Word | undefined {
  const close = COUNTERPARTS[text[start + 1] as string];
  if (close === undefined) return undefined;
  const at = text.indexOf(close, start + 2);
  return at < 0 || at >= limit ? undefined : { text: text.slice(start + 2, at), end: at + 1, unterminated: false };
}

/** Offset after the `}` of a `${name}` that starts at `start`; only two characters on where the name is no plain word. */
function closingBrace(text: string, start: number, limit: number): number {
  let at = start + 2;
  while (at < limit && /[\w.]/.test(text[at] as string)) at++;
  return text[at] === '}' ? at + 1 : start + 2;
}
