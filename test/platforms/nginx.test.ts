import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { nginx } from '../../src/platforms/nginx/index.ts';

function load(path: string, text: string) {
  const source = { path, text, template: false };
  return { ...source, ...nginx.parse(source) };
}

function readFiles(files: Readonly<Record<string, string>>) {
  return nginx.read({ device: 'lb1', sources: Object.entries(files).map(([path, text]) => load(path, text)) });
}

function read(http: string) {
  return readFiles({ 'nginx.conf': `events {}\nhttp {\n${http}\n}\n` });
}

const POOL = 'upstream app {\n server 10.0.0.1:80;\n server 10.0.0.2:80;\n}\n';
const pass = (lines: string) => read(`${POOL}server {\n listen 80;\n location / {\n proxy_pass http://app;\n${lines}\n}\n}`).pools[0];

describe('recognition', () => {
  const score = (text: string) => nginx.recognise({ path: 'x.conf', text, template: false })?.score;
  test('takes a configuration, a part of one, and no keepalived.conf', () => {
    expect(score('events {}\nhttp {\n}\n')).toBeGreaterThan(0.7);
    expect(score(POOL)).toBeGreaterThan(0.7);
    expect(score('vrrp_instance A {\n virtual_router_id 1\n}\nvirtual_server 10.0.0.1 80 {\n}\n')).toBeUndefined();
  });
});

describe('upstreams', () => {
  test('reads servers with their parameters and the documented defaults', () => {
    const [pool] = read(
      'upstream a {\n server 10.0.0.1 weight=5 max_fails=2;\n server [2001:db8::1]:81 backup;\n server unix:/run/a.sock down;\n server a.example.com:8080;\n}',
    ).pools;
    expect(
      pool?.members.map((m) => [
        m.address?.value,
        m.port?.value,
        m.weight?.value,
        m.backup?.value,
        m.enabled?.value,
        m.resolvedOnce?.value,
      ]),
    ).toEqual([
      ['10.0.0.1', 80, 5, undefined, true, undefined],
      ['2001:db8::1', 81, undefined, true, true, undefined],
      ['unix:/run/a.sock', undefined, undefined, undefined, false, undefined],
      ['a.example.com', 8080, undefined, undefined, true, true],
    ]);
    expect(pool?.passiveMonitored).toMatchObject({ value: true, at: { line: 4 } });
    expect(pool?.extra).toMatchObject({ zone: { value: false }, workerProcesses: { value: 1 } });
  });
  test('max_fails=0 switches passive checks off, on a backup it does not', () => {
    expect(read('upstream a {\n server 10.0.0.1 max_fails=0;\n}').pools[0]?.passiveMonitored).toMatchObject({
      value: false,
      at: { line: 4 },
    });
    expect(read('upstream a {\n server 10.0.0.1;\n server 10.0.0.2 backup max_fails=0;\n}').pools[0]?.passiveMonitored?.value).toBe(true);
  });
  test('a name with resolve is looked up again', () => {
    const [pool] = read('resolver 10.0.0.53;\nupstream a {\n zone a 64k;\n server a.example.com resolve;\n}').pools;
    expect(pool).toMatchObject({ discovered: { value: true }, extra: { zone: { value: true } } });
    expect(pool?.members[0]?.resolvedOnce?.value).toBe(false);
  });
  test('a second upstream of one name stops nginx, and the remark points at both', () => {
    expect(read(`${POOL}${POOL}`).remarks).toMatchObject([
      { kind: 'duplicate-definition', subject: 'app', at: { line: 7 }, other: { line: 3 } },
    ]);
  });
  test('an include that is not there leaves the members open', () => {
    expect(read('upstream a {\n include /etc/nginx/upstreams/a.conf;\n}').pools[0]?.open).toContain('members');
  });
});

