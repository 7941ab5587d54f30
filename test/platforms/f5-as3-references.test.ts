import { expect, test } from '@jest/globals';
import { f5As3 } from '../../src/platforms/f5-as3/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

type Objects = Record<string, unknown>;

const application = (objects: Objects): Objects => ({ class: 'Application', ...objects });
const tenant = (applications: Objects): Objects => ({ class: 'Tenant', ...applications });

function read(tenants: Objects, path = 'as3.json') {
  const source = maskTemplate(path, JSON.stringify({ class: 'ADC', schemaVersion: '3.50.0', ...tenants }));
  return f5As3.read({ device: 'adc', sources: [{ ...source, ...f5As3.parse(source) }] });
}

const POOL = { class: 'Pool', members: [{ servicePort: 80, serverAddresses: ['10.0.0.1', '10.0.0.2'] }] };
const service = (rest: Objects): Objects => ({ class: 'Service_HTTP', virtualAddresses: ['203.0.113.9'], ...rest });

test.each([
  ['beside it', 'web', '/T/A/web'],
  ['by its whole path', '/T/A/web', '/T/A/web'],
  ['in the tenant', '/@/Shared/both', '/T/Shared/both'],
  ['in every tenant', '/Common/Shared/all', '/Common/Shared/all'],
])('a pool is found %s', (_, pool, name) => {
  for (const said of [pool, { use: pool }]) {
    const facts = read({
      T: tenant({ A: application({ s: service({ pool: said }), web: POOL }), Shared: application({ both: POOL }) }),
      Common: tenant({ Shared: application({ all: POOL }) }),
    });
    expect(facts.virtualServers[0]?.pools).toMatchObject([{ value: name }]);
    expect(facts.references).toMatchObject([{ to: 'pool', defined: true }]);
  }
});

test('a pool beside another application is not found by its name alone', () => {
  const facts = read({ T: tenant({ A: application({ s: service({ pool: 'web' }) }), B: application({ web: POOL }) }) });
  expect(facts.references).toMatchObject([{ name: 'web', defined: false }]);
});

test('what stands in Common may be on the device already; another class is no pool', () => {
  const facts = read({ T: tenant({ A: application({ s: service({ pool: { use: '/Common/Shared/all' } }) }) }) });
  expect(facts.references).toEqual([]);
  expect(facts.virtualServers[0]?.open).toEqual(['pools']);
  const wrong = read({ T: tenant({ A: application({ s: service({ pool: 'm' }), m: { class: 'Monitor', monitorType: 'tcp' } }) }) });
  expect(wrong.references).toMatchObject([{ name: 'm', defined: false }]);
});

test('what a template includes is not missing', () => {
  const text =
    '{"class": "ADC", "T": {"class": "Tenant", "A": {"class": "Application", {% include "p" %} "s": {"class": "Service_HTTP", "pool": "p"}}}}';
  const source = maskTemplate('as3.json.j2', text);
  expect(f5As3.read({ device: 'adc', sources: [{ ...source, ...f5As3.parse(source) }] }).references).toEqual([]);
});

test('addresses are told by themselves, by an object, by a list, with the clients that may come, or on the device', () => {
  const addresses = (virtualAddresses: unknown) =>
    read({
      T: tenant({
        A: application({
          s: service({ virtualAddresses }),
          vip: { class: 'Service_Address', virtualAddress: '203.0.113.10/32', trafficGroup: 'traffic-group-local-only' },
          list: { class: 'Net_Address_List', addresses: ['203.0.113.11', '203.0.113.64/28'] },
        }),
      }),
    }).virtualServers;
  expect(addresses(['203.0.113.9%1', { use: 'vip' }])).toMatchObject([
    { address: { value: '203.0.113.9' } },
    { address: { value: '203.0.113.10' }, group: { value: '/Common/traffic-group-local-only' }, floating: { value: false } },
  ]);
  expect(addresses([[{ use: 'vip' }, '198.51.100.0/24']])).toMatchObject([{ address: { value: '203.0.113.10' } }]);
  expect(addresses([['203.0.113.9', '198.51.100.0/24']])).toMatchObject([{ address: { value: '203.0.113.9' } }]);
  expect(addresses({ use: 'list' }).map((v) => v.address?.value)).toEqual(['203.0.113.11', undefined]);
  expect(addresses([{ bigip: '/Common/203.0.113.12' }])).toMatchObject([{ address: { value: '203.0.113.12' } }]);
});

test('pools that a policy chooses are used, and missed where they are not there', () => {
  const forward = (pool: string) => ({ name: pool, actions: [{ type: 'forward', select: { pool: { use: pool } } }] });
  const facts = read({
    T: tenant({
      A: application({
        s: service({ pool: 'web', policyEndpoint: 'routes' }),
        routes: { class: 'Endpoint_Policy', rules: [forward('api'), forward('gone')] },
        web: POOL,
        api: POOL,
      }),
    }),
  });
  expect(facts.virtualServers[0]).toMatchObject({ pools: [{ value: '/T/A/web' }, { value: '/T/A/api' }] });
  expect(facts.pools.map((p) => p.used)).toEqual([true, true]);
  expect(facts.references.filter((r) => !r.defined)).toMatchObject([{ name: 'gone' }]);
});

