import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { buildNetwork } from '../../src/network/build.ts';
import { baseEnvironment } from '../../src/rules/cel/environment.ts';
import { compileExpression, isProblem } from '../../src/rules/cel/expression.ts';
import { buildLookup } from '../../src/rules/lookup.ts';
import { subjectsOf } from '../../src/rules/subjects.ts';
import { viewOf } from '../../src/rules/view.ts';
import { SUBJECTS, typeName, VOCABULARY } from '../../src/rules/vocabulary/vocabulary.ts';
import { deviceOf, memberOf } from './device.ts';
import { networksOf } from './lint-texts.ts';

const { rules } = readRuleFolder(`${__dirname}/../../rules`, 'rules');
const networks = rules
  .flatMap((rule) => rule.examples.flatMap((example) => [example.bad, example.good]))
  .flatMap((files) => networksOf(Object.entries(files).map(([path, text]) => ({ path, text }))))
  .map((network) => [network, buildLookup(network)] as const);

test('the examples have something of most kinds', () => {
  const met = SUBJECTS.filter((kind) => networks.some(([network]) => subjectsOf(kind, network).length > 0));
  expect(met.length).toBeGreaterThan(18);
});

test.each(SUBJECTS)('every field of a %s has the type that it is said to have, on every example', (kind) => {
  const environment = baseEnvironment().clone().registerVariable(kind, typeName(kind));
  for (const field of Object.keys(VOCABULARY[kind].fields)) {
    const expression = compileExpression(`${kind}.${field}`, environment);
    if (isProblem(expression)) throw new Error(`${kind}.${field}: ${expression.message}`);
    for (const [network, lookup] of networks) {
      for (const subject of subjectsOf(kind, network)) {
        // A value of another type throws; what is unknown does not.
        expression.ask({ [kind]: viewOf(kind, subject, lookup) });
      }
    }
  }
});

test.each(Object.entries(VOCABULARY))('the words for a %s are explained', (_, words) => {
  for (const text of [words.doc, ...Object.values(words.fields).map((word) => word.doc)]) expect(text).toMatch(/^[A-Z`].*[^.]$/);
});

test('the other members of a group are those on other devices', () => {
  const network = buildNetwork(
    ['lb1', 'lb2', 'lb3'].map((name) => deviceOf(name, { members: [memberOf(name)] })),
    [],
  );
  const environment = baseEnvironment().clone().registerVariable('member', 'Member');
  const expression = compileExpression('listed(member.others.map(o, o.device))', environment);
  if (isProblem(expression)) throw new Error(expression.message);
  const [first] = subjectsOf('member', network);
  if (!first) throw new Error('no member');
  expect(expression.ask({ member: viewOf('member', first, buildLookup(network)) })).toBe('lb2 and lb3');
});
