import { codeFrame } from '../../src/reporters/code-frame.ts';

const frame = (text: string, line: number, column: number, endColumn: number, width = 60, endLine = line) =>
  codeFrame(text, { file: 'a', line, column, endLine, endColumn }, { around: 1, width }).map(({ gutter, text }) => gutter + text);

test('the offending range is underlined between its neighbours', () => {
  expect(frame('one\ntwo three\nfour', 2, 5, 10)).toEqual(['1 | one', '2 | two three', '  |     ^^^^^', '3 | four']);
});

test('a place of several lines is underlined to the end of its first', () => {
  expect(frame('a {\n  b\n}', 1, 1, 2, 60, 3)).toEqual(['1 | a {', '  | ^^^', '2 |   b']);
});

test('marks follow what masking, tabs and control characters move', () => {
  expect(frame('password hunter22 here', 1, 19, 23)).toEqual(['1 | password *** ***', '  |              ^^^']);
  expect(frame('\tip addr', 1, 2, 4)).toEqual(['1 |     ip addr', '  |     ^^']);
  expect(frame('a\u001b[31mb', 1, 1, 2)).toEqual(['1 | a\\x1b[31mb', '  | ^']);
});

test('a long line is cut around the range', () => {
  const [source, marks] = frame(`${'x'.repeat(5000)} here ${'y '.repeat(5000)}`, 1, 5002, 5006, 40);
  expect(source?.length).toBeLessThanOrEqual(44);
  const at = marks?.indexOf('^') ?? -1;
  expect(source?.slice(at, at + 4)).toBe('here');
});

test('CRLF shows nothing; a line that is not there, no frame', () => {
  expect(frame('a\r\nb\r\n', 1, 1, 2)).toEqual(['1 | a', '  | ^', '2 | b']);
  expect(frame('a', 9, 1, 2)).toEqual([]);
});
