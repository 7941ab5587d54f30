import { fill, fillWhole } from '../../src/rules/text.ts';

const plan = ["'", () => 'x'.repeat(5000), "' is long"];

test('a sentence cuts what is endless, a config gets it to the letter', () => {
  expect(fill(plan, {})).toBe(`'${'x'.repeat(300)}…' is long`);
  expect(fillWhole(plan, {})).toBe(`'${'x'.repeat(5000)}' is long`);
});

test('what is unknown is a question mark, a list stands with commas', () => {
  expect(fill([() => undefined, ' and ', () => ['a', 'b']], {})).toBe('? and a, b');
});
