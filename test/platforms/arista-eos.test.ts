import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../src/model/fact.ts';
import { aristaEos } from '../../src/platforms/arista-eos/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string, path = 'leaf1.cfg') {
  const source = maskTemplate(path, text);
  return aristaEos.read({ device: 'leaf1', sources: [{ ...source, ...aristaEos.parse(source) }] });
}

const HEAD = '! device: leaf1 (DCS-7050SX3, EOS-4.28.6.1M)\nhostname leaf1\n';

function member(lines: string, before = '') {
  const [first] = read(`${HEAD}${before}\ninterface Vlan10\n   ip address 10.0.10.2/24\n   ${lines.split('\n').join('\n   ')}\n`).members;
  if (!first) throw new Error('no member was read');
  return first;
}

function mlag(lines: string, before = '') {
  const [first] = read(`${HEAD}${before}\nmlag configuration\n   ${lines.split('\n').join('\n   ')}\n`).peerings;
  if (!first) throw new Error('no peering was read');
  return first;
}

function port(name: string, text: string) {
  const found = read(HEAD + text).interfaces.find((i) => i.name === name);
  if (!found) throw new Error(`no interface ${name}`);
  return found;
}

/** A fact's value, and whether it is a documented default. */
function seen(fact: Fact<unknown> | undefined) {
  return fact && ('default' in fact ? [fact.value, 'default'] : fact.value);
}

test.each([
  ['a running-config', `${HEAD}interface Ethernet1\n`, true],
  ['notes', 'vlan 10\ninterface Port-Channel1\n   mlag 1\nmlag configuration\n   domain-id x\n', true],
  ['NX-OS', 'feature vpc\nvpc domain 1\ninterface Ethernet1/1\n', false],
  ['IOS', 'version 15.2\ninterface Vlan1\n standby 1 ip 10.0.0.1\n', false],
])('recognition: %s', (_, text, taken) => {
  expect(aristaEos.recognise(maskTemplate('x', text)) !== undefined).toBe(taken);
});

test('the version stands in the header', () => {
  expect(read(HEAD).software).toMatchObject({ value: 'EOS-4.28.6.1M', at: { line: 1, column: 31 } });
});

describe('MLAG', () => {
  const whole = 'domain-id LEAFS\nlocal-interface Vlan4094\npeer-address 10.9.0.2\npeer-link Port-Channel 10';

  test('one heartbeat over the peer link detects no second primary', () => {
    const peering = mlag(whole, 'interface Vlan4094\n   ip address 10.9.0.1/30');
    expect(peering).toMatchObject({
      id: { value: 'LEAFS' },
      self: { value: '10.9.0.1' },
      peers: [{ address: { value: '10.9.0.2' } }],
      heartbeats: [{ destination: { value: '10.9.0.2' }, source: { value: '10.9.0.1' }, interface: { value: 'Vlan4094' } }],
      peerLink: { value: 'Port-Channel10' },
    });
    expect(seen(peering.dualActiveDetection)).toEqual([false, 'default']);
  });

  test('a second heartbeat and an action do', () => {
    const peering = mlag(
      `${whole}\npeer-address heartbeat 10.8.0.2 vrf MGMT\ndual-primary detection delay 10 action errdisable all-interfaces`,
      'interface Management1\n   vrf MGMT\n   ip address 10.8.0.1/24',
    );
    expect(peering.dualActiveDetection?.value).toBe(true);
    expect(peering.heartbeats[1]).toMatchObject({ destination: { value: '10.8.0.2' }, vrf: { value: 'MGMT' }, management: true });
  });

  test('an action without a second heartbeat never hears of one', () => {
    expect(seen(mlag(`${whole}\ndual-primary detection delay 10 action errdisable all-interfaces`).dualActiveDetection)).toBe(false);
  });

  test.each([
    ['reload-delay 180', { delayRestore: { value: 180_000 } }],
    ['reload-delay mlag 300\nreload-delay non-mlag 330', { delayRestore: { value: 300_000 }, delayRestoreNonMlag: { value: 330_000 } }],
  ])('%j', (lines, extra) => {
    expect(mlag(lines).extra).toMatchObject(extra);
  });

  test('the peer link and the MLAG ids are at their ports; a comment after a value is none of it', () => {
    const text =
      'interface Port-Channel10\n   switchport mode trunk\ninterface Port-Channel1\n   mlag 1\nmlag configuration\n   peer-address 10.9.0.2   ! (.1 on the other)\n   peer-link Port-Channel10\n';
    expect(port('Port-Channel10', text).peerLink?.value).toBe(true);
    expect(port('Port-Channel1', text).mlagId?.value).toBe('1');
    expect(read(HEAD + text).peerings[0]?.peers[0]?.address?.value).toBe('10.9.0.2');
  });
});

