import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dellOs10 } from '../../src/platforms/dell-os10/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string) {
  const source = maskTemplate('sw1.cfg', text);
  return dellOs10.read({ device: 'sw1', sources: [{ ...source, ...dellOs10.parse(source) }] });
}

const VLT = `! Version 10.5.2.4
hostname sw1
interface mgmt1/1/1
 no shutdown
 ip address 192.0.2.1/24
!
interface port-channel11
 vlt-port-channel 11
!
vlt-domain 7
 backup destination 192.0.2.2
 discovery-interface ethernet1/1/29-1/1/30
 peer-routing
 vlt-mac 00:11:22:33:44:55
`;

test('an OS10 configuration is told from those of its neighbours', () => {
  expect(dellOs10.recognise(maskTemplate('x', VLT))?.score).toBeGreaterThan(0.9);
  expect(dellOs10.recognise(maskTemplate('x', 'hostname n9k\nfeature vpc\ninterface Ethernet1/1\n'))).toBeUndefined();
  expect(dellOs10.recognise(maskTemplate('x', 'interface GigabitEthernet1/0/1\n switchport mode access\n'))).toBeUndefined();
});

describe('a VLT domain', () => {
  test('its discovery ports make the peer link, its backup is the second channel', () => {
    const { peerings, interfaces, software } = read(VLT);
    expect(software?.value).toBe('10.5.2.4');
    expect(peerings).toMatchObject([
      {
        kind: 'mlag',
        id: { value: '7' },
        peers: [{ address: { value: '192.0.2.2' } }],
        heartbeats: [{ source: { value: '192.0.2.1' }, interface: { value: 'mgmt1/1/1' }, management: true }],
        dualActiveDetection: { value: true },
        mustAgree: { 'vlt-mac': { value: '00:11:22:33:44:55' } },
      },
    ]);
    const link = interfaces.find((i) => i.name === peerings[0]?.peerLink?.value);
    expect(link?.members.map((m) => m.value)).toEqual(['ethernet1/1/29', 'ethernet1/1/30']);
    expect(interfaces.find((i) => i.name === 'port-channel11')?.mlagId?.value).toBe('11');
  });

  test('without a backup link nothing tells a dead peer from a dead link', () => {
    expect(read(VLT.replace(/^ backup.*\n/m, '')).peerings[0]?.dualActiveDetection?.value).toBe(false);
  });
});

describe('a VRRP group', () => {
  const GROUP = `hostname sw1
vrrp version 3
track 3
 interface ethernet1/1/1 line-protocol
!
interface vlan10
 ip address 192.0.2.2/24
 !
 vrrp-group 10
  advertise-interval centisecs 50
  priority 150
  no preempt
  authentication-type simple-text hunter2x
  track 3 priority-cost 40
  virtual-address 192.0.2.1
`;

  test('its block, and what its tracked object watches', () => {
    const { members } = read(GROUP);
    expect(members).toMatchObject([
      {
        id: { value: '10' },
        interface: { value: 'vlan10' },
        version: { value: 3 },
        priority: { value: 150 },
        preempt: { value: false },
        advertInterval: { value: 500 },
        virtualAddresses: [{ address: '192.0.2.1' }],
        triggers: [{ watches: 'interface', interfaces: ['ethernet1/1/1'], penalty: { value: 40 }, effect: { value: 'priority' } }],
      },
    ]);
    expect(JSON.stringify(members)).not.toContain('hunter2x');
  });

  test('what it does not say is not made up', () => {
    const [member] = read('hostname sw1\ninterface vlan10\n vrrp-group 10\n  virtual-address 192.0.2.1\n').members;
    expect([member?.priority, member?.preempt, member?.advertInterval]).toEqual([undefined, undefined, undefined]);
  });
});

test('an address that both answer for, with their MAC', () => {
  const { members } = read(
    'ip virtual-router mac-address 00:00:00:11:22:33\ninterface vlan10\n ip address 192.0.2.2/24\n ip virtual-router address 192.0.2.1\n',
  );
  expect(members).toMatchObject([
    { protocol: 'anycast', extra: { mac: { value: '00:00:00:11:22:33' } }, virtualAddresses: [{ address: '192.0.2.1' }] },
  ]);
});

test('no text makes it throw', () => {
  const word = fc.constantFrom(
    'vlt-domain',
    'vrrp-group',
    ' track',
    '\n',
    'interface',
    'vlan10',
    '1',
    '/',
    ' backup destination',
    'discovery-interface',
    '-',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => read(words.join(' ')) !== undefined),
    { numRuns: 100 },
  );
});
