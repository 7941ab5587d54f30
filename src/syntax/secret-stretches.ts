import type { Rewrite } from './rewrite.ts';
import { STRETCHES } from './secret-words.ts';

/** What stands for a secret in every output. */
export const MASK = '***';

/** What is secret wherever it stands: passwords of addresses and of command lines, values of headers. */
export function stretchesOf(text: string): Rewrite[] {
  return STRETCHES.flatMap(([hint, pattern]) =>
    hint.test(text)
      ? [...text.matchAll(pattern)].map((match) => {
          const [start, end] = match.indices?.[1] ?? [0, 0];
          return { start, end, text: MASK };
        })
      : [],
  );
}

/** Whether a private key begins in a line and goes on in the next. */
export function opensKeyBlock(line: string): boolean {
  const begin = line.lastIndexOf('-----BEGIN ');
  return begin >= 0 && line.indexOf('-----END ', begin) < 0 && /^-----BEGIN [A-Z ]{0,40}PRIVATE KEY/.test(line.slice(begin, begin + 80));
}

/** Keys that stand in one line with their first and last: in JSON, or behind a keyword. */
export function keyBlocksOf(line: string): Rewrite[] {
  const found: Rewrite[] = [];
  const begin = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
  for (let match = begin.exec(line); match; match = begin.exec(line)) {
    const end = line.indexOf('-----END', begin.lastIndex);
    found.push({ start: begin.lastIndex, end: end < 0 ? line.trimEnd().length : end, text: MASK });
    if (end < 0) break;
    begin.lastIndex = end;
  }
  return found;
}
