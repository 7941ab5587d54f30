import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { estate } from '../../bench/estate.ts';
import { analyse } from '../../src/lint.ts';
import type { Network } from '../../src/network/network.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { applyFault } from '../../src/simulation/damage.ts';
import { electTwice, judgeTwice } from '../../src/simulation/doubt.ts';
import { doubleFaults, type Fault, singleFaults } from '../../src/simulation/fault.ts';
import { mlagPairs, portsTakenDown } from '../../src/simulation/mlag.ts';
import { type FaultResult, simulate } from '../../src/simulation/simulate.ts';
import { buildWorld, type World } from '../../src/simulation/world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All elections and all services under every fault, with nothing taken over from another fault. */
function simulateAll(network: Network, faults: readonly Fault[]) {
  const world = buildWorld(network);
  const none = damageOf(world, { name: 'none', parts: [{ kind: 'none' }] });
  const healthy = electTwice(network.groups, none, undefined).outcomes;
  return faults.map((fault) => {
    const before = fault.name === 'none' ? undefined : healthy;
    const damage = damageOf(world, fault);
    const elected = electTwice(network.groups, damage, before);
    return { fault: fault.name, services: network.services.map((s) => judgeTwice(s, damage, elected, before)) };
  });
}

function damageOf(world: World, fault: Fault) {
  const first = applyFault(world, fault);
  return applyFault(world, fault, new Set(mlagPairs(world.network).flatMap((pair) => portsTakenDown(pair, world, first))));
}

function networksUnder(folder: string): readonly Network[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  const texts = files.map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));
  return analyse(texts, { platforms: PLATFORMS }).networks;
}

/** Every pair of faults where they are few. */
function faultsOf(network: Network): readonly Fault[] {
  const single = singleFaults(network);
  return single.length > 12 ? single : [...single, ...doubleFaults(single)];
}

const asTold = ({ fault, services }: FaultResult) => ({ fault: fault.name, services });

const folders = ['fixtures/incidents', 'fixtures/platforms', 'test/lab/scenarios']
  .map((name) => join(root, name))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => statSync(path).isDirectory());

test.each(folders.map((folder) => [relative(root, folder), folder]))('%s: what a fault does not touch stays as it was', (_, folder) => {
  for (const network of networksUnder(folder)) {
    const faults = faultsOf(network);
    expect(simulate(network, faults).map(asTold)).toEqual(simulateAll(network, faults));
  }
});

test('a fault in one pod leaves the services of the others alone', () => {
  const [network] = analyse(estate(30), { platforms: PLATFORMS }).networks;
  const results = simulate(network as Network);
  expect(results.map(asTold)).toEqual(simulateAll(network as Network, singleFaults(network as Network)));
  for (const { fault, touched } of results.slice(1)) {
    const pod = /pod\d+-/.exec(fault.name)?.[0] as string;
    for (const { service } of touched) expect(service.name).toContain(pod);
  }
  expect(results.find((r) => r.fault.name === 'node pod1-sw1')?.touched.length).toBeGreaterThan(0);
});

test('what an MLAG domain takes down in answer to a fault counts as touched', () => {
  const [network] = analyse(estate(10), { platforms: PLATFORMS }).networks as [Network];
  const faults = doubleFaults(singleFaults(network));
  const results = simulate(network, faults);
  expect(results.map(asTold)).toEqual(simulateAll(network, faults));
  const peerLink = results.find((r) => (r.fault.name.match(/Ethernet1\/4[78]--/g) ?? []).length === 2);
  expect(peerLink?.touched.length).toBe(network.services.length);
});