test('a policy that is not seen here may choose any pool', () => {
  const open = (policyEndpoint: unknown) =>
    read({ T: tenant({ A: application({ s: service({ policyEndpoint }), known: { class: 'Endpoint_Policy', rules: [] } }) }) })
      .virtualServers[0]?.open;
  expect(open('known')).toBeUndefined();
  expect(open({ bigip: '/Common/routes' })).toEqual(['pools']);
  expect(open([{ use: 'known' }, { use: '/Common/Shared/routes' }])).toEqual(['pools']);
});

test('members may be described by an object of their own', () => {
  const member = { servicePort: 80, addressDiscovery: { use: 'hosts' } };
  const pool = (hosts: unknown) =>
    read({ T: tenant({ A: application({ p: { class: 'Pool', members: [member] }, ...(hosts ? { hosts } : {}) }) }) }).pools[0];
  const fixed = { class: 'Address_Discovery', addressDiscovery: 'static', serverAddresses: ['10.0.0.1', '10.0.0.2'] };
  expect(pool(fixed)?.members.map((m) => m.name)).toEqual(['10.0.0.1:80', '10.0.0.2:80']);
  expect(pool({ class: 'Address_Discovery', addressDiscovery: 'consul' })?.discovered).toMatchObject({ value: true });
  expect(pool(undefined)?.open).toEqual(['members']);
});

test('clients are kept by a cookie or by their address unless a service says how, and a table is shared where it is mirrored', () => {
  const persistence = (rest: Objects, mirror?: boolean) => {
    const persist = { class: 'Persist', persistenceMethod: 'source-address', ...(mirror === undefined ? {} : { mirror }) };
    return read({ T: tenant({ A: application({ s: service({ pool: 'web', ...rest }), web: POOL, persist }) }) }).pools[0];
  };
  expect(persistence({})).toMatchObject({ persistence: { value: 'cookie', default: expect.any(String) } });
  expect(persistence({ class: 'Service_TCP' })).toMatchObject({ persistence: { value: 'source-address' } });
  expect(persistence({ persistenceMethods: [] })?.persistence).toBeUndefined();
  expect(persistence({ persistenceMethods: ['cookie'] })?.persistenceShared).toBeUndefined();
  const own = { persistenceMethods: ['cookie'], fallbackPersistenceMethod: { use: 'persist' } };
  expect(persistence(own)?.persistenceShared).toMatchObject({ value: false, default: expect.any(String) });
  expect(persistence(own, true)?.persistenceShared).toMatchObject({ value: true });
});

test('what is switched off as a whole answers nobody and is judged no further', () => {
  const facts = read({ T: tenant({ A: { enable: false, ...application({ s: service({ pool: 'web' }), web: POOL }) } }) });
  expect(facts.virtualServers[0]?.enabled).toMatchObject({ value: false });
  expect(facts.pools[0]?.used).toBe(false);
});

test('what an include may bring is unknown, not the default', () => {
  const [server] = read({
    T: tenant({ A: application({ s: service({ include: '/T/A/usual' }), usual: { class: 'Constants' } }) }),
  }).virtualServers;
  expect(server).toMatchObject({ address: { value: '203.0.113.9' }, open: ['pools'] });
  for (const field of ['port', 'mirrored', 'enabled']) expect(server).not.toHaveProperty(field);
});

test('only the shipped redirect answers by itself', () => {
  const rules = (iRules: unknown) => read({ T: tenant({ A: application({ s: service({ iRules }) }) }) }).virtualServers[0];
  expect(rules([{ bigip: '/Common/_sys_https_redirect' }])).toMatchObject({ answersItself: { value: true } });
  expect(rules([{ bigip: '/Common/_sys_https_redirect' }, 'mine'])).toMatchObject({ open: ['pools'] });
});

test('applications may be declared without their tenant, whose others are on the device', () => {
  const load = (pool: string) => {
    const declaration = { id: 'shop', schemaVersion: '3.50.0', Web: application({ s: service({ pool }), web: POOL }) };
    const source = maskTemplate('web.json', JSON.stringify(declaration));
    expect(f5As3.recognise(source)?.score).toBeGreaterThan(0.8);
    return f5As3.read({ device: 'adc', sources: [{ ...source, ...f5As3.parse(source) }] });
  };
  expect(load('web').virtualServers).toMatchObject([{ name: '/…/Web/s', pools: [{ value: '/…/Web/web' }] }]);
  expect(load('gone').references).toMatchObject([{ name: 'gone', defined: false }]);
  expect(load('/@/Shared/all').references).toEqual([]);
});
