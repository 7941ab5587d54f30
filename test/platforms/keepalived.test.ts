import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepalived } from '../../src/platforms/keepalived/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(text: string, path = 'keepalived.conf') {
  const source = maskTemplate(path, text);
  return { ...source, ...keepalived.parse(source) };
}

function read(text: string, path?: string) {
  return keepalived.read({ device: 'lb1', sources: [load(text, path)] });
}

/** A vrrp_instance with these lines in it. */
function instance(lines: string, name = 'VI_1') {
  return `vrrp_instance ${name} {\n  interface eth0\n  virtual_router_id 51\n${lines}\n  virtual_ipaddress {\n    10.0.0.100/24\n  }\n}\n`;
}

function member(lines: string, before = '') {
  const [first] = read(before + instance(lines)).members;
  if (!first) throw new Error('no member was read');
  return first;
}

function remarks(text: string) {
  return read(text).remarks.map((remark) => [remark.kind, remark.subject, remark.at.line, remark.suggestion]);
}

describe('recognition', () => {
  test.each([
    ['a main file', '! Configuration File for keepalived\n\nglobal_defs {\n}\n', true],
    ['a file that begins with parameters', '$A=1\n@main $B=2\nvrrp_instance X {\n', true],
    ['a template that begins with a condition', '{% if a %}\nvrrp_script x {\n', true],
    ['a page that quotes one', '# Notes\nPut this in keepalived.conf:\nvrrp_instance X {\n', false],
    ['a playbook that templates one', '- name: keepalived\n  copy: |\n    vrrp_instance X {\n', false],
    ['nginx', 'http {\n  upstream a {\n', false],
  ])('%s', (_, text, taken) => {
    expect(keepalived.recognise(maskTemplate('x', text)) !== undefined).toBe(taken);
  });

  test('the host is named by router_id', () => {
    expect(keepalived.hostname(load('global_defs {\n  router_id lb1\n}\n'))).toMatchObject({ value: 'lb1', at: { line: 2, column: 13 } });
  });
});

describe('a VRRP instance', () => {
  test('says its group, its election and its addresses', () => {
    const m = member(
      '  state BACKUP\n  priority 90\n  advert_int 0.5\n  version 3\n  authentication {\n    auth_type PASS\n    auth_pass secret\n  }',
    );
    expect(m).toMatchObject({
      id: { value: '51' },
      interface: { value: 'eth0' },
      priority: { value: 90 },
      startsAs: { value: 'standby' },
      advertInterval: { value: 500 },
      version: { value: 3 },
      preempt: { value: true },
      transport: { value: 'multicast' },
      virtualAddresses: [{ address: '10.0.0.100', prefix: 24 }],
    });
  });

  test('takes defaults only where nothing is written', () => {
    expect(member('')).toMatchObject({
      priority: { value: 100, default: expect.any(String) },
      advertInterval: { value: 1000, default: expect.any(String) },
      version: { value: 2 },
    });
    expect(member('  state MASTER').priority).toMatchObject({ value: 255, default: expect.any(String) });
    expect(member('  priority {{ prio }}').priority).toBeUndefined();
  });

  test('only eight characters of a password count, and none is shown', () => {
    const key = (password: string) =>
      member(`  authentication {\n    auth_type PASS\n    auth_pass ${password}\n  }`).authentication?.key?.value;
    expect(key('longpassword')).toEqual(key('longpass # comment'));
    expect(key('longpass')).not.toEqual(key('longpasX'));
    expect(JSON.stringify(read(instance('  authentication {\n    auth_type PASS\n    auth_pass hunter22\n  }')))).not.toContain('hunter22');
  });

  test('authentication does not exist in version 3', () => {
    const text = instance('  version 3\n  authentication {\n    auth_type PASS\n    auth_pass x\n  }');
    expect(read(text).members[0]?.authentication?.type.value).toBe('none');
    expect(remarks(text)).toEqual([['ineffective', 'authentication', 5, undefined]]);
  });

  test('unicast peers lose a mask, as in the daemon', () => {
    expect(member('  unicast_src_ip 10.0.0.1/24\n  unicast_peer {\n    10.0.0.2/24\n  }')).toMatchObject({
      transport: { value: 'unicast' },
      unicastSource: { value: '10.0.0.1' },
      unicastPeers: [{ value: '10.0.0.2' }],
    });
  });

  test('excluded addresses move, but are not advertised; IPv6 means version 3', () => {
    const [m] = read(
      'vrrp_instance A {\n virtual_ipaddress {\n  fe80::1\n }\n virtual_ipaddress_excluded {\n  10.0.0.1/24 dev eth1 no_track\n }\n}\n',
    ).members;
    expect(m).toMatchObject({ addressFamily: 'ipv6', version: { value: 3 } });
    expect(m?.virtualAddresses[1]).toMatchObject({ advertised: { value: false }, interface: { value: 'eth1' }, tracked: { value: false } });
  });

  test('what a template decides is unknown, and its lists are open', () => {
    const m = member('  state {{ state }}\n  nopreempt\n  unicast_peer {\n{% for p in peers %}\n    {{ p }}\n{% endfor %}\n  }');
    expect([m.startsAs, m.preempt]).toEqual([undefined, undefined]);
    expect(m.open).toContain('unicastPeers');
  });
});

