import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { radwareAlteon } from '../../src/platforms/radware-alteon/index.ts';

function load(text: string) {
  const source = { path: 'alteon.cfg', text, template: false };
  return { ...source, ...radwareAlteon.parse(source) };
}

function read(text: string) {
  return radwareAlteon.read({ device: 'a1', sources: [load(text)] });
}

test('takes a dump by its header or its menus', () => {
  const score = (text: string) => radwareAlteon.recognise({ path: 'x', text, template: false })?.score;
  expect(score('script start "Alteon Application Switch VA" 4\n')).toBe(1);
  expect(score('/c/slb/real 1\n\tena\n')).toBeGreaterThan(0.7);
  expect(score('/cfg unknown\n')).toBeUndefined();
});

describe('virtual routers', () => {
  const VR =
    '/c/l3/if 4\n\tena\n\taddr 10.0.0.2\n\tmask 255.255.255.0\n\tvlan 4\n/c/l3/vrrp/on\n/c/l3/vrrp/vr 7\n\tena\n\tipver v4\n\tvrid 12\n\tif 4\n\tprio 101\n\taddr 10.0.0.1\n';
  test('are read with the documented defaults', () => {
    expect(read(VR).members).toMatchObject([
      {
        protocol: 'alteon-vrrp',
        id: { value: '12' },
        interface: { value: 'if 4' },
        enabled: { value: true },
        priority: { value: 101 },
        preempt: { value: true, default: expect.anything() },
        advertInterval: { value: 1000 },
        virtualAddresses: [{ address: '10.0.0.1' }],
      },
    ]);
  });
  test('tracking gives an increment for each interface that is up', () => {
    const [member] = read(`${VR}/c/l3/vrrp/track\n\tifs 30\n/c/l3/vrrp/vr 7/track\n\tifs ena\n`).members;
    expect(member?.triggers).toMatchObject([{ target: 'if 4', penalty: { value: 30 }, bonus: true }]);
    const [plain] = read(`${VR}/c/l3/vrrp/vr 7/track\n\tifs e\n`).members;
    expect(plain?.triggers[0]?.penalty).toMatchObject({ value: 2, default: expect.anything() });
  });
  test('a group that is enabled rules its virtual routers', () => {
    const [member] = read(`${VR}/c/l3/vrrp/group\n\tena\n\tprio 120\n\tpreem dis\n`).members;
    expect(member).toMatchObject({ priority: { value: 120 }, preempt: { value: false }, syncGroup: { value: 'vrrp group' } });
  });
});

test('the switch mode fails over by its triggers and moves floating addresses', () => {
  const [member] = read(
    '/c/l3/if 1\n\taddr 10.0.0.2\n\tmask 255.255.255.0\n/c/l3/hamode switch\n/c/l3/ha/switch\n\tdef 1\n/c/l3/ha/switch/trigger/ifs\n\tadd 1\n\tadd 9\n/c/l3/ha/floatip 1\n\tena\n\taddr 10.0.0.1\n\tif 1\n',
  ).members;
  expect(member?.virtualAddresses.map((v) => v.address)).toEqual(['10.0.0.1']);
  expect(member?.triggers.map((t) => [t.target, t.defined, t.effect.value])).toEqual([
    ['if 1', true, 'failover'],
    ['if 9', false, 'failover'],
  ]);
});

describe('balancing', () => {
  const SLB =
    '/c/slb/real 1\n\tena\n\trip 10.1.0.1\n/c/slb/real 2\n\tdis\n\trip 10.1.0.2\n/c/slb/group 5\n\thealth http\n\tadd 1\n\tadd 2\n\tadd 3\n/c/slb/virt 1\n\tena\n\tvip 10.0.0.9\n/c/slb/virt 1/service 443 https\n\tgroup 5\n\tmirror ena\n/c/slb/virt 1/service 443 https/pip\n\tmode egress\n';
  test('a service of a virtual server sends to its group of real servers', () => {
    const facts = read(SLB);
    expect(facts.virtualServers).toMatchObject([
      {
        name: 'virt 1:443',
        address: { value: '10.0.0.9' },
        port: { value: 443 },
        protocol: { value: 'https' },
        pools: [{ value: 'group 5' }],
        mirrored: { value: true },
      },
    ]);
    expect(facts.virtualServers[0]).not.toHaveProperty('open');
    expect(facts.pools[0]?.members.map((m) => [m.name, m.address?.value, m.enabled?.value])).toEqual([
      ['real 1', '10.1.0.1', true],
      ['real 2', '10.1.0.2', false],
      ['real 3', undefined, undefined],
    ]);
    expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: '3', noun: 'slb real' }]);
  });
  test("nocheck is no check, a check of one's own brings its timing", () => {
    expect(read(SLB.replace('health http', 'health nocheck')).pools[0]?.monitored).toMatchObject({ value: false, at: { line: 8 } });
    const own = read(`/c/slb/advhc/health web HTTP\n\tinter 10\n\tretry 2\n\ttimeout 4\n${SLB.replace('health http', 'health web')}`);
    expect(own.pools[0]?.monitors).toMatchObject([
      { name: 'web', interval: { value: 10_000 }, fall: { value: 2 }, detection: { value: 24_000 } },
    ]);
  });
  test('one-line commands say the same as blocks', () => {
    const facts = read('/c/slb/real 1/ena/rip 10.1.0.1\n/c/slb/group 1/add 1\n/c/port 3/name "backup link"\n');
    expect(facts.pools[0]?.members).toMatchObject([{ address: { value: '10.1.0.1' }, enabled: { value: true } }]);
    expect(facts.interfaces).toMatchObject([{ name: 'port 3', description: { value: 'backup link' } }]);
  });
});

test('a sync peer is a peer; one that is disabled is none', () => {
  expect(read('/c/slb/sync/peer 1\n\tena\n\taddr 10.0.0.3\n').peerings).toMatchObject([
    { peers: [{ address: { value: '10.0.0.3' } }], syncEnabled: { value: true } },
  ]);
  expect(read('/c/slb/sync/peer 1\n\tdis\n\taddr 10.0.0.3\n').peerings).toMatchObject([{ peers: [], syncEnabled: { value: false } }]);
});

test('the good pair is understood to the last line', () => {
  for (const node of [1, 2]) {
    const source = load(readFileSync(`fixtures/platforms/radware-alteon/good/zrh-alt-${node}.cfg`, 'utf8'));
    const facts = radwareAlteon.read({ device: 'd', sources: [source] });
    expect(source.statements.filter((s) => s.use === undefined)).toEqual([]);
    expect(facts.references.filter((r) => !r.defined)).toEqual([]);
    expect(facts).toMatchObject({ hostname: { value: `zrh-alt-${node}` }, software: { value: '33.0.9.0' }, timeSync: { value: true } });
  }
});

test('garbled text breaks nothing', () => {
  expect(() =>
    read('/c/slb/virt\n/c/slb/group\n\tadd\n/c/l3/vrrp/vr\n\tprio x\n/c\n/c/\n/c/port\n-----BEGIN\nabc\n/c/l3/if\n\taddr\n'),
  ).not.toThrow();
});
