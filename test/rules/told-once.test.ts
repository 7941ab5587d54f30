import { join } from 'node:path';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { type InputText, lintTexts } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const { rules } = readRuleFolder(join(__dirname, '../../rules'));

function found(rule: string, texts: readonly InputText[]) {
  return lintTexts(texts, { platforms: PLATFORMS, rules }).findings.filter((finding) => finding.rule === rule);
}

test('a script that never fails is told once, with all that rely on it', () => {
  const instance = (id: number): string =>
    `vrrp_instance VI_${id} {\n interface eth${id}\n virtual_router_id ${id}\n priority 150\n track_script {\n  chk\n }\n virtual_ipaddress {\n  192.0.${id}.10/24\n }\n}\n`;
  const text = `vrrp_script chk {\n script "/bin/true"\n}\n${instance(1)}${instance(2)}`;
  const findings = found('failover/trigger-cannot-fire', [{ path: 'lb1/keepalived.conf', text }]);
  expect(findings.map(({ message, related }) => [message, related?.map(({ at }) => at.line)])).toEqual([
    ["script 'chk' of lb1 'VI_1' and 'VI_2' never fires: 'true' always succeeds", [9, 20]],
  ]);
});

test('the fix of a penalty names the track object', () => {
  const core = (number: number, own: string): InputText => ({
    path: `core${number}.cfg`,
    text: `version 15.2\nhostname core${number}\ntrack 7 interface GigabitEthernet0/1 line-protocol\ninterface Vlan10\n ip address 192.0.2.${number + 1} 255.255.255.0\n standby 10 ip 192.0.2.1\n standby 10 preempt\n${own}`,
  });
  const [finding] = found('failover/penalty-too-small', [
    core(1, ' standby 10 priority 160\n standby 10 track 7 decrement 10\n'),
    core(2, ''),
  ]);
  expect(finding?.fix).toContain('standby 10 track 7 decrement 70');
});
