import { folderWith, runCli } from './run-cli.ts';

const RULE = `id: own/router-id
title: no router id
severity: warning
why: We look routers up by it.
fix:
  default: set one
sources:
  - https://www.keepalived.org/manpage.html
checks:
  - for: member
    require: member.priority == 150
    message: "{{member.device}} '{{member.name}}' has priority {{member.priority}}"
examples:
  - platform: keepalived
    bad:
      lb1/keepalived.conf: |
        vrrp_instance A {
            interface eth0
            virtual_router_id 5
            priority 100
            virtual_ipaddress {
                192.0.2.1/24
            }
        }
    good:
      lb1/keepalived.conf: |
        vrrp_instance A {
            interface eth0
            virtual_router_id 5
            priority 150
            virtual_ipaddress {
                192.0.2.1/24
            }
        }
    at:
      - lb1/keepalived.conf:4
`;

const AT_PRIORITY = RULE.replace('    message:', '    at: member.priority\n    message:');

test('examples that hold are ok', async () => {
  const { code, out } = await runCli(['test-rules', 'own-rules'], folderWith({ 'own-rules/own/router-id.yaml': AT_PRIORITY }));
  expect({ code, out }).toEqual({ code: 0, out: 'ok      own/router-id  1 example\n\n1 rule, 0 failed\n' });
});

test('the folder may come from the project file', async () => {
  const folder = folderWith({ 'own-rules/own/router-id.yaml': AT_PRIORITY, 'halint.yaml': 'rulesDir: own-rules\n' });
  expect((await runCli(['test-rules'], folder)).code).toBe(0);
});

test('one that does not hold says what was expected and what was found', async () => {
  const { code, out } = await runCli(['test-rules', 'r'], folderWith({ 'r/own/router-id.yaml': RULE }));
  expect(code).toBe(1);
  expect(out).toContain('not ok  own/router-id  failed');
  expect(out).toContain('should be reported at lb1/keepalived.conf:4, but was at lb1/keepalived.conf:1');
});

test('a broken rule is exit code 2, with file, line and caret', async () => {
  const folder = folderWith({ 'r/own/router-id.yaml': AT_PRIORITY.replace('member.priority == 150', 'member.prioritty == 150') });
  const { code, err } = await runCli(['test-rules', 'r'], folder);
  expect(code).toBe(2);
  expect(err).toMatch(/r\/own\/router-id\.yaml:11:\d+: member has no field 'prioritty'; did you mean 'priority'\?/);
  expect(err).toMatch(/^\s*\|?\s*\^/m);
});

test('a broken rule hides nothing of the others', async () => {
  const folder = folderWith({ 'r/own/router-id.yaml': AT_PRIORITY, 'r/own/other.yaml': 'id: own/other\n' });
  expect(await runCli(['test-rules', 'r'], folder)).toMatchObject({
    code: 2,
    out: expect.stringContaining('ok      own/router-id  1 example'),
    err: expect.stringContaining('r/own/other.yaml:1'),
  });
});

test('a file in the place of a folder is exit code 2', async () => {
  const folder = folderWith({ 'own/router-id.yaml': AT_PRIORITY, 'halint.yaml': 'rulesDir: own/router-id.yaml\n' });
  expect(await runCli(['test-rules', 'own/router-id.yaml'], folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no folder'),
  });
  expect(await runCli(['lint', '--allow-empty'], folder)).toMatchObject({ code: 2, err: expect.stringContaining('is no folder') });
});

test('a folder without rules, or none at all, is exit code 2', async () => {
  expect((await runCli(['test-rules', 'nowhere'], folderWith({}))).err).toContain('nowhere does not exist');
  expect((await runCli(['test-rules'], folderWith({}))).err).toContain('rulesDir');
});
