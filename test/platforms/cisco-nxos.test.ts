import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../src/model/fact.ts';
import { ciscoNxos } from '../../src/platforms/cisco-nxos/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(text: string, path = 'n9k-1.cfg') {
  const source = maskTemplate(path, text);
  return { ...source, ...ciscoNxos.parse(source) };
}

function read(text: string, path?: string) {
  return ciscoNxos.read({ device: 'n9k-1', sources: [load(text, path)] });
}

const HEAD = 'version 9.3(8)\nhostname n9k-1\n';

/** The first group of an SVI with these lines in the group's block. */
function member(kind: string, lines: string, before = '') {
  const text = `${HEAD}${before}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n  ${kind}\n    ${lines.split('\n').join('\n    ')}\n`;
  const [first] = read(text).members;
  if (!first) throw new Error('no member was read');
  return first;
}

function vpc(lines: string, rest = '') {
  const [first] = read(`${HEAD}vpc domain 5\n  ${lines.split('\n').join('\n  ')}\n${rest}`).peerings;
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

describe('recognition', () => {
  test.each([
    ['a running-config', '!Command: show running-config\nversion 7.0(3)I7(9)\nhostname a\nfeature hsrp\n', true],
    ['a snippet of a domain', 'feature vpc\nvpc domain 100\n  peer-switch\n', true],
    ['IOS', 'version 15.2\nhostname a\ninterface Vlan1\n standby 1 ip 10.0.0.1\n', false],
    ['EOS', 'hostname a\nmlag configuration\n   domain-id x\ninterface Ethernet1\n', false],
  ])('%s', (_, text, taken) => {
    expect(ciscoNxos.recognise(maskTemplate('x', text)) !== undefined).toBe(taken);
  });

  test('a prompt before show run names the device', () => {
    expect(ciscoNxos.hostname(load('LEAF-5#  show run\n\nfeature vpc\n'))).toMatchObject({ value: 'LEAF-5', at: { line: 1, column: 1 } });
    expect(ciscoNxos.hostname(load('switchname core1\n'))?.value).toBe('core1');
  });
});

describe('HSRP', () => {
  test('a block with all it can hold', () => {
    const group = member(
      'hsrp 10',
      'authentication md5 key-string kettle\npreempt delay minimum 60 reload 180\npriority 150 forwarding-threshold lower 1 upper 140\ntimers msec 250 msec 750\nip 10.0.10.1\nip 10.0.10.9 secondary\ntrack 1 decrement 60',
      'track 1 interface ethernet 1/1 line-protocol',
    );
    expect(group).toMatchObject({
      priority: { value: 150 },
      preempt: { value: true },
      preemptDelay: { value: 60_000 },
      advertInterval: { value: 250 },
      holdTime: { value: 750 },
      extra: { forwardingThresholdLower: { value: 1 }, forwardingThresholdUpper: { value: 140 }, preemptDelayReload: { value: 180_000 } },
      triggers: [{ target: 'Ethernet1/1', penalty: { value: 60 }, defined: true }],
    });
    expect(group.virtualAddresses.map((v) => v.address)).toEqual(['10.0.10.1', '10.0.10.9']);
  });

  test('does not preempt unless told to', () => {
    expect(seen(member('hsrp 10', 'ip 10.0.10.1').preempt)).toEqual([false, 'default']);
  });
});

describe('VRRP', () => {
  test('starts shut down, and preempts', () => {
    const group = member('vrrp 10', 'address 10.0.10.1');
    expect([seen(group.enabled), seen(group.preempt)]).toEqual([
      [false, 'default'],
      [true, 'default'],
    ]);
    expect(seen(member('vrrp 10', 'address 10.0.10.1\nno shutdown').enabled)).toBe(true);
  });

  test('names the priority to fall to, not the penalty', () => {
    const [trigger] = member('vrrp 10', 'address 10.0.10.1\npriority 150\ntrack interface ethernet 1/2 priority 90').triggers;
    expect(trigger).toMatchObject({ interfaces: ['Ethernet1/2'], penalty: { value: 60 } });
  });

  test('version 3 counts in milliseconds and starts open', () => {
    const group = member('vrrpv3 10 address-family ipv4', 'address 10.0.10.1 primary\ntimers advertise 300\nobject-track 4 decrement 20');
    expect(group).toMatchObject({ version: { value: 3 }, advertInterval: { value: 300 }, triggers: [{ target: '4', defined: false }] });
    expect(group.enabled).toBeUndefined();
  });
});

describe('vPC', () => {
  test('the keepalive runs in the management VRF unless another is named', () => {
    expect(vpc('peer-keepalive destination 10.1.1.2 source 10.1.1.1').heartbeats).toMatchObject([
      { destination: { value: '10.1.1.2' }, source: { value: '10.1.1.1' }, vrf: { value: 'management' }, management: true },
    ]);
    const own = vpc('peer-keepalive destination 10.1.1.2 source 10.1.1.1 vrf KEEP interval 500 timeout 3');
    expect(own).toMatchObject({ heartbeatInterval: { value: 500 }, deadInterval: { value: 3000 }, dualActiveDetection: { value: true } });
    expect(own.heartbeats[0]).toMatchObject({ vrf: { value: 'KEEP' }, management: false });
  });

  test('the keepalive leaves by the port that has its source address', () => {
    const rest = 'interface Vlan220\n  ip address 10.1.1.1/24\ninterface mgmt0\n  ip address 10.2.2.1/24\n';
    const heartbeat = (line: string) => vpc(`peer-keepalive destination ${line}`, rest).heartbeats[0];
    expect(heartbeat('10.1.1.2 source 10.1.1.1 vrf default')?.interface?.value).toBe('Vlan220');
    expect(heartbeat('10.2.2.2')).toMatchObject({ interface: { value: 'mgmt0' }, source: { value: '10.2.2.1' } });
    expect(heartbeat('10.1.1.2 source 10.1.1.1')?.interface).toBeUndefined();
  });

  test('without a keepalive nothing tells a dead peer', () => {
    const peering = vpc('role priority 10');
    expect([peering.peers, peering.heartbeats, peering.dualActiveDetection?.value]).toEqual([[], [], false]);
  });

  test('the lower role priority wins, so it is turned round', () => {
    const [low, high, none] = [vpc('role priority 100'), vpc('role priority 200'), vpc('peer-switch')];
    expect(low.priority?.value ?? 0).toBeGreaterThan(high.priority?.value ?? 0);
    expect(high.priority?.value ?? 0).toBeGreaterThan(none.priority?.value ?? 0);
    expect(low.extra?.rolePriority).toMatchObject({ value: 100 });
  });

  test('what both sides must agree on', () => {
    const peering = vpc(
      'system-priority 4096',
      'spanning-tree mode mst\nspanning-tree mst configuration\n  name X\n  instance 1 vlan 1-10\n',
    );
    expect(Object.fromEntries(Object.entries(peering.mustAgree ?? {}).map(([name, fact]) => [name, fact.value]))).toEqual({
      'system-priority': '4096',
      'spanning-tree mode': 'mst',
      'spanning-tree mst configuration': 'instance 1 vlan 1-10; name X',
    });
    expect(seen(vpc('peer-switch').mustAgree?.['system-priority'])).toEqual(['32667', 'default']);
  });

  test('recovery', () => {
    const peering = vpc('auto-recovery reload-delay 300\nno peer-gateway\ndelay restore 150\ndelay restore interface-vlan 60');
    expect(peering.extra).toMatchObject({
      autoRecovery: { value: true },
      autoRecoveryReloadDelay: { value: 300_000 },
      peerGateway: { value: false },
      delayRestore: { value: 150_000 },
      delayRestoreInterfaceVlan: { value: 60_000 },
    });
    // Whether auto-recovery is on by default depends on the release.
    expect(vpc('peer-gateway').extra?.autoRecovery).toBeUndefined();
  });

  test('the peer link, the vPCs and the orphans are at their ports', () => {
    const text =
      'vpc domain 5\ninterface port-channel1\n  switchport mode trunk\n  vpc peer-link\ninterface port-channel 21\n  vpc 21\ninterface Ethernet1/30\n  vpc orphan-port suspend\n';
    expect(read(HEAD + text).peerings[0]?.peerLink?.value).toBe('port-channel1');
    expect(port('port-channel21', text).mlagId?.value).toBe('21');
    expect(port('Ethernet1/30', text).orphanSuspend?.value).toBe(true);
  });
});

describe('interfaces', () => {
  test('names in any spelling, and ranges', () => {
    const facts = read(
      `${HEAD}interface ethernet 1/6-7\n  channel-group 100 mode active\ninterface port-channel 100\n  switchport mode trunk\ninterface vlan 10\n  no shutdown\ninterface mgmt 0\n  ip address 10.0.0.1/24\n`,
    );
    expect(facts.interfaces.map((i) => i.name)).toEqual(['Ethernet1/6', 'Ethernet1/7', 'port-channel100', 'Vlan10', 'mgmt0']);
    expect(seen(facts.interfaces[4]?.vrf)).toEqual(['management', 'default']);
  });

  test('a channel group without a mode is static', () => {
    expect(port('port-channel5', 'interface Ethernet1/1\n  channel-group 5\ninterface port-channel5\n  switchport\n').lagMode?.value).toBe(
      'static',
    );
  });

  test('an access VLAN alone makes an access port', () => {
    expect(port('Ethernet1/1', 'interface Ethernet1/1\n  switchport access vlan 7\n')).toMatchObject({
      mode: { value: 'access' },
      untaggedVlan: { value: 7 },
    });
  });

  test('edge ports: on a trunk the word trunk is needed; the global default covers access ports', () => {
    const trunk = (type: string) =>
      port('Ethernet1/1', `interface Ethernet1/1\n  switchport mode trunk\n  spanning-tree port type ${type}\n`).edgePort?.value;
    expect([trunk('edge'), trunk('edge trunk'), trunk('network')]).toEqual([false, true, false]);
    expect(
      port('Ethernet1/1', 'spanning-tree port type edge default\ninterface Ethernet1/1\n  switchport access vlan 7\n').edgePort?.value,
    ).toBe(true);
  });

  test('a port profile is inherited, and the interface has the last word', () => {
    const profile =
      'port-profile type ethernet LB\n  switchport mode trunk\n  switchport trunk allowed vlan 5-6\n  mtu 9216\n  state enabled\n';
    expect(port('Ethernet1/1', `${profile}interface Ethernet1/1\n  inherit port-profile LB\n  mtu 1500\n`)).toMatchObject({
      mode: { value: 'trunk' },
      allowedVlans: { value: [{ from: 5, to: 6 }] },
      mtu: { value: 1500 },
    });
  });

  test('whether an SVI is up without a word is unknown', () => {
    expect(port('Vlan10', 'interface Vlan10\n  ip address 10.0.0.1/24\n').enabled).toBeUndefined();
  });
});

test('an anycast gateway is a group without election, with the fabric MAC', () => {
  const facts = read(
    `${HEAD}fabric forwarding anycast-gateway-mac 0000.1111.2222\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.1/24\n  fabric forwarding mode anycast-gateway\n`,
  );
  expect(facts.members).toMatchObject([
    { protocol: 'anycast', virtualAddresses: [{ address: '10.0.10.1' }], extra: { mac: { value: '0000.1111.2222' } } },
  ]);
  expect(facts.interfaces[0]?.addresses[0]?.floating?.value).toBe(true);
});

test('routes in a VRF context', () => {
  expect(read(`${HEAD}vrf context management\n  ip route 0.0.0.0/0 10.0.0.254\n`).routes).toMatchObject([
    { prefix: '0.0.0.0/0', nextHop: { value: '10.0.0.254' }, vrf: { value: 'management' } },
  ]);
});

test('statements are marked as read, ignored or not recognised', () => {
  const source = load(`${HEAD}feature vpc\nsnmp-server location x\nflux capacitor\ninterface Vlan10\n  no shutdown\n  frobnicate\n`);
  ciscoNxos.read({ device: 'd', sources: [source] });
  expect(source.statements.map((s) => s.use)).toEqual(['read', 'read', 'read', 'ignored', undefined, 'read']);
  expect(source.statements[5]?.children.map((s) => s.use)).toEqual(['read', undefined]);
});

test('any text is read', () => {
  const line = fc.constantFrom(
    'interface Vlan1',
    '  hsrp',
    '  hsrp 1',
    '    track',
    '    ip',
    'vpc domain',
    '  peer-keepalive destination',
    '  vrrp 1',
    '    priority',
    'port-profile',
    '  inherit port-profile',
    'vrf context',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 25 }), (lines) => {
      expect(read(lines.join('\n')).role).toBe('switch');
    }),
  );
});
