import { describe, expect, test } from '@jest/globals';
import {
  canonicalInterface,
  expandInterfaces,
  interfaceKind,
  looksLikeInterface,
  sameInterfaceName,
} from '../../src/syntax/interface-name.ts';

describe('canonicalInterface', () => {
  test.each([
    ['g1/0/2', 'ios', 'GigabitEthernet1/0/2'],
    ['Gi 0/1', 'ios', 'GigabitEthernet0/1'],
    ['te1/1/1', 'ios', 'TenGigabitEthernet1/1/1'],
    ['twe1/0/1', 'ios', 'TwentyFiveGigE1/0/1'],
    ['po1', 'ios', 'Port-channel1'],
    ['vlan 10', 'ios', 'Vlan10'],
    ['gi0/0.100', 'ios', 'GigabitEthernet0/0.100'],
    ['ethernet 1/1', 'nxos', 'Ethernet1/1'],
    ['Eth1/1', 'nxos', 'Ethernet1/1'],
    ['po100', 'nxos', 'port-channel100'],
    ['mgmt 0', 'nxos', 'mgmt0'],
    ['vlan6', 'nxos', 'Vlan6'],
    ['et49/1', 'eos', 'Ethernet49/1'],
    ['po1', 'eos', 'Port-Channel1'],
    ['ma1', 'eos', 'Management1'],
    ['wlan-controller', 'ios', 'wlan-controller'],
  ] as const)('%s on %s is %s', (written, dialect, name) => {
    expect(canonicalInterface(written, dialect)).toBe(name);
  });
});

describe('expandInterfaces', () => {
  test.each([
    ['g1/0/23-24', 'ios', ['GigabitEthernet1/0/23', 'GigabitEthernet1/0/24']],
    ['g1/0/1 - 2 , g1/0/7', 'ios', ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2', 'GigabitEthernet1/0/7']],
    ['GigabitEthernet1/0/1 - GigabitEthernet1/0/2', 'ios', ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2']],
    ['ethernet 1/6-7', 'nxos', ['Ethernet1/6', 'Ethernet1/7']],
    ['Ethernet1-2', 'eos', ['Ethernet1', 'Ethernet2']],
    ['Ethernet49/1-51/1', 'eos', ['Ethernet49/1', 'Ethernet50/1', 'Ethernet51/1']],
    ['Et1,3,5-6', 'eos', ['Ethernet1', 'Ethernet3', 'Ethernet5', 'Ethernet6']],
    ['port-channel 10', 'nxos', ['port-channel10']],
    ['Ethernet1/1-99999', 'nxos', ['Ethernet1/1']],
  ] as const)('%s', (written, dialect, names) => {
    expect(expandInterfaces(written.split(' '), dialect)).toEqual(names);
  });
});

test.each([
  ['Eth1/1', 'Ethernet1/1', true],
  ['e1/1', 'Ethernet 1/1', true],
  ['Gi1/0/1', 'GigabitEthernet1/0/1', true],
  ['Po7', 'port-channel7', true],
  ['Port-Channel7', 'port-channel7', true],
  ['Vlan10', 'vlan10', true],
  ['Ethernet1/1', 'Ethernet1/2', false],
  ['Gi1/0/1', 'Te1/0/1', false],
  ['ge-0/0/1', 'ge-0/0/1', true],
  ['swp1', 'swp2', false],
  ['eth0', 'ens3', false],
] as const)('%s and %s name one interface: %s', (a, b, same) => {
  expect(sameInterfaceName(a, b)).toBe(same);
  expect(sameInterfaceName(b, a)).toBe(same);
});

test.each([
  ['Ethernet1/1', 'physical'],
  ['Ethernet1/1.20', 'subinterface'],
  ['Port-channel1', 'lag'],
  ['Vlan10', 'vlan'],
  ['mgmt0', 'management'],
  ['Loopback0', 'loopback'],
])('%s is %s', (name, kind) => {
  expect(interfaceKind(name)).toBe(kind);
});

test('an address is no interface', () => {
  expect(['10.0.0.1', '255.255.255.0', 'Null0', 'Gi0/1'].map((word) => looksLikeInterface(word, 'ios'))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
