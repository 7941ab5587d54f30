import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRuleFolder } from '../../src/cli/rule-files.ts';
import { vyos } from '../../src/platforms/vyos/index.ts';
import type { Statement } from '../../src/syntax/statement.ts';
import { maskTemplate } from '../../src/syntax/template.ts';
import { lintTexts } from '../rules/lint-texts.ts';

function load(text: string, path = 'config.boot') {
  const source = maskTemplate(path, text);
  return { ...source, ...vyos.parse(source) };
}

function read(text: string) {
  return vyos.read({ device: 'fw1', sources: [load(text)] });
}

const COMMANDS = `set high-availability vrrp group WAN interface 'eth0'
set high-availability vrrp group WAN vrid '10'
set high-availability vrrp group WAN priority '200'
set high-availability vrrp group WAN address 192.0.2.1/24
set high-availability vrrp group WAN track interface eth2
set high-availability vrrp group WAN health-check script '/config/scripts/check.sh'
set high-availability vrrp group WAN authentication type 'plaintext-password'
set high-availability vrrp group WAN authentication password 'hunter2x'
set high-availability vrrp sync-group MAIN member 'WAN'
`;

const BRACES = `high-availability {
    vrrp {
        group WAN {
            address 192.0.2.1/24 {
            }
            authentication {
                password hunter2x
                type plaintext-password
            }
            health-check {
                script /config/scripts/check.sh
            }
            interface eth0
            priority 200
            track {
                interface eth2
            }
            vrid 10
        }
        sync-group MAIN {
            member WAN
        }
    }
}
`;

describe('a VRRP group', () => {
  test.each([
    ['as commands', COMMANDS],
    ['in braces', BRACES],
    ['as commands behind a prompt', COMMANDS.replace(/^/gm, 'vyos@fw1# ')],
    ['as commands of a script', `#!/bin/vbash\nsource /opt/vyatta/etc/functions/script-template\nconfigure\n${COMMANDS}commit\n`],
  ])('is read %s', (_, text) => {
    expect(vyos.recognise(maskTemplate('x', text))).toBeDefined();
    const [member] = read(text).members;
    expect(member).toMatchObject({
      name: 'WAN',
      id: { value: '10' },
      interface: { value: 'eth0' },
      priority: { value: 200 },
      preempt: { value: true },
      advertInterval: { value: 1000 },
      syncGroup: { value: 'MAIN' },
      authentication: { type: { value: 'text' } },
    });
    expect(member?.virtualAddresses.map((v) => `${v.address}/${v.prefix}`)).toEqual(['192.0.2.1/24']);
    expect(member?.triggers.map((t) => [t.watches, t.target, t.effect.value, t.detection?.value])).toEqual([
      ['interface', 'eth0', 'fault', undefined],
      ['interface', 'eth2', 'fault', undefined],
      ['script', '/config/scripts/check.sh', 'fault', 180_000],
    ]);
    expect(JSON.stringify(read(text))).not.toContain('hunter2x');
  });

  test('inside an interface, as older releases and the vRouter have it', () => {
    const { members } = read(`set interfaces bonding dp0bond0 vif 10 address '192.0.2.2/24'
set interfaces bonding dp0bond0 vif 10 vrrp vrrp-group 7 preempt 'false'
set interfaces bonding dp0bond0 vif 10 vrrp vrrp-group 7 sync-group 'S'
set interfaces bonding dp0bond0 vif 10 vrrp vrrp-group 7 virtual-address '192.0.2.1/24'
`);
    expect(members).toMatchObject([
      {
        id: { value: '7' },
        interface: { value: 'dp0bond0.10' },
        preempt: { value: false },
        priority: { value: 100 },
        syncGroup: { value: 'S' },
      },
    ]);
  });

  test('a value set again, and one deleted', () => {
    const { members } = read(`set high-availability vrrp group A vrid 1
set high-availability vrrp group A priority 100
set high-availability vrrp group A priority 150
set high-availability vrrp group A no-preempt
delete high-availability vrrp group A no-preempt
`);
    expect(members).toMatchObject([{ priority: { value: 150, at: { line: 3 } }, preempt: { value: true } }]);
  });

  test('a shell variable is unknown', () => {
    expect(
      read('set high-availability vrrp group A vrid 1\nset high-availability vrrp group A priority $PRIO\n').members[0]?.priority,
    ).toBeUndefined();
  });

  test('a sync group names a group that is not there', () => {
    const { references } = read(
      `set system host-name fw1\nset high-availability vrrp group A vrid 1\nset high-availability vrrp sync-group S member B\n`,
    );
    expect(references).toMatchObject([{ name: 'B', defined: false, candidates: ['A'], at: { line: 3 } }]);
  });
});

