import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cumulusLinux } from '../../src/platforms/cumulus-linux/index.ts';
import { maskTemplate } from '../../src/syntax/template.ts';

function read(text: string, path = 'leaf01/interfaces') {
  const source = maskTemplate(path, text);
  return cumulusLinux.read({ device: 'leaf01', sources: [{ ...source, ...cumulusLinux.parse(source) }] });
}

const IFUPDOWN = `
auto eth0
iface eth0
    address 192.0.2.11/24
    vrf mgmt
auto peerlink
iface peerlink
    bond-slaves swp3 swp4
auto peerlink.4094
iface peerlink.4094
    address 169.254.1.1/30
    clagd-peer-ip 169.254.1.2
    clagd-backup-ip 192.0.2.12 vrf mgmt
    clagd-priority 1000
    clagd-sys-mac 44:38:39:FF:00:01
    clagd-args --initDelay 100
auto bond1
iface bond1
    bond-slaves swp1
    clag-id 1
    bridge-access 10
    mstpctl-portadminedge yes
auto bond2
iface bond2
    bond-slaves swp2
    clag-id 2
auto bridge
iface bridge
    bridge-ports peerlink bond1 bond2
    bridge-vlan-aware yes
    bridge-vids 10 20-22
auto vlan10
iface vlan10
    address 10.0.10.2/24
    address-virtual 00:00:5E:00:01:01 10.0.10.1/24 2001:db8::1/64
    vlan-id 10
    vlan-raw-device bridge
`;

const NCLU = `
cumulus@leaf01:~$ net add hostname leaf01
net add interface eth0 ip address 192.0.2.11/24
net add interface eth0 vrf mgmt
net add bond peerlink bond slaves swp3-4
net add interface peerlink.4094 ip address 169.254.1.1/30
net add interface peerlink.4094 clag peer-ip 169.254.1.2
net add interface peerlink.4094 clag backup-ip 192.0.2.12 vrf mgmt
net add interface peerlink.4094 clag priority 1000
net add interface peerlink.4094 clag sys-mac 44:38:39:FF:00:01
net add interface peerlink.4094 clag args --initDelay 100
net add bond bond1 bond slaves swp1
net add bond bond2 bond slaves swp2
net add bond bond1 clag id 1
net add bond bond2 clag id 2
net add bond bond1 bridge access 10
net add bond bond1 stp portadminedge
net add bridge bridge ports peerlink,bond1,bond2
net add bridge bridge vlan-aware
net add bridge bridge vids 10,20-22
net add vlan 10 ip address 10.0.10.2/24
net add vlan 10 ip address-virtual 00:00:5e:00:01:01 10.0.10.1/24
net commit
`;

const NVUE = `
nv set system hostname leaf01
nv set interface eth0 ip address 192.0.2.11/24
nv set interface eth0 ip vrf mgmt
nv set interface peerlink bond member swp3-4
nv set mlag peer-ip linklocal
nv set mlag backup 192.0.2.12 vrf mgmt
nv set mlag priority 1000
nv set mlag mac-address 44:38:39:FF:00:01
nv set mlag init-delay 100
nv set interface bond1 bond member swp1
nv set interface bond2 bond member swp2
nv set interface bond1 bond mlag id 1
nv set interface bond2 bond mlag id 2
nv set interface bond1 bridge domain br_default access 10
nv set interface bond2,peerlink bridge domain br_default
nv set bridge domain br_default vlan 10,20-22
nv set interface vlan10 ip address 10.0.10.2/24
nv set interface vlan10 ip vrr address 10.0.10.1/24
nv config apply
`;

const YAML = `
- header:
    model: vx
- set:
    bridge:
      domain:
        br_default:
          vlan:
            10,20-22: {}
    interface:
      bond1:
        bond:
          member:
            swp1: {}
          mlag:
            id: 1
        bridge:
          domain:
            br_default:
              access: 10
      bond2:
        bond:
          member:
            swp2: {}
          mlag:
            id: 2
        bridge:
          domain:
            br_default: {}
      eth0:
        ip:
          address:
            192.0.2.11/24: {}
          vrf: mgmt
      peerlink:
        bond:
          member:
            swp3-4: {}
        bridge:
          domain:
            br_default: {}
      vlan10:
        ip:
          address:
            10.0.10.2/24: {}
          vrr:
            address:
              10.0.10.1/24: {}
    mlag:
      backup:
        192.0.2.12:
          vrf: mgmt
      init-delay: 100
      mac-address: 44:38:39:FF:00:01
      peer-ip: linklocal
      priority: 1000
    system:
      hostname: leaf01
`;

