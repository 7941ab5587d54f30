import { describe, expect, test } from '@jest/globals';
import { linuxNetwork } from '../../src/platforms/linux-network/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(files: Readonly<Record<string, string>>) {
  const sources = Object.entries(files).map(([path, text]) => {
    const source = maskTemplate(path, text);
    return { ...source, ...linuxNetwork.parse(source) };
  });
  const facts = linuxNetwork.read({ device: 'lb1', sources });
  return { ...facts, port: (name: string) => facts.interfaces.find((i) => i.name === name) };
}

const NETPLAN = `network:
  version: 2
  ethernets:
    eno1: {}
    lan:
      match: {macaddress: "52:54:00:00:00:01"}
      set-name: eno2
      dhcp4: true
      mtu: 9000
  bonds:
    bond0:
      interfaces: [eno1, eno2]
      addresses: [192.0.2.11/24, "2001:db8::11/64"]
      gateway4: 192.0.2.1
      routes:
        - {to: 198.51.100.0/24, via: 192.0.2.2}
        - {to: default, via: 192.0.2.3, table: 100}
      parameters: {mode: active-backup}
    bond1:
      interfaces: [eno3]
  vlans:
    bond0.30: {id: 30, link: bond0, addresses: [192.0.2.129/25]}
`;

const NETWORKD = {
  '10-bond0.netdev': '[NetDev]\nName=bond0\nKind=bond\n\n[Bond]\nMode=802.3ad\nLACPTransmitRate=fast\nMinLinks=1\n',
  '11-vlan30.netdev': '[NetDev]\nName=vlan30\nKind=vlan\n[VLAN]\nId=30\n',
  '20-ports.network': '# both ports\n[Match]\nName=eno1 eno2\n[Network]\nBond=bond0\n',
  '30-bond0.network':
    '[Match]\nName = bond0\n[Link]\nMTUBytes=9000\n[Network]\nAddress=203.0.113.1/24\nAddress=\nAddress = 192.0.2.11/24\nGateway=192.0.2.1\nVLAN=vlan30\n[Route]\nDestination=198.51.100.0/24\nGateway=192.0.2.2\n',
  '40-any.network': '[Match]\nName=en*\n[Network]\nDHCP=yes\n',
};

describe('netplan', () => {
  const facts = read({ '50-all.yaml': NETPLAN });

  test('bonds, their ports and their mode', () => {
    expect(facts.port('bond0')).toMatchObject({ kind: 'lag', lagMode: { value: 'active-backup' } });
    expect(facts.port('bond1')?.lagMode).toMatchObject({ value: 'balance', default: expect.any(String) });
    expect([facts.port('eno1')?.lag?.value, facts.port('eno2')?.lag?.value, facts.port('eno3')?.lag?.value]).toEqual([
      'bond0',
      'bond0',
      'bond1',
    ]);
    expect(facts.port('eno2')).toMatchObject({ dynamicAddress: { value: true }, mtu: { value: 9000 } });
  });

  test('addresses, VLANs and routes of the main table', () => {
    expect(facts.port('bond0')?.addresses).toMatchObject([
      { address: '192.0.2.11', prefix: 24, at: { line: 13 } },
      { address: '2001:db8::11', prefix: 64 },
    ]);
    expect(facts.port('bond0.30')).toMatchObject({ vlan: { value: 30 }, parent: { value: 'bond0' } });
    expect(facts.routes.map((r) => [r.prefix, r.nextHop?.value, r.viaInterface?.value])).toEqual([
      ['0.0.0.0/0', '192.0.2.1', 'bond0'],
      ['198.51.100.0/24', '192.0.2.2', 'bond0'],
    ]);
  });
});

test('systemd-networkd: files of one host are read together', () => {
  const facts = read(NETWORKD);
  expect(facts.port('bond0')).toMatchObject({
    kind: 'lag',
    members: [{ value: 'eno1' }, { value: 'eno2' }],
    lagMode: { value: 'lacp-active' },
    lacpRate: { value: 'fast' },
    minLinks: { value: 1 },
    mtu: { value: 9000 },
  });
  expect(facts.port('bond0')?.addresses).toMatchObject([{ address: '192.0.2.11', prefix: 24, at: { line: 8, column: 11 } }]);
  expect(facts.port('eno2')?.lag?.value).toBe('bond0');
  expect(facts.port('vlan30')).toMatchObject({ vlan: { value: 30 }, parent: { value: 'bond0' } });
  expect(facts.routes.map((r) => [r.prefix, r.nextHop?.value])).toEqual([
    ['0.0.0.0/0', '192.0.2.1'],
    ['198.51.100.0/24', '192.0.2.2'],
  ]);
  expect(facts.interfaces.map((i) => i.name)).not.toContain('en*');
});

test('ifupdown: a bond with its mode', () => {
  const facts = read({ interfaces: 'iface bond0 inet static\n  address 192.0.2.11/24\n  bond-slaves eno1 eno2\n  bond-mode 4\n' });
  expect(facts.port('bond0')).toMatchObject({ lagMode: { value: 'lacp-active' }, members: [{ value: 'eno1' }, { value: 'eno2' }] });
});

test.each([
  ['netplan', NETPLAN, true],
  ['a netdev', NETWORKD['10-bond0.netdev'], true],
  ['a unit of systemd', '[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n', false],
  ['a link file', '[Match]\nMACAddress=52:54:00:00:00:01\n[Link]\nName=lan0\n', false],
  ['compose networks', 'networks:\n  web:\n    driver: bridge\n', false],
])('%s', (_, text, known) => {
  expect(linuxNetwork.recognise({ path: 'x', text, template: false }) !== undefined).toBe(known);
});
