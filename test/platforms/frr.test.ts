import { expect, test } from '@jest/globals';
import { frr } from '../../src/platforms/frr/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string, path = 'rt1/frr.conf') {
  const source = maskTemplate(path, text);
  return frr.read({ device: 'rt1', sources: [{ ...source, ...frr.parse(source) }] });
}

const CONF = `frr version 9.1
hostname rt1
# a comment
vrrp default priority 90
ip route 0.0.0.0/0 198.51.100.1
ip route 192.0.2.0/24 eth3 vrf RED
interface eth1
 ip address 10.0.0.2/24
 vrrp 5
 vrrp 5 advertisement-interval 1500
 no vrrp 5 preempt
 vrrp 5 ip 10.0.0.1
 vrrp 5 ipv6 2001:db8::1
 vrrp 6 version 2
 vrrp 6 priority 200
 vrrp 6 shutdown
 vrrp 6 ip 10.0.0.9
exit
router bgp 65000
 neighbor 10.0.0.3 remote-as 65001
`;

test('virtual routers elect by family, with milliseconds, what `vrrp default` sets and what FRR leaves to its defaults', () => {
  const { members } = read(CONF);
  expect(members.map((m) => [m.id?.value, m.addressFamily, m.virtualAddresses.map((v) => v.address)])).toEqual([
    ['5', 'ipv4', ['10.0.0.1']],
    ['5', 'ipv6', ['2001:db8::1']],
    ['6', 'ipv4', ['10.0.0.9']],
  ]);
  expect(members[0]).toMatchObject({
    interface: { value: 'eth1' },
    priority: { value: 90, at: { line: 4 } },
    preempt: { value: false },
    advertInterval: { value: 1500 },
    version: { value: 3, default: expect.any(String) },
  });
  expect(members[2]).toMatchObject({
    priority: { value: 200 },
    enabled: { value: false },
    version: { value: 2 },
    advertInterval: { value: 1000, default: expect.any(String) },
  });
});

test('host name, version, interfaces and routes', () => {
  const facts = read(CONF);
  expect([facts.role, facts.hostname?.value, facts.software?.value]).toEqual(['router', 'rt1', '9.1']);
  expect(facts.interfaces).toMatchObject([{ name: 'eth1', addresses: [{ address: '10.0.0.2', prefix: 24 }], open: ['addresses'] }]);
  expect(facts.routes).toMatchObject([
    { prefix: '0.0.0.0/0', nextHop: { value: '198.51.100.1' } },
    { prefix: '192.0.2.0/24', viaInterface: { value: 'eth3' }, vrf: { value: 'RED' } },
  ]);
});

test('a file without indentation, and values that a template decides', () => {
  expect(read('interface eth1\nvrrp 5 priority 120\nvrrp 5 ip 10.0.0.1\nexit\n').members[0]?.priority?.value).toBe(120);
  const [member] = read('interface eth1\n vrrp 5 priority {{ prio }}\n vrrp 5 ip 10.0.0.1\n', 'frr.conf.j2').members;
  expect([member?.priority, member?.virtualAddresses.length]).toEqual([undefined, 1]);
});

test('every statement is recognised', () => {
  const source = maskTemplate('frr.conf', CONF);
  const parsed = frr.parse(source);
  frr.read({ device: 'rt1', sources: [{ ...source, ...parsed }] });
  expect(parsed.statements.flatMap((s) => [s, ...s.children]).filter((s) => s.use === undefined)).toEqual([]);
});

test.each([
  ['frr.conf', CONF, true],
  ['router.cfg', 'interface eth0\n vrrp 1 advertisement-interval 500\n vrrp 1 ip 192.0.2.1\n', true],
  ['sw.cfg', 'version 15.2\nhostname sw\ninterface Vlan10\n vrrp 1 ip 192.0.2.1\n vrrp 1 timers advertise 2\n', false],
])('%s', (path, text, known) => {
  expect((frr.recognise({ path, text, template: false })?.score ?? 0) > 0.8).toBe(known);
});