describe('a device', () => {
  test('its name, addresses, bonds, routes and time', () => {
    const source = load(`interfaces {
    bonding bond0 {
        member {
            interface eth1
        }
        mode 802.3ad
    }
    ethernet eth0 {
        address 192.0.2.2/24
        address dhcp
    }
    ethernet eth1 {
    }
}
protocols {
    static {
        route 0.0.0.0/0 {
            next-hop 192.0.2.254 {
            }
        }
    }
}
system {
    host-name fw1
    ntp {
        server 192.0.2.9 {
        }
    }
}

// vyos-config-version: "vrrp@4"
// Release version: 1.4.0
`);
    expect(source.diagnostics).toEqual([]);
    expect(vyos.hostname(source)).toMatchObject({ value: 'fw1', at: { line: 24 } });
    const facts = vyos.read({ device: 'fw1', sources: [source] });
    expect(facts.interfaces.map((i) => [i.name, i.kind, i.lag?.value, i.lagMode?.value, i.addresses.length])).toEqual([
      ['bond0', 'lag', undefined, 'lacp-active', 0],
      ['eth0', 'physical', undefined, undefined, 1],
      ['eth1', 'physical', 'bond0', undefined, 0],
    ]);
    expect(facts.routes).toMatchObject([{ prefix: '0.0.0.0/0', nextHop: { value: '192.0.2.254' } }]);
    expect(facts.timeSync?.value).toBe(true);
  });

  test.each([
    ['Junos', 'set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24\nset system host-name r1\n'],
    ['keepalived', 'vrrp_instance A {\n  interface eth0\n}\n'],
    ['a shell script', '#!/bin/sh\nset -e\nset interfaces up\n'],
  ])('%s is not taken for it', (_, text) => {
    expect(vyos.recognise(maskTemplate('x', text))).toBeUndefined();
  });

  test('no text makes the reader throw', () => {
    const words = fc.constantFrom(
      'set',
      'interfaces',
      'ethernet',
      'vrrp',
      'group',
      'high-availability',
      '{',
      '}',
      '\n',
      '"',
      "'",
      '[',
      ']',
      '/*',
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
});

describe('the fixtures', () => {
  const root = join(__dirname, '../../fixtures/platforms/vyos');
  const { rules } = readRuleFolder(join(__dirname, '../../rules'), 'rules');
  const expected: Readonly<Record<string, readonly string[]>> = {
    good: [],
    'bad-no-sync-group': ['edge1:3 failover/sync-group-partial', 'edge2:3 failover/sync-group-partial'],
    'bad-sync-group-partial': ['edge1:36 failover/sync-group-partial', 'edge2:36 failover/sync-group-partial'],
    'bad-priority-equal': ['edge1:19 failover/priority-equal', 'edge1:33 failover/priority-equal', 'edge1:47 failover/priority-equal'],
    'bad-password-differs': [
      'edge2:8 peer/authentication-mismatch',
      'edge2:27 peer/authentication-mismatch',
      'edge2:41 peer/authentication-mismatch',
    ],
    'bad-timers-differ': ['edge2:6 peer/timer-mismatch', 'edge2:25 peer/timer-mismatch', 'edge2:39 peer/timer-mismatch'],
    'bad-vrid-differs': ['edge2:34 peer/id-mismatch'],
  };

  test.each(Object.entries(expected))('%s', (name, findings) => {
    const files = ['edge1', 'edge2'].map((host) => ({
      path: `${host}/config.boot`,
      text: readFileSync(join(root, name, host, 'config.boot'), 'utf8'),
    }));
    const found = lintTexts(files, rules).filter((f) => f.severity === 'error' || f.rule === 'failover/priority-equal');
    expect(found.map((f) => `${f.device}:${f.at.line} ${f.rule}`)).toEqual(findings);
  });

  test.each(Object.keys(expected))('%s is read to its last statement', (name) => {
    const source = load(readFileSync(join(root, name, 'edge1/config.boot'), 'utf8'));
    vyos.read({ device: 'edge1', sources: [source] });
    const unread = (list: readonly Statement[]): string[] =>
      list.flatMap((s) => (s.use ? unread(s.children) : [`${s.line}: ${s.words[0]}`]));
    expect([source.diagnostics, unread(source.statements)]).toEqual([[], []]);
  });
});

describe('which groups must move together', () => {
  const { rules } = readRuleFolder(join(__dirname, '../../rules'), 'rules');
  const wan =
    'set high-availability vrrp group WAN interface eth0\nset high-availability vrrp group WAN vrid 1\nset high-availability vrrp group WAN address 198.51.100.1/24\n';
  const lan = wan.replaceAll('WAN', 'LAN').replace('eth0', 'eth1').replace('vrid 1', 'vrid 2').replace('198.51.100', '192.0.2');
  const nat = "set nat source rule 1 outbound-interface name 'eth0'\n";
  const track = (group: string, port: string) => `set high-availability vrrp group ${group} track interface ${port}\n`;
  const script = (group: string) => `set high-availability vrrp group ${group} health-check script /config/check\n`;

  test.each([
    ['two sides of a router', wan + lan, 1],
    ['two groups on one interface', wan + lan.replace('eth1', 'eth0'), 0],
    ['each watches the interface of the other', wan + lan + track('WAN', 'eth1') + track('LAN', 'eth0'), 0],
    ['only one watches the other', wan + lan + track('WAN', 'eth1'), 1],
    ['scripts watch what cannot be told', wan + lan + script('WAN') + script('LAN'), 0],
    ['one for each router', `${wan}${lan}set high-availability vrrp group LAN priority 200\n`, 0],
    ['one for each router, but with address translation', `${wan}${lan}${nat}set high-availability vrrp group LAN priority 200\n`, 1],
    ['routes follow the links', `${wan}${lan}set protocols ospf area 0 network 192.0.2.0/24\n`, 0],
    ['one of them is disabled', `${wan}${lan}set high-availability vrrp group LAN disable\n`, 0],
    ['another routing table', `${wan}${lan}set interfaces ethernet eth1 vrf blue\n`, 0],
  ])('%s', (_, text, count) => {
    const found = lintTexts([{ path: 'fw1/config.set', text }], rules).filter((f) => f.rule === 'failover/sync-group-partial');
    expect(found).toHaveLength(count);
  });
});
