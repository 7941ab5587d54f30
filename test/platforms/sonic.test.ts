import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sonic } from '../../src/platforms/sonic/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string, path = 'leaf01/config_db.json') {
  const source = maskTemplate(path, text);
  const parsed = sonic.parse(source);
  return { ...sonic.read({ device: 'leaf01', sources: [{ ...source, ...parsed }] }), diagnostics: parsed.diagnostics };
}

const TABLES = {
  DEVICE_METADATA: { localhost: { hostname: 'leaf01' } },
  PORTCHANNEL: { PortChannel1: { mtu: '9100' }, PortChannel11: { admin_status: 'up', fast_rate: 'true' } },
  PORTCHANNEL_MEMBER: { 'PortChannel1|Ethernet0': {}, 'PortChannel1|Ethernet4': {} },
  VLAN: { Vlan10: { vlanid: '10' }, Vlan20: { vlanid: '20' } },
  VLAN_MEMBER: { 'Vlan10|PortChannel11': { tagging_mode: 'tagged' }, 'Vlan20|PortChannel11': { tagging_mode: 'untagged' } },
  VLAN_INTERFACE: { 'Vlan10|10.0.10.1/24': {}, 'Vlan20|10.0.20.2/24': {}, 'Vlan4000|10.9.9.1/30': {} },
  MCLAG_UNIQUE_IP: { Vlan20: { unique_ip: 'enable' } },
  MCLAG_DOMAIN: { '7': { source_ip: '10.9.9.1', peer_ip: '10.9.9.2', peer_link: 'PortChannel1' } },
  MCLAG_INTERFACE: { '7|PortChannel11': { if_type: 'PortChannel' } },
  VRRP: { 'Vlan20|5': { vip: ['10.0.20.1/24'], priority: '120', preempt: 'disabled', track_interface: 'Ethernet8' } },
};

const facts = read(JSON.stringify(TABLES, null, 2));

test('the MCLAG domain, with the timers of its design where none are configured', () => {
  expect(facts.hostname?.value).toBe('leaf01');
  expect(facts.peerings).toMatchObject([
    {
      kind: 'mlag',
      id: { value: '7' },
      self: { value: '10.9.9.1' },
      peers: [{ address: { value: '10.9.9.2' } }],
      heartbeats: [{ source: { value: '10.9.9.1' }, destination: { value: '10.9.9.2' }, interface: { value: 'Vlan4000' } }],
      peerLink: { value: 'PortChannel1' },
      heartbeatInterval: { value: 1000, default: expect.any(String) },
      deadInterval: { value: 15_000, default: expect.any(String) },
    },
  ]);
  expect(facts.peerings[0]?.dualActiveDetection).toBeUndefined();
});

test('port channels, their members and VLANs', () => {
  const port = (name: string) => facts.interfaces.find((i) => i.name === name);
  expect(port('PortChannel1')).toMatchObject({ members: [{ value: 'Ethernet0' }, { value: 'Ethernet4' }], peerLink: { value: true } });
  expect(port('Ethernet4')?.lag?.value).toBe('PortChannel1');
  expect(port('PortChannel11')).toMatchObject({
    mlagId: { value: 'PortChannel11' },
    lacpRate: { value: 'fast' },
    mode: { value: 'trunk' },
    untaggedVlan: { value: 20 },
    allowedVlans: {
      value: [
        { from: 10, to: 10 },
        { from: 20, to: 20 },
      ],
    },
  });
});

test('a VLAN of an MCLAG has one address on both switches, unless it is listed as unique', () => {
  const shared = facts.interfaces.flatMap((i) => i.addresses.filter((a) => a.floating?.value).map(() => i.name));
  expect(shared).toEqual(['Vlan10']);
  expect(facts.members.filter((m) => m.protocol === 'anycast').map((m) => m.virtualAddresses[0]?.address)).toEqual(['10.0.10.1']);
});

test('VRRP, in milliseconds or in the seconds of the builds that write pre_empt', () => {
  expect(facts.members.find((m) => m.protocol === 'vrrp')).toMatchObject({
    id: { value: '5' },
    interface: { value: 'Vlan20' },
    priority: { value: 120 },
    preempt: { value: false },
    advertInterval: { value: 1000 },
    triggers: [{ target: 'Ethernet8', penalty: { value: 20 } }],
  });
  const older = read('{"VRRP": {"Vlan1|1": {"vip": "192.0.2.1", "adv_interval": "2", "pre_empt": "True"}}, "VLAN_INTERFACE": {}}');
  expect(older.members[0]).toMatchObject({ advertInterval: { value: 2000 }, preempt: { value: true } });
  expect(older.members[0]?.priority).toBeUndefined();
});

test('tables without the braces around them are a fragment, read where they stand', () => {
  const part = read('\n"MCLAG_DOMAIN": {\n  "7": { "source_ip": "10.9.9.1", "peer_ip": "10.9.9.2" }\n},\n');
  expect([part.diagnostics, part.fragment]).toEqual([[], true]);
  expect(part.peerings[0]?.at).toMatchObject({ line: 3, column: 3 });
});

test.each([
  ['a whole database', JSON.stringify(TABLES), 0.95],
  ['one table', '"MCLAG_DOMAIN": {"7": {}}', 0.8],
  ['another JSON', '{"VRRP": {}, "hosts": {}}', undefined],
  ['text that mentions a table', 'see "MCLAG_DOMAIN": {', undefined],
])('%s', (_, text, score) => {
  expect(sonic.recognise({ path: 'x.json', text, template: false })?.score).toBe(score);
});

const REAL = '/work/shared/real/sonic/sonic-doc-mclag/mclag.fragment.json';
const here = existsSync(REAL);
if (!here) console.log('the audited real config is not on this machine, so it is not read here');

test('the audited real config, where it is at hand', () => {
  if (!here) return;
  const real = read(readFileSync(REAL, 'utf8'), 'mclag.fragment.json');
  expect([real.diagnostics, real.fragment, real.peerings[0]?.peerLink?.value]).toEqual([[], true, 'PortChannel2']);
});