describe('retries', () => {
  test('are on by default', () => {
    expect(pass('proxy_connect_timeout 1s;')?.retriesElsewhere).toMatchObject({
      value: true,
      default: expect.stringContaining('proxy_module'),
    });
  });
  test.each([
    ['off', 'proxy_next_upstream off;'],
    ['a list without error and timeout', 'proxy_next_upstream http_502;'],
    ['one try, which is the first', 'proxy_next_upstream_tries 1;'],
    ['a budget below the default connect timeout', 'proxy_next_upstream_timeout 5s;'],
    ['a budget below the connect timeout', 'proxy_connect_timeout 1500ms;proxy_next_upstream_timeout 1s;'],
  ])('%s means none', (_, lines) => {
    expect(pass(lines)?.retriesElsewhere).toMatchObject({ value: false, at: { line: 11 } });
  });
  test('a budget above the connect timeout leaves time for another', () => {
    expect(pass('proxy_connect_timeout 200ms;\nproxy_next_upstream_timeout 3s;')?.retriesElsewhere?.value).toBe(true);
  });
  test('settings come from the blocks around, the innermost wins, and any place that does not retry counts', () => {
    const [pool] = read(
      `proxy_next_upstream off;\n${POOL}server {\n proxy_next_upstream error;\n location / {\n proxy_pass http://app;\n }\n}\nserver {\n location / {\n proxy_pass http://app;\n }\n}`,
    ).pools;
    expect(pool?.retriesElsewhere).toMatchObject({ value: false, at: { line: 3 } });
  });
  test('settings of a file that is not there are not guessed', () => {
    const facts = readFiles({
      'nginx.conf': `events {}\nhttp {\ninclude conf.d/*.conf;\n${POOL}server {\nlocation / {\nproxy_pass http://app;\nproxy_next_upstream_timeout 5s;\n}\n}\n}`,
    });
    expect(facts.pools[0]).not.toHaveProperty('retriesElsewhere');
    expect(facts.fragment).toBe(true);
  });
});

describe('where requests go', () => {
  test('listen in all its forms', () => {
    const facts = read(
      'server {\n listen 80;\n listen 10.0.0.9:8080;\n listen 10.0.0.9;\n listen [::]:443 ssl;\n listen *:81;\n listen unix:/run/x.sock;\n return 204;\n}',
    );
    expect(facts.virtualServers.map((v) => [v.address?.value, v.port?.value, v.protocol?.value, v.bindsAnywhere?.value])).toEqual([
      ['*', 80, 'http', true],
      ['10.0.0.9', 8080, 'http', false],
      ['10.0.0.9', 80, 'http', false],
      ['*', 443, 'https', true],
      ['*', 81, 'http', true],
      [undefined, undefined, 'http', undefined],
    ]);
    expect(facts.virtualServers[0]).toMatchObject({ answersItself: { value: true }, process: 'nginx' });
    expect(facts.role).toBe('host');
  });
  test('every kind of pass, in nested locations', () => {
    const facts = read(
      `${POOL}server {\n location / {\n grpc_pass grpc://app;\n location /b {\n if ($a) {\n fastcgi_pass app;\n }\n }\n }\n}`,
    );
    expect(facts.virtualServers[0]?.pools.map((p) => p.value)).toEqual(['app']);
    expect(facts.pools[0]?.used).toBe(true);
  });
  test('variables that set and map list are followed, others are open', () => {
    const server = (to: string, more = '') =>
      read(
        `${POOL}map $host $pool {\n default app;\n a.example.com app;\n}\nserver {\n${more}\n location / {\n proxy_pass http://${to};\n }\n}`,
      ).virtualServers[0];
    expect(server('$pool')?.pools.map((p) => p.value)).toEqual(['app']);
    expect(server('$pool')).not.toHaveProperty('open');
    expect(server('$up/x', 'set $up app;')?.pools.map((p) => p.value)).toEqual(['app']);
    expect(server('${anything}.example.com')).toMatchObject({ pools: [], open: ['pools'] });
  });
  test('a host is a pool of one, looked up once when it is a name; this host is none', () => {
    const facts = read(
      'server {\n location / {\n proxy_pass https://app.example.com/x;\n }\n location /l {\n proxy_pass http://127.0.0.1:9000;\n }\n}',
    );
    expect(facts.pools).toMatchObject([{ name: 'app.example.com', members: [{ port: { value: 443 }, resolvedOnce: { value: true } }] }]);
    expect(facts.pools[0]).not.toHaveProperty('monitored');
  });
  test('a slip of the pen in an upstream name is an undefined reference, another host name is not', () => {
    const facts = read(
      'upstream billing {\n server 10.0.0.1;\n}\nserver {\n location / {\n proxy_pass http://biling;\n }\n location /x {\n proxy_pass http://wiki:8080;\n }\n}',
    );
    expect(facts.references).toMatchObject([{ name: 'biling', defined: false, candidates: ['billing'], at: { line: 8 } }]);
  });
  test('stream servers pass without a scheme', () => {
    const facts = readFiles({
      'nginx.conf':
        'events {}\nstream {\nupstream db {\n server 10.0.0.1:5432;\n}\nserver {\n listen 10.0.0.9:5432;\n proxy_pass db;\n}\nserver {\n listen 53 udp;\n proxy_pass db;\n}\n}',
    });
    expect(facts.virtualServers.map((v) => [v.protocol?.value, v.pools[0]?.value])).toEqual([
      ['tcp', 'db'],
      ['udp', 'db'],
    ]);
    expect(facts.pools[0]).toMatchObject({ protocol: { value: 'tcp' }, retriesElsewhere: { value: true } });
  });
});

