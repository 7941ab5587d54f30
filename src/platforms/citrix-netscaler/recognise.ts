import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const HEADER = /^#NS\d+\.\d+ Build /m;
/** Commands that no other vendor's language has. */
const COMMANDS =
  /^(?:add (?:lb|cs|gslb|vpn) vserver|add serviceGroup|bind serviceGroup|bind (?:lb|cs) vserver|set ns (?:config|hostName|rpcNode)|add ns ip6? |enable ns (?:feature|mode)|(?:add|set|bind) HA node|add lb monitor|add (?:cs|rewrite|responder) (?:action|policy)) ?\S/gim;

/** Takes a file for NetScaler's by its `#NS…` header, else by commands that only NetScaler has. */
export function recognise(source: SourceText): Recognition | undefined {
  if (HEADER.test(source.text)) return { score: 1, why: 'has a #NS header' };
  const seen = source.text.match(COMMANDS) ?? [];
  if (seen.length === 0) return undefined;
  return { score: Math.min(0.95, 0.7 + 0.05 * seen.length), why: `has \`${(seen[0] ?? '').trim()}…\`` };
}
