import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../src/model/fact.ts';
import { ciscoIos } from '../../src/platforms/cisco-ios/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string, path = 'sw1.cfg') {
  const source = maskTemplate(path, text);
  return ciscoIos.read({ device: 'sw1', sources: [{ ...source, ...ciscoIos.parse(source) }] });
}

/** A config with these lines under Vlan10, which has the address 10.0.10.2/24. */
function svi(lines: string, before = '') {
  return read(
    `version 17.6\nhostname sw1\n${before}\ninterface Vlan10\n ip address 10.0.10.2 255.255.255.0\n ${lines.split('\n').join('\n ')}\n`,
  );
}

function member(lines: string, before = '') {
  const [first] = svi(lines, before).members;
  if (!first) throw new Error('no member was read');
  return first;
}

/** A fact's value, and whether it is a documented default. */
function seen(fact: Fact<unknown> | undefined) {
  return fact && ('default' in fact ? [fact.value, 'default'] : fact.value);
}

function port(name: string, text: string) {
  const found = read(`version 17.6\nhostname sw1\n${text}`).interfaces.find((i) => i.name === name);
  if (!found) throw new Error(`no interface ${name}`);
  return found;
}

describe('recognition', () => {
  const recognised = (text: string) => ciscoIos.recognise(maskTemplate('x', text))?.score ?? 0;

  test.each([
    ['a running-config', 'Building configuration...\n\nversion 15.2\nservice timestamps log datetime\nhostname a\n'],
    ['a note', 'int g1/0/2\nno sw\nip add 10.1.1.2 255.255.255.252\n'],
    ['a snippet', 'interface Vlan10\n ip address 10.0.0.2 255.255.255.0\n standby 10 ip 10.0.0.1\n'],
  ])('%s is taken', (_, text) => expect(recognised(text)).toBeGreaterThan(0.5));

  test.each([
    ['NX-OS', 'feature hsrp\ninterface Vlan10\n  hsrp 10\n    ip 10.0.0.1\n'],
    ['FRR', 'frr version 8.1\nfrr defaults traditional\ninterface eth0\n vrrp 5\n'],
    ['prose', 'Please configure standby routers on every interface.\n'],
    ['nginx', 'http {\n  server { listen 80; }\n}\n'],
  ])('%s is left', (_, text) => expect(recognised(text)).toBeLessThan(0.3));
});

