import type { SourceText } from './source.ts';

/** Stands, once a character, for a template's placeholder: a value that is not known here. */
export const PLACEHOLDER = '\uE000';
/** Stands in front of every line that a template's control lines make conditional. */
const MAYBE = '\uE001';

const PLACEHOLDER_CODE = 0xe000;
const MAYBE_CODE = 0xe001;

export function isPlaceholderCode(code: number): boolean {
  return code === PLACEHOLDER_CODE;
}

/** Whether a word holds a placeholder, so that its value is not known. */
export function isUnknown(word: string): boolean {
  return word.includes(PLACEHOLDER);
}

export type { SourceText };
export { MAYBE, MAYBE_CODE };
