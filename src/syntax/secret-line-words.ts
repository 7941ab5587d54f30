/** A word without its quotes. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where the word before ends and the next one starts. */
  readonly last: number;
  next: number;
}

/** The words of a line, whatever its grammar. */
export function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(/"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)|'([^']*)'?|\\[rn]|((?:(?!\\[rn])[^\s"';{},()[\]])+)/g)) {
    const plain = match[3];
    // A monitor's request has its line ends written out.
    if (match[0] === '\\r' || match[0] === '\\n' || (plain !== undefined && /^[:=]+$/.test(plain))) continue;
    const text = plain ?? match[1] ?? match[2] ?? '';
    const start = match.index + (plain === undefined ? 1 : 0);
    const before = words.at(-1);
    if (before) before.next = start;
    words.push({ text, start, end: start + text.length, last: before?.end ?? 0, next: line.length });
  }
  return words;
}

/** What stands between a word and the next one. */
export function gapAfter(line: string, word: Word): string {
  return line.slice(word.end, word.next);
}

/** The rest of the line, as far as it tells whether a statement ends here. */
export function restAfter(line: string, word: Word): string {
  return line.slice(word.end, word.end + 120);
}

/** A word without an option's dashes, a variable's sign and what joins it to its value; of an Alteon path its last part. */
export function plainWord(word: string): string {
  const plain = word.replace(/^[-$"'\\]{1,2}/, '').replace(/[:=\\]{1,2}$/, '');
  return /^\/?(?:c|cfg|\d{1,3}(?:\.\d{1,3}){3})\//.test(plain) && !plain.includes('/snmpv3/comm')
    ? plain.slice(plain.lastIndexOf('/') + 1)
    : plain;
}
