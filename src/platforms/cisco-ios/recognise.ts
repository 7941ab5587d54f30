import type { SourceText } from '../../syntax/source.ts';
import { OTHERS, type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SIGNS: readonly Sign[] = [
  [/^version 1[0-9]\.\d+\r?$/m, 0.7, '`version 15.2`'],
  [
    /^Building configuration\.\.\.|^Current configuration : \d+ bytes|^Using \d+ out of \d+ bytes/m,
    0.6,
    'the preamble of `show running-config`',
  ],
  [/^!RANCID-CONTENT-TYPE: cisco\r?$/m, 0.6, '`RANCID-CONTENT-TYPE: cisco`'],
  [
    /^(no )?service (timestamps|password-encryption|pad)|^boot-(start|end)-marker|^no ip http (secure-)?server/m,
    0.6,
    '`service timestamps`',
  ],
  [/^line (con 0|vty 0 \d+)/m, 0.4, '`line vty 0 4`'],
  [
    /^[ \t]*int(erface)? ?(range )?(GigabitEthernet|FastEthernet|TenGigabitEthernet|TwentyFiveGigE|FortyGigabitEthernet|HundredGigE|gi?|fa?|te)[ ]?\d+(\/\d+)*/im,
    0.6,
    '`interface GigabitEthernet…`',
  ],
  [/^[ \t]*standby( \d+)? (ip|priority|preempt|version|track|timers) ?/m, 0.7, '`standby … ip`'],
  [/^[ \t]*ip add(ress)? \d+\.\d+\.\d+\.\d+ 255\.\d+\.\d+\.\d+/m, 0.4, 'addresses with masks'],
  [/^[ \t]*(interface|int) (Vlan|Port-channel|Ethernet) ?\d/im, 0.2, '`interface Vlan…`'],
  [/^[ \t]*(vrrp|glbp) \d+ (ip|priority|preempt|address-family|timers)/m, 0.4, '`vrrp … ip`'],
  [/^track \d+ (interface|ip sla|ip route|list)|^ip sla \d+/m, 0.3, '`track …`'],
  [/^(stackwise-virtual|switch virtual domain)/m, 0.7, '`stackwise-virtual`'],
  [
    /^switch \d+ provision |^ip cef|^aaa new-model|^ip forward-protocol|^vtp mode|^spanning-tree mode (rapid-)?pvst/m,
    0.4,
    '`spanning-tree mode rapid-pvst`',
  ],
  [/^(feature \w+|vpc domain \d+|vrf context )|^[ \t]+hsrp \d+[ \t\r]*$/m, -0.8, 'NX-OS'],
  [/^mlag configuration|^!RANCID-CONTENT-TYPE: arista|^! device: .*EOS|^service routing protocols model|^transceiver qsfp/m, -0.9, 'EOS'],
  ...OTHERS,
];

/** Whether a text is a running-config of IOS or IOS-XE, or commands for it. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
