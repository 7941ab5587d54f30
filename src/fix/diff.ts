import { Chalk } from 'chalk';
import { maskLines } from '../syntax/secrets.ts';
import type { ConfigText } from './fix-texts.ts';

/** How a diff is shown. */
export interface DiffOptions {
  readonly color: boolean;
  /** Makes a line safe to print. */
  readonly safe: (line: string) => string;
}

/** A unified diff of one file, three lines around each change; secrets in those are masked. Empty where nothing changed. */
export async function unifiedDiff(before: ConfigText, after: ConfigText, { color, safe }: DiffOptions): Promise<string> {
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch(before.path, after.path, before.text, after.text, undefined, undefined, { context: 3 });
  if (hunks.length === 0) return '';
  const paint = new Chalk({ level: color ? 1 : 0 });
  const tone = (line: string) => (line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line);
  const [old, now] = [before.text, after.text].map((text) => maskLines(text.split('\n'))) as [string[], string[]];
  const shown = (line: string) => line.charAt(0) + line.slice(1).replace(/\r$/, '').split('\t').map(safe).join('\t');
  return [
    paint.bold(`--- ${safe(before.path)}`),
    paint.bold(`+++ ${safe(after.path)}`),
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      paint.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...masked(lines, old.slice(oldStart - 1), now.slice(newStart - 1)).map((line) => tone(shown(line))),
    ]),
    '',
  ].join('\n');
}

/** A hunk's lines, each taken from the masked text that it stands in. */
function masked(lines: readonly string[], old: readonly string[], now: readonly string[]): string[] {
  let [inOld, inNew] = [0, 0];
  return lines.map((line) => {
    const sign = line.charAt(0);
    if (sign === '\\') return line;
    const text = sign === '-' ? old[inOld] : now[inNew];
    if (sign !== '+') inOld++;
    if (sign !== '-') inNew++;
    return sign + (text ?? '');
  });
}
