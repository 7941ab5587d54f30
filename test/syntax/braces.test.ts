import { expect, test } from '@jest/globals';
import { type BraceGrammar, parseBraces } from '../../src/syntax/braces.ts';
import type { Statement } from '../../src/syntax/statement.ts';

const LINES: BraceGrammar = { ends: 'newline', quotes: '"', escapes: true, comments: '#', multilineQuotes: true };
const SEMICOLONS: BraceGrammar = { ends: 'semicolon', quotes: '"\'', escapes: true, comments: '#', multilineQuotes: true };

/** Statements as nested arrays: words first, then blocks. */
function shape(statements: readonly Statement[]): unknown[] {
  return statements.map((s) => (s.children.length > 0 ? [s.words.join(' '), shape(s.children)] : s.words.join(' ')));
}

test('reads nested blocks, on many lines or on one', () => {
  const { statements, diagnostics } = parseBraces('a b {\n  c d\n  e { f { } g { h i } }\n}\n', 'x', LINES);
  expect(shape(statements)).toEqual([['a b', ['c d', ['e', ['f', ['g', ['h i']]]]]]]);
  expect(diagnostics).toEqual([]);
});

test('reads blocks without a name, as in a list of lists', () => {
  expect(shape(parseBraces('unicast {{ip 1} {ip 2}}', 'x', LINES).statements)).toEqual([
    [
      'unicast',
      [
        ['{', ['ip 1']],
        ['{', ['ip 2']],
      ],
    ],
  ]);
});

test('knows the place of each word and of the whole block', () => {
  const [s] = parseBraces('\nltm pool "/Common/my pool" {\n}\n', 'x', LINES).statements;
  expect(s).toMatchObject({
    words: ['ltm', 'pool', '/Common/my pool'],
    line: 2,
    columns: [1, 5, 10],
    ends: [4, 9, 27],
    endLine: 3,
    endColumn: 2,
  });
});

test('takes escaped quotes and lines within a quoted word', () => {
  const [s, next] = parseBraces('banner "a \\"b\\"\nc {"\nafter x\n', 'x', LINES).statements;
  expect(s?.words).toEqual(['banner', 'a "b"\nc {']);
  expect(next).toMatchObject({ words: ['after', 'x'], line: 3 });
});

test('skips the block of another language by its braces', () => {
  const grammar: BraceGrammar = { ...LINES, opaque: (words) => words[0] === 'rule' };
  const text = 'rule r {\n  when X { if { $a } { pool "{}" } }\n  # "\n}\npool p {\n m\n}\n';
  const { statements, diagnostics } = parseBraces(text, 'x', grammar);
  expect(shape(statements).at(-1)).toEqual(['pool p', ['m']]);
  expect(diagnostics).toEqual([]);
  const unbalanced = parseBraces('rule r {\n  set a "{"\n}\npool p {\n m\n}\n', 'x', grammar);
  expect(shape(unbalanced.statements)).toEqual(['rule r', ['pool p', ['m']]]);
});

test('carries a statement on over a backslash at the end of its line, where the language does', () => {
  const text = 'create ltm pool p \\\r\n  monitor http\nnext\n';
  expect(shape(parseBraces(text, 'x', { ...LINES, continuations: true }).statements)).toEqual(['create ltm pool p monitor http', 'next']);
  expect(parseBraces(text, 'x', LINES).statements).toHaveLength(3);
});

test('ends statements at semicolons where the language does', () => {
  const { statements } = parseBraces("a b;\nc\n  d { e 'f;'; }\n", 'x', SEMICOLONS);
  expect(shape(statements)).toEqual(['a b', ['c d', ['e f;']]]);
});

test('says what is never closed or never opened, and keeps the rest', () => {
  const open = parseBraces('a {\n b {\n  c\n }\n', 'x', LINES);
  expect(shape(open.statements)).toEqual([['a', [['b', ['c']]]]]);
  expect(open.diagnostics).toMatchObject([{ kind: 'syntax', line: 1, message: "block of 'a' is never closed" }]);
  const quote = parseBraces('a\nb "c\n', 'x', LINES);
  expect(quote.diagnostics).toMatchObject([{ kind: 'syntax', line: 2, message: 'quoted text is never closed' }]);
});
