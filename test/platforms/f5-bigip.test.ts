import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { f5Bigip } from '../../src/platforms/f5-bigip/index.ts';
import type { Source } from '../../src/syntax/source.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(path: string, text: string): Source {
  const source = maskTemplate(path, text);
  return { ...source, ...f5Bigip.parse(source) };
}

function read(files: Record<string, string>) {
  return f5Bigip.read({ device: 'lb1', sources: Object.entries(files).map(([path, text]) => load(path, text)) });
}

const device = (n: number, more = '') => `cm device /Common/lb${n}.example.net {
    configsync-ip 192.0.2.${n}
    hostname lb${n}.example.net
    management-ip 198.51.100.${n}
${more}    version 15.1.2
}
`;
const UNICAST = `    self-device true
    unicast-address {
        {
            effective-ip 192.0.2.1
            effective-port 1026
            ip 192.0.2.1
        }
        {
            ip management-ip
        }
    }
`;
const GROUP = `cm device-group /Common/device_trust_group {
    auto-sync enabled
    devices {
        /Common/lb1.example.net { }
        /Common/lb2.example.net { }
    }
    hidden true
    network-failover disabled
}
cm device-group /Common/pair {
    devices {
        /Common/lb1.example.net { }
        /Common/lb2.example.net { }
    }
    network-failover enabled
    type sync-failover
}
`;
const NETWORK = `net interface 1.5 {
    disabled
}
net trunk uplink {
    interfaces {
        1.1
        1.2
    }
    lacp enabled
    lacp-timeout short
}
net vlan /Common/external {
    interfaces {
        uplink {
            tagged
        }
    }
    tag 110
}
net vlan /Common/ha {
    interfaces {
        1.3 { }
    }
    tag 4000
}
net self /Common/ha_self {
    address 192.0.2.1/30
    allow-service {
        default
    }
    traffic-group /Common/traffic-group-local-only
    vlan /Common/ha
}
net self /Common/floating {
    address 203.0.113.10/24
    floating enabled
    traffic-group /Common/traffic-group-1
    vlan /Common/external
}
`;
const TRAFFIC_GROUP = `cm traffic-group /Common/traffic-group-1 {
    ha-group ha
    unit-id 1
}
`;
const PAIR = device(1, UNICAST) + device(2) + GROUP + NETWORK;

describe('recognition', () => {
  const score = (text: string, path = 'x.conf') => f5Bigip.recognise({ path, text, template: false })?.score ?? 0;
  test('by the header, by objects, by commands', () => {
    expect(score('#TMSH-VERSION: 15.1.2\n')).toBe(1);
    expect(score('net vlan client {\n}\n')).toBeGreaterThan(0.7);
    expect(score('tmsh create ltm pool p members add { 10.0.0.1:80 }\n')).toBeGreaterThan(0.7);
    expect(score('admin@(lb1)(Active)(/Common)(tmos)# modify net vlan ha failsafe enabled\n')).toBeGreaterThan(0.7);
  });
  test('not keepalived, not a manual', () => {
    expect(score('vrrp_instance VI_1 {\n}\n')).toBe(0);
    expect(score('net vlan client {\n}\n', 'guide.md')).toBe(0);
  });
});

describe('a pair', () => {
  const facts = read({ 'bigip_base.conf': PAIR });
  const [peering] = facts.peerings;
  test('is a peering with the other device; the built-in groups are none', () => {
    expect(facts.peerings).toHaveLength(1);
    expect(peering).toMatchObject({
      name: '/Common/pair',
      self: { value: 'lb1.example.net' },
      peers: [{ name: 'lb2.example.net', address: { value: '192.0.2.2' } }],
      heartbeatEnabled: { value: true },
      syncAddress: { value: '192.0.2.1' },
      deadInterval: { value: 3000, default: expect.any(String) },
    });
  });
  test('hears over the self IP that lets failover in, and over management', () => {
    expect(peering?.heartbeats).toMatchObject([
      { source: { value: '192.0.2.1' }, interface: { value: '/Common/ha' }, allowed: { value: true } },
      { source: { value: '198.51.100.1' }, management: true },
    ]);
  });
  test('hears nothing through a closed self IP', () => {
    const allowed = (services: string) =>
      read({ 'bigip_base.conf': PAIR.replace('allow-service {\n        default\n    }', services) }).peerings[0]?.heartbeats[0]?.allowed;
    expect(allowed('allow-service none')).toMatchObject({ value: false, at: { line: expect.any(Number) } });
    expect(allowed('allow-service {\n tcp:443\n }')).toMatchObject({ value: false });
    expect(allowed('allow-service {\n tcp:443\n udp:cap\n }')).toMatchObject({ value: true });
    expect(allowed('allow-service all')).toMatchObject({ value: true });
    expect(allowed('')).toMatchObject({ value: false, default: expect.any(String) });
  });
  test('reads `default` from the list in the config where it has one', () => {
    const narrowed = `${PAIR}net self-allow {\n    defaults {\n        tcp:443\n    }\n}\n`;
    expect(read({ 'bigip_base.conf': narrowed }).peerings[0]?.heartbeats[0]?.allowed).toMatchObject({ value: false });
  });
  test('takes the dead time from the database', () => {
    const slow = `${PAIR}sys db failover.nettimeoutsec {\n    value "30"\n}\n`;
    expect(read({ 'bigip_base.conf': slow }).peerings[0]?.deadInterval).toMatchObject({ value: 30_000 });
  });
});

