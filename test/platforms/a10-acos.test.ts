import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { a10Acos } from '../../src/platforms/a10-acos/index.ts';

function load(text: string) {
  const source = { path: 'a10.cfg', text, template: false };
  return { ...source, ...a10Acos.parse(source) };
}

function read(text: string) {
  return a10Acos.read({ device: 'a10-1', sources: [load(text)] });
}

const COMMON = `vrrp-a common
  device-id 1
  set-id 4
  enable
!
`;

test('takes a running-config by its header, pasted lines by their words, and leaves IOS alone', () => {
  const score = (text: string) => a10Acos.recognise({ path: 'x', text, template: false })?.score;
  expect(score('!64-bit Advanced Core OS (ACOS) version 4.1.4, build 1\n')).toBe(1);
  expect(score('vrrp-a common\n')).toBeGreaterThan(0.7);
  expect(score('interface Vlan10\n vrrp 1 priority 110\n')).toBeUndefined();
});

describe('VRRP-A', () => {
  const VRID = `vrrp-a vrid 1
  floating-ip 10.0.1.9
  preempt-mode threshold 20
  blade-parameters
    priority 180
    tracking-options
      interface ethernet 1 priority-cost 30
      gateway 10.0.1.1 priority-cost 40
      vlan 10 timeout 45 priority-cost 50
      route 10.9.0.0 /16 priority-cost 60
!
`;
  test('reads priority, tracking and addresses from the blocks', () => {
    const [member] = read(COMMON + VRID).members;
    expect(member).toMatchObject({
      id: { value: '1' },
      priority: { value: 180, at: { line: 10 } },
      preempt: { value: true },
      virtualAddresses: [{ address: '10.0.1.9' }],
      extra: { deviceId: { value: 1 }, preemptThreshold: { value: 20 } },
    });
    expect(member?.triggers.map((t) => [t.watches, t.target, t.penalty?.value])).toEqual([
      ['interface', 'ethernet 1', 30],
      ['gateway', '10.0.1.1', 40],
      ['vlan', 'vlan 10', 50],
      ['route', '10.9.0.0/16', 60],
    ]);
    expect(member?.triggers[2]?.detection).toMatchObject({ value: 45_000 });
  });
  test('reads the same from lines that lost their indentation', () => {
    const flat = (COMMON + VRID).replace(/^ +/gm, '').replace(/^!$/gm, 'exit\n!');
    const member = read(flat).members[0];
    expect(member).toMatchObject({ priority: { value: 180 }, enabled: { value: true }, virtualAddresses: [{ address: '10.0.1.9' }] });
    expect(member?.triggers).toHaveLength(4);
  });
  test('knows the defaults that the vendor documents', () => {
    const { members, peerings } = read(`${COMMON}vrrp-a vrid 0\n  floating-ip 10.0.1.9\n`);
    expect(members[0]).toMatchObject({
      priority: { value: 150, default: expect.stringContaining('a10_vrrp_a_vrid') },
      advertInterval: { value: 200 },
      holdTime: { value: 1000 },
    });
    expect(peerings[0]).toMatchObject({ id: { value: '4' }, deadInterval: { value: 1000 } });
  });
  test('dead time follows hello interval and count', () => {
    const text = COMMON.replace('  enable', '  hello-interval 10\n  dead-timer 3\n  enable');
    expect(read(`${text}vrrp-a vrid 1\n`).members[0]?.holdTime).toMatchObject({ value: 3000, at: { line: 5 } });
  });
  test('preempt-mode disable says so at its line', () => {
    expect(read(`${COMMON}vrrp-a vrid 1\n  preempt-mode disable\n`).members[0]?.preempt).toMatchObject({ value: false, at: { line: 7 } });
  });
  test('a peer group names the peers, its own address is none of them; without one the peers are open', () => {
    const ve = 'interface ve 1\n  ip address 10.0.9.1 255.255.255.0\n!\n';
    const [peering] = read(`${COMMON}${ve}vrrp-a peer-group\n  peer 10.0.9.1\n  peer 10.0.9.2\n`).peerings;
    expect(peering?.peers.map((p) => p.address?.value)).toEqual(['10.0.9.2']);
    expect(peering?.open).toEqual(['heartbeats']);
    expect(read(COMMON).peerings[0]?.open).toEqual(['peers', 'heartbeats']);
  });
  test('a failover policy template moves the group; one that is not there is an undefined reference', () => {
    const text = `${COMMON}vrrp-a fail-over-policy-template gw\n  gateway 10.0.1.1 weight 200\n!\n`;
    const use = (name: string) => read(`${text}vrrp-a vrid 1\n  blade-parameters\n    fail-over-policy-template ${name}\n`);
    expect(use('gw').members[0]?.triggers).toMatchObject([{ watches: 'gateway', effect: { value: 'failover' } }]);
    expect(use('gv').references.filter((r) => !r.defined)).toMatchObject([{ name: 'gv', to: 'trigger' }]);
  });
  test('with aVCS each device has its own priority, and which is this one is not said', () => {
    const [member] = read(
      `${COMMON}vrrp-a vrid 1\n  floating-ip 10.0.1.9\n  device-context 1\n    blade-parameters\n      priority 195\n  device-context 2\n    blade-parameters\n      priority 175\n`,
    ).members;
    expect(member).not.toHaveProperty('priority');
  });
});

