/** A word without its quotes. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the word before and this one, and between this one and the next. */
  readonly gap: string;
  readonly after: string;
  /** The rest of the line, as far as it tells whether a statement ends here. */
  readonly rest: string;
}

/** The words of a line, whatever its grammar. */
export function wordsOf(line: string): Word[] {
  const matches = [...line.matchAll(/"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)|'([^']*)'?|([^\s"';{},()[\]]+)/g)];
  const places = matches.flatMap((match) => {
    if (/^[:=]+$/.test(match[3] ?? '')) return [];
    const text = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + (match[3] === undefined ? 1 : 0);
    return { text, start, end: start + text.length };
  });
  return places.map((place, i) => {
    const next = places[i + 1]?.start ?? line.length;
    return {
      ...place,
      gap: line.slice(places[i - 1]?.end ?? 0, place.start),
      after: line.slice(place.end, next),
      rest: line.slice(place.end, place.end + 120),
    };
  });
}

/** A word without an option's dashes, a variable's sign and what joins it to its value; of an Alteon path its last part. */
export function plainWord(word: string): string {
  const plain = word.replace(/^[-$"'\\]{1,2}/, '').replace(/[:=\\]{1,2}$/, '');
  return /^\/?(?:c|cfg|\d{1,3}(?:\.\d{1,3}){3})\//.test(plain) && !plain.includes('/snmpv3/comm')
    ? plain.slice(plain.lastIndexOf('/') + 1)
    : plain;
}