test('a unit alone is a member of nothing and has no peering', () => {
  const alone = `${device(1, '    self-device true\n')}${NETWORK}${TRAFFIC_GROUP}`;
  expect(read({ 'bigip_base.conf': alone })).toMatchObject({ peerings: [], members: [] });
});

describe('the network', () => {
  const { interfaces, vlans } = read({ 'bigip_base.conf': PAIR });
  const named = (name: string) => interfaces.find((i) => i.name === name);
  test('puts VLANs on trunks and ports, self IPs on VLANs', () => {
    expect(named('uplink')).toMatchObject({
      kind: 'lag',
      lagMode: { value: 'lacp-active' },
      lacpRate: { value: 'fast' },
      mode: { value: 'trunk' },
      allowedVlans: { value: [{ from: 110, to: 110 }] },
    });
    expect(named('1.1')).toMatchObject({ kind: 'physical', lag: { value: 'uplink' } });
    expect(named('1.3')).toMatchObject({ mode: { value: 'access' }, untaggedVlan: { value: 4000 } });
    expect(named('1.5')).toMatchObject({ enabled: { value: false } });
    expect(named('/Common/external')).toMatchObject({
      kind: 'vlan',
      vlan: { value: 110 },
      addresses: [{ address: '203.0.113.10', prefix: 24, floating: { value: true }, group: { value: '/Common/traffic-group-1' } }],
    });
    expect(vlans.map((v) => v.id)).toEqual([110, 4000]);
  });
});

describe('a traffic group', () => {
  const member = (haGroup: string, more = '') =>
    read({ 'bigip_base.conf': `${PAIR}${TRAFFIC_GROUP}${more}sys ha-group ha {\n${haGroup}\n}\n` }).members[0];
  test('moves the floating self IPs and the virtual addresses', () => {
    const virtual =
      'ltm virtual-address /Common/203.0.113.100 {\n    address 203.0.113.100\n    traffic-group /Common/traffic-group-1\n}\n';
    const facts = read({ 'bigip.conf': `#TMSH-VERSION: 15.1.2\n${virtual}`, 'bigip_base.conf': `${PAIR}${TRAFFIC_GROUP}` });
    expect(facts.members[0]?.virtualAddresses).toMatchObject([
      { address: '203.0.113.10', interface: { value: '/Common/external' } },
      { address: '203.0.113.100' },
    ]);
  });
  test('loses score with a trunk of its HA group', () => {
    expect(member('    active-bonus 10\n    trunks {\n        uplink {\n            weight 20\n        }\n    }')).toMatchObject({
      priority: { value: 20 },
      triggers: [
        { watches: 'trunk', target: 'uplink', defined: true, interfaces: ['uplink'], effect: { value: 'score' }, penalty: { value: 20 } },
      ],
      extra: { activeBonus: { value: 10 } },
    });
  });
  test('gives up below a threshold; on any lost port where the threshold is all of them', () => {
    const trunk = (threshold: number) =>
      `    trunks {\n        uplink {\n            minimum-threshold ${threshold}\n            weight 20\n        }\n    }`;
    expect(member(trunk(1))?.triggers).toMatchObject([{ effect: { value: 'fault' }, interfaces: ['uplink'] }]);
    expect(member(trunk(2))?.triggers).toMatchObject([{ effect: { value: 'fault' }, interfaces: ['1.1', '1.2'] }]);
  });
  test('keeps its role where the active bonus outweighs the part', () => {
    const parts = '    active-bonus 20\n    pools {\n        web { weight 20 }\n    }\n    trunks {\n        uplink { weight 10 }\n    }';
    expect(member(parts)?.triggers.map((t) => t.cannotFire?.value)).toEqual([
      'its weight of 20 is not more than the active bonus of 20',
      'its weight of 10 is not more than the active bonus of 20',
    ]);
  });
  test('an HA group with an unknown trunk refers to nothing', () => {
    expect(member('    trunks {\n        uplnk { weight 20 }\n    }')?.triggers).toMatchObject([{ target: 'uplnk', defined: false }]);
  });
  test('watches VLANs with failsafe, 90 s by default', () => {
    const failsafe = (more: string) =>
      read({ 'bigip_base.conf': `${PAIR}${TRAFFIC_GROUP}`.replace('    tag 110\n', `    failsafe enabled\n${more}    tag 110\n`) })
        .members[0]?.triggers;
    expect(failsafe('')).toMatchObject([
      { watches: 'vlan', target: '/Common/external', effect: { value: 'failover' }, detection: { value: 90_000 } },
    ]);
    expect(failsafe('    failsafe-action reboot\n    failsafe-timeout 10\n')).toMatchObject([
      { effect: { value: 'restart' }, detection: { value: 10_000 } },
    ]);
  });
  test("watches the gateway that this unit is to watch, not its peer's", () => {
    const pool = (n: number) => `ltm pool /Common/gw${n} {
    gateway-failsafe-device /Common/lb${n}.example.net
    members {
        /Common/203.0.113.1:0 {
            address 203.0.113.1
        }
    }
    min-up-members 1
    monitor /Common/gateway_icmp
}
`;
    const facts = read({ 'bigip.conf': pool(1) + pool(2), 'bigip_base.conf': `${PAIR}${TRAFFIC_GROUP}` });
    expect(facts.members[0]?.triggers).toMatchObject([{ watches: 'gateway', target: '/Common/gw1', addresses: ['203.0.113.1'] }]);
  });
});

