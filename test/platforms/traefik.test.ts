import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { traefik } from '../../src/platforms/traefik/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(path: string, text: string) {
  const source = { path, text, template: false };
  return { ...source, ...traefik.parse(source) };
}

function read(...files: string[]) {
  return traefik.read({ device: 't1', sources: files.map((text, i) => load(`dynamic${i}.yml`, text)) });
}

const fixture = (path: string) => load(path, readFileSync(`fixtures/platforms/traefik/${path}`, 'utf8'));
const SERVICE = (lines: string) =>
  `http:\n  services:\n    app:\n      loadBalancer:\n        servers:\n        - url: http://10.0.0.1:8080\n        - url: https://app.example.com\n${lines}`;

test('takes dynamic and static configurations, and no compose file', () => {
  const score = (text: string, path = 'x.yml') => traefik.recognise({ path, text, template: false })?.score;
  expect(score(SERVICE(''))).toBe(0.9);
  expect(score('[http.services]\n[http.services.a.loadBalancer]\n', 'x.toml')).toBe(0.9);
  expect(score('entryPoints:\n  web:\n    address: ":80"\n')).toBe(0.8);
  expect(score('services:\n  web:\n    image: traefik\n    labels: ["traefik.http.routers.a.rule=x"]\n')).toBeUndefined();
});

describe('services', () => {
  test('servers with their hosts and ports; nothing watches them without a check', () => {
    const [pool] = read(SERVICE('')).pools;
    expect(pool?.members.map((m) => [m.address?.value, m.port?.value])).toEqual([
      ['10.0.0.1', 8080],
      ['app.example.com', 443],
    ]);
    expect(pool).toMatchObject({ monitored: { value: false }, passiveMonitored: { value: false } });
  });
  test('a health check in any case, with the documented defaults', () => {
    const [pool] = read(SERVICE('        healthcheck: {path: /}\n        passiveHealthCheck: {}\n')).pools;
    expect(pool).toMatchObject({ monitored: { value: true, at: { line: 8 } }, passiveMonitored: { value: true } });
    expect(pool?.monitors).toMatchObject([
      { type: { value: 'http' }, interval: { value: 30_000 }, timeout: { value: 5000 }, detection: { value: 35_000 } },
    ]);
  });
  test('a single server is no pool to watch', () => {
    const [pool] = read('http: {services: {a: {loadBalancer: {servers: [{url: "http://10.0.0.1"}]}}}}').pools;
    expect(pool).not.toHaveProperty('monitored');
  });
});

describe('routers', () => {
  test('one virtual server for each entry point, from whatever file', () => {
    const facts = read(
      `${SERVICE('')}  routers:\n    r:\n      rule: x\n      service: app\n`,
      'entryPoints:\n  web: {address: ":80"}\n  tls: {address: "10.0.0.9:443/tcp"}\n  dns: {address: ":53/udp"}\n',
    );
    expect(facts.virtualServers.map((v) => [v.name, v.address?.value, v.port?.value, v.bindsAnywhere?.value, v.pools[0]?.value])).toEqual([
      ['r web', '*', 80, true, 'app'],
      ['r tls', '10.0.0.9', 443, false, 'app'],
    ]);
    expect(facts.pools[0]?.used).toBe(true);
  });
  test('a service that is not there is an undefined reference; those of other providers are open', () => {
    const facts = read(
      `${SERVICE('')}  routers:\n    a: {rule: x, service: ap}\n    b: {rule: x, service: web@docker}\n    c: {rule: x, service: api@internal}\n`,
    );
    expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: 'ap', candidates: ['app'] }]);
    expect(facts.virtualServers.map((v) => [v.open, v.answersItself?.value])).toEqual([
      [['pools'], undefined],
      [['pools'], undefined],
      [undefined, true],
    ]);
  });
  test('services that name each other in a circle end', () => {
    const circle =
      'http: {routers: {r: {rule: x, service: a}}, services: {a: {weighted: {services: [{name: b}]}}, b: {weighted: {services: [{name: a}]}}}}';
    expect(read(circle).virtualServers[0]?.pools).toEqual([]);
  });
});

