import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { haproxy } from '../../src/platforms/haproxy/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(text: string, path = 'haproxy.cfg') {
  const source = maskTemplate(path, text);
  return { ...source, ...haproxy.parse(source) };
}

function read(text: string, device = 'lb1') {
  return haproxy.read({ device, sources: [load(text)] });
}

const BASE = 'global\n  daemon\ndefaults\n  mode http\n  timeout connect 5s\n  timeout server 1m\n';

/** The pool of a backend with these lines, behind ordinary defaults. */
function pool(lines: string, base = BASE) {
  const [first] = read(`${base}backend b\n${lines}\n`).pools;
  if (!first) throw new Error('no pool was read');
  return first;
}

function remarks(text: string) {
  return read(BASE + text).remarks.map((remark) => [remark.kind, remark.subject, remark.at.line, remark.suggestion]);
}

function references(text: string) {
  return read(BASE + text).references.map((r) => [r.noun, r.name, r.defined]);
}

describe('recognition', () => {
  test.each([
    ['a whole file', `${BASE}frontend f\n  bind :80\n`, true],
    ['a snippet', 'listen galera\n  bind 10.0.0.1:3306\n  server a 10.0.0.2:3306 check\n', true],
    ['one that lost its indentation', 'frontend f\nbind *:80\ndefault_backend b\nbackend b\nserver a 10.0.0.1:80\n', true],
    ['a template that begins with a placeholder', '{{ ansible_managed | comment }}\nglobal\n  daemon\ndefaults\n', true],
    ['nginx', 'http {\n  server {\n    listen 80;\n  }\n}\n', false],
    ['a playbook', '- hosts: lb\n  tasks:\n    - name: x\n', false],
    ['systemd', '[Unit]\nDescription=x\n', false],
  ])('%s', (_, text, taken) => {
    expect(haproxy.recognise(maskTemplate('x', text)) !== undefined).toBe(taken);
  });
});

describe('listening', () => {
  const servers = (text: string) =>
    read(BASE + text).virtualServers.map((v) => [v.address?.value, v.port?.value, v.protocol?.value, v.bindsAnywhere?.value]);

  test.each([
    ['*:443 ssl crt a.pem', ['*', 443, 'https', true]],
    [':80', ['*', 80, 'http', true]],
    ['[::]:80 v4v6', ['*', 80, 'http', true]],
    [':::80 v4v6', ['*', 80, 'http', true]],
    ['10.0.0.100:80', ['10.0.0.100', 80, 'http', false]],
    ['ipv4@10.0.0.100:80 transparent', ['10.0.0.100', 80, 'http', true]],
    ['[2001:db8::1]:80', ['2001:db8::1', 80, 'http', false]],
    ['2001:db8::1:80', ['2001:db8::1', 80, 'http', false]],
    ['"${VIP}:80"', [undefined, 80, 'http', undefined]],
    ['/run/x.sock', [undefined, undefined, 'http', undefined]],
  ])('bind %s', (bind, expected) => {
    expect(servers(`frontend f\n  bind ${bind}\n`)).toEqual([expected]);
  });

  test('several addresses, on one line or many, are several virtual servers', () => {
    expect(servers('frontend f\n  bind 10.0.0.1:80,10.0.0.1:8080\n  bind 10.0.0.2:80\n').map(([a, p]) => `${a}:${p}`)).toEqual([
      '10.0.0.1:80',
      '10.0.0.1:8080',
      '10.0.0.2:80',
    ]);
  });

  test('HAProxy 1.x takes the address behind the name', () => {
    expect(read('listen web *:80\n  server a 10.0.0.1:80 check inter 2000 rise 2 fall 5\n').virtualServers).toMatchObject([
      { name: 'web', address: { value: '*' }, port: { value: 80 }, pools: [{ value: 'web' }] },
    ]);
  });

  test('sends to every backend that it names; one made at run time leaves the list open', () => {
    const [f] = read(
      `${BASE}frontend f\n  bind :80\n  use_backend a if { path /a }\n  use_backend %[req.hdr(host)]\n  default_backend b\nbackend a\nbackend b\n`,
    ).virtualServers;
    expect([f?.pools.map((p) => p.value), f?.open]).toEqual([['a', 'b'], ['pools']]);
  });

  test('redirects and the statistics page need no pool', () => {
    const answers = (line: string) => read(`${BASE}frontend f\n  bind :80\n  ${line}\n`).virtualServers[0]?.answersItself?.value;
    expect(
      ['http-request redirect scheme https', 'stats enable', 'http-request return status 200', 'http-request set-header a b'].map(answers),
    ).toEqual([true, true, true, undefined]);
  });

  test('an answer to some requests is none to the others', () => {
    const answers = (lines: string) => read(`${BASE}frontend f\n  ${lines}\n`).virtualServers[0]?.answersItself?.value;
    const redirect = 'http-request redirect scheme https';
    expect(answers(`bind :80\n  bind :443\n  ${redirect} unless { dst_port 443 }`)).toBeUndefined();
    expect(answers(`bind :80\n  bind :443 ssl crt a.pem\n  ${redirect} unless { ssl_fc }`)).toBeUndefined();
    expect(answers(`bind :80\n  ${redirect} unless { ssl_fc }`)).toBe(true);
    expect(answers(`bind :80\n  acl secure ssl_fc\n  ${redirect} if !secure`)).toBe(true);
    expect(answers(`bind :80\n  http-request deny if { src 192.0.2.1 }\n  http-request return status 200`)).toBe(true);
  });

  test('a disabled proxy is off', () => {
    expect(read(`${BASE}frontend f\n  bind :80\n  disabled\n`).virtualServers[0]?.enabled?.value).toBe(false);
  });
});