describe('pools and monitors', () => {
  const HEADER = '#TMSH-VERSION: 15.1.2\n';
  const poolOf = (body: string, more = '') => read({ 'bigip.conf': `${HEADER}${more}ltm pool /Common/p {\n${body}\n}\n` }).pools[0];
  test('reads members of every spelling', () => {
    const pool = poolOf(
      'members { /Common/web1:http { address 10.0.0.1 } 10.0.0.2:8080 { } /Common/2001:db8::1.443 { address 2001:db8::1 } /Common/10.0.0.4%2:80 { address 10.0.0.4%2 } }',
    );
    expect(pool?.members.map((m) => [m.address?.value, m.port?.value])).toEqual([
      ['10.0.0.1', 80],
      ['10.0.0.2', 8080],
      ['2001:db8::1', 443],
      ['10.0.0.4', 80],
    ]);
  });
  test('tells members that somebody took out from those that a monitor found down', () => {
    const pool = poolOf(`members {
        /Common/10.0.0.1:80 { address 10.0.0.1 session user-disabled state up }
        /Common/10.0.0.2:80 { address 10.0.0.2 session monitor-enabled state down priority-group 5 }
        /Common/10.0.0.3:80 { state user-down }
    }`);
    expect(pool?.members.map((m) => m.enabled?.value)).toEqual([false, true, false]);
    expect(pool?.members[1]?.priorityGroup).toMatchObject({ value: 5 });
  });
  test('knows the monitors that ship with the system, and what own ones inherit', () => {
    const own =
      'ltm monitor http /Common/a {\n    defaults-from /Common/http\n    interval 3\n    recv "200 OK"\n}\nltm monitor http /Common/b {\n    defaults-from /Common/a\n    timeout 10\n}\n';
    const pool = poolOf('members { /Common/10.0.0.1:80 { address 10.0.0.1 } }\nmonitor /Common/b and /Common/gateway_icmp', own);
    expect(pool?.monitors).toMatchObject([
      { name: '/Common/b', type: { value: 'http' }, interval: { value: 3000 }, timeout: { value: 10_000 }, expects: { value: true } },
      { name: '/Common/gateway_icmp', type: { value: 'icmp' }, interval: { value: 5000 }, timeout: { value: 16_000 }, builtIn: true },
    ]);
    expect(pool?.members[0]?.monitored).toMatchObject({ value: true });
  });
  test('counts `min N of`', () => {
    const pool = poolOf('members { /Common/10.0.0.1:80 { address 10.0.0.1 } }\nmonitor min 2 of { /Common/http /Common/tcp }');
    expect(pool).toMatchObject({ monitorsRequired: { value: 2 }, monitors: [{ name: '/Common/http' }, { name: '/Common/tcp' }] });
  });
  test('a pool without a monitor is unwatched unless its nodes are', () => {
    const member = 'members { /Common/web1:80 { address 10.0.0.1 } }';
    expect(poolOf(member)?.members[0]?.monitored).toMatchObject({ value: false });
    const node = 'ltm node /Common/web1 {\n    address 10.0.0.1\n    monitor /Common/icmp\n}\n';
    expect(poolOf(member, node)?.members[0]).toMatchObject({ monitored: { value: true }, monitors: [{ name: '/Common/icmp' }] });
    expect(poolOf(member, 'ltm default-node-monitor {\n    rule /Common/icmp\n}\n')?.members[0]?.monitored).toMatchObject({ value: true });
    expect(poolOf(member, 'ltm default-node-monitor {\n    rule none\n}\n')?.members[0]?.monitored).toMatchObject({ value: false });
  });
  test('a virtual server with an iRule may use other pools; the shipped redirect uses none', () => {
    const virtual = (rule: string) =>
      read({
        'bigip.conf': `${HEADER}ltm virtual /Common/v {\n    destination /Common/10.0.0.9:443\n    rules {\n        ${rule}\n    }\n}\n`,
      }).virtualServers[0];
    expect(virtual('/Common/choose')).toMatchObject({ open: ['pools'], address: { value: '10.0.0.9' }, port: { value: 443 } });
    expect(virtual('/Common/_sys_https_redirect')?.open).toBeUndefined();
    expect(virtual('/Common/_sys_https_redirect')?.answersItself).toMatchObject({ value: true });
  });
  test('the Tcl of an iRule is no config', () => {
    const rule = 'ltm rule /Common/r {\nwhen HTTP_REQUEST {\n    pool other { }\nltm pool /Common/fake {\n}\n}\n}\n';
    expect(read({ 'bigip.conf': `${HEADER}${rule}ltm pool /Common/p { }\n` }).pools.map((p) => p.name)).toEqual(['/Common/p']);
  });
  test('a name is undefined only where its kind of object is there', () => {
    const undefinedNames = (text: string) =>
      read({ 'bigip.conf': text })
        .references.filter((r) => !r.defined)
        .map((r) => r.name);
    const pool = 'ltm pool /Common/p {\n    monitor /Common/mine\n}\n';
    expect(undefinedNames(HEADER + pool)).toEqual(['/Common/mine']);
    expect(undefinedNames(HEADER + pool.replace('/Common/mine', '/Other/mine'))).toEqual([]);
    expect(undefinedNames(`create ltm pool p monitor mine\n`)).toEqual([]);
  });
});

