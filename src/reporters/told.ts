import { maskMessage } from '../syntax/secrets.ts';
import { escapeControls } from './escape.ts';

/** Text from findings, safe to print: secrets masked, control characters spelt out, on one line. */
export function told(text: string): string {
  return escapeControls(maskMessage(text.toWellFormed()).replace(/\s*[\r\n]+\s*/g, ' '));
}

/** As `told`, with its lines kept: commands are copied as they stand. */
export function toldLines(text: string): string {
  return maskMessage(text.trimEnd().toWellFormed()).split(/\r?\n/).map(escapeControls).join('\n');
}
