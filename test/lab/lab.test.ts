import { join } from 'node:path';
import { disagreements } from './compare.ts';
import { faultsOf } from './faults.ts';
import { type FaultOutcome, judge } from './judge.ts';
import { missing } from './means.ts';
import { hasRing } from './network.ts';
import { readScenario } from './scenario.ts';
import { servicesOf } from './services.ts';
import { restSeconds } from './timers.ts';

const scenario = (name: string) => readScenario(join(__dirname, 'scenarios', name));

const outcome = (verdict: 'ok' | 'outage', active: string[]): FaultOutcome => ({
  fault: 'node lb1',
  services: [{ address: '10.0.0.100', port: 80, verdict, active, splitBrain: active.length > 1, because: [] }],
});

test('faults are named as the contract names them, a client that only asks is not among them', () => {
  expect(faultsOf(scenario('vrrp-on-the-serving-interface')).map(({ name }) => name)).toEqual([
    'none',
    'node sw1',
    'node lb1',
    'node lb2',
    'node web1',
    'link lb1:eth0--sw1:p1',
    'link lb2:eth0--sw1:p2',
    'link client:eth0--sw1:p3',
    'link web1:eth0--sw1:p4',
    'process lb1/haproxy',
    'process lb1/keepalived',
    'process lb2/haproxy',
    'process lb2/keepalived',
  ]);
});

test('a service is a virtual address and a port that some balancer listens on, or an address alone', () => {
  expect(servicesOf(scenario('several-addresses'))).toEqual([
    { address: '10.0.0.100', port: 80 },
    { address: '10.0.0.101', port: 80 },
  ]);
  expect(servicesOf(scenario('ipv6-address'))).toEqual([{ address: 'fd00::100', port: 80 }]);
  expect(servicesOf(scenario('address-alone'))).toEqual([{ address: '10.0.0.100', port: null }]);
});

test('the wait after a fault covers the slowest timer of the scenario', () => {
  expect(restSeconds(scenario('state-master-both'), 'fault')).toBeGreaterThanOrEqual(4);
  expect(restSeconds(scenario('script-fault'), 'fault')).toBeGreaterThanOrEqual(4 + 2 * 2);
  expect(restSeconds(scenario('pool-checked-slowly'), 'fault')).toBeGreaterThanOrEqual(5 * 3);
});

test('spanning tree runs where switches form a ring, and only there', () => {
  expect(hasRing(scenario('ring-of-switches'))).toBe(true);
  expect(hasRing(scenario('two-switches-apart'))).toBe(false);
});

test('a difference in verdict, active members or knowledge is a disagreement', () => {
  const lab = [outcome('ok', ['lb2'])];
  expect(disagreements('s', lab, [outcome('ok', ['lb2'])])).toEqual([]);
  expect(disagreements('s', lab, [outcome('outage', ['lb2'])])).toHaveLength(1);
  expect(disagreements('s', lab, [outcome('ok', ['lb1'])])).toHaveLength(1);
  expect(disagreements('s', lab, [])).toMatchObject([{ fault: 'node lb1', service: '10.0.0.100:80', halint: 'says nothing of it' }]);
  expect(disagreements('s', [], lab)).toMatchObject([{ lab: 'says nothing of it' }]);
});

const lacking = missing();

if (lacking.length > 0) {
  test('the lab itself was left out', () => {
    process.stderr.write(`The lab with real daemons was left out: ${lacking.join('; ')}.\n`);
  });
} else {
  test('a keepalived that is killed leaves its address behind (one scenario; `npm run lab` runs them all)', async () => {
    const alone = scenario('address-alone');
    const fault = faultsOf(alone).find(({ name }) => name === 'process lb1/keepalived');
    if (fault === undefined) throw new Error('no such fault');
    const { services } = await judge(alone, fault, (work) => work());
    expect(services).toMatchObject([{ address: '10.0.0.100', verdict: 'ok', active: ['lb1', 'lb2'], splitBrain: true }]);
  }, 120_000);
}
