import fc from 'fast-check';
import { applyEdits } from '../../src/fix/apply-edits.ts';
import type { Edit } from '../../src/rules/finding.ts';

const edit = (line: number, column: number, endLine: number, endColumn: number, text: string): Edit => ({
  file: 'a.cfg',
  line,
  column,
  endLine,
  endColumn,
  text,
});

test('edits are made where they stand, whatever their order', () => {
  const edits = [edit(2, 1, 2, 4, 'TWO'), edit(1, 1, 2, 1, ''), edit(3, 6, 3, 6, '!')];
  expect(applyEdits('one\ntwo\nthree\n', edits).text).toBe('TWO\nthree!\n');
  expect(applyEdits('one\ntwo\nthree\n', [...edits].reverse()).text).toBe('TWO\nthree!\n');
});

test('line ends, tabs and a last line without an end stay as they are', () => {
  expect(applyEdits('a\r\n\tb\r\nc', [edit(2, 2, 2, 3, 'B')]).text).toBe('a\r\n\tB\r\nc');
  expect(applyEdits('a\r\nb', [edit(2, 2, 2, 2, '\r\nc')]).text).toBe('a\r\nb\r\nc');
});

test('of two that clash the first is made and the other waits', () => {
  const [first, second] = [edit(1, 1, 1, 4, 'x'), edit(1, 3, 1, 5, 'y')];
  expect(applyEdits('abcdef', [first, second])).toEqual({ text: 'xdef', waiting: [second] });
  expect(applyEdits('abcdef', [second, first])).toEqual({ text: 'abyef', waiting: [first] });
});

test('an insertion waits where another edit begins or ends; neighbours do not', () => {
  const insertion = edit(2, 1, 2, 1, 'new\n');
  expect(applyEdits('a\nb\n', [edit(1, 1, 2, 1, ''), insertion]).waiting).toEqual([insertion]);
  expect(applyEdits('a\nb\n', [edit(1, 1, 2, 1, ''), edit(2, 1, 3, 1, '')]).text).toBe('');
});

test('the same edit twice is made once', () => {
  const insertion = edit(1, 2, 1, 2, '!');
  expect(applyEdits('a\n', [insertion, { ...insertion }])).toEqual({ text: 'a!\n', waiting: [] });
});

test('what no edit covers is kept, for any text and any edits on its lines', () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', '\r') }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(lines, fc.array(fc.tuple(fc.nat(5), fc.nat(6), fc.nat(6)), { maxLength: 5 }), (text, spots) => {
      const edits = spots.map(([line, from, to]) => {
        const at = line % text.length;
        const width = text[at]?.length ?? 0;
        const [start, end] = [Math.min(from, to, width), Math.min(Math.max(from, to), width)];
        return edit(at + 1, start + 1, at + 1, end + 1, 'X');
      });
      const { text: result, waiting } = applyEdits(text.join('\n'), edits);
      expect(result.split('\n')).toHaveLength(text.length);
      const made = edits.filter((one) => !waiting.includes(one));
      const distinct = new Set(made.map((one) => JSON.stringify(one)));
      expect(result.split('X').length - 1).toBe(distinct.size);
    }),
  );
});
