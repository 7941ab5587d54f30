import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { applyEdits } from '../../src/fix/apply-edits.ts';
import { fixTexts, isFixable } from '../../src/fix/fix-texts.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';

const { rules } = readRuleFolder(`${__dirname}/../../rules`, 'rules');
/** As most projects lint: the recommended rules, and the one that is looked at. */
const lintWith = (rule: Rule) => (texts: readonly InputText[]) =>
  lintTexts(texts, { platforms: PLATFORMS, rules, settings: { rules: { [rule.id]: { severity: rule.severity } } }, echoes: true });
const textsOf = (files: Readonly<Record<string, string>>): InputText[] => Object.entries(files).map(([path, text]) => ({ path, text }));
const told = (findings: readonly Finding[]) => findings.map(({ rule, device }) => `${device} ${rule}`).sort();

/** Examples whose rule has a suggestion for their platform, with what is found before. */
const cases = rules
  .filter((rule) => rule.checks.some((check) => check.suggest))
  .flatMap((rule) =>
    rule.examples
      .filter(({ platform }) => rule.checks.some((check) => check.suggest?.[platform]))
      .map((example) => ({ rule, example, before: lintWith(rule)(textsOf(example.bad)).findings.filter((one) => one.rule === rule.id) })),
  );

test('every rule and platform with a suggestion has an example on which it is made', () => {
  const promised = rules.flatMap((rule) => rule.checks.flatMap((check) => Object.keys(check.suggest ?? {}).map((p) => `${rule.id} ${p}`)));
  const shown = cases.filter(({ before }) => before.some(isFixable)).map(({ rule, example }) => `${rule.id} ${example.platform}`);
  expect([...new Set(promised)].filter((one) => !shown.includes(one))).toEqual([]);
  expect(promised.length).toBeGreaterThan(10);
});

describe.each(cases.map((one) => [`${one.rule.id} on ${one.example.platform}`, one] as const))('%s', (_, { rule, example, before }) => {
  const lint = lintWith(rule);
  const texts = textsOf(example.bad);
  const fixable = before.filter(isFixable);

  test('each suggestion by itself takes its finding away and brings no other', () => {
    for (const finding of fixable) {
      const after = lint(
        texts.map((one) => ({
          ...one,
          text: applyEdits(
            one.text,
            finding.suggestion.edits.filter((e) => e.file === one.path),
          ).text,
        })),
      );
      const gone = told(lint(texts).findings);
      gone.splice(gone.indexOf(`${finding.device} ${finding.rule}`), 1);
      expect(gone).toEqual(expect.arrayContaining(told(after.findings)));
      expect(after.findings.map((one) => one.fingerprint)).not.toContain(finding.fingerprint);
    }
  });

  test('all together leave nothing that can be fixed, with CRLF ends too', () => {
    for (const texts of [textsOf(example.bad), textsOf(example.bad).map((one) => ({ ...one, text: one.text.replaceAll('\n', '\r\n') }))]) {
      const fixed = fixTexts(texts, { lint, mayChange: () => true });
      expect(fixed.made.filter((one) => one.rule === rule.id)).toHaveLength(fixable.length);
      expect(fixed.left.filter(isFixable)).toEqual([]);
      const again = fixTexts(fixed.texts, { lint, mayChange: () => true });
      expect(again.made).toEqual([]);
      for (const { text } of fixed.texts) if (texts[0]?.text.includes('\r')) expect(text).not.toMatch(/[^\r]\n/);
    }
  });
});