describe('preemption', () => {
  test('nopreempt holds with initial state BACKUP', () => {
    expect(member('  state BACKUP\n  nopreempt').preempt).toMatchObject({ value: false, at: { line: 5 } });
  });

  test.each([
    ['nopreempt', '  state MASTER\n  nopreempt', 'nopreempt'],
    ['preempt_delay', '  state MASTER\n  preempt_delay 10', 'preempt_delay'],
    ['nopreempt of the address owner', '  priority 255\n  state BACKUP\n  nopreempt', 'nopreempt'],
    ['preempt_delay beside nopreempt', '  state BACKUP\n  nopreempt\n  preempt_delay 10', 'preempt_delay'],
  ])('%s is cleared where keepalived clears it', (_, lines, subject) => {
    expect(remarks(instance(lines)).map(([kind, what]) => [kind, what])).toEqual([['ineffective', subject]]);
  });
});

describe('tracking', () => {
  const SCRIPT = 'vrrp_script chk {\n  script "killall -0 haproxy"\n  interval 2\n  fall 3\n';
  const tracks = (lines: string, before = '') => member(lines, before).triggers.filter((trigger) => !trigger.implicit);

  test('a script without weight is a fault, found after fall runs', () => {
    expect(tracks('  track_script {\n    chk\n  }', `${SCRIPT}}\n`)).toMatchObject([
      { target: 'chk', defined: true, effect: { value: 'fault' }, processes: ['haproxy'], detection: { value: 6000 } },
    ]);
  });

  test('a negative weight is a penalty, a positive one a bonus; the line outweighs the definition', () => {
    const [down] = tracks('  track_script {\n    chk weight -20\n  }', `${SCRIPT}  weight 5\n}\n`);
    expect(down).toMatchObject({ effect: { value: 'priority' }, penalty: { value: 20, at: { column: 16 } } });
    expect(down?.bonus).toBeUndefined();
    expect(tracks('  track_script {\n    chk\n  }', `${SCRIPT}  weight 5\n}\n`)[0]).toMatchObject({ penalty: { value: 5 }, bonus: true });
  });

  test('a script that is not defined, or defined below, is not tracked', () => {
    const facts = read(instance('  track_script {\n    chk\n    nope\n  }') + SCRIPT);
    expect(facts.references.map((r) => [r.name, r.defined])).toEqual([
      ['chk', true],
      ['nope', false],
    ]);
    expect(facts.members[0]?.triggers.find((t) => t.target === 'chk')?.cannotFire?.value).toMatch(/below/);
  });

  test('a script that runs nothing is not tracked', () => {
    const [trigger] = tracks('  track_script {\n    chk\n  }', 'vrrp_script chk {\n  interval 2\n}\n');
    expect([trigger?.effect.value, trigger?.cannotFire?.value]).toEqual(['none', expect.stringMatching(/no 'script' line/)]);
  });

  test('an include that is not there leaves definitions unknown', () => {
    const facts = read(`include /etc/keepalived/conf.d/*.conf\n${instance('  track_script {\n    chk\n  }')}`);
    expect([facts.fragment, facts.references]).toEqual([true, []]);
    expect(facts.members[0]?.triggers.find((t) => t.target === 'chk')?.defined).toBeUndefined();
  });

  test('an include that is there is read', () => {
    const sources = [
      load(`include conf.d/*.conf\n${instance('  track_script {\n    chk\n  }')}`, 'lb1/keepalived.conf'),
      load(`${SCRIPT}}\n`, 'lb1/conf.d/chk.conf'),
    ];
    const facts = keepalived.read({ device: 'lb1', sources });
    expect(facts.references).toMatchObject([{ name: 'chk', defined: true }]);
    expect(facts.fragment).toBeUndefined();
  });

  test('keepalived watches its own interface and those of addresses and routes', () => {
    const text =
      'vrrp_instance A {\n interface eth1\n virtual_ipaddress {\n  10.0.0.1/24 dev eth0\n  10.0.1.1/24 dev eth2 no_track\n }\n virtual_routes {\n  10.9.0.0/16 via 10.0.0.9 dev eth3\n }\n}\n';
    expect(read(text).members[0]?.triggers.map((t) => [t.target, t.implicit, t.effect.value, t.at.line])).toEqual([
      ['eth1', true, 'fault', 2],
      ['eth0', true, 'fault', 4],
      ['eth3', true, 'fault', 8],
    ]);
  });

  test('dont_track_primary leaves the own interface unwatched', () => {
    const m = member('  dont_track_primary');
    expect([m.triggers, m.tracksOwnInterface?.value]).toEqual([[], false]);
  });

  test('a weight on an interface that is watched anyway does nothing', () => {
    const text = instance('  track_interface {\n    eth0 weight -10\n    eth1 weight -10\n  }');
    expect(
      read(text)
        .members[0]?.triggers.filter((t) => !t.implicit)
        .map((t) => [t.target, t.effect.value]),
    ).toEqual([
      ['eth0', 'fault'],
      ['eth1', 'priority'],
    ]);
    expect(remarks(text)).toEqual([['ineffective', 'track_interface eth0 weight', 5, undefined]]);
  });

  test('a process without weight is a fault, as in the daemon', () => {
    const [trigger] = tracks('  track_process {\n    p\n  }', 'vrrp_track_process p {\n  process /usr/sbin/nginx\n}\n');
    expect(trigger).toMatchObject({ watches: 'process', processes: ['nginx'], effect: { value: 'fault' } });
  });

  test('a sync group lends its tracking, and its members lose weights', () => {
    const group = 'vrrp_sync_group G {\n  group {\n    VI_1\n  }\n  track_interface {\n    eth9\n  }\n}\n';
    const m = member('  track_script {\n    chk weight -20\n  }', `${SCRIPT}}\n${group}`);
    expect(m.syncGroup?.value).toBe('G');
    expect(m.triggers.filter((t) => !t.implicit).map((t) => [t.target, t.effect.value])).toEqual([
      ['chk', 'none'],
      ['eth9', 'fault'],
    ]);
  });

  test.each([
    ['/usr/bin/killall -0 haproxy', ['haproxy'], false],
    ['pidof nginx', ['nginx'], false],
    ['/usr/bin/pgrep -x haproxy', ['haproxy'], false],
    ['systemctl is-active --quiet haproxy.service', ['haproxy'], false],
    ['/sbin/service haproxy status', ['haproxy'], false],
    ["/bin/sh -c 'killall -0 nginx'", ['nginx'], false],
    ['/usr/local/bin/check_nginx.sh', ['nginx'], true],
    ['/etc/keepalived/check.sh', [], true],
    ['/usr/bin/curl -sf http://127.0.0.1:8080/health', [], true],
  ])('%s watches %j', (command, processes, open) => {
    const [trigger] = tracks('  track_script {\n    chk\n  }', `vrrp_script chk {\n  script "${command}"\n}\n`);
    expect([trigger?.processes, trigger?.open?.includes('processes') ?? false]).toEqual([processes, open]);
  });

  test.each(['/bin/true', 'exit 0', "/bin/sh -c 'killall -0 haproxy || true'"])('%s can never fail', (command) => {
    const [trigger] = tracks('  track_script {\n    chk\n  }', `vrrp_script chk {\n  script "${command}"\n}\n`);
    expect(trigger?.cannotFire?.value).toMatch(/success|succeeds/);
  });

  test('a watch that nothing tracks is not bound', () => {
    expect(read(`${SCRIPT}}\n${instance('')}`).watches).toMatchObject([
      { name: 'chk', bound: false, interval: { value: 2000 }, fall: { value: 3 } },
    ]);
  });
});