describe.each([
  ['ifupdown2', IFUPDOWN, undefined],
  ['NCLU', NCLU, 'leaf01'],
  ['NVUE commands', NVUE, 'leaf01'],
  ['NVUE YAML', YAML, 'leaf01'],
])('%s', (_, text, hostname) => {
  const facts = read(text);
  const port = (name: string) => facts.interfaces.find((i) => i.name === name);

  test('is recognised', () => {
    expect(cumulusLinux.recognise({ path: 'x', text, template: false })?.score).toBeGreaterThan(0.8);
    expect(facts.hostname?.value).toBe(hostname);
  });

  test('the MLAG pair and its way around the peer link', () => {
    expect(facts.peerings).toMatchObject([
      {
        kind: 'mlag',
        id: { value: '44:38:39:ff:00:01' },
        peerLink: { value: 'peerlink' },
        dualActiveDetection: { value: true },
        heartbeats: [{ destination: { value: '192.0.2.12' }, vrf: { value: 'mgmt' }, source: { value: '192.0.2.11' }, management: true }],
        priority: { value: 64_535 },
        extra: { delayRestore: { value: 100_000 } },
      },
    ]);
    expect(facts.peerings[0]?.peers).toHaveLength(1);
  });

  test('bonds and the VLANs they carry', () => {
    expect(port('peerlink')).toMatchObject({ kind: 'lag', members: [{ value: 'swp3' }, { value: 'swp4' }], peerLink: { value: true } });
    expect(port('swp4')?.lag?.value).toBe('peerlink');
    expect(port('bond1')).toMatchObject({ mlagId: { value: '1' }, mode: { value: 'access' }, untaggedVlan: { value: 10 } });
    expect(port('bond2')?.allowedVlans?.value).toEqual([
      { from: 1, to: 1 },
      { from: 10, to: 10 },
      { from: 20, to: 22 },
    ]);
    expect(port('bond2')?.lagMode).toMatchObject({ value: 'lacp-active', default: expect.any(String) });
  });

  test('the gateway that both switches answer for', () => {
    expect(facts.members[0]).toMatchObject({
      protocol: 'anycast',
      interface: { value: 'vlan10' },
      virtualAddresses: [{ address: '10.0.10.1', prefix: 24 }],
      extra: { mac: { value: '00:00:5e:00:01:01' } },
    });
  });
});

test('without a backup address nothing tells a dead peer from a dead link; a file with parts left out says nothing of it', () => {
  const without = IFUPDOWN.replace(/.*clagd-backup-ip.*\n/, '');
  expect(read(without).peerings[0]?.dualActiveDetection?.value).toBe(false);
  expect(read(`${without}...\n`).peerings[0]?.dualActiveDetection).toBeUndefined();
  expect(read(IFUPDOWN.replace('192.0.2.12 vrf', '{{ backup }} vrf')).peerings[0]?.dualActiveDetection?.value).toBe(true);
});

test.each([
  ['a Debian host', 'auto eth0\niface eth0 inet static\n  address 192.0.2.1/24\n'],
  ['Proxmox', 'auto vmbr0\niface vmbr0 inet manual\n  bridge-ports eno1\n  bridge-vlan-aware yes\n'],
])('%s is not a Cumulus switch', (_, text) => {
  expect(cumulusLinux.recognise({ path: 'interfaces', text, template: false })).toBeUndefined();
});

test('`net add clag peer` sets up the peer link, its subinterface and the backup at once', () => {
  const facts = read('net add clag peer sys-mac 44:38:39:FF:01:01 interface swp49-50 primary backup-ip 192.0.2.12 vrf mgmt\n');
  expect(facts.peerings).toMatchObject([{ peers: [{}], dualActiveDetection: { value: true }, heartbeats: [{ vrf: { value: 'mgmt' } }] }]);
  expect(facts.interfaces.find((i) => i.name === 'swp50')?.lag?.value).toBe('peerlink');
});

const REAL = '/work/shared/real/cumulus/evry-report-mlag';
const real = existsSync(REAL) ? ['switch-1.interfaces', 'switch-2.partial.interfaces'] : [];
if (real.length === 0) console.log('the audited real configs are not on this machine, so none is read here');

test('audited real configs, where they are at hand, have their backup address', () => {
  for (const name of real) {
    const facts = read(readFileSync(`${REAL}/${name}`, 'utf8'), name);
    expect([name, facts.peerings[0]?.dualActiveDetection?.value, facts.fragment]).toEqual([name, true, true]);
  }
});