describe('inheritance', () => {
  test('the defaults before a proxy count, not those after; named ones where they are named', () => {
    const text =
      'defaults one\n  mode http\ndefaults two from one\n  retries 0\ndefaults three\n  mode tcp\nbackend a from two\n  server s 10.0.0.1:1\nbackend b\n  server s 10.0.0.1:1\n';
    expect(read(text).pools.map((p) => [p.protocol?.value, p.retriesElsewhere?.value])).toEqual([
      ['http', false],
      ['tcp', false],
    ]);
    expect(read(text).pools[1]?.extra?.retries).toBeUndefined();
  });

  test('default-server gives check and timing to the servers after it', () => {
    const p = pool('  default-server check inter 3s fall 2\n  server a 10.0.0.1:80\n  server b 10.0.0.2:80 no-check');
    expect(p.members.map((m) => m.monitored?.value)).toEqual([true, false]);
    expect(p.members[0]?.monitors[0]).toMatchObject({
      interval: { value: 3000, at: { line: 8 } },
      fall: { value: 2 },
      rise: { value: 2, default: expect.any(String) },
    });
  });

  test('a fragment says nothing of what its defaults would say', () => {
    const facts = read('backend b\n  server a 10.0.0.1:80 check\n');
    expect(facts.fragment).toBe(true);
    expect(facts.pools[0]).not.toHaveProperty('protocol');
    expect(facts.pools[0]).not.toHaveProperty('allBackups');
  });

  test('several files are one configuration', () => {
    const sources = [load(BASE, 'conf.d/00-base.cfg'), load('backend b\n  server a 10.0.0.1:80\n', 'conf.d/10-b.cfg')];
    const facts = haproxy.read({ device: 'd', sources });
    expect([facts.fragment, facts.pools[0]?.protocol?.value]).toEqual([undefined, 'http']);
    expect(sources.map((source) => haproxy.extent(source))).toEqual(['part', 'part']);
  });
});

