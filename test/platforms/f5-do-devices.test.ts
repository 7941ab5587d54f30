import { expect, test } from '@jest/globals';
import { analyse } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const common = (name: string, address: string, rest: object = {}): object => ({
  class: 'Tenant',
  hostname: `${name}.example.net`,
  ha: { class: 'VLAN', tag: 4000, interfaces: [{ name: '1.3', tagged: false }] },
  'ha-self': { class: 'SelfIp', address: `${address}/30`, vlan: 'ha', allowService: 'default' },
  beat: { class: 'FailoverUnicast', address: '/Common/ha-self/address' },
  pair: { class: 'DeviceGroup', type: 'sync-failover', members: ['lb1.example.net', 'lb2.example.net'], networkFailover: true },
  ...rest,
});
const device = (name: string, address: string): object => ({ class: 'Device', schemaVersion: '1.40.0', Common: common(name, address) });

function devices(text: string, path: string) {
  return analyse([{ path, text }], { platforms: PLATFORMS }).networks.flatMap((network) => network.devices);
}

const FORMS: readonly (readonly [string, string, string])[] = [
  [
    'documents',
    'do.yml',
    [device('lb1', '192.0.2.1'), device('lb2', '192.0.2.2')].map((d) => `---\n${JSON.stringify(d, undefined, 2)}\n`).join(''),
  ],
  [
    'variables',
    'do.json',
    JSON.stringify({ lb1: { class: 'DO', declaration: device('lb1', '192.0.2.1') }, lb2: device('lb2', '192.0.2.2') }),
  ],
  ['tasks', 'do.yml', JSON.stringify([{ uri: { body: device('lb1', '192.0.2.1') } }, { uri: { body: device('lb2', '192.0.2.2') } }])],
];

test.each(FORMS)('several devices in one file are devices of their own: %s', (_, path, text) => {
  const found = devices(text, path);
  expect(found.map((d) => d.name)).toEqual(['lb1', 'lb2']);
  expect(found.map((d) => d.peerings[0]?.heartbeats[0]?.source?.value)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(found.map((d) => d.peerings[0]?.peers[0]?.name)).toEqual(['lb2.example.net', 'lb1.example.net']);
});

test('of several declarations for one device the first is read, as a part', () => {
  const [first, second] = devices(JSON.stringify([device('lb1', '192.0.2.1'), device('lb1', '192.0.2.9')]), 'do.json');
  expect(first).toMatchObject({ name: 'lb1', fragment: true });
  expect(first?.peerings[0]?.heartbeats).toHaveLength(1);
  expect(second).toBeUndefined();
});
