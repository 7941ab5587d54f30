import type { Rewrite } from '../syntax/rewrite.ts';

/** Control characters, C1, those that turn the direction of text, and the marks of masked templates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
export const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\ue002]/g;

/** The first character of what a CI service would take for a command anywhere in a log: GitHub's `##[…]`, Azure's `##vso[…]`, `##teamcity[…]`. */
export const COMMAND = /#(?=#(?:vso|teamcity)?\[)/g;

/** The same of what GitHub takes for one at the start of a line: `::error …::`. */
const COMMAND_AT_START = /(?<=^|\s):(?=:[A-Za-z][\w%=-]{1,200}(?:\s(?:(?!::).){0,500})?::)/g;

/** One line of text with control characters spelt out: a config must steer neither a terminal nor a CI service. */
export function escapeControls(line: string): string {
  return line.toWellFormed().replace(CONTROL, spelt).replace(COMMAND_AT_START, spelt).replace(COMMAND, spelt);
}

/** As `escapeControls`, for each line of a text. */
export function escapeLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n');
}

/** The stretches of a line that `escapeControls` would change; a tab becomes four blanks. */
export function controlsOf(line: string): Rewrite[] {
  return [CONTROL, COMMAND, COMMAND_AT_START]
    .flatMap((pattern) => [...line.matchAll(pattern)])
    .map((match) => ({
      start: match.index,
      end: match.index + 1,
      text: match[0] === '\t' ? '    ' : spelt(match[0]),
    }));
}

function spelt(char: string): string {
  const code = char.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
