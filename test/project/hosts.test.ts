import { analyse } from '../../src/lint.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import type { DeviceOverrides } from '../../src/project/hosts.ts';

const VRRP =
  'vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n';
const WITH_ID = (id: string) => `global_defs {\n    router_id ${id}\n}\n${VRRP}`;
const HAPROXY =
  'global\n    maxconn 100\nfrontend web\n    bind 10.0.0.100:80\n    default_backend app\nbackend app\n    server a 10.0.0.11:80 check\n';
const IOS = (name: string) => `version 15.2\nhostname ${name}\n!\ninterface GigabitEthernet1/0/1\n switchport mode access\n!\nend\n`;

/** Device names, and the files of each. */
function namesOf(files: Readonly<Record<string, string>>, devices?: DeviceOverrides): Record<string, string> {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { networks } = analyse(texts, { platforms: PLATFORMS, top: 'here', ...(devices ? { devices } : {}) });
  return Object.fromEntries(networks.flatMap((network) => network.devices.map((d) => [d.name, d.files.join(' ')])));
}

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['a stated host name', { 'a.cfg': IOS('core1') }, { core1: 'a.cfg' }],
  ['a stated host name keeps its dots', { 'a.cfg': IOS('DC1.LEAF5A') }, { 'DC1.LEAF5A': 'a.cfg' }],
  [
    'that of a BIG-IP is cut at its first dot',
    { 'x/bigip_base.conf': 'sys global-settings {\n    hostname lb1.example.net\n}\nnet vlan /Common/a {\n    tag 10\n}\n' },
    { lb1: 'x/bigip_base.conf' },
  ],
  [
    'the folder of one host',
    { 'lb1/haproxy.cfg': HAPROXY, 'lb2/haproxy.cfg': HAPROXY },
    { lb1: 'lb1/haproxy.cfg', lb2: 'lb2/haproxy.cfg' },
  ],
  [
    'daemons of one folder are one host',
    { 'lb1/haproxy.cfg': HAPROXY, 'lb1/keepalived.conf': VRRP },
    { lb1: 'lb1/haproxy.cfg lb1/keepalived.conf' },
  ],
  [
    'customary folders name nobody',
    { 'lb1/etc/haproxy/haproxy.cfg': HAPROXY, 'lb1/etc/keepalived/keepalived.conf': VRRP },
    { lb1: 'lb1/etc/haproxy/haproxy.cfg lb1/etc/keepalived/keepalived.conf' },
  ],
  [
    'two main files of one platform are two hosts, by their stems',
    { 'net/keepalived-master.conf': VRRP, 'net/keepalived-backup.conf': VRRP },
    { 'keepalived-backup': 'net/keepalived-backup.conf', 'keepalived-master': 'net/keepalived-master.conf' },
  ],
  ['the working directory is the host', { 'keepalived.conf': VRRP }, { here: 'keepalived.conf' }],
  [
    'keepalived’s router_id',
    { 'x/keepalived.conf': WITH_ID('lb1'), 'y/keepalived.conf': WITH_ID('lb2') },
    { lb1: 'x/keepalived.conf', lb2: 'y/keepalived.conf' },
  ],
  [
    'a router_id that was copied gives way',
    { 'x/keepalived.conf': WITH_ID('LVS_DEVEL'), 'y/keepalived.conf': WITH_ID('LVS_DEVEL') },
    { x: 'x/keepalived.conf', y: 'y/keepalived.conf' },
  ],
  [
    'switches side by side in a folder',
    { 'configs/a.cfg': IOS('core1'), 'configs/b.cfg': IOS('core2') },
    { core1: 'configs/a.cfg', core2: 'configs/b.cfg' },
  ],
  [
    'files in a customary folder at the top, by stem',
    { 'haproxy/lb1.cfg': HAPROXY, 'haproxy/lb2.cfg': HAPROXY },
    { lb1: 'haproxy/lb1.cfg', lb2: 'haproxy/lb2.cfg' },
  ],
])('devices are named after %s', (_, files, expected) => {
  expect(namesOf(files)).toEqual(expected);
});

test('two configs that state one host name stay two devices', () => {
  const names = namesOf({ 'a/x.cfg': IOS('core1'), 'b/x.cfg': IOS('core1') });
  expect(Object.values(names).sort()).toEqual(['a/x.cfg', 'b/x.cfg']);
  expect(Object.keys(names)).toContain('core1');
});

test('the project file overrides names, and the platform', () => {
  const files = { 'old/keepalived.conf': WITH_ID('wrong'), 'old/odd.txt': 'backend app\n    server a 10.0.0.11:80\n' };
  expect(namesOf(files, { primary: { files: ['old/keepalived.conf'] } })).toMatchObject({ primary: 'old/keepalived.conf' });
  expect(namesOf(files, { odd: { files: ['old/odd.txt'], platform: 'haproxy' } })).toMatchObject({ odd: 'old/odd.txt' });
});
