import { baseEnvironment } from '../../src/rules/cel/environment.ts';
import { compileExpression, isProblem } from '../../src/rules/cel/expression.ts';
import { countStepsOf, TooManySteps } from '../../src/rules/cel/steps.ts';

/** Asks an expression over `l`, a list of thirty numbers, that may take a thousand steps. */
function ask(text: string): unknown {
  const compiled = compileExpression(text, baseEnvironment().clone().registerVariable('l', 'list<int>'));
  if (isProblem(compiled)) throw new Error(compiled.message);
  countStepsOf('x/y', 1000);
  return compiled.ask({ l: Array.from({ length: 30 }, (_, i) => BigInt(i)) });
}

test.each([
  ['a loop in a loop in a loop', 'l.all(a, l.all(b, l.all(c, c >= 0)))'],
  ['loops that take what is thrown in them for unknown', 'l.exists(a, l.exists(b, l.exists(c, c > 99 && a < 0)))'],
  ['loops behind what is unknown', 'l[99] == 1 || l.all(a, l.all(b, l.all(c, c >= 0)))'],
  ['lists that are made longer', '(l + l + l + l + l + l + l + l + l).size() > 0'],
  ['texts that are made longer', `(string(l.size()) + '${'x'.repeat(600)}' + '${'x'.repeat(600)}').size() > 0`],
  ['loops that make lists', 'l.map(a, l.map(b, l.map(c, c))).size() > 0'],
  ['loops that choose', 'l.filter(a, l.filter(b, l.filter(c, c > 0).size() > 0).size() > 0).size() > 0'],
])('end: %s', (_, text) => {
  expect(() => ask(text)).toThrow(TooManySteps);
});

test.each([
  ['l.all(a, a >= 0)', true],
  ['l.exists(a, l.exists(b, a + b == 58))', true],
  ['l.filter(a, a > 27).map(a, a + 1).size() == 2', true],
])('are counted from the start of each rule, and few of them are no matter: %s', (text, value) => {
  for (let again = 0; again < 5; again++) expect(ask(text)).toBe(value);
});
