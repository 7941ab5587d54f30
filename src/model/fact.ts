/** A stretch of a file. Lines and columns count from 1; `endColumn` is the column after the last character. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Something a config says, and where it says it. A value that nobody wrote has no place but the
 * vendor's page that documents the default. A field that is absent is unknown, never "no".
 */
export type Fact<T> = Stated<T> | Default<T>;

export interface Stated<T> {
  readonly value: T;
  readonly at: Place;
}

export interface Default<T> {
  readonly value: T;
  /** The vendor's page that documents this default. */
  readonly default: string;
}

/** A fact that a config states at `at`. */
export function stated<T>(value: T, at: Place): Fact<T> {
  return { value, at };
}

/** A fact that holds because nobody said otherwise; `source` is the vendor's page that says so. */
export function byDefault<T>(value: T, source: string): Fact<T> {
  return { value, default: source };
}

/** The place before the first character of a line, for what concerns a line or a file as a whole. */
export function startOfLine(file: string, line: number): Place {
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

/** Where a fact was stated, or `fallback` (the entity's own place) where it is a default or unknown. */
export function placeOf(fact: Fact<unknown> | undefined, fallback: Place): Place {
  return fact && 'at' in fact ? fact.at : fallback;
}

/** Whether the fact stands in a config, as opposed to a default that nobody wrote. */
export function isStated<T>(fact: Fact<T> | undefined): fact is Stated<T> {
  return fact !== undefined && 'at' in fact;
}