describe('pools', () => {
  test('members say address, weight, backup and state', () => {
    const p = pool('  server a 10.0.0.1:80 weight 0\n  server b web.example:8080 backup disabled\n  server c unix@/run/c.sock');
    expect(p.members).toMatchObject([
      { address: { value: '10.0.0.1' }, port: { value: 80 }, weight: { value: 0 }, backup: { value: false }, enabled: { value: true } },
      {
        address: { value: 'web.example' },
        port: { value: 8080 },
        backup: { value: true },
        enabled: { value: false, at: { line: 9 } },
        resolvedOnce: { value: true },
      },
      { name: 'c' },
    ]);
    expect(p.members[2]).not.toHaveProperty('address');
  });

  test('a name with resolvers is looked up again', () => {
    expect(pool('  server a web:80 resolvers dns').members[0]?.resolvedOnce?.value).toBe(false);
  });

  test('servers of a loop or a condition leave the list open', () => {
    const facts = haproxy.read({
      device: 'd',
      sources: [load(`${BASE}backend b\n{% for s in servers %}\n  server {{ s }} {{ s }}:80 check\n{% endfor %}\n`, 'h.cfg.j2')],
    });
    expect(facts.pools[0]).toMatchObject({ members: [], open: ['members'] });
    expect(facts.pools[0]).not.toHaveProperty('monitored');
    expect(read(`${BASE}backend b\n.if defined(X)\n  server a 10.0.0.1:80\n.endif\n  server b 10.0.0.2:80\n`).pools[0]).toMatchObject({
      members: [{ name: 'b' }],
      open: ['members'],
    });
  });

  test('a placeholder in place of lines may be servers', () => {
    expect(pool('  server a 10.0.0.1:80\n  {{ more }}').open).toEqual(['members']);
  });

  test('a server template is discovered at run time', () => {
    expect(pool('  server-template web 1-5 _http._tcp.example check resolvers dns')).toMatchObject({
      discovered: { value: true },
      open: ['members'],
      members: [{ monitored: { value: true } }],
    });
  });

  test.each([
    ['  option redispatch', true],
    ['  no option redispatch', false],
    ['  option redispatch\n  retries 0', false],
  ])('%j: a failed connection is tried elsewhere: %s', (lines, expected) => {
    expect(pool(`${lines}\n  server a 10.0.0.1:80`).retriesElsewhere).toMatchObject({ value: expected, at: expect.anything() });
  });

  test('timeouts have units; what is not written is absent', () => {
    expect(pool('  timeout connect 300\n  server a 10.0.0.1:80')).toMatchObject({
      connectTimeout: { value: 300 },
      serverTimeout: { value: 60000 },
    });
    expect(pool('  server a 10.0.0.1:80', 'defaults\n  mode http\n')).not.toHaveProperty('connectTimeout');
    expect(pool('  contimeout 4000\n  server a 10.0.0.1:80', 'defaults\n').connectTimeout?.value).toBe(4000);
  });

  test('a stick table is shared where it names a peers section', () => {
    const stick = (peers: string) => pool(`  stick-table type ip size 1m${peers}\n  stick on src\n  server a 10.0.0.1:80`);
    expect(stick('')).toMatchObject({ persistence: { value: 'stick-table' }, persistenceShared: { value: false } });
    expect(stick(' peers mesh').persistenceShared?.value).toBe(true);
    expect(pool('  stick-table type ip size 1m\n  http-request track-sc0 src\n  server a 10.0.0.1:80')).not.toHaveProperty('persistence');
  });

  test('one that only redirects is no pool, one without servers is an empty one', () => {
    expect(read(`${BASE}backend r\n  http-request redirect location /x\nbackend e\n`).pools.map((p) => p.name)).toEqual(['e']);
  });
});

