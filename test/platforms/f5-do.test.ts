import { expect, test } from '@jest/globals';
import { f5Do } from '../../src/platforms/f5-do/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(common: object) {
  const source = maskTemplate(
    'do.json',
    JSON.stringify({ schemaVersion: '1.15.0', class: 'Device', Common: { class: 'Tenant', ...common } }),
  );
  return f5Do.read({ device: 'lb1', sources: [{ ...source, ...f5Do.parse(source) }] });
}

const PAIR = {
  hostname: 'lb1.example.net',
  ha: { class: 'VLAN', tag: 4000, interfaces: [{ name: '1.3', tagged: false }] },
  external: { class: 'VLAN', tag: 110, interfaces: [{ name: '1.1', tagged: true }] },
  'ha-self': { class: 'SelfIp', address: '192.0.2.1/30', vlan: 'ha', allowService: 'default' },
  floating: { class: 'SelfIp', address: '203.0.113.10/24', vlan: 'external', trafficGroup: 'traffic-group-1' },
  sync: { class: 'ConfigSync', configsyncIp: '/Common/ha-self/address' },
  beat: { class: 'FailoverUnicast', address: '/Common/ha-self/address' },
  pair: {
    class: 'DeviceGroup',
    type: 'sync-failover',
    members: ['lb1.example.net', 'lb2.example.net'],
    owner: '/Common/pair/members/0',
    networkFailover: true,
  },
};

test('takes declarations of DO', () => {
  const score = (text: string) => f5Do.recognise({ path: 'x.json', text, template: false })?.score ?? 0;
  expect(score('{ "schemaVersion": "1.0.0", "class": "Device" }')).toBeGreaterThan(0.9);
  expect(score('{ "class": "ADC", "schemaVersion": "3.0.0" }')).toBe(0);
});

test('reads the pair, pointers followed', () => {
  const { peerings, members, hostname } = read(PAIR);
  expect(hostname).toMatchObject({ value: 'lb1.example.net' });
  expect(peerings).toMatchObject([
    {
      name: '/Common/pair',
      self: { value: 'lb1.example.net' },
      peers: [{ name: 'lb2.example.net' }],
      heartbeats: [{ source: { value: '192.0.2.1' }, interface: { value: '/Common/ha' }, allowed: { value: true } }],
      heartbeatEnabled: { value: true },
      syncAddress: { value: '192.0.2.1' },
    },
  ]);
  expect(members).toMatchObject([{ name: '/Common/traffic-group-1', virtualAddresses: [{ address: '203.0.113.10' }] }]);
});

test('network failover is off, and self IPs are closed, unless the declaration says otherwise', () => {
  const { networkFailover: _, ...group } = PAIR.pair;
  const closed = read({ ...PAIR, pair: group, 'ha-self': { class: 'SelfIp', address: '192.0.2.1/30', vlan: 'ha' } });
  expect(closed.peerings[0]).toMatchObject({
    heartbeatEnabled: { value: false, default: expect.any(String) },
    heartbeats: [{ allowed: { value: false, default: expect.any(String) } }],
  });
});

test("a port list decides by the heartbeat's own port", () => {
  const allowed = (allowService: unknown, port?: number) =>
    read({
      ...PAIR,
      'ha-self': { ...PAIR['ha-self'], allowService },
      beat: { class: 'FailoverUnicast', addressPorts: [{ address: '192.0.2.1', port }] },
    }).peerings[0]?.heartbeats[0]?.allowed?.value;
  expect(allowed(['tcp:4353', 'udp:1026'])).toBe(true);
  expect(allowed(['tcp:4353'])).toBe(false);
  expect(allowed('default', 2000)).toBe(false);
  expect(allowed('all', 2000)).toBe(true);
});

test('VLAN failsafe is a trigger of the traffic group', () => {
  const { members } = read({
    ...PAIR,
    external: { ...PAIR.external, failsafeEnabled: true, failsafeTimeout: 10, failsafeAction: 'reboot' },
  });
  expect(members[0]?.triggers).toMatchObject([{ target: '/Common/external', effect: { value: 'restart' }, detection: { value: 10_000 } }]);
});

test('failover addresses alone leave the peers open', () => {
  const { pair: _, ...rest } = PAIR;
  const facts = read(rest);
  expect(facts.peerings[0]).toMatchObject({ peers: [], open: ['peers'] });
  expect(facts.fragment).toBe(true);
});

function readYaml(text: string) {
  const source = maskTemplate('do.yml.j2', text);
  return f5Do.read({ device: 'lb1', sources: [{ ...source, ...f5Do.parse(source) }] });
}

const YAML = `do_declaration:
  class: DO
  declaration:
    class: Device
    Common:
      class: Tenant
      hostname: lb1.example.net
      ha-self: {class: SelfIp, address: 192.0.2.1/30, vlan: ha, allowService: default}
      beat: {class: FailoverUnicast, address: /Common/ha-self/address}
      pair:
        class: DeviceGroup
        type: sync-failover
        members: [lb1.example.net, lb2.example.net]
        networkFailover: true
`;

test('reads YAML below other keys, pointers followed from the Device', () => {
  expect(f5Do.recognise({ path: 'x.yml', text: YAML, template: false })?.score).toBeGreaterThan(0.9);
  expect(f5Do.recognise({ path: 'x.yml', text: 'Common: 1\nclass: Devices\n', template: false })).toBeUndefined();
  expect(readYaml(YAML).peerings).toMatchObject([
    { at: { line: 10, column: 7 }, peers: [{ name: 'lb2.example.net' }], heartbeats: [{ source: { value: '192.0.2.1' } }] },
  ]);
});