describe('keywords', () => {
  test('one that keepalived does not know is told, with what was meant', () => {
    expect(remarks('vrrp_script c {\n  fail 2\n}\n')).toEqual([['unknown-keyword', 'fail', 2, 'fall']]);
    expect(remarks('global_defs {\n  garp_master_delay 3\n}\n')).toEqual([
      ['unknown-keyword', 'garp_master_delay', 2, 'vrrp_garp_master_delay'],
    ]);
  });

  test('names in lists are no keywords, and every known word is marked', () => {
    const source = load(
      'global_defs {\n notification_email {\n  a@b.c\n }\n}\nstatic_routes {\n 10.0.0.0/8 via 10.1.1.1\n}\nvrrp_sync_group G {\n group {\n  A\n }\n}\n',
    );
    expect(keepalived.read({ device: 'd', sources: [source] }).remarks).toEqual([]);
    const unmarked = source.statements.flatMap((s) => [s, ...s.children]).filter((s) => s.use === undefined);
    expect(unmarked).toEqual([]);
  });

  test('an instance defined twice', () => {
    expect(remarks(instance('') + instance(''))).toMatchObject([['duplicate-definition', 'vrrp_instance VI_1', 9, undefined]]);
  });
});

describe('parameters', () => {
  test('are put in, recursively, at their line', () => {
    const m = read('$IF=eth${N}\n$N=7\nvrrp_instance A {\n  interface $IF\n  virtual_ipaddress {\n    10.0.0.${N}/24 dev $IF\n  }\n}\n')
      .members[0];
    expect(m).toMatchObject({
      interface: { value: 'eth7', at: { line: 4 } },
      virtualAddresses: [{ address: '10.0.0.7', at: { line: 6 } }],
    });
  });

  test('may be whole blocks, used again and again', () => {
    const text = '$VI= \\\nvrrp_instance V_${N} { \\\n  interface eth${N} \\\n  priority 120 \\\n}\n$N=0\n$VI\n$N=1\n$VI\n';
    expect(read(text).members.map((m) => [m.name, m.interface?.value, m.priority && 'at' in m.priority && m.priority.at.line])).toEqual([
      ['V_0', 'eth0', 4],
      ['V_1', 'eth1', 4],
    ]);
  });

  test('sequences and lists repeat a line', () => {
    const addresses = (line: string) =>
      read(`vrrp_instance A {\n virtual_ipaddress {\n  ${line}\n }\n}\n`).members[0]?.virtualAddresses.map((a) => a.address);
    expect(addresses('~SEQ(N, 1, 3) 10.0.0.${N}/24')).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(addresses('~LST({A,B}, {10,1},{20,4}) 192.168.${A}.${B}')).toEqual(['192.168.10.1', '192.168.20.4']);
  });

  test('lines for one host only may not be there', () => {
    const m = member('@lb1 priority 110\n@lb2 priority 90');
    expect(m.priority).toBeUndefined();
    expect(m.interface?.value).toBe('eth0');
  });

  test('what is not defined here is unknown, not a word', () => {
    expect(member('  priority ${PRIORITY}').priority).toBeUndefined();
  });

  test('those that grow without bound are cut off, and said to be', () => {
    const bomb = Array.from({ length: 30 }, (_, n) => `$A${n + 1}=\${A${n}}\${A${n}}`).join('\n');
    const source = load(`$A0=x\n${bomb}\nvrrp_instance \${A30} {\n}\n`);
    expect(source.diagnostics.map((d) => d.kind)).toContain('unsupported');
  });
});