describe('checks', () => {
  const monitor = (lines: string) => pool(lines).members[0]?.monitors[0];

  test.each([
    ['  server a 10.0.0.1:80 check', 'tcp', false],
    ['  option httpchk GET /health\n  server a 10.0.0.1:80 check', 'http', true],
    ['  option httpchk\n  server a 10.0.0.1:443 check ssl verify none', 'https', true],
    ['  server a 10.0.0.1:443 check check-ssl verify none', 'tls', false],
    ['  option httpchk\n  server a 10.0.0.1:443 check ssl verify none port 8080', 'http', true],
    ['  option tcp-check\n  tcp-check connect\n  tcp-check expect string OK\n  server a 10.0.0.1:80 check', 'tcp', true],
    ['  option mysql-check user h\n  server a 10.0.0.1:3306 check', 'sql', true],
    ['  option httpchk\n  option tcp-check\n  server a 10.0.0.1:80 check', 'tcp', false],
    ['  option external-check\n  server a 10.0.0.1:80 check', 'script', true],
  ])('%j is of type %s', (lines, type, expects) => {
    expect([monitor(lines)?.type?.value, monitor(lines)?.expects?.value]).toEqual([type, expects]);
  });

  test('time to notice: an interval, the probes that follow at fastinter, the last one unanswered', () => {
    expect(monitor('  timeout check 3s\n  server a 10.0.0.1:80 check inter 10s fastinter 1s fall 3')).toMatchObject({
      timeout: { value: 3000 },
      detection: { value: 15000 },
    });
    expect(monitor('  server a 10.0.0.1:80 check')).toMatchObject({
      interval: { value: 2000 },
      fall: { value: 3 },
      timeout: { value: 2000 },
      detection: { value: 8000 },
    });
  });

  test('one that goes elsewhere says where', () => {
    expect(monitor('  server a 10.0.0.1:80 check addr 10.9.9.9 port 8080')).toMatchObject({
      destination: { value: '10.9.9.9' },
      port: { value: 8080 },
    });
  });

  test('tracking a checked server is being checked; tracking an unchecked one is not', () => {
    const p = pool(
      '  server a 10.0.0.1:80 check\n  server b 10.0.0.2:80 track a\n  server c 10.0.0.3:80\n  server d 10.0.0.4:80 track b/c',
    );
    expect(p.members.map((m) => m.monitored?.value)).toEqual([true, true, false, false]);
    expect(remarks('backend b\n  server c 10.0.0.3:80\n  server d 10.0.0.4:80 track c\n')).toEqual([
      ['ineffective', 'track', 9, undefined],
    ]);
  });

  test('an option without check on any server is not in force', () => {
    const text = 'backend b\n  option httpchk GET /\n  server a 10.0.0.1:80\n';
    expect(read(BASE + text).pools[0]?.monitors).toMatchObject([{ name: 'httpchk', enabled: { value: false } }]);
    expect(remarks(text)).toEqual([['ineffective', 'option httpchk', 8, undefined]]);
  });

  test('timing without check does nothing', () => {
    expect(remarks('backend b\n  server a 10.0.0.1:80 inter 2s fall 3\n  server b 10.0.0.2:80 check inter 2s\n')).toEqual([
      ['ineffective', 'inter', 8, undefined],
    ]);
  });

  test('check rules without their option do nothing', () => {
    expect(remarks('backend b\n  http-check expect status 200\n  server a 10.0.0.1:80 check\n')).toEqual([
      ['ineffective', 'http-check', 8, undefined],
    ]);
  });
});

describe('names', () => {
  test('backends, resolvers, peers and userlists that are used', () => {
    expect(
      references(
        'frontend f\n  bind :80\n  default_backend nope\nbackend b\n  stick-table type ip size 1 peers mesh\n  http-request auth unless { http_auth(admins) }\n  server a w:80 resolvers dns\nresolvers dns\n  nameserver x 10.0.0.1:53\n',
      ),
    ).toEqual([
      ['backend', 'nope', false],
      ['peers section', 'mesh', false],
      ['userlist', 'admins', false],
      ['resolvers', 'dns', true],
    ]);
  });

  test('a fragment is not blamed for what it does not define', () => {
    const text = 'frontend f\n  bind :80\n  default_backend elsewhere\n';
    const references = (path: string) => haproxy.read({ device: 'd', sources: [load(text, path)] }).references;
    expect([references('frontends/web.cfg').length, references('haproxy.cfg').length]).toEqual([0, 1]);
  });
});