test('a second device of one file does not mix with the first', () => {
  const other = YAML.replaceAll('lb1.example', 'lb9.example').replace('192.0.2.1', '192.0.2.9');
  const facts = readYaml(`${YAML}---\n${other}`);
  expect(facts.hostname).toMatchObject({ value: 'lb1.example.net' });
  expect(facts.peerings).toHaveLength(1);
  expect(facts.peerings[0]?.heartbeats).toHaveLength(1);
});

test('what a template decides is unknown, not the default', () => {
  const facts = readYaml(
    YAML.replace('networkFailover: true', 'networkFailover: {{ nf }}').replace('allowService: default', 'allowService: "{{ a }}"'),
  );
  expect(facts.peerings[0]?.heartbeatEnabled).toBeUndefined();
  expect(facts.peerings[0]?.heartbeats[0]?.allowed).toBeUndefined();
  const branch = readYaml(YAML.replace('      beat:', '{% if two %}\n      beat:').replace('      pair:', '{% endif %}\n      pair:'));
  expect(branch.peerings[0]?.open).toEqual(['heartbeats']);
});

test('the order of a traffic group is told by the names of the devices', () => {
  const group = { class: 'TrafficGroup', autoFailbackEnabled: true, haOrder: ['/Common/lb1.example.net', 'lb2.example.net'] };
  expect(read({ ...PAIR, 'traffic-group-1': group }).members[0]?.extra).toMatchObject({
    autoFailback: { value: true },
    failoverMethod: { value: 'ha-order', default: expect.any(String) },
    haOrder: { value: 'lb1.example.net lb2.example.net' },
  });
});

test('multicast failover has an interface, an address and a port; none and any6 set up nothing', () => {
  const beats = (multicast: object) =>
    read({ ...PAIR, multicast: { class: 'FailoverMulticast', ...multicast } }).peerings[0]?.heartbeats.filter(
      (h) => h.transport?.value === 'multicast',
    );
  expect(beats({ interface: 'eth0', address: '224.0.0.245', port: 62960 })).toMatchObject([
    { destination: { value: '224.0.0.245' }, interface: { value: 'mgmt' }, port: { value: 62960 }, management: true },
  ]);
  expect(beats({ interface: 'none', address: 'any6', port: 0 })).toEqual([]);
  expect(beats({ interface: 'eth0', address: 'any6', port: 0 })).toEqual([]);
});

test('every address of a FailoverUnicast is a path, that of the management port, too', () => {
  const facts = read({
    ...PAIR,
    mgmt: { class: 'ManagementIp', address: '198.51.100.1/24' },
    beat: {
      class: 'FailoverUnicast',
      addressPorts: [{ address: '/Common/ha-self/address', port: 1027 }, { address: '/Common/mgmt/address' }],
    },
  });
  expect(facts.peerings[0]?.heartbeats).toMatchObject([
    { source: { value: '192.0.2.1' }, interface: { value: '/Common/ha' }, port: { value: 1027 }, allowed: { value: false } },
    { source: { value: '198.51.100.1' }, interface: { value: 'mgmt' }, management: true, port: { value: 1026 } },
  ]);
});

test('two objects of a class that a device has one of leave open what counts', () => {
  const second = { class: 'FailoverUnicast', address: '203.0.113.1' };
  expect(read({ ...PAIR, second }).peerings[0]?.open).toEqual(['heartbeats']);
});

test('a device that asks for the trust of another has it as a peer, itself never', () => {
  const { pair: _, ...rest } = PAIR;
  const peers = (remoteHost: string, more: object = {}) =>
    read({ ...rest, ...more, trust: { class: 'DeviceTrust', localUsername: 'admin', remoteHost } }).peerings[0]?.peers;
  expect(peers('lb2.example.net')).toMatchObject([{ name: 'lb2.example.net' }]);
  expect(peers('lb1.example.net')).toEqual([]);
  // It may be the address of its own management port.
  expect(peers('198.51.100.2')).toEqual([]);
  expect(peers('198.51.100.2', { mgmt: { class: 'ManagementIp', address: '198.51.100.1/24' } })).toMatchObject([
    { address: { value: '198.51.100.2' } },
  ]);
});

test('trunks say how fast they notice a lost link', () => {
  const rate = (trunk: object) => read({ trunk: { class: 'Trunk', interfaces: ['1.1'], ...trunk } }).interfaces[0]?.lacpRate;
  expect(rate({ lacpEnabled: true })).toMatchObject({ value: 'slow', default: expect.any(String) });
  expect(rate({ lacpEnabled: true, lacpTimeout: 'short' })).toMatchObject({ value: 'fast' });
  expect(rate({})).toBeUndefined();
});

test('what F5 fills in by Mustache is unknown', () => {
  const text = YAML.replace('lb1.example.net\n', "'{{{HOST_NAME}}}'\n").replace('192.0.2.1/30', "'{{{ SELF_IP }}}'");
  const source = maskTemplate('runtime-init.yaml', text);
  const facts = f5Do.read({ device: 'lb1', sources: [{ ...source, ...f5Do.parse(source) }] });
  expect(facts.hostname).toBeUndefined();
  expect(facts.peerings[0]?.heartbeats[0]?.source).toBeUndefined();
});
