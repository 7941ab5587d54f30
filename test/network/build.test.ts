import { stated } from '../../src/model/fact.ts';
import { buildNetwork } from '../../src/network/build.ts';
import { cables, device, here, vrrp } from './devices.ts';

const onSegmentWith = (network: ReturnType<typeof buildNetwork>, node: string, port: string): string[] =>
  network.segments
    .find((s) => s.attachments.some((a) => a.node === node && a.interface === port))
    ?.attachments.map((a) => `${a.node} ${a.interface}`)
    .sort() ?? [];

describe('segments', () => {
  const switches = [
    device('sw1', { Vlan10: { cidr: '10.0.10.2/24' }, Vlan20: { cidr: '10.0.20.2/24' }, Eth1: { access: 10 }, Eth9: { trunk: [10] } }),
    device('sw2', { Vlan10: { cidr: '10.0.10.3/24' }, Vlan20: { cidr: '10.0.20.3/24' }, Eth1: { access: 20 }, Eth9: { trunk: [10, 20] } }),
  ];
  const host = device('lb1', { eth0: { cidr: '10.0.10.11/24' } }, { role: 'load-balancer' });

  test('a VLAN reaches as far as the trunks between the switches let it', () => {
    const network = buildNetwork([...switches, host], [cables(['sw1:Eth9 sw2:Eth9', 'lb1:eth0 sw1:Eth1'])]);
    expect(onSegmentWith(network, 'lb1', 'eth0')).toEqual(['lb1 eth0', 'sw1 Vlan10', 'sw2 Vlan10']);
    expect(onSegmentWith(network, 'sw1', 'Vlan20')).toEqual(['sw1 Vlan20']);
  });

  test('a port that is shut down carries nothing', () => {
    const down = device('sw1', { Vlan10: {}, Eth9: { trunk: [10], enabled: stated(false, here('sw1')) } });
    const network = buildNetwork([down, switches[1] as (typeof switches)[number]], [cables(['sw1:Eth9 sw2:Eth9'])]);
    expect(onSegmentWith(network, 'sw1', 'Vlan10')).toEqual(['sw1 Vlan10']);
  });

  test('without any wiring the subnets tell, and two sites with one plan stay apart', () => {
    const site = (name: string) => [
      device(`${name}a`, { eth0: { cidr: '10.0.0.1/24' } }),
      device(`${name}b`, { eth0: { cidr: '10.0.0.2/24' } }),
    ];
    const network = buildNetwork(site('x').slice(0, 2), []);
    expect(onSegmentWith(network, 'xa', 'eth0')).toEqual(['xa eth0', 'xb eth0']);
    const both = buildNetwork([...site('x'), ...site('y')], []);
    expect(onSegmentWith(both, 'xa', 'eth0')).toHaveLength(2);
  });

  test('an address that two members have by mistake, beside moving it, makes no two sites of them', () => {
    const lb = (name: string) =>
      device(
        name,
        { eth0: { cidr: '10.0.0.100/24' } },
        { members: [vrrp(name, '51', ['10.0.0.100'], { interface: stated('eth0', here(name)) })] },
      );
    expect(onSegmentWith(buildNetwork([lb('lb1'), lb('lb2')], []), 'lb1', 'eth0')).toEqual(['lb1 eth0', 'lb2 eth0']);
  });

  test('an unconfigured switch joins what hangs from it', () => {
    const hosts = ['lb1', 'lb2'].map((name, i) => device(name, { eth0: { cidr: `10.0.0.${i + 1}/24` } }, { role: 'load-balancer' }));
    const network = buildNetwork(hosts, [
      cables(['lb1:eth0 sw:p1', 'lb2:eth0 sw:p2', 'client:eth1 sw:p3'], { sw: 'bridge', client: 'host' }),
    ]);
    expect(onSegmentWith(network, 'lb1', 'eth0')).toEqual(['client eth1', 'lb1 eth0', 'lb2 eth0']);
    expect(network.segments.find((s) => s.attachments.length === 3)?.carriers).toEqual([{ node: 'sw' }]);
  });
});

describe('links', () => {
  const a = device('core1', { 'Ethernet1/1': { description: stated('to core2 Eth1/2', here('core1/config', 7)) }, 'Ethernet1/3': {} });
  const b = device('core2', { 'Ethernet1/2': {}, 'Ethernet1/4': {} });

  test('a description that names a neighbour and its port is a link, at its line', () => {
    const { links } = buildNetwork([a, b], []);
    expect(links.map((l) => [l.evidence, l.at.line, ...l.ends.map((e) => `${e.node} ${e.port}`)])).toEqual([
      ['description', 7, 'core1 Ethernet1/1', 'core2 Ethernet1/2'],
    ]);
  });

  test('a topology overrides a description, and the disagreement is kept', () => {
    const { links, conflicts } = buildNetwork([a, b], [cables(['core1:eth1 core2:eth4'])]);
    expect(links.map((l) => l.ends.map((e) => `${e.node} ${e.port}`))).toEqual([['core1 Ethernet1/1', 'core2 Ethernet1/4']]);
    expect(conflicts).toHaveLength(1);
  });
});

describe('groups', () => {
  test('two that claim one address are one group, whatever their ids', () => {
    const lb = (name: string, id: string) => device(name, {}, { members: [vrrp(name, id, ['10.0.0.100'])] });
    const { groups, pairs } = buildNetwork([lb('lb1', '51'), lb('lb2', '52')], []);
    expect(groups.map((g) => g.members.map((m) => m.device))).toEqual([['lb1', 'lb2']]);
    expect(pairs.map((p) => p.devices)).toEqual([['lb1', 'lb2']]);
  });

  test('a VRID that two unrelated pairs share joins nobody', () => {
    const lb = (name: string, address: string) => device(name, {}, { members: [vrrp(name, '51', [address])] });
    const { groups } = buildNetwork([lb('a1', '10.0.0.1'), lb('a2', '10.0.0.1'), lb('b1', '10.0.9.1'), lb('b2', '10.0.9.1')], []);
    expect(groups.map((g) => g.members.map((m) => m.device))).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });

  test('one id on one segment is one group even where the addresses differ', () => {
    const lb = (name: string, own: string, address: string) =>
      device(name, { eth0: { cidr: own } }, { members: [vrrp(name, '51', [address], { interface: stated('eth0', here(name)) })] });
    const { groups } = buildNetwork([lb('lb1', '10.0.0.1/24', '10.0.0.100'), lb('lb2', '10.0.0.2/24', '10.0.0.101')], []);
    expect(groups).toHaveLength(1);
  });
});

test('an uplink that nothing watches and no heartbeat crosses is known as such', () => {
  const lb = device(
    'lb1',
    { eth0: { cidr: '10.0.0.1/24' }, eth1: { cidr: '192.0.2.1/30' } },
    { members: [vrrp('lb1', '51', ['10.0.0.100'], { interface: stated('eth1', here('lb1', 4)) })] },
  );
  const { uplinks } = buildNetwork([lb], []);
  expect(uplinks.map((u) => [u.interface, u.watched, u.carriesEveryHeartbeat])).toEqual([['eth0', false, false]]);
});
