import type { Device } from '../../src/model/device.ts';
import { byDefault, stated } from '../../src/model/fact.ts';
import { buildNetwork } from '../../src/network/build.ts';
import { evaluateRules, type RuleSettings } from '../../src/rules/evaluate.ts';
import { optionProblems } from '../../src/rules/options.ts';
import type { Check, Rule } from '../../src/rules/rule.ts';
import { deviceOf, memberOf, placeAt } from './device.ts';
import { readyOf } from './ready.ts';

function ruleOf(check: Partial<Check>, rule: Partial<Rule> = {}): Rule {
  return {
    id: 'test/rule',
    title: 'a test',
    severity: 'warning',
    recommended: true,
    why: '',
    fix: { default: 'do something', keepalived: 'set {{member.name}} right' },
    sources: [],
    checks: [{ for: 'member', given: [], require: 'false', message: "'{{member.name}}' is wrong", ...check }],
    examples: [],
    ...rule,
  };
}

const lint = (devices: readonly Device[], check: Partial<Check>, rule: Partial<Rule> = {}, settings: RuleSettings = {}) => {
  const ready = readyOf(ruleOf(check, rule));
  const network = buildNetwork(devices, []);
  const findings = evaluateRules([ready.interpreted], network, settings);
  expect(evaluateRules([ready.compiled], network, settings)).toEqual(findings);
  return findings;
};

const oneMember = (parts: Parameters<typeof memberOf>[1] = {}) => [deviceOf('lb1', { members: [memberOf('lb1', parts)] })];

describe('what is unknown', () => {
  test('keeps a check silent, whatever the requirement', () => {
    expect(lint(oneMember(), { require: 'member.priority > 100' })).toEqual([]);
    expect(lint(oneMember(), { require: '!(member.priority > 100)' })).toEqual([]);
  });

  test('does not matter where the rest decides', () => {
    expect(lint(oneMember(), { require: 'member.priority > 100 && member.addressFamily == "ipv6"' })).toHaveLength(1);
    expect(lint(oneMember(), { require: 'member.priority > 100 || member.addressFamily == "ipv4"' })).toEqual([]);
  });

  test('in a condition means that the check does not apply', () => {
    expect(lint(oneMember(), { given: ['member.priority > 100'] })).toEqual([]);
    expect(lint(oneMember(), { given: ['!has(member.priority)'] })).toHaveLength(1);
  });

  test('covers a list of which part is not seen', () => {
    expect(lint(oneMember({ open: ['triggers'] }), { require: 'size(member.triggers) > 0' })).toEqual([]);
    expect(lint(oneMember(), { require: 'size(member.triggers) > 0' })).toHaveLength(1);
  });

  test('prints as a question mark and breaks nothing', () => {
    const [finding] = lint(oneMember(), { message: 'priority {{member.priority}} of {{member.name}}' });
    expect(finding?.message).toBe('priority ? of VI_1');
  });
});

describe('where a finding stands', () => {
  const priority = stated(100, placeAt('lb1.conf', 5, 14));

  test('at the fact that the path leads to, where the config states it', () => {
    const [finding] = lint(oneMember({ priority }), { at: 'member.priority' });
    expect(finding?.at).toEqual(placeAt('lb1.conf', 5, 14));
    expect(finding).toMatchObject({ device: 'lb1', platform: 'keepalived', fix: 'set VI_1 right' });
  });

  test('at the entity where nobody wrote the fact', () => {
    const [finding] = lint(oneMember({ priority: byDefault(100, 'https://example.org') }), { at: 'member.priority' });
    expect(finding?.at).toMatchObject({ line: 2, endLine: 9 });
  });

  test('at one side or the other, as a choice says', () => {
    const at = 'stated(member.priority) ? member.priority : member.id';
    expect(lint(oneMember({ priority }), { at })[0]?.at.line).toBe(5);
    expect(lint(oneMember({ priority: byDefault(100, 'x') }), { at })[0]?.at.line).toBe(4);
  });

  test('at each word of a list', () => {
    const unicastPeers = [stated('192.0.2.2', placeAt('lb1.conf', 7)), stated('192.0.2.3', placeAt('lb1.conf', 8))];
    const findings = lint(oneMember({ unicastPeers }), { each: 'member.unicastPeers', at: 'each', message: '{{each}} is wrong' });
    expect(findings.map((f) => `${f.at.line} ${f.message}`)).toEqual(['7 192.0.2.2 is wrong', '8 192.0.2.3 is wrong']);
  });

  test('for a group, at its first member; what is related stands with the others', () => {
    const devices = ['lb1', 'lb2'].map((name) =>
      deviceOf(name, { members: [memberOf(name, { priority: stated(100, placeAt(`${name}.conf`, 5)) })] }),
    );
    const findings = lint(devices, {
      for: 'group',
      require: 'size(distinct(group.members.map(m, m.priority))) == size(group.members)',
      message: '{{listed(group.members.map(m, m.device))}} are equal',
      fix: { default: 'change one' },
      related: [{ each: 'group.members[0].others', at: 'other.priority', message: '{{other.device}} is the other' }],
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      message: 'lb1 and lb2 are equal',
      device: 'lb1',
      at: { file: 'lb1.conf', line: 2 },
      related: [{ at: { file: 'lb2.conf', line: 5 }, message: 'lb2 is the other' }],
    });
  });
});