describe('load balancing', () => {
  const SLB = `slb server s1 10.0.2.11
  port 80 tcp
!
slb server s2 10.0.2.12
  disable
  port 80 tcp
    health-check-disable
!
slb service-group g tcp
  member s1 80
  member s2 80
    priority 3
!
slb virtual-server v 10.0.1.100
  vrid 1
  port 80 http
    service-group g
  port 443 tcp
    ha-conn-mirror
    service-group h
`;
  test('a server without a health check has the default one; health-check-disable has none', () => {
    const [pool] = read(SLB).pools;
    expect(pool?.members.map((m) => [m.name, m.monitored?.value, m.enabled?.value, m.priorityGroup?.value])).toEqual([
      ['s1:80', true, true, undefined],
      ['s2:80', false, false, 3],
    ]);
    expect(pool?.members[0]?.monitors).toMatchObject([{ builtIn: true, type: { value: 'tcp' }, fall: { value: 4 } }]);
  });
  test('a service group health check watches all its members, with the retries that follow the first attempt', () => {
    const text = `health monitor hm\n  retry 2\n  interval 10 timeout 4\n  method http port 8080 url GET /h expect response-code 200\n!\n${SLB.replace('g tcp', 'g tcp\n  health-check hm')}`;
    const facts = read(text);
    expect(facts.pools[0]?.monitored).toMatchObject({ value: true, at: { line: 15 } });
    expect(facts.monitors[0]).toMatchObject({
      fall: { value: 3 },
      interval: { value: 10_000 },
      timeout: { value: 4000 },
      detection: { value: 34_000 },
      port: { value: 8080 },
      expects: { value: true },
    });
  });
  test('each port of a virtual server is one, and moves with its VRID', () => {
    const { virtualServers, references } = read(SLB);
    expect(virtualServers.map((v) => [v.name, v.address?.value, v.port?.value, v.group?.value, v.mirrored?.value])).toEqual([
      ['v:80', '10.0.1.100', 80, 'vrid 1', undefined],
      ['v:443', '10.0.1.100', 443, 'vrid 1', true],
    ]);
    expect(references.filter((r) => !r.defined)).toMatchObject([{ name: 'h', noun: 'slb service-group' }]);
  });
});

test('ports, trunks, VLANs and routes in all spellings', () => {
  const facts = read(`vlan 10
  tagged ethernet 3 to 5 trunk 1
  untagged ethernet 7
  router-interface ve 10
!
interface ethernet 1
  trunk-group 1 lacp
    mode active
  enable
!
interface ethernet 7
  enable
!
interface ve 10
  ip address 10.0.1.2 /24
!
ip route 0.0.0.0 /0 10.0.1.1
ip route 10.0.0.0 255.0.0.0 10.0.1.1
ipv6 route ::/0 2001:db8::1
`);
  expect(facts.routes.map((r) => [r.prefix, r.nextHop?.value])).toEqual([
    ['0.0.0.0/0', '10.0.1.1'],
    ['10.0.0.0/8', '10.0.1.1'],
    ['::/0', '2001:db8::1'],
  ]);
  const byName = new Map(facts.interfaces.map((i) => [i.name, i]));
  expect(byName.get('ethernet 1')).toMatchObject({ lag: { value: 'trunk 1' }, lagMode: { value: 'lacp-active' } });
  expect(byName.get('trunk 1')).toMatchObject({ kind: 'lag', allowedVlans: { value: [{ from: 10, to: 10 }] } });
  expect(byName.get('ethernet 7')).toMatchObject({ untaggedVlan: { value: 10 }, mode: { value: 'access' } });
  expect(byName.get('ve 10')).toMatchObject({ vlan: { value: 10 }, addresses: [{ address: '10.0.1.2', prefix: 24 }] });
});

test('the good pair is understood to the last line, and shows no secret', () => {
  for (const node of [1, 2]) {
    const source = load(readFileSync(`fixtures/platforms/a10-acos/good/muc-a10-${node}.cfg`, 'utf8'));
    const facts = a10Acos.read({ device: 'd', sources: [source] });
    const unread = source.statements.flatMap((s) => [s, ...s.children]).filter((s) => s.use === undefined);
    expect(unread.map((s) => s.words.join(' '))).toEqual([]);
    expect(facts.references.filter((r) => !r.defined)).toEqual([]);
    expect(JSON.stringify(facts)).not.toMatch(/9f00bead77aa|77beadfeed99/);
  }
});

test('what is cut off or garbled breaks nothing', () => {
  expect(() =>
    read(
      'vrrp-a vrid\nslb server\nslb service-group g\n  member\nslb virtual-server\n  port\nhealth monitor\nvlan\nvlan 1\n  tagged ethernet 1 to 99999999\ninterface\nip route\nexit\nexit\n',
    ),
  ).not.toThrow();
});
