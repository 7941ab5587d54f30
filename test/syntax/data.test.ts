import { describe, expect, test } from '@jest/globals';
import { parseJson, parseYaml } from '../../src/syntax/data.ts';
import { placeOfWord, type Statement } from '../../src/syntax/statement.ts';
import { isUnknown } from '../../src/syntax/template.ts';

const flat = (statements: readonly Statement[], depth = 0): string[] =>
  statements.flatMap((s) => [
    `${'  '.repeat(depth)}${s.words.join(' = ')} @${s.line}:${s.columns.join(',')}`,
    ...flat(s.children, depth + 1),
  ]);

describe('YAML', () => {
  test('keys, lists and scalars become statements with their places', () => {
    expect(flat(parseYaml('a:\n  b: "x y"\n  c: [1, true]\nd:\n  - e: f\n    g:\n  - h\n', 'x').statements)).toEqual([
      'a @1:1',
      '  b = x y @2:3,6',
      '  c @3:3',
      '    - = 1 @3:7,7',
      '    - = true @3:10,10',
      'd @4:1',
      '  - @5:5',
      '    e = f @5:5,8',
      '    g =  @6:5,7',
      '  - = h @7:5,5',
    ]);
  });
  test('anchors, merge keys and several documents', () => {
    expect(flat(parseYaml('a: &x\n  b: 1\nc:\n  <<: *x\n  d: *x\n---\ne: 2\n', 'x').statements).map((s) => s.split(' @')[0])).toEqual([
      'a',
      '  b = 1',
      'c',
      '  b = 1',
      '  d',
      '    b = 1',
      'e = 2',
    ]);
  });
  test('errors have lines, and what was read is kept', () => {
    const { statements, diagnostics } = parseYaml('a: 1\nb: [\n', 'x');
    expect(statements.map((s) => s.words[0])).toEqual(['a', 'b']);
    expect(diagnostics).toMatchObject([{ kind: 'syntax', file: 'x' }]);
  });
  test('aliases that multiply end', () => {
    const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`).join('\n')}\n`;
    expect(() => parseYaml(bomb, 'x')).not.toThrow();
  });
});

describe('JSON', () => {
  test('is read as YAML is', () => {
    const { statements } = parseJson('{\n  "a": {"b": [1, {"c": null}]},\n}\n', 'x');
    expect(flat(statements)).toEqual(['a @2:3', '  b @2:9', '    - = 1 @2:15,15', '    - @2:18', '      c =  @2:19,24']);
    expect(placeOfWord(statements[0] as Statement, 0)).toMatchObject({ line: 2, column: 3, endColumn: 6 });
  });
  test('a string that lacks one of its quotes says nothing', () => {
    const broken = '{\n"a":  traffic-group-1",\n"b": "traffic-group-1,\n"c": "d"\n}';
    expect(parseJson(broken, 'x').statements.map((s) => [s.words[0], isUnknown(s.words[1] ?? '')])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
  });
  test('errors have lines, and what was read is kept', () => {
    const { statements, diagnostics } = parseJson('{"a": 1,\n"b" 2}', 'x');
    expect(statements[0]?.words).toEqual(['a', '1']);
    expect(diagnostics[0]).toMatchObject({ kind: 'syntax', line: 2 });
  });
});
