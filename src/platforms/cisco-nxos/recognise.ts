import type { SourceText } from '../../syntax/source.ts';
import { OTHERS, type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SIGNS: readonly Sign[] = [
  [/^!Command: show (running|startup)-config/m, 0.8, '`!Command: show running-config`'],
  [/^version \d+\.\d+\(\d+[a-z]?\)/m, 0.6, '`version 9.3(8)`'],
  [/^!RANCID-CONTENT-TYPE: cisco-nx/m, 0.9, '`RANCID-CONTENT-TYPE: cisco-nx`'],
  [
    /^(no )?feature (vpc|hsrp|lacp|interface-vlan|vrrp|ospf|bgp|lldp|telnet|nxapi|scp-server|tacacs\+|pim|udld|bfd|nv overlay|fabric forwarding|private-vlan)/m,
    0.8,
    '`feature …`',
  ],
  [/^[ \t]*vpc domain \d+/m, 0.8, '`vpc domain`'],
  [/^[ \t]*vpc (peer-link|orphan-port)/m, 0.6, '`vpc peer-link`'],
  [/^[ \t]*hsrp \d+( ipv[46])?[ \t]*\r?$/m, 0.7, '`hsrp …` blocks'],
  [/^vrf context /m, 0.5, '`vrf context`'],
  [/^boot nxos |^cfs eth distribute|^vdc \S+ id |^copp profile|^cli alias name /m, 0.6, '`boot nxos`'],
  [/^[ \t]*interface (port-channel ?\d|mgmt ?0|Ethernet ?\d+\/\d+)/m, 0.25, '`interface Ethernet1/1`'],
  [/^[ \t]*spanning-tree port type (edge|network)/m, 0.5, '`spanning-tree port type`'],
  [/^[ \t]*(vrf member|inherit port-profile|fabric forwarding) /m, 0.5, '`vrf member`'],
  [/^[ \t]*vrrp \d+[ \t]*\r?\n[ \t]+(priority|address|no shutdown)/m, 0.4, '`vrrp …` blocks'],
  [/^mlag configuration|^!RANCID-CONTENT-TYPE: arista|^! device: .*EOS|^service routing protocols model|^vrf instance /m, -0.9, 'EOS'],
  [/^[ \t]*standby \d+ ip |^boot-start-marker|^line con 0|^no ip http server/m, -0.7, 'IOS'],
  ...OTHERS,
];

/** Whether a text is a running-config of NX-OS, or commands for it. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
