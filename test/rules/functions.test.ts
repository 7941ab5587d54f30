import { baseEnvironment } from '../../src/rules/cel/environment.ts';
import { compileExpression, isProblem } from '../../src/rules/cel/expression.ts';

function resultOf(text: string): unknown {
  const expression = compileExpression(text, baseEnvironment().clone());
  if (isProblem(expression)) throw new Error(expression.message);
  return expression.ask({});
}

test.each([
  ['sum([1, 2, 3])', 6n],
  ['sum([])', 0n],
  ['min([3, 1, 2])', 1n],
  ['max([3, 1, 2])', 3n],
  ['distinct(["a", "b", "a"])', ['a', 'b']],
  ['sorted(["b", "a"])', ['a', 'b']],
  ['quoted(["a"])', "'a'"],
  ['listed(["a", "b", "c"])', 'a, b and c'],
  ['seconds(3000)', '3 s'],
  ['seconds(500)', '0.5 s'],
  ['re("web-check", "^web-")', true],
  ['re("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', false],
  ['isAddress("192.0.2.1")', true],
  ['isAddress("192.0.2")', false],
  ['sameAddress("2001:db8::1", "2001:db8:0::1")', true],
  ['inSubnet("192.0.2.10", "192.0.2.0/24")', true],
  ['inSubnet("192.0.3.10", "192.0.2.0/24")', false],
  ['sameSubnet("192.0.2.10", "192.0.2.200", 25)', false],
  ['sameSubnet("192.0.2.10", "192.0.2.20", 25)', true],
  ['suggest("web-chek", ["web-check", "dns"])', "; did you mean 'web-check'?"],
  ['suggest("2", ["3", "1"])', '; defined: 1, 3'],
  ['suggest("x", [])', ''],
])('%s', (text, expected) => {
  expect(resultOf(text)).toEqual(expected);
});

test('the smallest of nothing is unknown, and so is what needs it', () => {
  expect(resultOf('min([])')).toBeUndefined();
  expect(resultOf('min([]) > 3 || true')).toBe(true);
});
