import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

const LIMIT = 65_536;
/** Words that only these systems put behind `set`; a wrapper's name may stand before it in scripts. */
const COMMAND =
  /^[ \t]*(?:\S{1,80}[#$] ?|\S{0,80}cmd-wrapper )?set (?:high-availability vrrp |interfaces (?:ethernet|bonding|bridge|dataplane|dummy|loopback|openvpn|pppoe|pseudo-ethernet|tunnel|vti|vxlan|wireguard|wireless) \S|(?:nat|nat66) (?:source|destination) rule |system (?:config-management|host-name '|console device)|service (?:ssh|ntp|dhcp-server|dns) )/m;
const TRAILER = /(?:vyatta|vyos)-config-version:|Release version: (?:VyOS|vyatta)/i;
const BLOCK =
  /^(?:interfaces|high-availability) \{[ \t\r]*\n(?:[ \t]+[^\s][^\n]*\n){0,3}?[ \t]+(?:ethernet|bonding|bridge|dummy|loopback|vrrp|wireguard|dataplane) ?[\w-]* ?\{/m;

/** Judges a text: `set` commands or a config.boot as VyOS and its relatives write them. */
export function recognise(source: SourceText): Recognition | undefined {
  const text = source.text.slice(0, LIMIT);
  if (TRAILER.test(source.text.slice(-4000)) || TRAILER.test(text)) return { score: 0.97, why: 'names the release in its trailer' };
  if (COMMAND.test(text)) return { score: 0.93, why: 'has VyOS set commands' };
  if (BLOCK.test(text)) return { score: 0.92, why: 'has an interfaces block by type' };
  return undefined;
}
