import type { SourceText } from '../syntax/source.ts';
import type { Recognition } from './platform.ts';

/** Something seen in a text that speaks for a platform, or (negative) against it, and how much. */
export type Sign = readonly [RegExp, number, string];

const LIMIT = 65_536;

/**
 * Weighs signs: each that is found takes its share of the remaining doubt, one against the platform
 * takes its share of the belief. Below 0.3 the text is not the platform's.
 */
export function weigh(source: SourceText, signs: readonly Sign[]): Recognition | undefined {
  const text = source.text.slice(0, LIMIT);
  let doubt = 1;
  const seen: string[] = [];
  for (const [pattern, weight, why] of signs) {
    if (weight <= 0 || !pattern.test(text)) continue;
    doubt *= 1 - weight;
    seen.push(why);
  }
  // Most files are some other platform's: what speaks against it need not be looked for.
  if (seen.length === 0) return undefined;
  let against = 1;
  for (const [pattern, weight] of signs) if (weight < 0 && pattern.test(text)) against *= 1 + weight;
  const score = Math.round((1 - doubt) * against * 100) / 100;
  return score < 0.3 ? undefined : { score, why: `has ${seen.slice(0, 3).join(', ')}` };
}

/** Configs of the same shape from other vendors. */
export const OTHERS: readonly Sign[] = [
  [/^frr (version|defaults)/m, -1, 'FRR'],
  [/^(slb (server|virtual-server|service-group)|vrrp-a |!64-bit Advanced|!version \d{1,3}\.\d{1,3}.*, build)/m, -1, 'ACOS'],
  [/^!Version ArubaOS-CX|^vsx$|^interface \d+\/\d+\/\d+/m, -1, 'AOS-CX'],
  [/^! Version 10\.\d|^vlt-domain |^interface ethernet\d+\/\d+\/\d+|^interface-template /m, -1, 'OS10'],
  [/^hostname .*\n(?:.*\n){0,40}?zebra|^log syslog informational$/m, -0.5, 'FRR'],
  [/^<\?xml|^[ \t]*[{[][ \t\r]*$|^---$/m, -0.6, 'markup'],
  [/^!! IOS XR|^RP\/0|^interface (Bundle-Ether|MgmtEth)\d/m, -0.9, 'IOS XR'],
  [/^(ASA Version|PIX Version|nameif |access-group .* interface )/m, -0.9, 'ASA'],
];
