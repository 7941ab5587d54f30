import { describe, expect, test } from '@jest/globals';
import { analyse, type InputText } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

/* Declarative Onboarding and AS3 of one device: in one file, or in files of their own. */

const declared = (...texts: readonly InputText[]) => analyse(texts, { platforms: PLATFORMS });
const devices = (...texts: readonly InputText[]) => declared(...texts).networks.flatMap((network) => network.devices);

const onboarding = (name: string, rest: object = {}): object => ({
  class: 'Device',
  schemaVersion: '1.40.0',
  Common: {
    class: 'Tenant',
    hostname: `${name}.example.net`,
    front: { class: 'VLAN', tag: 100, interfaces: [{ name: '1.1', tagged: false }] },
    'front-self': { class: 'SelfIp', address: '198.51.100.2/24', vlan: 'front', trafficGroup: 'traffic-group-1' },
    ...rest,
  },
});
const pair = { class: 'DeviceGroup', type: 'sync-failover', members: ['lb1.example.net', 'lb2.example.net'], networkFailover: true };

const applications = (address: object, listed: unknown = { use: 'address' }): object => ({
  class: 'ADC',
  schemaVersion: '3.50.0',
  Shop: {
    class: 'Tenant',
    Web: {
      class: 'Application',
      address: { class: 'Service_Address', virtualAddress: '198.51.100.10', ...address },
      service: { class: 'Service_TCP', virtualPort: 443, virtualAddresses: [listed], pool: 'pool' },
      pool: { class: 'Pool', members: [{ servicePort: 443, serverAddresses: ['203.0.113.1', '203.0.113.2'] }] },
    },
  },
});

/** JSON is YAML, too. */
const runtimeInit = (operations: readonly object[]): string => `extension_services:
  service_operations: ${JSON.stringify(operations.map((value) => ({ extensionType: 'x', type: 'inline', value })))}
`;

describe('in one file', () => {
  const forms: readonly (readonly [string, string, string])[] = [
    ['a config of Runtime Init', 'lb1.yaml', runtimeInit([onboarding('lb1', { pair }), applications({})])],
    ['variables', 'lb1.json', JSON.stringify({ do: onboarding('lb1', { pair }), as3: { class: 'AS3', declaration: applications({}) } })],
    [
      'documents',
      'lb1.yml',
      [onboarding('lb1', { pair }), applications({})].map((one) => `---\n${JSON.stringify(one, null, 1)}\n`).join(''),
    ],
    ['a list', 'lb1.json', JSON.stringify([applications({}), onboarding('lb1', { pair })])],
  ];
  test.each(forms)('both are read: %s', (_, path, text) => {
    const found = devices({ path, text });
    expect(found).toMatchObject([
      { name: 'lb1', files: [path], peerings: [{ name: '/Common/pair' }], pools: [{ name: '/Shop/Web/pool' }] },
    ]);
    expect([...(found[0]?.platforms ?? [])].sort()).toEqual(['f5-as3', 'f5-do']);
  });

  test('what a file holds is counted once, and told once where it is broken', () => {
    const text = JSON.stringify({ do: onboarding('lb1', { pair }), as3: applications({}) }, null, 1);
    const broken = { path: 'lb1.json', text: text.slice(0, -2) };
    const { files, diagnostics } = declared(broken);
    const devices = { lb1: { files: ['lb1.json'], platform: 'f5-do' } };
    const sum = ({ statements: { read, ignored, unknown } }: (typeof files)[number]) => read + ignored + unknown;
    expect(files.map(sum)).toEqual(analyse([broken], { platforms: PLATFORMS, devices }).files.map(sum));
    expect(diagnostics).toHaveLength(1);
  });

  test('of the declarations that Runtime Init posts one after the other the last is what the device is', () => {
    const text = runtimeInit([onboarding('lb1'), applications({}), onboarding('lb1', { pair })]);
    expect(devices({ path: 'lb1.yaml', text })[0]?.peerings).toMatchObject([{ peers: [{ name: 'lb2.example.net' }] }]);
  });

  test('configs of Runtime Init in one folder are devices of their own, whatever they hold', () => {
    const nameless = (value: object) => JSON.parse(JSON.stringify(value).replace(/"lb1.example.net"/, '"{{{HOST_NAME}}}"')) as object;
    const all = devices(
      { path: 'a.yaml', text: runtimeInit([nameless(onboarding('lb1')), applications({})]) },
      { path: 'b.yaml', text: runtimeInit([nameless(onboarding('lb1')), applications({})]) },
      { path: 'c.yaml', text: runtimeInit([applications({})]) },
      { path: 'd.yaml', text: runtimeInit([applications({})]) },
    );
    expect(all.map(({ name, pools }) => [name, pools.length])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['d', 1],
    ]);
  });

  test('the project file says what else a file is', () => {
    const text = JSON.stringify([applications({}), onboarding('lb1', { pair })]);
    const named = { lb1: { files: ['lb1.json'], platform: 'f5-do' } };
    const [network] = analyse([{ path: 'lb1.json', text }], { platforms: PLATFORMS, devices: named }).networks;
    expect(network?.devices[0]?.platforms).toEqual(['f5-do']);
  });

  test('a script that writes a declaration is none', () => {
    const text = `#!/bin/bash\ncat > /config/do.yaml <<'EOF'\n${runtimeInit([onboarding('lb1')])}EOF\n`;
    expect(declared({ path: 'startup.sh.tpl', text }).diagnostics).toEqual([]);
  });
});

