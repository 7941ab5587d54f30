import type { Device } from '../../src/model/device.ts';
import { stated } from '../../src/model/fact.ts';
import type { Member, Trigger } from '../../src/model/redundancy.ts';
import { buildNetwork } from '../../src/network/build.ts';
import { doubleFaults, singleFaults } from '../../src/simulation/fault.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { cables, device, here, vrrp } from '../network/devices.ts';

const fact = <T>(value: T) => stated(value, here('lb/config', 3));

function watching(name: string, port: string, effect: 'fault' | 'priority', penalty = 0): Trigger {
  const at = here(`${name}/config`, 9);
  const watched = {
    at,
    device: name,
    platform: 'keepalived' as const,
    watches: 'interface' as const,
    target: port,
    interfaces: [port],
    processes: [],
    addresses: [],
  };
  return { ...watched, effect: fact(effect), ...(penalty ? { penalty: fact(penalty) } : {}) };
}

/** A balancer with eth0 towards the clients and eth1 towards its peer. */
function balancer(name: string, n: number, priority: number, more: Partial<Member> = {}, runsOn = 'eth0'): Device {
  const member = vrrp(name, '51', ['10.0.0.100'], {
    interface: fact(runsOn),
    priority: fact(priority),
    preempt: fact(true),
    triggers: [watching(name, runsOn, 'fault')],
    ...more,
  });
  return device(
    name,
    { eth0: { cidr: `10.0.0.${n}/24` }, eth1: { cidr: `192.0.2.${n}/30` } },
    { role: 'load-balancer', platforms: ['keepalived'], members: [member] },
  );
}

const WIRES = ['lb1:eth0 sw1:p1', 'lb2:eth0 sw2:p1', 'sw1:p9 sw2:p9', 'client:eth1 sw2:p2', 'lb1:eth1 lb2:eth1'];
const wiring = cables(WIRES, { sw1: 'bridge', sw2: 'bridge', client: 'host' });

function verdicts(lb1: Device, lb2: Device): Record<string, string> {
  const results = simulate(buildNetwork([lb1, lb2], [wiring]));
  return Object.fromEntries(
    results.map(({ fault, services: [s] }) => [fault.name, `${s?.verdict} ${s?.active.join('+')}${s?.splitBrain ? ' split' : ''}`]),
  );
}

test('VRRP on the serving interface survives every single fault', () => {
  expect(verdicts(balancer('lb1', 1, 110), balancer('lb2', 2, 100))).toEqual({
    none: 'ok lb1',
    'node lb1': 'ok lb2',
    'node lb2': 'ok lb1',
    'node sw1': 'ok lb2',
    'node sw2': 'outage lb1',
    'link lb1:eth0--sw1:p1': 'ok lb2',
    'link lb2:eth0--sw2:p1': 'ok lb1',
    'link sw1:p9--sw2:p9': 'ok lb1+lb2 split',
    'link client:eth1--sw2:p2': 'outage lb1',
    'link lb1:eth1--lb2:eth1': 'ok lb1',
    'process lb1/keepalived': 'ok lb1+lb2 split',
    'process lb2/keepalived': 'ok lb1',
  });
});

test('heartbeats on a cable of their own hide the death of the uplink, and the chain of lines says so', () => {
  const results = simulate(buildNetwork([balancer('lb1', 1, 110, {}, 'eth1'), balancer('lb2', 2, 100, {}, 'eth1')], [wiring]));
  const service = results.find((r) => r.fault.name === 'node sw1')?.services[0];
  expect([service?.verdict, service?.active]).toEqual(['outage', ['lb1']]);
  expect(service?.because.map((r) => r.text)).toContain('client cannot reach lb1 eth0');
});

describe('tracking with a weight', () => {
  const tracked = (penalty: number, more: Partial<Member> = {}) =>
    verdicts(
      balancer('lb1', 1, 110, { triggers: [watching('lb1', 'eth0', 'priority', penalty)] }, 'eth1'),
      balancer('lb2', 2, 100, more, 'eth1'),
    )['node sw1'];
  test('moves the address when it takes the priority below the peer', () => expect(tracked(20)).toBe('ok lb2'));
  test('does not move it when the peer is only equalled', () => expect(tracked(10)).toBe('outage lb1'));
  test('does not move it when the peer may not preempt', () => expect(tracked(20, { preempt: fact(false) })).toBe('outage lb1'));
});

test('members that discard each other are both active', () => {
  const both = verdicts(balancer('lb1', 1, 110, { id: fact('51') }), balancer('lb2', 2, 100, { id: fact('52') }));
  expect(both.none).toBe('ok lb1+lb2 split');
});

test('a pair of faults is every two different single ones', () => {
  const network = buildNetwork([balancer('lb1', 1, 110), balancer('lb2', 2, 100)], [wiring]);
  const singles = singleFaults(network);
  expect(doubleFaults(singles)).toHaveLength(((singles.length - 1) * (singles.length - 2)) / 2);
});