test('the good files: weighted, failover, retries, TCP, all understood', () => {
  const sources = [fixture('good/dynamic.yml'), fixture('good/traefik.yml')];
  const facts = traefik.read({ device: 'd', sources });
  expect(facts.virtualServers.map((v) => [v.name, v.protocol?.value, v.pools.map((p) => p.value)])).toEqual([
    ['portal websecure', 'https', ['portal']],
    ['dashboard websecure', 'https', []],
    ['shop websecure', 'https', ['shop-v1', 'shop-v2', 'sorry']],
    ['db postgres', 'tcp', ['db']],
  ]);
  expect(facts.pools.find((p) => p.name === 'portal')?.retriesElsewhere).toMatchObject({ value: true });
  expect(facts.pools.find((p) => p.name === 'shop-v1')).not.toHaveProperty('retriesElsewhere');
  expect(facts.references.filter((r) => !r.defined)).toEqual([]);
  expect(sources.flatMap((s) => s.statements).filter((s) => s.use === undefined)).toEqual([]);
});

test('TOML says the same as YAML', () => {
  const facts = traefik.read({ device: 'd', sources: [fixture('good-toml/dynamic.toml')] });
  expect(facts.pools).toMatchObject([
    {
      name: 'portal',
      monitored: { value: true },
      used: true,
      members: [{ address: { value: '10.81.1.11' }, port: { value: 8080 } }, { address: { value: '10.81.1.12' } }],
    },
  ]);
  expect(facts.virtualServers).toMatchObject([{ protocol: { value: 'https' }, pools: [{ value: 'portal' }] }]);
});

test('broken data breaks nothing', () => {
  expect(() => read('http: [1, {services: x}]\ntcp:\n  services: [[[', 'entryPoints: 1')).not.toThrow();
  expect(() => traefik.read({ device: 'd', sources: [load('x.toml', '[http.services.a]\nloadBalancer = [ { servers = ')] })).not.toThrow();
});

test('JSON and YAML with values that are filled in are read, and they are unknown', () => {
  const yaml = SERVICE('{{ if .sticky }}\n        sticky: {cookie: {}}\n{{ end }}\n').replace('http://10.0.0.1:8080', '"{{{URL}}}"');
  const json =
    '{"http": {"services": {"app": {"loadBalancer": {"servers": [{"url": "{{{URL}}}"}, {"url": "http://10.0.0.2", "weight": {{{W}}}}]}}}}}';
  for (const [path, text] of [
    ['x.yml', yaml],
    ['x.json', json],
  ] as const) {
    const source = load(path, maskTemplate(path, text).text);
    expect(source.diagnostics).toEqual([]);
    const [pool] = traefik.read({ device: 't1', sources: [source] }).pools;
    expect(pool?.members.map((member) => member.address === undefined)).toEqual([true, false]);
  }
});

test('TOML with the tags of Go templates is read; what stands in a loop may not be there', () => {
  const text = [
    '{{ range $name, $r := .Acme }}',
    '[certificatesResolvers.my-{{ $name }}.acme]',
    '  storage = "/tmp/acme.json"',
    '{{ end }}',
    '[http.services.app.loadBalancer]',
    '[[http.services.app.loadBalancer.servers]]',
    '  url = "http://10.0.0.1"',
    '{{ if .Second }}',
    '[[http.services.app.loadBalancer.servers]]',
    '  url = "{{ .URL }}"',
    '  weight = {{ .Weight }}',
    '{{ end }}',
    '{{ if .Checked }}',
    '[http.services.app.loadBalancer.healthCheck]',
    '  path = "/"',
    '{{ end }}',
    '',
  ].join('\n');
  for (const path of ['x.toml', 'x.toml.tmpl']) {
    const source = load(path, maskTemplate(path, text).text);
    expect(source.diagnostics).toEqual([]);
    const [pool] = traefik.read({ device: 't1', sources: [source] }).pools;
    expect(pool).toMatchObject({ members: [{ address: { value: '10.0.0.1' } }, {}], open: ['members', 'monitors'] });
    expect(pool?.monitored).toBeUndefined();
  }
});
