import { analyse } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const settingOf = (path: string, text: string): unknown =>
  analyse([{ path, text }], { platforms: PLATFORMS })
    .networks.flatMap((network) => network.devices.flatMap((device) => device.settings))
    .find((setting) => setting.name === 'standby-links-down')?.value.value;

test.each([
  ['3.0', true],
  ['0.5', true],
  ['0.0', false],
  ['0', false],
  ['soon', undefined],
])('failover.standby.linkdowntime %s', (value, down) => {
  const head = 'cm device /Common/lb1 {\n    hostname lb1\n    self-device true\n}\n';
  expect(settingOf('lb1/bigip_base.conf', `${head}sys db failover.standby.linkdowntime {\n    value "${value}"\n}\n`)).toBe(down);
  const onboarding = {
    schemaVersion: '1.0.0',
    class: 'Device',
    Common: { class: 'Tenant', hostname: 'lb1.example.net', db: { class: 'DbVariables', 'failover.standby.linkdowntime': value } },
  };
  expect(settingOf('lb1/do.json', JSON.stringify(onboarding))).toBe(down);
});
