import { expect, test } from '@jest/globals';
import type { Statement } from '../../src/syntax/statement.ts';
import { parseToml } from '../../src/syntax/toml.ts';

const flat = (statements: readonly Statement[], depth = 0): string[] =>
  statements.flatMap((s) => [
    `${'  '.repeat(depth)}${s.words.join(' = ')} @${s.line}:${s.columns.join(',')}`,
    ...flat(s.children, depth + 1),
  ]);

test('tables, arrays of tables, dotted keys, arrays and inline tables', () => {
  const text = `# head
title = "a # b" # comment
[http.services."my service".loadBalancer]
  [[http.services."my service".loadBalancer.servers]]
    url = 'http://10.0.0.1'
  [[http.services."my service".loadBalancer.servers]]
    url = "x"
    weight = 2
[a]
b.c = [1,
  { d = true }]
`;
  expect(flat(parseToml(text, 'x').statements)).toEqual([
    'title = a # b @2:1,9',
    'http @3:2',
    '  services @3:7',
    '    my service @3:16',
    '      loadBalancer @3:29',
    '        servers @4:45',
    '          - @4:45',
    '            url = http://10.0.0.1 @5:5,11',
    '          - @6:45',
    '            url = x @7:5,11',
    '            weight = 2 @8:5,14',
    'a @9:2',
    '  b @10:1',
    '    c @10:3',
    '      - = 1 @10:8,8',
    '      - @11:3',
    '        d = true @11:5,9',
  ]);
});

test('strings of several lines', () => {
  expect(parseToml('a = """\nx\n"y"\n"""\nb = 1\n', 'x').statements.map((s) => s.words)).toEqual([
    ['a', '\nx\n"y"\n'],
    ['b', '1'],
  ]);
});

test('what is broken is reported with its line, and the rest is read', () => {
  const { statements, diagnostics } = parseToml('a = 1\nb ==== 2\n[c\nd = "x\ne = 3\nf = [1\n', 'x');
  expect(statements.map((s) => s.words[0])).toEqual(expect.arrayContaining(['a', 'd', 'e']));
  expect(diagnostics.map((d) => d.line)).toEqual([2, 3, 4, 7]);
});
