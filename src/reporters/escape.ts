import type { Rewrite } from '../syntax/rewrite.ts';

/** Control characters, C1, those that turn the direction of text, and the marks of masked templates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\ue002]/g;

/** One line of text with control characters spelt out: a config must not steer a terminal. */
export function escapeControls(line: string): string {
  return line.replace(CONTROL, spelt);
}

/** The stretches of a line that `escapeControls` would change; a tab becomes four blanks. */
export function controlsOf(line: string): Rewrite[] {
  return [...line.matchAll(CONTROL)].map((match) => ({
    start: match.index,
    end: match.index + 1,
    text: match[0] === '\t' ? '    ' : spelt(match[0]),
  }));
}

function spelt(char: string): string {
  const code = char.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
