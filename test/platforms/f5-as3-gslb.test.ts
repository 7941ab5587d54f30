import { expect, test } from '@jest/globals';
import { f5As3 } from '../../src/platforms/f5-as3/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

type Objects = Record<string, unknown>;

const SERVERS = {
  fra: { class: 'GSLB_Data_Center' },
  adc: {
    class: 'GSLB_Server',
    dataCenter: { use: 'fra' },
    devices: [{ address: '192.0.2.1' }],
    virtualServers: [
      { address: '192.0.2.10', port: 443 },
      { name: 'api', address: '192.0.2.11', port: 443, enabled: false },
    ],
  },
};

function read(objects: Objects, shared: Objects = SERVERS) {
  const text = JSON.stringify({
    class: 'ADC',
    schemaVersion: '3.50.0',
    Common: { class: 'Tenant', Shared: { class: 'Application', template: 'shared', ...shared } },
    T: { class: 'Tenant', A: { class: 'Application', ...objects } },
  });
  const source = maskTemplate('gslb.json', text);
  return f5As3.read({ device: 'dns', sources: [{ ...source, ...f5As3.parse(source) }] });
}

const member = (virtualServer: string): Objects => ({ server: { use: '/Common/Shared/adc' }, virtualServer });
const pool = (...members: Objects[]): Objects => ({ class: 'GSLB_Pool', resourceRecordType: 'A', members });
const domain = (...pools: string[]): Objects => ({
  class: 'GSLB_Domain',
  domainName: 'www.example.net',
  resourceRecordType: 'A',
  pools: pools.map((use) => ({ use })),
});

test('members of a GSLB pool are virtual servers of its servers, by number or by name', () => {
  const facts = read({ www: domain('web'), web: pool(member('0'), member('api')) });
  expect(facts.virtualServers).toMatchObject([{ name: '/T/A/www', pools: [{ value: '/T/A/web' }] }]);
  expect(facts.pools).toMatchObject([
    {
      name: '/T/A/web',
      used: true,
      members: [
        { name: 'adc:0', address: { value: '192.0.2.10' }, port: { value: 443 }, enabled: { value: true } },
        { name: 'adc:api', address: { value: '192.0.2.11' }, enabled: { value: false } },
      ],
    },
  ]);
});

test('a BIG-IP is watched unless told otherwise, a host of another make is not', () => {
  const watched = (rest: Objects, monitors: Objects = {}) =>
    read({ www: domain('web'), web: { ...pool(member('0')), ...monitors } }, { ...SERVERS, adc: { ...SERVERS.adc, ...rest } }).pools[0];
  expect(watched({})?.members[0]?.monitored).toMatchObject({ value: true, default: expect.any(String) });
  expect(watched({ serverType: 'generic-host' })?.members[0]?.monitored).toMatchObject({ value: false });
  expect(watched({ serverType: 'generic-host' }, { monitors: [{ bigip: '/Common/https' }] })?.members[0]?.monitored).toMatchObject({
    value: true,
  });
  expect(watched({ serverType: 'generic-host', monitors: [{ use: 'gone' }] })?.members[0]?.monitored).toBeUndefined();
});

test('a domain with several pools falls back on the next', () => {
  const facts = read({ www: domain('near', 'far'), near: pool(member('0')), far: pool(member('api')), other: pool(member('0')) });
  expect(facts.pools.map((p) => p.fallback?.value)).toEqual(['/T/A/far', '/T/A/near', undefined]);
  // Which domain uses it is said elsewhere.
  expect(facts.pools[2]?.used).toBe(false);
});

test('what cannot be told of a member is unknown', () => {
  const [first] = read({ web: pool({ server: { bigip: '/Common/far' }, virtualServer: 'vs' }) }).pools;
  expect(first?.members).toMatchObject([{ open: ['monitors'] }]);
  expect(first?.members[0]?.monitored).toBeUndefined();
  const [cname] = read({ cdn: { class: 'GSLB_Pool', resourceRecordType: 'CNAME', members: [{ domainName: 'cdn.example.com' }] } }).pools;
  expect(cname).toMatchObject({ discovered: { value: true }, members: [{ name: 'cdn.example.com' }] });
});

test('a GSLB monitor probes every 30 s for 120 s unless it says otherwise', () => {
  const [usual, own] = read({
    a: { class: 'GSLB_Monitor', monitorType: 'http' },
    b: { class: 'GSLB_Monitor', monitorType: 'https', interval: 10, timeout: 31, receive: '200 OK', target: '*:8443' },
  }).monitors;
  expect(usual).toMatchObject({
    type: { value: 'http' },
    interval: { value: 30_000 },
    timeout: { value: 120_000 },
    expects: { value: false },
  });
  expect(own).toMatchObject({ interval: { value: 10_000 }, timeout: { value: 31_000 }, expects: { value: true }, port: { value: 8443 } });
  expect(own?.destination).toBeUndefined();
});

test('pools and monitors that are not there are missed', () => {
  const facts = read({ www: domain('gone'), web: { ...pool(member('0')), monitors: [{ use: 'none' }] } });
  expect(facts.references.filter((r) => !r.defined)).toMatchObject([
    { noun: 'GSLB_Pool', name: 'gone', to: 'pool' },
    { noun: 'GSLB_Monitor', name: 'none', to: 'monitor' },
  ]);
});
