/** Numbers from 0 up to, not including, 1, the same for the same seed (mulberry32). */
export type Random = () => number;

/** A source of numbers that a seed decides. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to, not including, `count`. */
export function below(count: number, random: Random): number {
  return Math.floor(random() * count);
}

/** One of a list. */
export function oneOf<T>(list: readonly T[], random: Random): T {
  return list[below(list.length, random)] as T;
}

/** Pieces that mean something in some grammar, or nothing in any. */
const PIECES: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    ';',
    ',',
    ':',
    '=',
    '#',
    '!',
    '\\',
    '/*',
    '*/',
    '//',
    '|',
    '>-',
    '&a',
    '*a',
    '<<: *a',
    '---',
    '\t',
  ],
  ...[
    '{% if a %}',
    '{% else %}',
    '{% endif %}',
    '{% for a in b %}',
    '{% endfor %}',
    '{{ a }}',
    '{{',
    '}}',
    '<%= a %>',
    '<% end %>',
    '${A}',
    '$A',
  ],
  ...['\u0000', '\ufeff', '\r', '\u2028', '\u202e', '\ud800', '\udc00', '\u0085', '\u00a0', '\ue000', '\ue001', '\ue002', 'é', '😀'],
  ...[
    '-1',
    '0',
    '1',
    '255',
    '256',
    '65536',
    '4294967296',
    '1e999',
    '99999999999999999999',
    '0x10',
    '1.5',
    '١',
    '1s',
    '1ms',
    'on',
    'off',
    'null',
    'true',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '10.0.0.1',
    '10.0.0.1/33',
    '999.1.1.1',
    '::',
    '::1/129',
    'fe80::1%eth0',
    '0.0.0.0/0',
  ],
  ...[
    'no',
    'default',
    'set',
    'delete',
    'include *',
    'include /etc/*',
    'interface Vlan1',
    'inherit a',
    'defaults-from /Common/a',
    'end',
    'exit',
  ],
];

type Mutation = (text: string, random: Random, other: string) => string;

const onLines =
  (change: (lines: string[], random: Random) => void): Mutation =>
  (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };

const insert: Mutation = (text, random) => {
  const at = below(text.length + 1, random);
  return text.slice(0, at) + oneOf(PIECES, random) + text.slice(at);
};

const swapWords: Mutation = (text, random) => {
  const words = [...text.matchAll(/[^\s"{}[\],;:]+/g)];
  if (words.length < 2) return text;
  const [to, from] = [oneOf(words, random), oneOf(words, random)];
  return text.slice(0, to.index) + (random() < 0.5 ? oneOf(PIECES, random) : from[0]) + text.slice(to.index + to[0].length);
};

const longWord: Mutation = (text, random) => {
  const at = below(text.length + 1, random);
  return text.slice(0, at) + oneOf([...PIECES, ' ', '\n', 'a'], random).repeat(oneOf([10, 1000, 20_000], random)) + text.slice(at);
};

/** What may happen to a config on its way. */
const MUTATIONS: readonly Mutation[] = [
  (text, random) => text.slice(0, below(text.length + 1, random)),
  (text, random) => text.slice(below(text.length + 1, random)),
  (text, random) => {
    const at = below(text.length + 1, random);
    return text.slice(0, at) + text.slice(at + below(40, random));
  },
  insert,
  insert,
  insert,
  swapWords,
  swapWords,
  swapWords,
  longWord,
  onLines((lines, random) => void lines.splice(below(lines.length, random), 1 + below(5, random))),
  onLines((lines, random) => void lines.splice(below(lines.length, random), 0, ...lines.slice(below(lines.length, random)).slice(0, 30))),
  onLines((lines, random) => {
    for (let i = 0; i < 10; i++) {
      const [a, b] = [below(lines.length, random), below(lines.length, random)];
      [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
    }
  }),
  onLines((lines, random) => {
    const at = below(lines.length, random);
    lines[at] = ' '.repeat(below(12, random)) + (lines[at] as string).trimStart();
  }),
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => text.replace(/\n/g, '\r'),
  (text) => `\ufeff${text}`,
  (text, _random, other) => text + other,
  (text, random, other) => {
    const from = below(other.length, random);
    const at = below(text.length + 1, random);
    return text.slice(0, at) + other.slice(from, from + 400) + text.slice(at);
  },
];

/** A text with one to four things done to it; pieces of another one may come into it. */
export function mutated(text: string, other: string, random: Random): string {
  let result = text;
  for (let left = 1 + below(4, random); left > 0; left--) result = oneOf(MUTATIONS, random)(result, random, other).slice(0, 1_000_000);
  return result;
}
