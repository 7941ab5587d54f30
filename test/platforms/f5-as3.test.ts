import { expect, test } from '@jest/globals';
import { f5As3 } from '../../src/platforms/f5-as3/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function load(text: string, path = 'app.json') {
  const source = maskTemplate(path, text);
  return { ...source, ...f5As3.parse(source) };
}

function read(application: object, path?: string) {
  return readText(
    JSON.stringify({ class: 'AS3', declaration: { class: 'ADC', T: { class: 'Tenant', A: { class: 'Application', ...application } } } }),
    path,
  );
}

function readText(text: string, path?: string) {
  return f5As3.read({ device: 'adc', sources: [load(text, path)] });
}

test('takes declarations of AS3 and no other JSON', () => {
  const score = (text: string) => f5As3.recognise({ path: 'x.json', text, template: false })?.score ?? 0;
  expect(score('{ "class": "ADC" }')).toBeGreaterThan(0.9);
  expect(score('{ "class": "Device", "schemaVersion": "1.0.0" }')).toBe(0);
});

test('a members entry makes a member of each of its servers', () => {
  const pool = {
    class: 'Pool',
    members: [
      { servicePort: 80, serverAddresses: ['10.0.0.1', '10.0.0.2'] },
      { servicePort: 81, enable: false, servers: [{ address: '10.0.0.3' }] },
    ],
  };
  expect(read({ web: pool }).pools[0]).toMatchObject({
    name: '/T/A/web',
    monitored: { value: false },
    members: [
      { address: { value: '10.0.0.1' }, port: { value: 80 }, enabled: { value: true } },
      { address: { value: '10.0.0.2' } },
      { address: { value: '10.0.0.3' }, port: { value: 81 }, enabled: { value: false } },
    ],
  });
});

test('finds monitors by name, by pointer and on the device', () => {
  const facts = read({
    web: { class: 'Pool', monitors: ['http', { use: 'mine' }, { bigip: '/Common/tcp' }, { use: 'gone' }], members: [] },
    mine: { class: 'Monitor', monitorType: 'https', interval: 10, receive: 'up' },
  });
  expect(facts.pools[0]?.monitors).toMatchObject([
    { name: '/Common/http', builtIn: true, interval: { value: 5000 } },
    { name: '/T/A/mine', type: { value: 'https' }, interval: { value: 10_000 }, timeout: { value: 16_000 }, expects: { value: true } },
    { name: '/Common/tcp', builtIn: true },
  ]);
  expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: 'gone', to: 'monitor' }]);
});

test('reads services with the ports that their class implies', () => {
  const facts = read({
    site: { class: 'Service_HTTPS', virtualAddresses: ['203.0.113.9', { use: 'vip' }], pool: 'web' },
    vip: { class: 'Service_Address', virtualAddress: '203.0.113.10', trafficGroup: '/Common/traffic-group-1' },
    other: { class: 'Service_TCP', virtualAddresses: ['203.0.113.11'], virtualPort: 25, iRules: ['choose'] },
    web: { class: 'Pool', members: [] },
  });
  expect(facts.virtualServers).toMatchObject([
    { address: { value: '203.0.113.9' }, port: { value: 443 }, protocol: { value: 'https' }, pools: [{ value: '/T/A/web' }] },
    { address: { value: '203.0.113.10' }, group: { value: '/Common/traffic-group-1' }, floating: { value: true } },
    { port: { value: 25 }, open: ['pools'] },
  ]);
  expect(facts.pools[0]).toMatchObject({ used: true, protocol: { value: 'http' } });
});

test('servers found at run time are no fixed list', () => {
  expect(read({ p: { class: 'Pool', members: [{ servicePort: 80, addressDiscovery: 'aws' }] } }).pools[0]?.discovered).toMatchObject({
    value: true,
  });
});

test('a template that is no JSON yet is read for what it says', () => {
  const text = `{ "class": "ADC", "\${tenant}": { "class": "Tenant", "A": { "class": "Application",
    "s": { "class": "Service_HTTP", "virtualPort": \${port}, "virtualAddresses": ["\${vip}"], "pool": "p" },
    "p": { "class": "Pool", "monitors": ["http"], "members": [{ "servicePort": 80, "serverAddresses": \${servers} }] } } } }`;
  const source = load(text, 'as3.tmpl');
  const facts = f5As3.read({ device: 'adc', sources: [source] });
  expect(source.diagnostics).toEqual([]);
  expect(facts.virtualServers[0]).toMatchObject({ name: '/…/A/s' });
  expect(facts.virtualServers[0]?.port).toBeUndefined();
  expect(facts.virtualServers[0]?.address).toBeUndefined();
  expect(facts.pools[0]?.open).toEqual(['members']);
});

test('half a declaration is no exception', () => {
  const text = JSON.stringify({ class: 'ADC', T: { class: 'Tenant', A: { class: 'Application', p: { class: 'Pool', members: [{}] } } } });
  for (let length = 0; length < text.length; length += 7) expect(() => readText(text.slice(0, length))).not.toThrow();
});
