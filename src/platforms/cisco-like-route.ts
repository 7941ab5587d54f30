import { ipVersion, prefixOfMask } from '../model/address.ts';
import { stated } from '../model/fact.ts';
import type { Route } from '../model/interface.ts';
import { canonicalInterface, looksLikeInterface } from '../syntax/interface-name.ts';
import { placeOfWord, type Statement } from '../syntax/statement.ts';
import { isUnknown } from '../syntax/template.ts';
import type { Reading } from './cisco-like-reading.ts';
import { wholePlace } from './entity.ts';

/**
 * Reads `ip route [vrf NAME] PREFIX [MASK] [INTERFACE] [NEXT-HOP] …` and its IPv6 twin. `vrf`: the
 * context that the statement stands in.
 */
export function readRoute(s: Statement, reading: Reading, vrf?: Route['vrf']): void {
  let at = 2;
  let within = vrf;
  if (s.words[at] === 'static') at++;
  if (s.words[at] === 'vrf' && s.words[at + 1] !== undefined) {
    within = stated(s.words[at + 1] as string, placeOfWord(s, at + 1));
    at += 2;
  }
  if (s.maybe || s.words.slice(at, at + 3).some(isUnknown)) {
    return;
  }
  const prefix = prefixAt(s, at);
  if (!prefix) return;
  const rest = s.words.slice(prefix.next, prefix.next + 3);
  let via: string | undefined;
  let hop = prefix.next;
  const first = rest[0];
  if (first !== undefined && ipVersion(first) === 0 && looksLikeInterface(first, reading.dialect)) {
    const split = /^[a-z-]+$/i.test(first) && /^\d/.test(rest[1] ?? '') && ipVersion(rest[1] ?? '') === 0;
    via = canonicalInterface(split ? `${first}${rest[1]}` : first, reading.dialect);
    hop += split ? 2 : 1;
  }
  const written = s.words[hop] ?? '';
  const nextHop = ipVersion(written.split('/')[0] ?? '') === 0 ? undefined : stated(written.split('/')[0] as string, placeOfWord(s, hop));
  if (nextHop === undefined && via === undefined) return;
  reading.facts.routes.push({
    at: wholePlace(s),
    device: reading.device,
    platform: reading.platform,
    prefix: prefix.cidr,
    ...(nextHop ? { nextHop } : {}),
    ...(via === undefined ? {} : { viaInterface: stated(via, placeOfWord(s, prefix.next)) }),
    ...(within ? { vrf: within } : {}),
  });
}

function prefixAt(s: Statement, at: number): { cidr: string; next: number } | undefined {
  const [address = '', length] = (s.words[at] ?? '').split('/');
  if (ipVersion(address) === 0) return undefined;
  if (length !== undefined) return /^\d{1,3}$/.test(length) ? { cidr: `${address}/${Number(length)}`, next: at + 1 } : undefined;
  const prefix = prefixOfMask(s.words[at + 1] ?? '');
  return prefix === undefined ? undefined : { cidr: `${address}/${prefix}`, next: at + 2 };
}
