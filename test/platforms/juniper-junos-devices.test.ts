import { describe, expect, test } from '@jest/globals';
import { juniperJunos } from '../../src/platforms/juniper-junos/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string) {
  const source = maskTemplate('r1.set', text);
  return juniperJunos.read({ device: 'r1', sources: [{ ...source, ...juniperJunos.parse(source) }] });
}

/** A cluster with one reth, whose ports on node 0 and node 1 weigh what is given. */
function cluster(weight: number, more = ''): string {
  return `set system host-name fw
set chassis cluster reth-count 1
set chassis cluster redundancy-group 1 node 0 priority 200
set chassis cluster redundancy-group 1 node 1 priority 100
set chassis cluster redundancy-group 1 interface-monitor ge-0/0/1 weight ${weight}
set chassis cluster redundancy-group 1 interface-monitor ge-7/0/1 weight ${weight}
set interfaces ge-0/0/1 gigether-options redundant-parent reth0
set interfaces ge-7/0/1 gigether-options redundant-parent reth0
set interfaces reth0 redundant-ether-options redundancy-group 1
set interfaces reth0 unit 0 family inet address 192.0.2.1/24
${more}`;
}

function cannotFire(text: string) {
  return read(text).members[0]?.triggers.map((t) => t.cannotFire !== undefined);
}

describe('weights in a chassis cluster', () => {
  test('of the two nodes do not add up: a failure is on one of them', () => {
    expect(cannotFire(cluster(128))).toEqual([true, true]);
    expect(cannotFire(cluster(255))).toEqual([false, false]);
  });

  test('of probed addresses count beside them', () => {
    const probe = 'set chassis cluster redundancy-group 1 ip-monitoring family inet 192.0.2.9 weight 100\n';
    const light = 'set chassis cluster redundancy-group 1 ip-monitoring global-weight 100\n';
    expect(cannotFire(cluster(128, probe))?.slice(0, 2)).toEqual([false, false]);
    expect(cannotFire(cluster(128, probe + light))?.slice(0, 2)).toEqual([true, true]);
  });
});

test('a reth beyond reth-count, and one in a redundancy group that is not there', () => {
  const { remarks, references } = read(
    cluster(
      255,
      'set interfaces reth1 redundant-ether-options redundancy-group 2\nset interfaces reth1 unit 0 family inet address 198.51.100.1/24\n',
    ),
  );
  expect(remarks).toMatchObject([{ subject: 'reth1', kind: 'ineffective', suggestion: 'set chassis cluster reth-count 2' }]);
  expect(references.filter((r) => !r.defined)).toMatchObject([{ name: '2', candidates: ['1'] }]);
});

describe('a virtual chassis', () => {
  const MEMBERS =
    'set system host-name sw\nset virtual-chassis member 0 role routing-engine\nset virtual-chassis member 1 role routing-engine\n';

  test('of two detects splits unless told not to, which is nothing to complain of', () => {
    expect(read(MEMBERS).peerings).toMatchObject([{ kind: 'stack', dualActiveDetection: { value: true } }]);
    expect(read(`${MEMBERS}set virtual-chassis no-split-detection\n`).peerings[0]?.dualActiveDetection).toBeUndefined();
  });

  test('of one has no peer', () => {
    expect(read('set system host-name sw\nset virtual-chassis member 0 mastership-priority 255\n').peerings).toEqual([]);
  });
});

test('bridge priorities and edge ports', () => {
  const { vlans, interfaces } = read(`set system host-name sw
set vlans web vlan-id 10
set vlans db vlan-id 20
set interfaces ge-0/0/1 unit 0 family ethernet-switching vlan members web
set protocols rstp bridge-priority 8k
set protocols rstp interface ge-0/0/1 edge
set protocols vstp vlan 20 bridge-priority 4k
`);
  expect(vlans.map((v) => [v.id, v.stpPriority?.value])).toEqual([
    [10, 8192],
    [20, 4096],
  ]);
  expect(interfaces.find((i) => i.name === 'ge-0/0/1')?.edgePort?.value).toBe(true);
});
