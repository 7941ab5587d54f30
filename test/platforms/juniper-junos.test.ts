import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { juniperJunos } from '../../src/platforms/juniper-junos/index.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { maskTemplate } from '../../src/syntax/template.ts';
import { lintTexts } from '../rules/lint-texts.ts';

function load(text: string, path = 'r1.conf') {
  const source = maskTemplate(path, text);
  return { ...source, ...juniperJunos.parse(source) };
}

function read(text: string) {
  return juniperJunos.read({ device: 'r1', sources: [load(text)] });
}

const COMMANDS = `set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 virtual-address 192.0.2.1
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 priority 150
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 preempt hold-time 30
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 authentication-type md5
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 authentication-key "hunter2"
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 track interface ge-0/0/1.0 priority-cost 60
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 7 track route 0.0.0.0/0 routing-instance default priority-cost 20
set interfaces ge-0/0/1 unit 0 family inet address 198.51.100.2/30
`;

const UNIT = `family inet {
    address 192.0.2.2/24 {
        vrrp-group 7 {
            virtual-address 192.0.2.1;
            priority 150;
            preempt {
                hold-time 30;
            }
            authentication-type md5;
            authentication-key "hunter2"; ## SECRET-DATA
            track {
                interface ge-0/0/1.0 {
                    priority-cost 60;
                }
                route 0.0.0.0/0 routing-instance default priority-cost 20;
            }
        }
    }
}
`;

describe('a VRRP group', () => {
  test.each([
    ['as commands', COMMANDS],
    ['as commands behind a prompt', COMMANDS.replace(/^/gm, 'admin@r1# ')],
    ['in braces', `interfaces {\n ge-0/0/0 {\n unit 0 {\n${UNIT}}\n}\n ge-0/0/1 {\n unit 0;\n}\n}\n`],
    ['in braces below the command that showed it', `admin@r1> show configuration interfaces ge-0/0/0 unit 0\n${UNIT}`],
    [
      'as commands at a level',
      `edit interfaces ge-0/0/0\n${COMMANDS.replaceAll('interfaces ge-0/0/0 ', '').replace(/set interfaces.*\n/, '')}`,
    ],
  ])('is read %s', (_, text) => {
    expect(juniperJunos.recognise(maskTemplate('x', text))).toBeDefined();
    const [member] = read(text).members;
    expect(member).toMatchObject({
      id: { value: '7' },
      interface: { value: 'ge-0/0/0' },
      priority: { value: 150 },
      preempt: { value: true },
      preemptDelay: { value: 30_000 },
      advertInterval: { value: 1000 },
      acceptsTraffic: { value: false },
      authentication: { type: { value: 'md5' } },
    });
    expect(member?.triggers.map((t) => [t.watches, t.interfaces, t.penalty?.value])).toEqual([
      ['interface', ['ge-0/0/1'], 60],
      ['route', [], 20],
    ]);
    expect(JSON.stringify(read(text))).not.toContain('hunter2');
  });

  test('preempts and has priority 100 where nothing is said', () => {
    const [member] = read('set interfaces irb unit 5 family inet address 192.0.2.2/24 vrrp-group 1 virtual-address 192.0.2.1\n').members;
    expect(member).toMatchObject({ interface: { value: 'irb.5' }, priority: { value: 100 }, preempt: { value: true } });
    expect(member?.priority).toHaveProperty('default');
  });

  test('for IPv6 is a group of its own', () => {
    const { members } = read(`set interfaces irb unit 5 family inet address 192.0.2.2/24 vrrp-group 1 virtual-address 192.0.2.1
set interfaces irb unit 5 family inet6 address 2001:db8::2/64 vrrp-inet6-group 1 virtual-inet6-address 2001:db8::1
`);
    expect(members.map((m) => [m.addressFamily, m.virtualAddresses.map((v) => v.address)])).toEqual([
      ['ipv4', ['192.0.2.1']],
      ['ipv6', ['2001:db8::1']],
    ]);
  });

  test('directly under the family is none, and remarked', () => {
    const { members, remarks } = read('set interfaces irb unit 5 family inet vrrp-group 1 priority 200\n');
    expect(members).toEqual([]);
    expect(remarks).toMatchObject([{ kind: 'wrong-place', subject: 'vrrp-group 1', at: { line: 1 } }]);
  });

  test('takes what a configuration group says, unless it says so itself', () => {
    const { members } = read(`set groups G interfaces <*> unit <*> family inet address <*> vrrp-group <*> priority 120
set groups G interfaces <*> unit <*> family inet address <*> vrrp-group <*> no-preempt
set groups H interfaces <ge-*> mtu 9000
set apply-groups [ G H ]
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.2/24 vrrp-group 1 virtual-address 192.0.2.1
set interfaces xe-0/0/1 unit 0 family inet address 192.0.3.2/24 vrrp-group 2 priority 90
`);
    expect(members.map((m) => [m.priority?.value, m.preempt?.value])).toEqual([
      [120, false],
      [90, false],
    ]);
  });

  test.each([
    [
      'inactive in braces',
      `interfaces {\n irb {\n unit 5 {\n inactive: family inet { address 192.0.2.2/24 { vrrp-group 1 { priority 9; } } }\n}\n}\n}\n`,
    ],
    [
      'deactivated',
      'set interfaces irb unit 5 family inet address 192.0.2.2/24 vrrp-group 1 priority 9\ndeactivate interfaces irb unit 5 family inet address 192.0.2.2/24 vrrp-group 1\n',
    ],
  ])('that is %s is left out', (_, text) => {
    expect(read(text).members).toEqual([]);
  });
});

