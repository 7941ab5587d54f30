import { type Rewrite, rewrite, withoutOverlaps } from './rewrite.ts';
import { wordsOf } from './secret-line-words.ts';
import { MASK, stretchesOf } from './secret-stretches.ts';
import { type Carry, walkLine } from './secret-walk.ts';
import { looksSecret, REACHES_FAR } from './secret-words.ts';

/** How many lines before one are to be looked at, so that a secret's keyword or a key's first line is seen. */
export const LINES_BEFORE = 120;

/** Of a line before as much as tells what it leaves. */
const LINE_END = 1000;

/**
 * The stretches of one line of a config that may be a secret: what follows words such as `password`,
 * `auth_pass` or `community`, and what looks like a hash or a key. Rather one too many: a harmless
 * word that is masked costs nothing, a password that is shown does.
 */
export function secretsOf(line: string): Rewrite[] {
  return walkLine(line, undefined).found;
}

/**
 * As `secretsOf`, for each of several lines: a key's block, and a secret that stands on the line after its keyword.
 * `before`: the lines before them, of which LINES_BEFORE are enough.
 */
export function secretsIn(lines: readonly string[], before: readonly string[] = []): Rewrite[][] {
  let carry: Carry | undefined;
  // Few lines leave anything to more than the next one.
  const ends = before.map((line) => line.slice(-LINE_END));
  for (const line of ends.some((one) => REACHES_FAR.test(one)) ? ends : ends.slice(-1)) carry = walkLine(line, carry).carry;
  return lines.map((line) => {
    const walked = walkLine(line, carry);
    carry = walked.carry;
    return walked.found;
  });
}

/** A line of a config with its secrets masked. */
export function maskLine(line: string): string {
  return rewrite(line, secretsOf(line));
}

/** Lines of a config with their secrets masked. */
export function maskLines(lines: readonly string[]): string[] {
  const found = secretsIn(lines);
  return lines.map((line, i) => rewrite(line, found[i] ?? []));
}

/** A sentence with what looks like a hash, a key or a login masked; its words are not taken for keywords. */
export function maskMessage(message: string): string {
  const found = wordsOf(message)
    .filter((word) => looksSecret(word.text))
    .map((word): Rewrite => ({ start: word.start, end: word.end, text: MASK }));
  return rewrite(message, withoutOverlaps([...found, ...stretchesOf(message)]));
}

/** Text that a config says, as part of a sentence or a fact: names stay as they are, words behind `password` do not. */
export function maskValue(value: string): string {
  return /\s/.test(value) ? maskLines(value.split('\n')).join('\n') : maskMessage(value);
}
