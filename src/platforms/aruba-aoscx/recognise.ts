import type { SourceText } from '../../syntax/source.ts';
import { type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SIGNS: readonly Sign[] = [
  [/^!Version ArubaOS-CX|^!export-password/m, 0.97, '`!Version ArubaOS-CX`'],
  [/^vsx[^\S\n]*$/m, 0.9, '`vsx`'],
  [/^interface lag \d+ multi-chassis/m, 0.95, '`interface lag N multi-chassis`'],
  [/^[ \t]+active-gateway ip/m, 0.9, '`active-gateway ip`'],
  [/^[ \t]+vlan trunk (?:native|allowed) /m, 0.8, '`vlan trunk allowed`'],
  [/^interface \d+\/\d+\/\d+[^\S\n]*$/m, 0.6, '`interface 1/1/1`'],
  [/^interface lag ?\d+[^\S\n]*$/m, 0.3, '`interface lag`'],
  [/^.*[{;][ \t]*$/m, -0.9, 'braces'],
  [/^feature |^vpc domain|^mlag configuration|^vlt-domain/m, -0.9, 'NX-OS, EOS or OS10'],
];

/** Judges a text. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
