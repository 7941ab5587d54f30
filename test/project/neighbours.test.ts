import { isNeighbourName, readNeighbours } from '../../src/project/wiring/neighbours.ts';

const linksOf = (path: string, text: string) =>
  readNeighbours(path, text).wiring?.links.map(({ a, b, at }) => `${a.node}:${a.port} ${b.node}:${b.port} @${at.line}`);

test('files are taken by the names that collectors give them', () => {
  expect(
    ['core1-lldp.txt', 'core1/show_cdp_neighbors_detail.txt', 'sw/lldp.txt', 'core1.cfg', 'help.txt', 'lldp.conf'].map(isNeighbourName),
  ).toEqual([true, true, true, false, false, false]);
});

test('CDP details of NX-OS, with the prompt that tells whose they are', () => {
  const text = `core1# show cdp neighbors detail
----------------------------------------
Device ID:core2(FDO12345678)
System Name: core2
Interface: Ethernet1/49, Port ID (outgoing port): Ethernet1/49
Holdtime: 140 sec
----------------------------------------
Device ID:edge1
Interface: Ethernet1/1, Port ID (outgoing port): GigabitEthernet0/0
`;
  expect(linksOf('anything.txt', text)).toEqual([
    'core1:Ethernet1/49 core2:Ethernet1/49 @5',
    'core1:Ethernet1/1 edge1:GigabitEthernet0/0 @9',
  ]);
});

test('LLDP details of IOS, named by their file', () => {
  const text = `Local Intf: Gi1/0/1
Chassis id: 0011.2233.4455
Port id: Gi1/0/24
System Name: access7.example.net
------------------------------------------------
Local Intf: Gi1/0/2
Port id: eth1
System Name: lb1
`;
  expect(linksOf('dist1-lldp.txt', text)).toEqual(['dist1:Gi1/0/1 access7.example.net:Gi1/0/24 @1', 'dist1:Gi1/0/2 lb1:eth1 @6']);
});

test('the table of EOS and the key-value form of lldpd', () => {
  expect(
    linksOf(
      'leaf1/show_lldp_neighbors.txt',
      'Port          Neighbor Device ID       Neighbor Port ID    TTL\n------------- ---------- ----------- ----\nEt49/1   leaf2   Ethernet49/1   120\n',
    ),
  ).toEqual(['leaf1:Et49/1 leaf2:Ethernet49/1 @3']);
  expect(linksOf('lb1/lldp.txt', 'lldp.eth0.chassis.name=core1\nlldp.eth0.port.ifname=Ethernet1/11\n')).toEqual([
    'lb1:eth0 core1:Ethernet1/11 @1',
  ]);
});

test('a file that shows no neighbours says so and tells no wiring', () => {
  expect(readNeighbours('core1-lldp.txt', '% LLDP is not enabled\n')).toMatchObject({ diagnostics: [{ kind: 'unsupported' }] });
});
