import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const HEADER = /^!.{0,80}\(ACOS\) version/m;
const LINES =
  /^(?:slb (?:server|service-group|virtual-server|template|common)|vrrp-a (?:common|vrid|vrid-lead|interface|peer-group|session-sync|set-id|device-id|enable|fail-over-policy-template)|health monitor|vcs (?:enable|device|floating-ip))\b/gm;

/** Takes a file for A10's by its ACOS header, else by lines that no other vendor writes. */
export function recognise(source: SourceText): Recognition | undefined {
  if (HEADER.test(source.text)) return { score: 1, why: 'has an ACOS header' };
  const seen = source.text.match(LINES) ?? [];
  return seen.length === 0 ? undefined : { score: Math.min(0.95, 0.75 + 0.05 * seen.length), why: `has \`${seen[0] ?? ''}\`` };
}
