import type { SourceText } from '../../syntax/source.ts';
import { OTHERS, type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SIGNS: readonly Sign[] = [
  [/^! device: .*EOS-|^!RANCID-CONTENT-TYPE: arista/m, 0.95, '`! device: … EOS`'],
  [/^[ \t]*mlag configuration/m, 0.9, '`mlag configuration`'],
  [/^service routing protocols model /m, 0.8, '`service routing protocols model`'],
  [
    /^daemon TerminAttr|^transceiver qsfp default-mode|^no aaa root|^aaa root |^queue-monitor length/m,
    0.8,
    '`transceiver qsfp default-mode`',
  ],
  [/^[ \t]*ip virtual-router (mac-)?address|^[ \t]*ip address virtual /m, 0.7, '`ip virtual-router address`'],
  [/^[ \t]*interface Port-Channel ?\d/m, 0.5, '`interface Port-Channel…`'],
  [/^[ \t]*interface (Ethernet|Et)[1-9]\d*(\/\d+)?[ \t]*\r?$/m, 0.25, '`interface Ethernet1`'],
  [/^[ \t]*interface Management\d/m, 0.4, '`interface Management1`'],
  [/^[ \t]*(switchport )?trunk group /m, 0.6, '`trunk group`'],
  [
    /^vrf instance |^management api http-commands|^ip routing vrf |^spanning-tree mode mstp|^no spanning-tree vlan-id/m,
    0.5,
    '`vrf instance`',
  ],
  [/^[ \t]*mlag \d+/m, 0.4, '`mlag …`'],
  [/^[ \t]*interface Vxlan1/m, 0.5, '`interface Vxlan1`'],
  [/^username .* secret sha512 /m, 0.3, '`secret sha512`'],
  [/^[ \t]*vrrp \d+ (priority-level|ipv4|tracked-object|advertisement interval)/m, 0.5, '`vrrp … priority-level`'],
  [/^(feature \w+|vpc domain \d+|vrf context )|^[ \t]*hsrp \d+[ \t]*\r?$|^boot nxos/m, -0.9, 'NX-OS'],
  [/^[ \t]*standby( \d+)? ip |^boot-start-marker|^line con 0|^no ip http server/m, -0.9, 'IOS'],
  [/^[ \t]*ip address \d+\.\d+\.\d+\.\d+ 255\./m, -0.6, 'addresses with masks'],
  ...OTHERS,
];

/** Whether a text is a running-config of EOS, or commands for it. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