describe('virtual servers', () => {
  const LVS = `virtual_server 10.0.0.100 80 {
  delay_loop 6
  protocol TCP
  quorum 2
  sorry_server 10.0.0.9 80
  real_server 10.0.0.11 80 {
    HTTP_GET {
      url {
        path /
      }
      connect_timeout 3
    }
  }
  real_server 10.0.0.12 80 {
    weight 1
  }
}
`;

  test('are pools with checks that inherit', () => {
    const facts = read(LVS);
    expect(facts.virtualServers).toMatchObject([
      { address: { value: '10.0.0.100' }, port: { value: 80 }, pools: [{ value: '10.0.0.100:80' }] },
    ]);
    expect(facts.pools[0]).toMatchObject({
      protocol: { value: 'tcp' },
      minimumActive: { value: 2 },
      fallback: { value: '10.0.0.9' },
      monitored: { value: false },
      members: [
        {
          address: { value: '10.0.0.11' },
          monitored: { value: true },
          monitors: [{ type: { value: 'http' }, interval: { value: 6000 }, timeout: { value: 3000 }, fall: { value: 2 } }],
        },
        { address: { value: '10.0.0.12' }, monitored: { value: false, at: { line: 14 } } },
      ],
    });
  });

  test('a group has an address a line', () => {
    const facts = read(
      'virtual_server_group G {\n 10.0.0.1 80\n 10.0.0.2 443\n}\nvirtual_server group G {\n protocol TCP\n}\nvirtual_server group H {\n}\n',
    );
    expect(facts.virtualServers.map((v) => [v.address?.value, v.port?.value])).toEqual([
      ['10.0.0.1', 80],
      ['10.0.0.2', 443],
    ]);
    expect(facts.references.map((r) => [r.name, r.defined])).toEqual([
      ['G', true],
      ['H', false],
    ]);
  });
});

