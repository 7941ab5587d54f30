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

const YAML = `---
as3_declaration:
  class: AS3
  declaration:
    class: ADC
    schemaVersion: 3.45.0
    T:
      class: Tenant
      A:
        class: Application
        site: {class: Service_HTTP, virtualAddresses: [203.0.113.9], pool: web}
        web:
          class: Pool
          monitors: [http]
          members:
            - servicePort: 8080
              serverAddresses: [10.0.0.1, 10.0.0.2]
`;

test('a declaration in YAML stands where its lines are, also below other keys', () => {
  const pool = readText(YAML, 'group_vars/adc.yml').pools[0];
  expect(pool).toMatchObject({ name: '/T/A/web', used: true, members: [{ address: { value: '10.0.0.1' }, port: { value: 8080 } }, {}] });
  expect(pool?.at).toMatchObject({ line: 12, column: 9 });
  expect(pool?.members[1]?.at).toMatchObject({ line: 17, column: 43 });
});

test('every document of a file and every task counts', () => {
  const adc = (name: string) => `{class: ADC, ${name}: {class: Tenant, A: {class: Application, p: {class: Pool, members: []}}}}`;
  expect(readText(`${adc('One')}\n---\n${adc('Two')}\n`, 'as3.yml').pools.map((p) => p.name)).toEqual(['/One/A/p', '/Two/A/p']);
  const tasks = `- uri: {url: "https://lb/", body: ${adc('One')}}\n- uri: {url: "https://lb/", body: ${adc('Two')}}\n`;
  expect(readText(tasks, 'play.yml').pools.map((p) => p.name)).toEqual(['/One/A/p', '/Two/A/p']);
});

test.each([
  ['a declaration below a key', YAML, true],
  ['flow style', '{class: ADC, schemaVersion: 3.45.0}', true],
  ['an element of a list', '- class: "AS3"\n', true],
  ['Kubernetes', 'kind: IngressClass\nmetadata:\n  name: ADC\nspec:\n  class: nginx\n', false],
  ['a word that begins alike', 'class: ADC-old\n', false],
  ['another key', 'subclass: ADC\n', false],
  ['a description of the interface', `openapi: 3.0.0\nexamples:\n  value:\n    class: ADC\n`, false],
])('takes YAML with an object of the class and no other: %s', (_, text, taken) => {
  expect(f5As3.recognise({ path: 'x.yml', text, template: false }) !== undefined).toBe(taken);
});

test('what a template decides is unknown, not the default', () => {
  const facts = readText(
    `{"class": "ADC", "T": {"class": "Tenant", "A": {"class": "Application",
      "s": {"class": "Service_TCP", "enable": {{ on }}, "mirroring": "{{ m }}", "pool": "p"},
      "p": {"class": "Pool", "monitors": [{"use": "m"}], "members": [{"servicePort": 80, "enable": {{ on }}, "serverAddresses": ["10.0.0.1"]}]},
      "m": {"class": "Monitor", "monitorType": "http", "interval": {{ i }}, "timeout": {{ t }}}
    }}}`,
    'as3.json.j2',
  );
  expect(facts.virtualServers[0]).toMatchObject({ name: '/T/A/s' });
  expect(facts.virtualServers[0]?.enabled).toBeUndefined();
  expect(facts.virtualServers[0]?.mirrored).toBeUndefined();
  expect(facts.pools[0]?.members[0]?.enabled).toBeUndefined();
  expect(facts.monitors[0]?.interval).toBeUndefined();
  expect(facts.monitors[0]?.detection).toBeUndefined();
});

test('monitors and members in a condition leave their lists open', () => {
  const text = YAML.replace('          monitors: [http]\n', '{% if checked %}\n          monitors: [http]\n{% endif %}\n').replace(
    '            - servicePort',
    '{% for s in servers %}\n            - servicePort',
  );
  expect(readText(`${text}{% endfor %}\n`, 'as3.yml.j2').pools[0]?.open).toEqual(['members', 'monitors']);
});

test('a service mirrors nothing and is on unless it says otherwise', () => {
  const [first, second] = read({
    a: { class: 'Service_TCP', virtualPort: 25 },
    b: { class: 'Service_TCP', virtualPort: 26, mirroring: 'L4', adminState: 'disable' },
  }).virtualServers;
  expect(first).toMatchObject({ mirrored: { value: false, default: expect.any(String) }, enabled: { value: true } });
  expect(second).toMatchObject({ mirrored: { value: true }, enabled: { value: false } });
});