describe('peers', () => {
  const MESH = `${BASE}peers mesh\n  peer lb1 10.0.0.1:10000\n  peer lb2 10.0.0.2:10000\n`;

  test('the host itself is told from the others', () => {
    expect(read(MESH).peerings).toMatchObject([
      {
        kind: 'haproxy-peers',
        name: 'mesh',
        self: { value: 'lb1' },
        selfListed: { value: true },
        peers: [{ name: 'lb2', address: { value: '10.0.0.2' }, port: { value: 10000 } }],
      },
    ]);
  });

  test('localpeer names it; a name that is not listed is missing', () => {
    expect(read(MESH.replace('daemon', 'localpeer lb9')).peerings[0]).toMatchObject({
      self: { value: 'lb9' },
      selfListed: { value: false },
      peers: [{ name: 'lb1' }, { name: 'lb2' }],
    });
    expect(read(MESH, 'other').peerings[0]).not.toHaveProperty('selfListed');
  });

  test('beside bind, the entry without an address is the own one', () => {
    expect(read(`${BASE}peers mesh\n  bind :10000\n  server a\n  server b 10.0.0.2:10000\n`, 'x').peerings[0]).toMatchObject({
      self: { value: 'a' },
      peers: [{ name: 'b' }],
    });
  });
});

describe('words', () => {
  test('misspelt ones are told', () => {
    expect(
      remarks('backend b\n  ballance roundrobin\n  option httpchck\n  server a 10.0.0.1:80 chek\n').map(([kind, word, , meant]) => [
        kind,
        word,
        meant,
      ]),
    ).toEqual([
      ['unknown-keyword', 'ballance', 'balance'],
      ['unknown-keyword', 'httpchck', 'httpchk'],
      ['unknown-keyword', 'chek', 'check'],
    ]);
  });

  test('a word in the wrong section', () => {
    expect(remarks('frontend f\n  bind :80\n  balance roundrobin\nbackend b\n  bind :81\n  server a 10.0.0.1:80\n')).toEqual([
      ['wrong-place', 'balance', 9, undefined],
      ['wrong-place', 'bind', 11, undefined],
    ]);
  });

  test('the same proxy or server twice', () => {
    expect(
      remarks('backend b\n  server a 10.0.0.1:80\n  server a 10.0.0.2:80\nbackend b\n').map(([kind, subject]) => [kind, subject]),
    ).toEqual([
      ['duplicate-definition', 'server a'],
      ['duplicate-definition', 'b'],
    ]);
    expect(remarks('frontend web\n  bind :80\n  default_backend web\nbackend web\n  server a 10.0.0.1:80\n')).toEqual([]);
  });
});

test('no text makes it throw', () => {
  const pieces = fc.constantFrom(
    'backend b\n',
    'frontend f\n',
    ' server a',
    ' 10.0.0.1:80',
    ' check',
    ' track b/a',
    '\n',
    ' bind ',
    '"',
    "'",
    '$X',
    '${Y}',
    '.if x\n',
    '.endif\n',
    'defaults a from a\n',
    ' default-server',
    ' inter',
    '\\',
    ' stick-table peers ',
    ':::',
    '[::',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => expect(read(parts.join(''))).toHaveProperty('role', 'load-balancer')),
  );
});

const REAL = '/work/shared/real/haproxy';
const there = existsSync(REAL);
(there ? test : test.skip)(`real configurations are read whole${there ? '' : ` (skipped: no ${REAL})`}`, () => {
  const files = readdirSync(REAL, { recursive: true, encoding: 'utf8' }).filter((file) => /\.cfg/.test(file));
  const unread = files.flatMap((file) => {
    const source = load(readFileSync(`${REAL}/${file}`, 'utf8'), file);
    haproxy.read({ device: 'd', sources: [source] });
    return source.statements.flatMap((s) => [s, ...s.children]).filter((s) => s.use === undefined);
  });
  expect(unread).toEqual([]);
});

const FIXTURES = `${__dirname}/../../fixtures`;

