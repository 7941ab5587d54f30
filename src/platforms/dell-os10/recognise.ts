import type { SourceText } from '../../syntax/source.ts';
import { type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SIGNS: readonly Sign[] = [
  [/^! Version 10\.\d/m, 0.9, '`! Version 10.x`'],
  [/^[ \t]*vlt-domain \d/m, 0.95, '`vlt-domain`'],
  [/^[ \t]+vlt-port-channel \d/m, 0.95, '`vlt-port-channel`'],
  [/^interface breakout \d|^system-user linuxadmin|^[ \t]*interface range ethernet ?\d+\/\d+\/\d+/m, 0.8, '`interface breakout`'],
  [/^interface ethernet\d+\/\d+\/\d+/m, 0.7, '`interface ethernet1/1/1`'],
  [/^interface mgmt\d+\/\d+\/\d+/m, 0.7, '`interface mgmt1/1/1`'],
  [/^[ \t]+vrrp-group \d/m, 0.3, '`vrrp-group`'],
  [/^feature |^vpc domain|^mlag configuration/m, -0.9, 'NX-OS or EOS'],
  [/^.*[{;][ \t]*$/m, -0.9, 'braces'],
];

/** Judges a text. OS9 writes another language (`interface TenGigabitEthernet 0/1`, `vlt domain`) and is not meant. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
