import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { emitExpression } from '../../src/rules/cel/emit.ts';
import { baseEnvironment } from '../../src/rules/cel/environment.ts';
import { compileExpression, isProblem } from '../../src/rules/cel/expression.ts';
import * as runtime from '../../src/rules/cel/runtime.ts';
import { lintTexts } from './lint-texts.ts';
import { readyOf } from './ready.ts';

const fixtures = `${__dirname}/../../fixtures`;
const { rules } = readRuleFolder(`${__dirname}/../../rules`, 'rules');
const ready = rules.map(readyOf);

/** The fixtures a folder that holds one network each. */
const networks = ['incidents', 'platforms'].flatMap((kind) =>
  readdirSync(`${fixtures}/${kind}`)
    .map((name) => `${kind}/${name}`)
    .filter((path) => statSync(`${fixtures}/${path}`).isDirectory()),
);

const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(`${folder}/${path}`).isFile() && !/\.(md|ucs|qkview|gz)$/.test(path))
    .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') }));

test.each(networks)('compiled rules say of %s what interpreted ones say', (network) => {
  const texts = textsIn(`${fixtures}/${network}`);
  const [a, b] = (['interpreted', 'compiled'] as const).map((form) =>
    lintTexts(
      texts,
      ready.map((one) => one[form]),
    ),
  );
  expect(b).toEqual(a);
});

test.each(rules.filter((rule) => rule.examples.length > 0).map((rule) => [rule.id, rule] as const))(
  '%s finds in its examples what it finds interpreted',
  (id, { examples }) => {
    const one = ready.find((rule) => rule.compiled.id === id);
    for (const files of examples.flatMap(({ bad, good }) => [bad, good])) {
      const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
      expect(lintTexts(texts, one ? [one.compiled] : [])).toEqual(lintTexts(texts, one ? [one.interpreted] : []));
    }
  },
);

describe('compiled expressions', () => {
  const resultOf = (text: string) => {
    const expression = compileExpression(text, baseEnvironment().clone());
    if (isProblem(expression)) throw new Error(expression.message);
    const interpreted = expression.ask({});
    expect(new Function('r', `return ${emitExpression(expression.tree)}`)(runtime)({})).toEqual(interpreted);
    return interpreted;
  };

  test.each([
    ['[1, 2, 3].exists(x, x > 2) && ["a"].all(x, x == "a")', true],
    ['[1, 2].filter(x, [1].exists(y, x == y)).map(x, x * 10 + 1)', [11n]],
    ['[1, 2].exists(x, 10 / (x - 1) == 10)', true],
    ['[1].exists(x, 10 / (x - 1) == 10)', undefined],
    ['[1, 2].all(x, 10 / (x - 1) == 7)', false],
    ['1 / 0 == 1 || true', true],
    ['1 / 0 == 1 && true', undefined],
    ['false && 1 / 0 == 1', false],
    ['1 / 0 == 1 ? "a" : "b"', undefined],
    ['[1, 2][5]', undefined],
    ['min([])', undefined],
    ['"a" in ["a", "b"] ? "in" : "out"', 'in'],
    ['!("abc".startsWith("b")) && "abc".contains("b") && "abc".endsWith("c")', true],
    ['[1, 2] == [1, 2] && ["a"] != ["b"]', true],
    ['[1, 2, 2].exists_one(x, x == 2)', false],
    ['string(3 - 5) + "x"', '-2x'],
    ['size([1, 2, 3]) % 2 == 1 && "a" < "b" && 2 <= 2 && 3 >= 2', true],
  ])('%s is %p', (text, value) => {
    expect(resultOf(text)).toEqual(value);
  });
});
