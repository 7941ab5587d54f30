import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arubaAoscx } from '../../src/platforms/aruba-aoscx/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string) {
  const source = maskTemplate('cx1.cfg', text);
  return arubaAoscx.read({ device: 'cx1', sources: [{ ...source, ...arubaAoscx.parse(source) }] });
}

const VSX = `!Version ArubaOS-CX GL.10.13.1000
hostname cx1
vlan 10
interface lag 11 multi-chassis
    no routing
    vlan trunk native 1
    vlan trunk allowed 10,20
    vlan trunk allowed 30
    lacp mode active
interface lag 256
    vlan trunk native 1 tag
    vlan trunk allowed all
interface 1/1/1
    lag 11
interface 1/1/46
    vrf attach KA
    routing
    ip address 192.0.2.1/30
interface 1/1/48
    lag 256
interface vlan 10
    ip address 198.51.100.2/24
    active-gateway ip mac 12:00:00:00:01:00
    active-gateway ip 198.51.100.1
vsx
    system-mac 02:01:00:00:01:00
    inter-switch-link lag 256
    role primary
    keepalive peer 192.0.2.2 source 192.0.2.1 vrf KA
`;

test('an AOS-CX configuration is told from those of its neighbours', () => {
  expect(arubaAoscx.recognise(maskTemplate('x', VSX))?.score).toBeGreaterThan(0.9);
  expect(arubaAoscx.recognise(maskTemplate('x', 'interface GigabitEthernet1/0/1\n switchport mode access\n'))).toBeUndefined();
});

describe('a VSX pair', () => {
  test('its keepalive, its link and what both must have alike', () => {
    const { peerings, interfaces, software } = read(VSX);
    expect(software?.value).toBe('GL.10.13.1000');
    expect(peerings).toMatchObject([
      {
        kind: 'mlag',
        peerLink: { value: 'lag256' },
        peers: [{ address: { value: '192.0.2.2' } }],
        heartbeats: [{ source: { value: '192.0.2.1' }, interface: { value: '1/1/46' }, vrf: { value: 'KA' } }],
        dualActiveDetection: { value: true },
        mustAgree: { 'system-mac': { value: '02:01:00:00:01:00' } },
        extra: { role: { value: 'primary' }, delayRestore: { value: 180_000 } },
      },
    ]);
    expect(interfaces.find((i) => i.name === 'lag256')).toMatchObject({
      kind: 'lag',
      peerLink: { value: true },
      members: [{ value: '1/1/48' }],
    });
  });

  test('without a keepalive nothing tells a dead peer from a dead link', () => {
    expect(read(VSX.replace(/^ +keepalive.*\n/m, '')).peerings[0]?.dualActiveDetection?.value).toBe(false);
  });

  test('lists of VLANs add up; a native VLAN with its tag is not untagged', () => {
    const { interfaces } = read(VSX);
    const [lag, link] = ['lag11', 'lag256'].map((name) => interfaces.find((i) => i.name === name));
    expect(lag).toMatchObject({ mlagId: { value: '11' }, lagMode: { value: 'lacp-active' }, untaggedVlan: { value: 1 } });
    expect(lag?.allowedVlans?.value.map((r) => [r.from, r.to])).toEqual([
      [10, 10],
      [20, 20],
      [30, 30],
    ]);
    expect([link?.mlagId, link?.untaggedVlan]).toEqual([undefined, undefined]);
    expect(interfaces.find((i) => i.name === '1/1/1')).toMatchObject({ lag: { value: 'lag11' }, lagMode: { value: 'lacp-active' } });
  });

  test('a gateway that both answer for', () => {
    expect(read(VSX).members).toMatchObject([
      {
        protocol: 'anycast',
        interface: { value: 'vlan10' },
        virtualAddresses: [{ address: '198.51.100.1' }],
        extra: { mac: { value: '12:00:00:00:01:00' } },
      },
    ]);
    const [older] = read('interface vlan10\n active-gateway ip 198.51.100.1 mac 12:00:00:00:01:00\n').members;
    expect(older).toMatchObject({ virtualAddresses: [{ address: '198.51.100.1' }], extra: { mac: { value: '12:00:00:00:01:00' } } });
  });
});

test('a VRRP group, and the interface that its object follows', () => {
  const { members } = read(`hostname cx1
track 1
interface 1/1/1
    track by 1
interface vlan 10
    vrrp 10 address-family ipv4
        address 198.51.100.1 primary
        priority 150
        timers advertise 500
        preempt delay minimum 60
        track 1
        no shutdown
`);
  expect(members).toMatchObject([
    {
      id: { value: '10' },
      interface: { value: 'vlan10' },
      priority: { value: 150 },
      advertInterval: { value: 500 },
      preempt: { value: true },
      preemptDelay: { value: 60_000 },
      enabled: { value: true },
      triggers: [{ watches: 'interface', interfaces: ['1/1/1'] }],
    },
  ]);
});

test('bridge priorities count in steps', () => {
  const { vlans } = read('hostname cx1\nspanning-tree priority 2\nspanning-tree vlan 20 priority 4\nvlan 10\nvlan 20\n');
  expect(vlans.map((v) => [v.id, v.stpPriority?.value])).toEqual([
    [10, 8192],
    [20, 16_384],
  ]);
});

test('no text makes it throw', () => {
  const word = fc.constantFrom(
    'vsx',
    'interface lag',
    'vrrp 1',
    ' track by',
    '\n',
    'interface',
    ' keepalive peer',
    '1',
    ' active-gateway ip',
    'mac',
    ' vlan trunk allowed',
    '-',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => read(words.join(' ')) !== undefined),
    { numRuns: 100 },
  );
});