describe('active checks', () => {
  const plus = (zone: string, before = '') =>
    readFiles({
      'nginx.conf': `${before}events {}\nhttp {\nupstream a {\n${zone}\nserver 10.0.0.1;\nserver 10.0.0.2;\n}\nserver {\nlocation / {\nproxy_pass http://a;\nhealth_check interval=2s fails=3;\n}\n}\n}`,
    });
  test('health_check of NGINX Plus needs shared memory', () => {
    expect(plus('zone a 64k;').pools[0]).toMatchObject({
      monitored: { value: true },
      monitors: [{ interval: { value: 2000 }, fall: { value: 3 }, rise: { value: 1 } }],
    });
    const without = plus('');
    expect(without.pools[0]?.members[0]?.monitored).toMatchObject({ value: false, at: { line: 11 } });
    expect(without.remarks).toMatchObject([{ kind: 'ineffective', subject: 'health_check' }]);
  });
  test('the Debian package of open-source nginx does not know it', () => {
    expect(plus('zone a 64k;', 'include /etc/nginx/modules-enabled/*.conf;\n').pools[0]?.monitored?.value).toBe(false);
  });
  test('check of the Tengine module stands in the upstream', () => {
    const [pool] = read('upstream a {\n server 10.0.0.1;\n check interval=3000 fall=2 type=http;\n}').pools;
    expect(pool).toMatchObject({
      monitored: { value: true },
      monitors: [{ type: { value: 'http' }, interval: { value: 3000 }, fall: { value: 2 }, detection: { value: 7000 } }],
    });
  });
  test('open-source nginx has none, and a part of a configuration does not say', () => {
    expect(read(POOL).pools[0]?.monitored).toMatchObject({ value: false });
    expect(readFiles({ 'app.conf': POOL }).pools[0]).not.toHaveProperty('monitored');
  });
});

describe('files', () => {
  const FOLDER = 'fixtures/platforms/nginx';
  const file = (path: string) => readFileSync(`${FOLDER}/${path}`, 'utf8');
  test('includes are put together, whatever the order of the files', () => {
    const names = ['good/conf.d/portal.conf', 'good/conf.d/upstreams.conf', 'good/nginx.conf'];
    const sources = names.map((name) => load(name, file(name)));
    const facts = nginx.read({ device: 'd', sources });
    expect(facts).not.toHaveProperty('fragment');
    expect(facts.pools.map((p) => [p.name, p.used, p.retriesElsewhere?.value])).toEqual([
      ['portal', true, true],
      ['api_blue', true, true],
      ['api_green', true, true],
      ['php', true, true],
      ['rpc', true, true],
    ]);
    expect(sources.flatMap((s) => s.statements).filter((s) => s.use === undefined)).toEqual([]);
  });
  test('parts alone, loops of includes and broken text break nothing', () => {
    expect(() =>
      readFiles({ 'a.conf': 'include b.conf;\nserver {', 'b.conf': 'include a.conf;\n}}} server { listen ; proxy_pass }' }),
    ).not.toThrow();
    expect(() => read('upstream {\n server;\n}\nserver {\n listen;\n location {\n proxy_pass;\n }\n}\nmap {\n}')).not.toThrow();
  });
  const installed = spawnSync('nginx', ['-v']).status === 0;
  if (!installed) console.warn('nginx is not installed: the fixtures are not tested with `nginx -t`');
  (installed ? test.each(['good', 'bad-no-retry', 'bad-checks-off', 'bad-pools']) : test.skip.each(['good']))(
    'nginx itself reads %s',
    (name) => {
      const run = spawnSync('nginx', ['-t', '-p', `${resolve(FOLDER, name)}/`, '-c', 'nginx.conf'], { encoding: 'utf8' });
      expect(run.stderr).toContain('syntax is ok');
    },
  );
});
