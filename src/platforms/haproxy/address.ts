import { isKnown } from './proxy.ts';

/** One address of a `bind` or `server` line. */
export interface Address {
  /** Host name or address; `*` is every one; absent: unknown. */
  readonly host?: string;
  /** Absent: unknown, a range, or none written. */
  readonly port?: number;
  /** Not a network address: a Unix socket, an inherited file descriptor. */
  readonly local: boolean;
}

/** Reads `10.0.0.1:80`, `*:443`, `:80`, `[::]:80`, `ipv4@host:80`, `/run/x.sock` (section 11 of the manual). */
export function readAddress(word: string): Address {
  if (/^(?:unix|abns|abnsz|fd|sockpair|rhttp|rev)@|^\//.test(word)) return { local: true };
  const plain = word.replace(/^(?:(?:stream|dgram|quic[46]?|udp[46]?|tcp[46]?|ipv[46]|mptcp[46]?)\+?)+@/, '');
  // The last colon always leads to the port, in IPv6 too, but for one inside brackets.
  const colon = plain.endsWith(']') ? -1 : plain.lastIndexOf(':');
  const host = colon < 0 ? plain : plain.slice(0, colon);
  const tail = colon < 0 ? '' : plain.slice(colon + 1);
  const name = host.replace(/^\[|\]$/g, '');
  return {
    local: false,
    ...(name === '' || name === '*' || name === '0.0.0.0' ? { host: '*' } : isKnown(name) ? { host: name } : {}),
    ...(/^\d{1,5}$/.test(tail) ? { port: Number(tail) } : {}),
  };
}

/** Whether a host is written as an address, not as a name to look up. */
export function isNumeric(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(':') || host === '*';
}