describe('what comes out', () => {
  test('is in the order of places, each problem once', () => {
    const devices = ['b', 'a'].map((name) => deviceOf(name, { members: [memberOf(name), memberOf(name)] }));
    expect(lint(devices, {}).map((finding) => finding.at.file)).toEqual(['a.conf', 'b.conf']);
  });

  test('keeps its fingerprint when lines move, and two alike on one device have two', () => {
    const at = (line: number) => lint(oneMember({ at: placeAt('lb1.conf', line) }), {})[0]?.fingerprint;
    expect(at(2)).toBe(at(20));
    const twice = lint([deviceOf('lb1', { members: [memberOf('lb1'), memberOf('lb1', { at: placeAt('lb1.conf', 30) })] })], {});
    expect(new Set(twice.map((finding) => finding.fingerprint)).size).toBe(2);
  });

  test('follows the project: severity, off, options, rules for those who want all', () => {
    const found = (settings: RuleSettings, rule: Partial<Rule> = {}, check: Partial<Check> = {}) =>
      lint(oneMember(), check, rule, settings).map((finding) => finding.severity);
    expect(found({})).toEqual(['warning']);
    expect(found({ rules: { 'test/rule': { severity: 'error' } } })).toEqual(['error']);
    expect(found({ rules: { 'test/rule': { severity: 'off' } } })).toEqual([]);
    expect(found({}, { recommended: false })).toEqual([]);
    expect(found({ all: true }, { recommended: false })).toEqual(['warning']);
    const limit = { options: { most: 3 } };
    expect(found({}, limit, { require: '2 <= options.most' })).toEqual([]);
    expect(found({ rules: { 'test/rule': { options: { most: 1 } } } }, limit, { require: '2 <= options.most' })).toEqual(['warning']);
    expect(found({ rules: { 'test/rule': { options: { most: 'one' } } } }, limit, { require: '2 <= options.most' })).toEqual([]);
  });

  test("comes with what is wrong with a project's options", () => {
    const rule = ruleOf({}, { options: { seconds: 10 } });
    expect(optionProblems(rule, { seconds: 30 })).toEqual([]);
    expect(optionProblems(rule, { second: 30 })).toEqual(["rule test/rule has no option 'second'; did you mean 'seconds'?"]);
    expect(optionProblems(rule, { seconds: 'x' })).toEqual(["option 'seconds' of rule test/rule must be a number, such as 10"]);
  });

  test('is limited to the platforms of the check', () => {
    expect(lint(oneMember(), { platforms: ['f5-bigip'] })).toEqual([]);
    expect(lint(oneMember(), { platforms: ['keepalived'] })).toHaveLength(1);
  });
});

describe('secrets', () => {
  const authentication = (device: string, digest: string) => ({
    at: placeAt(`${device}.conf`, 6),
    device,
    platform: 'keepalived' as const,
    type: stated('text' as const, placeAt(`${device}.conf`, 6)),
    key: stated({ secret: true as const, digest }, placeAt(`${device}.conf`, 6)),
  });
  const pair = (left: string, right: string) => [
    deviceOf('lb1', { members: [memberOf('lb1', { authentication: authentication('lb1', left) })] }),
    deviceOf('lb2', { members: [memberOf('lb2', { authentication: authentication('lb2', right) })] }),
  ];
  const check = {
    for: 'group',
    require: 'group.members[0].authentication.key == group.members[1].authentication.key',
    message: 'keys differ',
    fix: { default: 'x' },
  };

  test('can be compared', () => {
    expect(lint(pair('abc', 'abc'), check)).toEqual([]);
    expect(lint(pair('abc', 'abd'), check)).toHaveLength(1);
  });

  test('cannot be printed', () => {
    expect(() => lint(oneMember(), { message: '{{member.authentication.key}}' })).toThrow(/Secret cannot be printed/);
  });
});
