import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const HEADER = /^script start "Alteon/m;
const MENUS = /^\/c(?:fg)?\/(?:slb\/(?:real|group|virt|sync)|l3\/(?:vrrp|if|gw|ha|hamode)|sys\/|l2\/|port )/gm;

/** Takes a file for Alteon's by its dump header, else by menu paths that no other vendor writes. */
export function recognise(source: SourceText): Recognition | undefined {
  if (HEADER.test(source.text)) return { score: 1, why: 'has an Alteon script header' };
  const seen = source.text.match(MENUS) ?? [];
  return seen.length === 0 ? undefined : { score: Math.min(0.95, 0.7 + 0.05 * seen.length), why: `has \`${(seen[0] ?? '').trim()}\`` };
}
