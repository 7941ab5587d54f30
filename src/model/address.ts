import { isIPv4, isIPv6 } from 'node:net';
import { containsCidr, normalizeCidr, parseCidr } from 'cidr-tools';

/** 4 or 6 for an IP address in its usual notation (`10.1` and `010.0.0.1` are none), else 0. */
export function ipVersion(address: string): 0 | 4 | 6 {
  // Node's expression for IPv6 takes longer to compile than a small config to lint.
  if (address.includes(':')) return isIPv6(address) ? 6 : 0;
  return isIPv4(address) ? 4 : 0;
}

/** Whether two texts are the same IP address, however IPv6 is abbreviated. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true;
  return ipVersion(a) === 6 && ipVersion(b) === 6 && normalizeCidr(a) === normalizeCidr(b);
}

/** An address in the one spelling by which it can be looked up; other texts stay as they are. */
export function canonicalAddress(address: string): string {
  return ipVersion(address) === 6 ? normalizeCidr(address) : address;
}

/** The subnet, as CIDR, of an address with a prefix length; undefined where either is none. */
export function subnetOf(address: string, prefix: number | undefined): string | undefined {
  const version = ipVersion(address);
  if (version === 0 || prefix === undefined || !Number.isInteger(prefix) || prefix < 0 || prefix > (version === 4 ? 32 : 128))
    return undefined;
  return normalizeCidr(`${address}/${prefix}`);
}

/** Whether `address` lies in the subnet `cidr`; false where either is not what it should be. */
export function inSubnet(address: string, cidr: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  const version = ipVersion(address);
  if (version === 0 || version !== ipVersion(network) || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (version === 4 ? 32 : 128))
    return false;
  return containsCidr(cidr, address);
}

/** The prefix length that stands behind an address's `/`; undefined where it is no such number. */
export function prefixOfLength(length: string): number | undefined {
  return /^\d{1,3}$/.test(length) ? Number(length) : undefined;
}

/** The prefix length of a dotted IPv4 mask (`255.255.255.0` is 24); undefined where it is none. */
export function prefixOfMask(mask: string): number | undefined {
  if (ipVersion(mask) !== 4) return undefined;
  const bits = Number(parseCidr(mask).start).toString(2).padStart(32, '0');
  const prefix = bits.indexOf('0') < 0 ? 32 : bits.indexOf('0');
  return bits.indexOf('1', prefix) < 0 ? prefix : undefined;
}

/** Orders two addresses of one version as numbers: negative where `a` is lower. VRRP and HSRP break ties so. */
export function compareAddresses(a: string, b: string): number {
  if (ipVersion(a) === 0 || ipVersion(a) !== ipVersion(b)) return a < b ? -1 : a > b ? 1 : 0;
  const left = parseCidr(a).start;
  const right = parseCidr(b).start;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether an address is the first host of its subnet of `prefix` bits (10.0.0.1 of 10.0.0.0/24). */
export function isFirstHost(address: string, prefix: number): boolean {
  const subnet = subnetOf(address, prefix);
  return subnet !== undefined && parseCidr(address).start === parseCidr(subnet).start + 1n;
}
