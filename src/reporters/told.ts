import { maskMessage } from '../syntax/secrets.ts';
import { escapeControls } from './escape.ts';

/** Text from findings, safe to print: secrets masked, control characters spelt out, on one line. */
export function told(text: string): string {
  const line = text.split(/[\r\n]+/);
  const joined = line.length === 1 ? text : line.map((part) => part.trim()).join(' ');
  return escapeControls(maskMessage(joined.toWellFormed()));
}

/** As `told`, with its lines kept: commands are copied as they stand. */
export function toldLines(text: string): string {
  return maskMessage(text.trimEnd().toWellFormed()).split(/\r?\n/).map(escapeControls).join('\n');
}