test.each(['platforms/haproxy/good', 'incidents/saas-core-switch-2016/keepalived/after'])(
  '%s is read whole and without a remark',
  (folder) => {
    const files = readdirSync(`${FIXTURES}/${folder}`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('haproxy.cfg'),
    );
    expect(files).toHaveLength(2);
    for (const file of files) {
      const source = load(readFileSync(`${FIXTURES}/${folder}/${file}`, 'utf8'), file);
      expect(haproxy.recognise(source)?.score).toBe(0.95);
      const facts = haproxy.read({ device: 'd', sources: [source] });
      expect([facts.remarks, facts.references.filter((r) => !r.defined), facts.fragment]).toEqual([[], [], undefined]);
      expect(source.statements.flatMap((s) => [s, ...s.children]).filter((s) => s.use === undefined)).toEqual([]);
      expect(facts.peerings).toMatchObject([{ selfListed: { value: true }, peers: [{}] }]);
    }
  },
);

/** A proxy with these lines that HAProxy takes. */
const around = (lines: string) => `${BASE}  timeout client 1m\nlisten p\n  bind :8080\n  server a 192.0.2.1:80\n${lines}\n`;

const REFUSED: readonly (readonly [lines: string, message: string])[] = [
  ['  server b 192.0.2.2:80 cookie "b', 'quoted text is never closed'],
  ["  acl x path_end 'a\\' b'", 'quoted text is never closed'],
  ['  acl x path_end "a\\"', 'quoted text is never closed'],
  ["  acl x path_end a\\#don't", 'quoted text is never closed'],
  ...['frontend', 'backend', 'listen', 'peers', 'resolvers', 'userlist', 'mailers', 'ring', 'cache', 'fcgi-app', 'log-forward'].map(
    (kind) => [kind, `'${kind}' has no name`] as const,
  ),
  ['backend a,b', "the name of a backend may not contain ','"],
  ['frontend "a b"', "the name of a frontend may not contain ' '"],
  ['defaults\n  server b 192.0.2.2:80', "'server' may not stand in 'defaults'"],
  ['defaults\n  bind :81', "'bind' may not stand in 'defaults'"],
  ['  bind', "'bind' has no address"],
  ['  bind 127.0.0.1', "'127.0.0.1' has no port"],
  ['  bind [::1]', "'[::1]' has no port"],
  ['  bind :81,:65536', 'there is no port 65536'],
  ['  bind :0', 'there is no port 0'],
  ['  bind ipv4@:81-70000', 'there is no port 70000'],
  ['  server b', "'server' has no address"],
  ['  server-template b 3', "'server-template' has no address"],
  ['  server b 192.0.2.2:80800 check', 'there is no port 80800'],
  ['  server b [2001:db8::2]:80800', 'there is no port 80800'],
  ['  server b 2001:db8::2:80800', 'there is no port 80800'],
  ['  default_backend', "'default_backend' names no backend"],
  ['  server b 192.0.2.2:80 weight 257', 'a weight of 257 is not within 0 and 256'],
  ['  server b 192.0.2.2:80 check inter 5x', "'5x' is no time: HAProxy counts in us, ms, s, m, h and d"],
  ['  server b 192.0.2.2:80 check inter 25d', '25d is longer than the 24.8 days that HAProxy can count'],
  ['  server b 192.0.2.2:80 check inter 0', "'inter' must be more than 0"],
  ['  server b 192.0.2.2:80 check downinter', "'downinter' has no time"],
  ['  server b 192.0.2.2:80 check rise 0 fall 3', "'rise' wants a number over 0"],
  ['  server b 192.0.2.2:80 check fall x', "'fall' wants a number over 0"],
  ['  server b 192.0.2.2:80 check observe layer9', "'observe' wants none, layer4 or layer7"],
  ['  server b 192.0.2.2:80 check on-error down', "'on-error' wants fastinter, fail-check, sudden-death or mark-down"],
  ['  server b 192.0.2.2:80 check on-marked-down close', "'on-marked-down' wants shutdown-sessions"],
  ['  default-server slowstart 5x', "'5x' is no time: HAProxy counts in us, ms, s, m, h and d"],
  ['  default-server weight -1', 'a weight of -1 is not within 0 and 256'],
  ['  server-template b 3-1 192.0.2.2:80', "'server-template' wants a number of servers, as in 3 or 1-3, not '3-1'"],
  ['  timeout check 5 s', "'s' stands behind the time of 'timeout check'"],
  ['  timeout queue abc', "'abc' is no time: HAProxy counts in us, ms, s, m, h and d"],
  ['defaults\n  timeout tunnel 30d', '30d is longer than the 24.8 days that HAProxy can count'],
  ['  timeout connect', "'timeout connect' has no time"],
  ['  use_backend', "'use_backend' names no backend"],
];