test('no text makes it throw', () => {
  const pieces = fc.constantFrom(
    'vrrp_instance A {',
    '}',
    '\n',
    'virtual_ipaddress {',
    '10.0.0.1/24 dev',
    '$A=',
    '$A',
    '\\',
    '~SEQ(',
    '@x ',
    '"',
    'track_script {',
    'weight',
    'include',
    ' ',
    'unicast_peer',
    '${',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => expect(read(parts.join(''))).toHaveProperty('role', 'load-balancer')),
  );
});

const REAL = '/work/shared/real/keepalived';
const there = existsSync(REAL);
(there ? test : test.skip)(`real configurations are read whole${there ? '' : ` (skipped: no ${REAL})`}`, () => {
  const files = readdirSync(REAL, { recursive: true, encoding: 'utf8' }).filter((file) => /\.conf/.test(file));
  const read1 = (file: string) => keepalived.read({ device: 'd', sources: [load(readFileSync(`${REAL}/${file}`, 'utf8'), file)] });
  expect(files.filter((file) => read1(file).members.length === 0)).toEqual([]);
});

const FIXTURES = `${__dirname}/../../fixtures`;
const configs = (folder: string, name: RegExp) =>
  readdirSync(`${FIXTURES}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => load(readFileSync(`${FIXTURES}/${folder}/${file}`, 'utf8'), file));

test.each([
  'platforms/keepalived/good',
  'platforms/keepalived/good-lvs',
  'platforms/keepalived/good-sync-group',
  'incidents/saas-core-switch-2016/keepalived/after',
])('%s is read whole and without a remark', (folder) => {
  const sources = configs(folder, /\.conf$/);
  expect(sources.length).toBeGreaterThan(1);
  for (const source of sources) {
    expect(keepalived.recognise(source)?.score).toBeGreaterThan(0.7);
    expect(source.diagnostics).toEqual([]);
    const facts = keepalived.read({
      device: 'd',
      sources: [source, ...sources.filter((other) => other.path === source.path.replace('keepalived.conf', 'conf.d/dns.conf'))],
    });
    expect([facts.remarks, facts.references.filter((r) => !r.defined), facts.fragment]).toEqual([[], [], undefined]);
    const stack = [...source.statements];
    for (let s = stack.pop(); s; s = stack.pop()) {
      expect([s.line, s.words[0], s.use]).toEqual([s.line, s.words[0], expect.any(String)]);
      stack.push(...s.children);
    }
  }
});
