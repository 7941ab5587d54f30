import { COMMAND, CONTROL } from './escape.ts';

/** A value as JSON that every parser reads: without single surrogates, and with nothing that steers who prints it. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part), indent);
  // JSON.stringify spells out the control characters below U+0020 itself; what is left of them is its own line ends.
  return text.replace(CONTROL, (char) => (char === '\n' ? char : spelt(char))).replace(COMMAND, spelt);
}

function spelt(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