test('reads commands as what they make', () => {
  const facts = read({
    'setup.tmsh': `tmsh create net vlan ha interfaces add {1.3}
root@(lb1)(Active)(/Common)(tmos)# create net self 192.0.2.1/30 vlan ha allow-service add { default }
modify net vlan ha failsafe enabled failsafe-action failover
create ltm pool web \\
    members add { 10.0.0.1:80 10.0.0.2:80 } monitor http
modify ltm pool web members modify { 10.0.0.1:80 { session user-disabled } }
create ltm pool gone members add { 10.0.0.9:80 }
delete ltm pool gone
`,
  });
  expect(facts.pools).toMatchObject([
    {
      name: '/Common/web',
      monitors: [{ name: '/Common/http' }],
      members: [
        { name: '10.0.0.1:80', enabled: { value: false } },
        { name: '10.0.0.2:80', enabled: { value: true } },
      ],
    },
  ]);
  expect(facts.interfaces.find((i) => i.name === '/Common/ha')).toMatchObject({
    members: [{ value: '1.3' }],
    addresses: [{ address: '192.0.2.1' }],
  });
  expect(facts.fragment).toBe(true);
});

test('no secret leaves the file', () => {
  const secrets = `auth user admin {\n    encrypted-password s3cret-a\n}\nsys snmp {\n    communities {\n        c { community-name s3cret-b }\n    }\n}
ltm profile client-ssl /Common/s {\n    passphrase s3cret-c\n}\nltm monitor http /Common/m {\n    password s3cret-d\n    recv s3cret-e\n    send s3cret-f\n    username u\n}\nltm pool /Common/p {\n    monitor /Common/m\n}\n`;
  expect(JSON.stringify(read({ 'bigip.conf': `#TMSH-VERSION: 15.1.2\n${secrets}` }))).not.toContain('s3cret');
});

test('half a file is no exception', () => {
  for (let length = 0; length < PAIR.length; length += 97) expect(() => read({ 'bigip_base.conf': PAIR.slice(0, length) })).not.toThrow();
});

const REAL = '/work/shared/real/f5';
(existsSync(REAL) ? test : test.skip)(`real configs are understood${existsSync(REAL) ? '' : ` (skipped: no ${REAL})`}`, () => {
  for (const file of ['metasploit-scf-standalone/f5_config.scf', 'agility-ocp-ha-tmsh/bigip01.tmsh.txt', 'ardhynugroho-net/bigip.conf']) {
    const source = load(file, readFileSync(`${REAL}/${file}`, 'utf8'));
    f5Bigip.read({ device: 'lb1', sources: [source] });
    expect(source.diagnostics).toEqual([]);
    expect(source.statements.filter((s) => s.use === undefined).map((s) => s.words.slice(0, 3).join(' '))).toEqual([]);
  }
});