describe('HSRP', () => {
  test('defaults are those of the documentation', () => {
    const group = member('standby 10 ip 10.0.10.1');
    expect([group.priority, group.preempt, group.advertInterval, group.holdTime, group.version].map(seen)).toEqual([
      [100, 'default'],
      [false, 'default'],
      [3000, 'default'],
      [10_000, 'default'],
      [1, 'default'],
    ]);
  });

  test('everything that a group states', () => {
    const group = member(
      'standby version 2\nstandby 10 ip 10.0.10.1\nstandby 10 ip 10.0.10.9 secondary\nstandby 10 priority 110\nstandby 10 preempt delay minimum 60 reload 180\nstandby 10 timers msec 250 msec 800\nstandby 10 authentication md5 key-string kettle',
    );
    expect(group).toMatchObject({
      name: 'Vlan10 group 10',
      id: { value: '10' },
      version: { value: 2 },
      priority: { value: 110 },
      preempt: { value: true },
      preemptDelay: { value: 60_000 },
      advertInterval: { value: 250 },
      holdTime: { value: 800 },
      authentication: { type: { value: 'md5' }, key: { value: { secret: true } } },
    });
    expect(group.virtualAddresses.map((v) => v.address)).toEqual(['10.0.10.1', '10.0.10.9']);
  });

  test('a group without a number is group 0', () => {
    expect(member('standby ip 10.0.10.1').id).toMatchObject({ value: '0', default: expect.any(String) });
  });

  test('the old forms: one line for priority and preempt, tracking of an interface by name', () => {
    const group = member('standby 1 ip 10.0.10.1\nstandby 1 priority 120 preempt delay 30\nstandby 1 track Gi0/1 30');
    expect([group.priority?.value, group.preempt?.value, group.preemptDelay?.value]).toEqual([120, true, 30_000]);
    expect(group.triggers[0]).toMatchObject({ watches: 'interface', target: 'GigabitEthernet0/1', penalty: { value: 30 } });
  });

  test('`no` takes back', () => {
    const group = member('standby 1 ip 10.0.10.1\nstandby 1 priority 120\nstandby 1 preempt\nno standby 1 priority\nno standby 1 preempt');
    expect([seen(group.priority), group.preempt?.value]).toEqual([[100, 'default'], false]);
  });

  test('a type 7 key and a removed one cannot be compared', () => {
    expect(member('standby 1 ip 10.0.10.1\nstandby 1 authentication md5 key-string 7 070C285F4D06').authentication?.key).toBeUndefined();
    expect(member('standby 1 ip 10.0.10.1\nstandby 1 authentication <removed>').authentication?.key).toBeUndefined();
  });

  test('one secret, written in place or in a key chain of one key, is one digest', () => {
    const inPlace = member('standby 1 ip 10.0.10.1\nstandby 1 authentication md5 key-string kettle');
    const chained = member(
      'standby 1 ip 10.0.10.1\nstandby 1 authentication md5 key-chain GW',
      'key chain GW\n key 1\n  key-string kettle',
    );
    expect(chained.authentication?.key?.value.digest).toBe(inPlace.authentication?.key?.value.digest);
    expect(JSON.stringify(chained)).not.toContain('kettle');
  });

  test('a snippet that adds to a group says nothing of the rest of it', () => {
    const [group] = read('interface Vlan10\n standby 10 track 1 decrement 20\n').members;
    expect([group?.priority, group?.preempt, group?.triggers[0]?.defined]).toEqual([undefined, undefined, undefined]);
  });

  test('a follower has no priority of its own', () => {
    const group = member('standby 2 ip 10.0.10.5\nstandby 2 follow MAIN');
    expect([group.priority, group.syncGroup?.value]).toEqual([undefined, 'MAIN']);
  });
});

