import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { lintTexts as lintAll } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const { rules } = readRuleFolder(`${__dirname}/../../rules`, 'rules');

/** A backend of one server, which pool/single-member speaks of at its line. */
const config = (before: string, behind = '') => `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend www
    bind *:80
    default_backend web
${before}backend web
    server web1 192.0.2.11:80 check
${behind}`;

function lint(text: string): { rules: string[]; suppressed: number } {
  const result = lintAll([{ path: 'lb1/haproxy.cfg', text }], { platforms: PLATFORMS, rules });
  return {
    rules: result.findings.filter((f) => f.severity !== 'info').map((f) => `${f.rule}:${f.at.line}`),
    suppressed: result.suppressed,
  };
}

test('without a comment the finding is there', () => {
  expect(lint(config(''))).toEqual({ rules: ['pool/single-member:9'], suppressed: 0 });
});

test('disable-next-line keeps back the named rule on the next line that says something', () => {
  expect(lint(config('# halint-disable-next-line pool/single-member -- a lab\n\n'))).toEqual({ rules: [], suppressed: 1 });
});

test('disable holds until enable', () => {
  expect(lint(config('# halint-disable pool/single-member -- a lab\n', '# halint-enable pool/single-member\n'))).toEqual({
    rules: [],
    suppressed: 1,
  });
  expect(lint(config('# halint-disable pool/single-member -- a lab\n# halint-enable pool/single-member\n')).rules).toContain(
    'pool/single-member:11',
  );
});

test('a comment for another rule keeps nothing back, and is reported itself', () => {
  expect(lint(config('# halint-disable-next-line pool/empty -- wrong id\n'))).toEqual({
    rules: ['halint/unused-suppression:9', 'pool/single-member:10'],
    suppressed: 0,
  });
});
