import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { envoy } from '../../src/platforms/envoy/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(text: string) {
  const source = { path: 'envoy.yaml', text, template: false };
  return { ...source, ...envoy.parse(source) };
}

function read(text: string) {
  return envoy.read({ device: 'e1', sources: [load(text)] });
}

const endpoints = (...hosts: string[]) =>
  `load_assignment: {endpoints: [{lb_endpoints: [${hosts.map((h) => `{endpoint: {address: {socket_address: {address: ${h}, port_value: 80}}}}`).join(', ')}]}]}`;
const cluster = (lines: string) =>
  read(`static_resources:\n  clusters:\n  - name: c\n    ${endpoints('10.0.0.1', '10.0.0.2')}\n    ${lines}\n`).pools[0];

test('takes a bootstrap in YAML or JSON, and no compose file', () => {
  const score = (text: string) => envoy.recognise({ path: 'x', text, template: false })?.score;
  expect(score('static_resources:\n  clusters: []\n')).toBeGreaterThan(0.9);
  expect(score('{\n  "static_resources": {}\n}\n')).toBeGreaterThan(0.9);
  expect(score('services:\n  web:\n    image: envoy\n')).toBeUndefined();
});

describe('clusters', () => {
  test('without checks nothing watches the endpoints', () => {
    expect(cluster('type: STATIC')).toMatchObject({
      monitored: { value: false },
      passiveMonitored: { value: false },
      connectTimeout: { value: 5000 },
    });
  });
  test('active and passive checks', () => {
    const pool = cluster(
      'outlier_detection: {}\n    health_checks:\n    - {timeout: 1s, interval: 0.5s, unhealthy_threshold: 3, healthy_threshold: 2, http_health_check: {path: /}}',
    );
    expect(pool).toMatchObject({ monitored: { value: true, at: { line: 6 } }, passiveMonitored: { value: true, at: { line: 5 } } });
    expect(pool?.monitors).toMatchObject([
      { type: { value: 'http' }, interval: { value: 500 }, fall: { value: 3 }, rise: { value: 2 }, detection: { value: 2500 } },
    ]);
  });
  test('DNS and discovery say where the endpoints come from', () => {
    expect(cluster('type: STRICT_DNS')?.discovered?.value).toBe(true);
    const eds = read('static_resources: {clusters: [{name: c, type: EDS}]}').pools[0];
    expect(eds).toMatchObject({ discovered: { value: true }, open: ['members'] });
  });
  test('the hosts of the old API, and a draining endpoint', () => {
    const old = read('static_resources: {clusters: [{name: c, hosts: [{socket_address: {address: 10.0.0.1, port_value: 81}}]}]}').pools[0];
    expect(old?.members).toMatchObject([{ address: { value: '10.0.0.1' }, port: { value: 81 } }]);
    expect(old).not.toHaveProperty('monitored');
  });
});

describe('listeners', () => {
  const listener = (route: string, more = '') =>
    read(
      `static_resources:\n  listeners:\n  - address: {socket_address: {address: 10.0.0.9, port_value: 80}}\n    ${more}\n    filter_chains: [{filters: [{typed_config: {route_config: {virtual_hosts: [{routes: [${route}]}]}}}]}]\n  clusters:\n  - name: app\n    ${endpoints('10.0.0.1')}\n`,
    );
  test('send to the clusters of their routes, copies aside', () => {
    const facts = listener('{route: {cluster: app, request_mirror_policies: [{cluster: shadow}]}}');
    expect(facts.virtualServers[0]?.pools.map((p) => p.value)).toEqual(['app']);
    expect(facts.pools[0]?.used).toBe(true);
    expect(facts.virtualServers[0]).toMatchObject({
      address: { value: '10.0.0.9' },
      port: { value: 80 },
      bindsAnywhere: { value: false },
      process: 'envoy',
    });
  });
  test('a cluster that is not there is an undefined reference', () => {
    expect(listener('{route: {cluster: ap}}').references).toMatchObject([{ name: 'ap', defined: false, candidates: ['app'] }]);
  });
  test('a header or a route service decides at run time', () => {
    expect(listener('{route: {cluster_header: x}}').virtualServers[0]?.open).toEqual(['pools']);
  });
  test('freebind binds an address that is elsewhere', () => {
    expect(listener('{route: {cluster: app}}', 'freebind: true').virtualServers[0]?.bindsAnywhere).toMatchObject({ value: true });
  });
});

test('JSON says the same', () => {
  const facts = read(
    '{"static_resources": {"clusters": [{"name": "c", "type": "STATIC", "load_assignment": {"endpoints": [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "10.0.0.1", "port_value": 80}}}}]}]}}]}}',
  );
  expect(facts.pools).toMatchObject([{ name: 'c', members: [{ address: { value: '10.0.0.1' } }] }]);
});

test('the good bootstrap is understood to the last line', () => {
  const source = load(readFileSync('fixtures/platforms/envoy/good/envoy.yaml', 'utf8'));
  const facts = envoy.read({ device: 'd', sources: [source] });
  expect(source.statements.filter((s) => s.use === undefined)).toEqual([]);
  expect(facts.virtualServers.map((v) => [v.name, v.protocol?.value, v.pools.map((p) => p.value)])).toEqual([
    ['web', 'https', ['api', 'app', 'app-next']],
    ['postgres', 'tcp', ['postgres']],
  ]);
  expect(facts.pools[0]?.members.map((m) => m.backup?.value)).toEqual([undefined, undefined, true]);
  expect(facts.references.filter((r) => !r.defined)).toEqual([]);
});

test('broken data breaks nothing', () => {
  expect(() => read('static_resources: [\n listeners: {{{')).not.toThrow();
  expect(() => read('{"static_resources": {"clusters": [1, null, {"name": {}}], "listeners": [[]]')).not.toThrow();
});

describe('templates', () => {
  const parsed = (text: string) => load(maskTemplate('envoy.yaml', text).text);
  const templated = (text: string) => envoy.read({ device: 'e1', sources: [parsed(text)] }).pools[0];
  const endpoint = (address: string) => `        - {endpoint: {address: {socket_address: {address: ${address}, port_value: 80}}}}\n`;
  const head = `static_resources:\n  clusters:\n  - name: c\n    type: STATIC\n    load_assignment:\n      endpoints:\n      - lb_endpoints:\n`;

  test('what stands in a condition may not be there', () => {
    const pool = templated(
      `${head}${endpoint('10.0.0.1')}{% if b %}\n${endpoint('10.0.0.2')}{% endif %}\n{% if check %}\n    health_checks: [{interval: 5s}]\n    outlier_detection: {}\n{% endif %}\n`,
    );
    expect(pool).toMatchObject({ members: [{}, {}], open: ['members', 'monitors'] });
    expect([pool?.monitored, pool?.passiveMonitored]).toEqual([undefined, undefined]);
  });

  test('JSON with values that are filled in is read, and they are unknown', () => {
    const text =
      '{"static_resources": {"clusters": [{"name": "c", "load_assignment": {"endpoints": [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": "{{{HOST}}}", "port_value": {{{PORT}}}}}}}]}]}}]}}';
    expect(parsed(text).diagnostics).toEqual([]);
    const [member] = templated(text)?.members ?? [];
    expect([member?.pool, member?.address, member?.port]).toEqual(['c', undefined, undefined]);
  });
});