describe('a device', () => {
  test('its bundles, VLANs, routes and routing tables', () => {
    const facts = read(`set system host-name sw1
set system ntp server 192.0.2.9
set version 21.4R3
set interfaces interface-range UPLINKS member-range xe-0/0/0 to xe-0/0/1
set interfaces interface-range UPLINKS ether-options 802.3ad ae0
set interfaces ae0 aggregated-ether-options lacp active
set interfaces ae0 aggregated-ether-options mc-ae mc-ae-id 3
set interfaces ae0 unit 0 family ethernet-switching interface-mode trunk
set interfaces ae0 unit 0 family ethernet-switching vlan members [ V10 20-21 ]
set interfaces irb unit 10 family inet address 10.0.10.2/24
set vlans V10 vlan-id 10
set vlans V10 l3-interface irb.10
set routing-instances BLUE interface irb.10
set routing-instances BLUE routing-options static route 0.0.0.0/0 next-hop 10.0.10.9
`);
    expect(facts).toMatchObject({ hostname: { value: 'sw1' }, software: { value: '21.4R3' }, timeSync: { value: true }, role: 'switch' });
    const named = (name: string) => facts.interfaces.find((i) => i.name === name);
    expect(named('ae0')).toMatchObject({
      lagMode: { value: 'lacp-active' },
      mlagId: { value: '3' },
      mode: { value: 'trunk' },
      members: [{ value: 'xe-0/0/0' }, { value: 'xe-0/0/1' }],
      allowedVlans: {
        value: [
          { from: 10, to: 10 },
          { from: 20, to: 21 },
        ],
      },
    });
    expect(named('irb.10')).toMatchObject({ kind: 'vlan', vlan: { value: 10 }, vrf: { value: 'BLUE' } });
    expect(facts.routes).toMatchObject([{ prefix: '0.0.0.0/0', nextHop: { value: '10.0.10.9' }, vrf: { value: 'BLUE' } }]);
  });

  test('an MC-LAG peer, its link and its backup', () => {
    const [peering] = read(`set vlans V10 vlan-id 10
set interfaces ae9 unit 0 family ethernet-switching interface-mode trunk
set protocols iccp local-ip-addr 10.9.9.1
set protocols iccp peer 10.9.9.2 backup-liveness-detection backup-peer-ip 192.0.2.12
set multi-chassis multi-chassis-protection 10.9.9.2 interface ae9
`).peerings;
    expect(peering).toMatchObject({
      kind: 'mlag',
      self: { value: '10.9.9.1' },
      peers: [{ address: { value: '10.9.9.2' } }],
      peerLink: { value: 'ae9' },
      dualActiveDetection: { value: true },
    });
  });

  test('no text makes the reader throw', () => {
    const words = fc.constantFrom(
      'set',
      'interfaces',
      'unit',
      'groups',
      'apply-groups',
      '<*>',
      'vrrp-group',
      'address',
      '{',
      '}',
      ';',
      '\n',
      '"',
      '[',
      ']',
      'a',
      '1',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (list) => {
        expect(Array.isArray(read(list.join(' ')).members)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['VyOS', "set interfaces ethernet eth0 address '192.0.2.1/24'\nset system host-name 'vyos'\n"],
    ['nginx', 'http {\n  upstream a {\n    server 192.0.2.1;\n  }\n}\n'],
    ['tmsh', 'ltm pool /Common/p {\n    members {\n    }\n}\n'],
  ])('%s is not taken for it', (_, text) => {
    expect(juniperJunos.recognise(maskTemplate('x', text))).toBeUndefined();
  });
});

describe('the fixtures', () => {
  const root = join(__dirname, '../../fixtures/platforms/juniper-junos');
  const { rules } = readRuleFolder(join(__dirname, '../../rules'), 'rules');
  const filesOf = (name: string) =>
    readdirSync(join(root, name)).map((path) => ({ path, text: readFileSync(join(root, name, path), 'utf8') }));
  const expected: Readonly<Record<string, readonly string[]>> = {
    good: [],
    'good-cluster': [],
    'bad-cluster-unmonitored': ['fw.set:12 failover/uplink-not-watched', 'fw.set:12 failover/uplink-not-watched'],
    'bad-cluster-half-monitored': ['fw.set:12 failover/uplink-not-watched'],
    'bad-cluster-weights': [
      ...['fw.set:12', 'fw.set:12'].map((at) => `${at} failover/uplink-not-watched`),
      ...['fw.set:15', 'fw.set:16', 'fw.set:17', 'fw.set:18'].map((at) => `${at} failover/trigger-cannot-fire`),
    ],
    'bad-no-preempt': ['mx2.conf:64 failover/preempt-missing'],
    'bad-penalty-too-small': ['mx1.conf:72 failover/penalty-too-small'],
    'bad-priority-equal': ['mx1.conf:63 failover/priority-equal'],
    'bad-wrong-place': ['mx1.conf:61 config/ineffective', 'mx2.conf:61 config/ineffective'],
  };

  test.each(Object.entries(expected))('%s', (name, findings) => {
    const found = lintTexts(filesOf(name), rules).filter((f) => f.severity !== 'info');
    expect(found.map((f) => `${f.at.file}:${f.at.line} ${f.rule}`)).toEqual(findings);
  });

  test.each(Object.keys(expected))('%s is read to its last statement', (name) => {
    for (const { path, text } of filesOf(name)) {
      const source = load(text, path);
      juniperJunos.read({ device: 'r1', sources: [source] });
      const unread = (list: readonly Statement[]): string[] =>
        list.flatMap((s) => (s.use ? unread(s.children) : [`${s.line}: ${s.words[0]}`]));
      expect([source.diagnostics, unread(source.statements)]).toEqual([[], []]);
    }
  });
});