describe('virtual routers', () => {
  test('VARP: one group for the addresses of an SVI, with the shared MAC', () => {
    const group = member(
      'ip virtual-router address 10.0.10.1\nip virtual-router address 10.0.10.9',
      'ip virtual-router mac-address 00:1c:73:00:00:99',
    );
    expect(group).toMatchObject({ protocol: 'anycast', extra: { mac: { value: '00:1c:73:00:00:99' } } });
    expect(group.virtualAddresses.map((v) => v.address)).toEqual(['10.0.10.1', '10.0.10.9']);
  });

  test('ip address virtual is shared by all switches', () => {
    const facts = read(`${HEAD}interface Vlan12\n   ip address virtual 10.0.12.1/24\n`);
    expect(facts.interfaces[0]?.addresses).toMatchObject([{ address: '10.0.12.1', prefix: 24, floating: { value: true } }]);
    expect(facts.members).toMatchObject([{ protocol: 'anycast', virtualAddresses: [{ address: '10.0.12.1' }] }]);
  });

  const track = 'track UPLINK interface Ethernet1 line-protocol';
  test.each([
    [
      'new words',
      'vrrp 10 priority-level 120\nvrrp 10 advertisement interval 2\nvrrp 10 preempt delay minimum 60\nvrrp 10 ipv4 10.0.10.1\nvrrp 10 tracked-object UPLINK decrement 30\nvrrp 10 ipv4 version 3',
    ],
    [
      'old words',
      'vrrp 10 priority 120\nvrrp 10 timers advertise 2\nvrrp 10 preempt delay minimum 60\nvrrp 10 ip 10.0.10.1\nvrrp 10 track UPLINK decrement 30\nvrrp 10 ip version 3',
    ],
  ])('VRRP in its %s', (_, lines) => {
    expect(member(lines, track)).toMatchObject({
      protocol: 'vrrp',
      id: { value: '10' },
      version: { value: 3 },
      priority: { value: 120 },
      advertInterval: { value: 2000 },
      preempt: { value: true },
      preemptDelay: { value: 60_000 },
      virtualAddresses: [{ address: '10.0.10.1' }],
      triggers: [{ target: 'Ethernet1', interfaces: ['Ethernet1'], penalty: { value: 30 }, defined: true }],
    });
  });

  test('VRRP preempts by default; a track object that is not there is told', () => {
    const group = member('vrrp 10 ipv4 10.0.10.1\nvrrp 10 tracked-object WAN shutdown', track);
    expect(seen(group.preempt)).toEqual([true, 'default']);
    expect(group.triggers).toMatchObject([{ target: 'WAN', defined: false, effect: { value: 'fault' } }]);
    expect(seen(member('vrrp 10 ipv4 10.0.10.1\nno vrrp 10 preempt').preempt)).toBe(false);
  });
});

describe('ports', () => {
  test('a VLAN of a trunk group passes only the ports of that group', () => {
    const text =
      'vlan 10\nvlan 4094\n   trunk group MLAG\ninterface Port-Channel1\n   switchport mode trunk\n   switchport trunk group MLAG\ninterface Port-Channel2\n   switchport mode trunk\ninterface Ethernet1\n   channel-group 1 mode active\n';
    expect(port('Port-Channel1', text).allowedVlans?.value).toEqual([{ from: 1, to: 4094 }]);
    expect(port('Ethernet1', text).allowedVlans?.value).toEqual([{ from: 1, to: 4094 }]);
    expect(port('Port-Channel2', text).allowedVlans?.value).toEqual([{ from: 1, to: 4093 }]);
  });

  test('ranges, VRFs and LACP timers', () => {
    const facts = read(
      `${HEAD}interface Ethernet1-2\n   channel-group 10 mode active\n   lacp timer fast\ninterface Management1\n   vrf MGMT\n`,
    );
    expect(facts.interfaces.map((i) => [i.name, i.lacpRate?.value, i.vrf?.value])).toEqual([
      ['Ethernet1', 'fast', undefined],
      ['Ethernet2', 'fast', undefined],
      ['Management1', undefined, 'MGMT'],
      ['Port-Channel10', 'fast', undefined],
    ]);
  });

  test('spanning tree that is off for a VLAN has no root there', () => {
    const { vlans } = read(
      `${HEAD}spanning-tree mode mstp\nspanning-tree mst 0 priority 4096\nno spanning-tree vlan-id 4094\nvlan 10,4094\n`,
    );
    expect(vlans.map((v) => seen(v.stpPriority))).toEqual([4096, undefined]);
  });
});

test('any text is read', () => {
  const line = fc.constantFrom(
    'interface Vlan1',
    '   vrrp 1',
    '   ip virtual-router address',
    'mlag configuration',
    '   peer-address',
    '   peer-link',
    '   dual-primary detection',
    'track',
    'vlan 1',
    '   trunk group',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 25 }), (lines) => {
      expect(read(lines.join('\n')).role).toBe('switch');
    }),
  );
});