describe('what AS3 says of traffic groups', () => {
  const moved = (address: object, listed?: unknown) =>
    devices(
      { path: 'lb1/do.json', text: JSON.stringify(onboarding('lb1', { pair, 'traffic-group-2': { class: 'TrafficGroup' } })) },
      { path: 'lb1/as3.json', text: JSON.stringify(applications(address, listed)) },
    ).flatMap(({ members }) => members.map(({ name, virtualAddresses }) => [name, virtualAddresses.map((one) => one.address)]));
  const [ONE, TWO] = ['/Common/traffic-group-1', '/Common/traffic-group-2'];
  const cases: readonly (readonly [string, object, unknown, readonly string[], readonly string[]])[] = [
    ['its group', { trafficGroup: '/Common/traffic-group-2' }, undefined, ['198.51.100.2'], ['198.51.100.10']],
    ['its group, without the partition', { trafficGroup: 'traffic-group-2' }, undefined, ['198.51.100.2'], ['198.51.100.10']],
    ['nothing: the one that all folders have', {}, undefined, ['198.51.100.2', '198.51.100.10'], []],
    ['an address alone', {}, '198.51.100.11', ['198.51.100.2', '198.51.100.11'], []],
    ['no group', { trafficGroup: 'none' }, undefined, ['198.51.100.2'], []],
    ['that it stays', { trafficGroup: 'traffic-group-local-only' }, undefined, ['198.51.100.2'], []],
    ['every address', { virtualAddress: '0.0.0.0' }, undefined, ['198.51.100.2'], []],
    ['what a template decides', { trafficGroup: '{{{GROUP}}}' }, undefined, ['198.51.100.2'], []],
  ];
  test.each(cases)('reaches the groups of the onboarding: %s', (_, address, listed, first, second) => {
    expect(moved(address, listed)).toEqual([
      [ONE, first],
      [TWO, second],
    ]);
  });

  test('a service of a pair is the pair’s, not one unit’s', () => {
    const unit = (name: string): InputText[] => [
      { path: `${name}/do.json`, text: JSON.stringify(onboarding(name, { pair })) },
      { path: `${name}/as3.json`, text: JSON.stringify(applications({})) },
    ];
    const [network] = declared(...unit('lb1'), ...unit('lb2')).networks;
    expect(network?.services.map(({ name }) => name)).toContain('lb1|lb2 198.51.100.10:443');
    expect(network?.services.filter(({ address }) => address === '198.51.100.10')).toHaveLength(1);
  });

  test('whose a service is that something else may move is not guessed', () => {
    const files = (address: object): InputText[] => [
      { path: 'lb1/do.json', text: JSON.stringify(onboarding('lb1', { pair })) },
      { path: 'lb1/as3.json', text: JSON.stringify(applications(address)) },
    ];
    const served = (address: object) => declared(...files(address)).networks.flatMap(({ services }) => services.map((one) => one.name));
    expect(served({ trafficGroup: 'traffic-group-local-only' })).toContain('lb1 198.51.100.10:443');
    expect(served({ trafficGroup: 'none' }).join()).not.toContain('198.51.100.10');
  });

  test('without an onboarding beside it there is no group', () => {
    expect(devices({ path: 'lb1/as3.json', text: JSON.stringify(applications({})) })[0]?.members).toEqual([]);
  });
});
