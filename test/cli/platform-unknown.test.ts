import { BLIND_PAIR, folderWith, runCli } from './run-cli.ts';

/** What systems that halint does not read write themselves at the beginning of a config. */
const FOREIGN = {
  FortiOS: '#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=0:user=admin\nconfig system global\nend\n',
  'Cisco ASA':
    ': Saved\n:\nASA Version 9.16(4)14 \n!\nhostname fw1\n!\ninterface GigabitEthernet0/0\n nameif outside\n security-level 0\n ip address 192.0.2.2 255.255.255.0 standby 192.0.2.3\n!\nrouter bgp 65000\nfailover\n',
  'Cisco IOS XR':
    '!! IOS XR Configuration 7.5.2\n!! Last configuration change at Mon Nov 23\nhostname pe1\ninterface GigabitEthernet0/0/0/0\n ipv4 address 192.0.2.2 255.255.255.0\n!\nrouter hsrp\n interface GigabitEthernet0/0/0/0\n!\nend\n',
  'PAN-OS': '<?xml version="1.0"?>\n<config version="10.1.0" urldb="paloaltonetworks" detail-version="10.1.0">\n</config>\n',
  'MikroTik RouterOS':
    '# nov/23/2026 10:00:00 by RouterOS 6.49.10\n# software id = AAAA-BBBB\n/interface vrrp\nadd interface=ether1 vrid=10\n',
  'Huawei VRP': '!Software Version V200R019C10SPC500\n#\nsysname core1\n#\nreturn\n',
  'HPE Comware': '#\n version 7.1.070, Release 6555P01\n#\n sysname core1\n#\nreturn\n',
  ExtremeXOS: '#\n# Module devmgr configuration.\n#\nconfigure snmp sysName "core1"\n',
  'Check Point Gaia': '#\n# Configuration of fw1\n# Language version: 14.1v1\nset hostname fw1\n',
  'Ruckus FastIron':
    '!\nver 08.0.30uT311\n!\nstack unit 1\nhostname sw1\nvlan 10 name web by port\n tagged ethe 1/1/1\n!\ninterface ve 10\n ip address 192.0.2.2 255.255.255.0\n',
  pfSense: '<?xml version="1.0"?>\n<pfsense>\n\t<version>22.9</version>\n</pfsense>\n',
  OPNsense: '<?xml version="1.0"?>\n<opnsense>\n  <theme>opnsense</theme>\n</opnsense>\n',
};

const toldOf = async (folder: string) =>
  JSON.parse((await runCli(['-f', 'json'], folder)).out).findings.filter((one: { rule: string }) => one.rule === 'config/platform-unknown');

test.each(Object.entries(FOREIGN))('a config of %s is told with its name', async (title, text) => {
  const told = await toldOf(folderWith({ ...BLIND_PAIR, 'fw1.conf': text }));
  expect(told).toMatchObject([{ severity: 'info', file: 'fw1.conf', line: 1, message: expect.stringContaining(`a config of ${title},`) }]);
});

test('text that only speaks of such systems is none', async () => {
  const folder = folderWith({
    ...BLIND_PAIR,
    'notes.txt': 'ASA Version 9.16 or later, FortiOS and RouterOS 7.\nhostname of the firewall: fw1\n',
    'readme.md': '# Module devmgr\n\n<pfsense> is not here\n',
    'app.xml': '<?xml version="1.0"?>\n<config version="1.0">\n<a/></config>\n',
  });
  expect(await toldOf(folder)).toEqual([]);
});