describe('track objects', () => {
  const group = 'standby 10 ip 10.0.10.1\nstandby 10 track 1';

  test('an interface; ten points by default', () => {
    const trigger = member(group, 'track 1 interface GigabitEthernet1/0/1 line-protocol\n delay down 5').triggers[0];
    expect(trigger).toMatchObject({
      watches: 'interface',
      target: 'GigabitEthernet1/0/1',
      interfaces: ['GigabitEthernet1/0/1'],
      defined: true,
    });
    expect([seen(trigger?.penalty), seen(trigger?.detection), seen(trigger?.onVirtualInterface)]).toEqual([[10, 'default'], 5000, false]);
  });

  test('an SVI stays up by itself', () => {
    expect(member(group, 'track 1 interface Vlan20 line-protocol').triggers[0]?.onVirtualInterface?.value).toBe(true);
  });

  test('shutdown gives up whatever the priority', () => {
    expect(member(`${group} shutdown`, 'track 1 interface Gi1/0/1 line-protocol').triggers[0]?.effect.value).toBe('fault');
  });

  test('a probe: its target, and how long noticing takes', () => {
    const trigger = member(
      group,
      'ip sla 7\n icmp-echo 192.0.2.1\n frequency 5\nip sla schedule 7 life forever start-time now\ntrack 1 ip sla 7 reachability\n delay down 10',
    ).triggers[0];
    expect(trigger).toMatchObject({ watches: 'reachability', addresses: ['192.0.2.1'], detection: { value: 15_000 } });
  });

  test('a probe that is never scheduled is remarked on', () => {
    const facts = svi(group, 'ip sla 7\n icmp-echo 192.0.2.1\ntrack 1 ip sla 7 reachability');
    expect(facts.remarks.map((r) => [r.kind, r.subject, r.at.line])).toEqual([['ineffective', 'ip sla 7', 3]]);
  });

  const list = (how: string) =>
    `track 11 interface Gi1/0/1 line-protocol\ntrack 12 interface Gi1/0/2 line-protocol\ntrack 1 list ${how}\n object 11\n object 12`;

  test.each([
    ['boolean and', ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2'], undefined],
    ['boolean or', ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/2'], true],
    ['threshold percentage', [], undefined],
  ])('a list: %s', (how, interfaces, needsAll) => {
    const trigger = member(group, list(how)).triggers[0];
    expect([trigger?.interfaces, trigger?.needsAll]).toEqual([interfaces, needsAll]);
  });

  test('a list that holds itself ends', () => {
    expect(member(group, 'track 1 list boolean and\n object 1').triggers[0]?.interfaces).toEqual([]);
  });

  test('one that is not there is so, with what is there', () => {
    const facts = svi(group, 'track 3 interface Gi1/0/1 line-protocol');
    expect(facts.members[0]?.triggers[0]?.defined).toBe(false);
    expect(facts.references.filter((r) => !r.defined)).toMatchObject([
      { to: 'trigger', noun: 'track', name: '1', candidates: ['3'] },
      { to: 'interface', name: 'GigabitEthernet1/0/1', candidates: ['Vlan10'] },
    ]);
    expect(facts.watches).toMatchObject([{ name: '3', bound: false }]);
  });

  test('a static route binds one too', () => {
    const facts = svi('no shutdown', 'track 1 interface Gi1/0/1 line-protocol\nip route 0.0.0.0 0.0.0.0 192.0.2.1 track 1');
    expect(facts.watches[0]?.bound).toBe(true);
  });
});

describe('VRRP and GLBP', () => {
  test('VRRP preempts by default and counts in seconds', () => {
    const group = member('vrrp 10 ip 10.0.10.1\nvrrp 10 timers advertise msec 200\nvrrp 10 priority 120');
    expect([seen(group.preempt), seen(group.advertInterval), seen(group.version)]).toEqual([[true, 'default'], 200, [2, 'default']]);
    expect(seen(member('vrrp 10 ip 10.0.10.1\nno vrrp 10 preempt').preempt)).toBe(false);
  });

  test('the owner of the address has priority 255', () => {
    expect(seen(member('vrrp 10 ip 10.0.10.2').priority)).toEqual([255, 'default']);
  });

  test('version 3 in blocks', () => {
    const group = member(
      'vrrp 3 address-family ipv4\n address 10.0.10.1 primary\n priority 120\n no preempt\n timers advertise 500\n track 1 decrement 30\n exit-vrrp',
      'fhrp version vrrp v3',
    );
    expect(group).toMatchObject({
      version: { value: 3 },
      priority: { value: 120 },
      preempt: { value: false },
      advertInterval: { value: 500 },
    });
    expect(group.triggers[0]).toMatchObject({ target: '1', defined: false, penalty: { value: 30 } });
  });

  test('GLBP tracking takes from the weighting', () => {
    const group = member('glbp 5 ip 10.0.10.1\nglbp 5 weighting 110 lower 85 upper 105\nglbp 5 weighting track 1 decrement 30');
    expect(group).toMatchObject({ protocol: 'glbp', extra: { weighting: { value: 110 }, weightingLower: { value: 85 } } });
    expect(group.triggers[0]).toMatchObject({ effect: { value: 'score' }, penalty: { value: 30 } });
  });
});

describe('interfaces', () => {
  test('abbreviated notes without indentation', () => {
    const facts = read(
      'int range g1/0/23-24\nno sw\nchannel-group 10 mode on\nint port-channel 10\nno sw\nip add 10.5.5.1 255.255.255.252\nno shut\n',
    );
    expect(facts.interfaces.map((i) => [i.name, i.mode?.value, i.lag?.value])).toEqual([
      ['GigabitEthernet1/0/23', 'routed', 'Port-channel10'],
      ['GigabitEthernet1/0/24', 'routed', 'Port-channel10'],
      ['Port-channel10', 'routed', undefined],
    ]);
    expect(facts.interfaces[2]).toMatchObject({
      lagMode: { value: 'static' },
      enabled: { value: true },
      addresses: [{ address: '10.5.5.1', prefix: 30 }],
    });
  });

  test.each([
    [
      '10,20',
      [
        { from: 10, to: 10 },
        { from: 20, to: 20 },
      ],
    ],
    ['none', []],
    ['except 2-4094', [{ from: 1, to: 1 }]],
    ['10\n switchport trunk allowed vlan add 11-12', [{ from: 10, to: 12 }]],
    [
      '10-12\n switchport trunk allowed vlan remove 11',
      [
        { from: 10, to: 10 },
        { from: 12, to: 12 },
      ],
    ],
  ])('allowed VLANs: %j', (list, ranges) => {
    expect(
      port('GigabitEthernet1/0/1', `interface Gi1/0/1\n switchport mode trunk\n switchport trunk allowed vlan ${list}\n`).allowedVlans
        ?.value,
    ).toEqual(ranges);
  });

  test('a trunk without a list carries all VLANs, by default', () => {
    expect(seen(port('GigabitEthernet1/0/1', 'interface Gi1/0/1\n switchport mode trunk\n').allowedVlans)).toEqual([
      [{ from: 1, to: 4094 }],
      'default',
    ]);
  });

  test('portfast on a trunk needs the word trunk', () => {
    const trunk = (portfast: string) =>
      port('GigabitEthernet1/0/1', `interface Gi1/0/1\n switchport mode trunk\n ${portfast}\n`).edgePort?.value;
    expect([trunk('spanning-tree portfast'), trunk('spanning-tree portfast trunk'), trunk('spanning-tree portfast edge trunk')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(port('GigabitEthernet1/0/1', 'interface Gi1/0/1\n switchport mode access\n spanning-tree portfast\n').edgePort?.value).toBe(
      true,
    );
  });

  test('a port in a LAG carries what the LAG carries', () => {
    const text =
      'interface Port-channel1\n switchport mode trunk\n switchport trunk allowed vlan 5\ninterface Gi1/0/1\n channel-group 1 mode active\n';
    expect(port('GigabitEthernet1/0/1', text)).toMatchObject({ mode: { value: 'trunk' }, allowedVlans: { value: [{ from: 5, to: 5 }] } });
    expect(port('Port-channel1', text)).toMatchObject({ members: [{ value: 'GigabitEthernet1/0/1' }], lagMode: { value: 'lacp-active' } });
  });

  test('`sh` is shutdown only when it stands alone', () => {
    const enabled = (line: string) => read(`int g0/1\nip add 10.0.0.1 255.255.255.0\n${line}\n`).interfaces[0]?.enabled?.value;
    expect([enabled('sh'), enabled('sh run'), enabled('no sh')]).toEqual([false, true, true]);
  });

  test('subinterfaces, secondary addresses and shutdown', () => {
    expect(
      port(
        'GigabitEthernet0/0.20',
        'interface GigabitEthernet0/0.20\n encapsulation dot1Q 20\n ip address 10.0.0.1 255.255.255.0\n ip address 10.0.1.1 255.255.255.0 secondary\n shutdown\n',
      ),
    ).toMatchObject({
      kind: 'subinterface',
      vlan: { value: 20 },
      parent: { value: 'GigabitEthernet0/0' },
      enabled: { value: false },
      addresses: [
        { address: '10.0.0.1', secondary: false },
        { address: '10.0.1.1', secondary: true },
      ],
    });
  });
});

describe('the rest of the device', () => {
  test('spanning tree: stated, root primary, and the default', () => {
    const { vlans } = read(
      'hostname a\nversion 15.2\nvlan 10,20,30\nspanning-tree vlan 10 priority 8192\nspanning-tree vlan 20 root primary\n',
    );
    expect(vlans.map((v) => [v.id, seen(v.stpPriority)])).toEqual([
      [10, 8192],
      [20, 24_576],
      [30, [32_768, 'default']],
    ]);
  });

  test('spanning tree: by MST instance', () => {
    const { vlans } = read(
      'hostname a\nversion 15.2\nvlan 10,20\nspanning-tree mode mst\nspanning-tree mst configuration\n instance 1 vlan 1-15\nspanning-tree mst 1 priority 4096\n',
    );
    expect(vlans.map((v) => seen(v.stpPriority))).toEqual([4096, [32_768, 'default']]);
  });

  test('routes, gateway, time and identity', () => {
    const facts = read(
      'version 15.2\nhostname a\nip default-gateway 10.0.0.1\nip route vrf X 10.9.0.0 255.255.0.0 Gi0/1 10.1.1.1 250\nip route 10.8.0.0 255.255.0.0 Null0\nntp server 10.0.0.9\n',
    );
    expect(facts.routes.map((r) => [r.prefix, r.nextHop?.value, r.viaInterface?.value, r.vrf?.value])).toEqual([
      ['0.0.0.0/0', '10.0.0.1', undefined, undefined],
      ['10.9.0.0/16', '10.1.1.1', 'GigabitEthernet0/1', 'X'],
      ['10.8.0.0/16', undefined, 'Null0', undefined],
    ]);
    expect([facts.hostname?.value, facts.software?.value, facts.timeSync?.value, facts.fragment]).toEqual(['a', '15.2', true, undefined]);
  });

  test('StackWise Virtual with and without dual-active detection', () => {
    const stack = (lines: string) =>
      read(`version 17.6\nhostname a\nstackwise-virtual\n domain 4\ninterface Te1/0/47\n stackwise-virtual link 1\n${lines}`).peerings[0];
    expect(stack('')).toMatchObject({
      kind: 'stack',
      id: { value: '4' },
      dualActiveDetection: { value: false },
      peerLink: { value: 'TenGigabitEthernet1/0/47' },
    });
    expect(stack('interface Te1/0/48\n stackwise-virtual dual-active-detection\n')?.dualActiveDetection?.value).toBe(true);
  });

  test('StackWise Virtual detects by PAgP only on a trusted channel group', () => {
    const detection = (lines: string) =>
      read(`version 17.6\nhostname a\nstackwise-virtual\n domain 4\n${lines}`).peerings[0]?.dualActiveDetection?.value;
    expect(detection(' dual-active detection pagp\n')).toBeUndefined();
    expect(detection(' dual-active detection pagp\n dual-active detection pagp trust channel-group 5\n')).toBe(true);
  });

  test('what a template leaves out is unknown, not the default', () => {
    const facts = read(
      'hostname a\nversion 15.2\ninterface Vlan10\n ip address {{ ip }} 255.255.255.0\n standby 1 ip 10.0.0.1\n standby 1 priority {{ priority }}\n{% if t %}\n standby 1 track 1\n{% endif %}\n',
      'sw1.cfg.j2',
    );
    expect(facts.members[0]?.priority).toBeUndefined();
    expect(facts.members[0]?.open).toEqual(['triggers']);
    expect(facts.interfaces[0]?.open).toEqual(['addresses']);
  });
});

test('any text is read', () => {
  const line = fc.constantFrom(
    'interface Vlan1',
    ' standby',
    ' standby 1 track',
    'track 1 list',
    ' object',
    'ip route',
    'vlan 1-',
    ' vrrp 1 address-family',
    'ip sla 1',
    ' channel-group',
    'spanning-tree vlan',
    'int range',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 25 }), (lines) => {
      expect(read(lines.join('\n')).role).toBe('switch');
    }),
  );
});