const TAKEN: readonly string[] = [
  "  acl x path_end don\\'t # don't",
  "  acl x path_end a#don't",
  "  acl x path_end 'a\\'",
  '  acl x path_end "a\'b" \'a"b\' "a\\"b"',
  '  http-request set-header x %[req.hdr(a),regsub("[a-z]",\'\')]',
  '  acl x path_end "$HALINT_X\'$HALINT_Y" "${HALINT_X-it\'s}"',
  '  bind ":${HALINT_PORT-81}"',
  '  bind :81-90,:91,',
  '  server b 192.0.2.2:80 check inter 5sec rise 2x fall 3 weight 256 slowstart 0 port 0 cookie inter',
  '  server b 192.0.2.2:80 check observe layer4 on-error mark-down on-marked-down shutdown-sessions inter 1us',
  '  server-template b 1-3 192.0.2.2:80 check inter 24d',
  '  timeout check 0',
  '  timeout queue 5minutes',
  '  bind /run/halint:99999',
  '  bind abns@halint:99999',
  '  server b 192.0.2.2',
  '  server b 192.0.2.2:0',
  '  server b 192.0.2.2:+80 check port 99999',
  '  server b unix@/run/x:99999',
  'backend web-1.example:80_a\n  server b 192.0.2.2:80',
  'defaults a,b\n  mode http',
];

/** Not asked of HAProxy, which knows the values, and reads files that are put together. */
const UNKNOWN: readonly string[] = [
  '.if defined(HALINT_X)\n  server b 192.0.2.2:80800 cookie "b\nbackend\n.else\n  bind\n.endif',
  '  bind :"${HALINT_PORT}"',
  '  server b 192.0.2.2:80 check inter "${HALINT_INTER}"',
  '  bind "${HALINT_BIND}"',
  'backend "${HALINT_NAME}"',
  'backend {{ name }}',
  '{% if a %}\n  bind :"80\n{% endif %}',
  '  server b 192.0.2.2:<port>',
  "  rspirep ^Server:.* Server:\\ it's",
];

test('a backslash in single quotes is one', () => {
  expect(pool("server a 192.0.2.1:80 cookie 'a\\' check").members[0]?.monitored).toMatchObject({ value: true });
});

describe('what HAProxy refuses', () => {
  const said = (lines: string) => load(around(lines)).diagnostics.map(({ kind, line, message }) => [kind, line, message]);

  test.each(REFUSED)('%s', (lines, message) => {
    expect(said(lines)).toEqual([['syntax', around(lines).trimEnd().split('\n').length, message]]);
  });

  test.each([...TAKEN, ...UNKNOWN])('nothing is said of %s', (lines) => expect(said(lines)).toEqual([]));

  const installed = spawnSync('haproxy', ['-v']).status === 0;
  (installed ? test : test.skip)('HAProxy itself says the same', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halint-haproxy-'));
    const takes = (lines: string): boolean => {
      writeFileSync(join(folder, 'haproxy.cfg'), around(lines));
      return spawnSync('haproxy', ['-c', '-f', join(folder, 'haproxy.cfg')]).status === 0;
    };
    expect(REFUSED.filter(([lines]) => takes(lines))).toEqual([]);
    expect(TAKEN.filter((lines) => !takes(lines))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
