import { ipVersion } from '../model/address.ts';
import { table } from '../syntax/table.ts';

/** An address or host with a port, as F5 writes them: `/Common/10.0.0.1%1:80`, `2001:db8::1.443`, `web1:http`. */
export interface Endpoint {
  /** Without partition and route domain; `*` for `any`, `::` for `any6`. */
  readonly host: string;
  /** 0 is every port; absent: not said, or a service name that is not known here. */
  readonly port?: number;
}

/** Service names that tmsh prints in the place of port numbers (IANA's registry). */
const SERVICES: Readonly<Record<string, number>> = table({
  any: 0,
  '*': 0,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  tftp: 69,
  http: 80,
  kerberos: 88,
  pop3: 110,
  ntp: 123,
  imap: 143,
  snmp: 161,
  ldap: 389,
  https: 443,
  'microsoft-ds': 445,
  syslog: 514,
  submission: 587,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
  cap: 1026,
  'ms-sql-s': 1433,
  radius: 1812,
  mysql: 3306,
  'ms-wbt-server': 3389,
  'f5-iquery': 4353,
  sip: 5060,
  postgresql: 5432,
  'http-alt': 8080,
  webcache: 8080,
  'pcsync-https': 8443,
});

/** The number of a port as tmsh writes it, in digits or by name. */
export function portNumber(word: string): number | undefined {
  if (/^\d{1,5}$/.test(word)) return Number(word);
  return SERVICES[word.toLowerCase()];
}

/** The full path of an object: names without a partition are in /Common. */
export function fullPath(name: string): string {
  return name.startsWith('/') ? name : `/Common/${name}`;
}

/** The administrative partition of a full path: `/Common/web` is in `Common`. */
export function partitionOf(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

/** The last part of a path: `/Common/web` is `web`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** An address without its route domain (`10.0.0.1%2` is `10.0.0.1`). */
export function withoutRouteDomain(address: string): string {
  return address.replace(/%\d{1,5}(?=\/|$)/, '');
}

/** Splits a destination or a member's name; IPv6 addresses are followed by a dot and the port, others by a colon. */
export function endpoint(text: string): Endpoint {
  const base = baseName(text);
  const colon = base.lastIndexOf(':');
  const dot = base.lastIndexOf('.');
  const whole = host(base);
  if (ipVersion(whole) !== 0) return { host: whole };
  const sixth = host(base.slice(0, Math.max(dot, 0)));
  if (dot > 0 && (ipVersion(sixth) === 6 || sixth === '::')) return { host: sixth, ...port(base.slice(dot + 1)) };
  if (colon <= 0) return { host: whole };
  return { host: host(base.slice(0, colon)), ...port(base.slice(colon + 1)) };
}

function host(text: string): string {
  const plain = withoutRouteDomain(text);
  return plain === 'any' ? '*' : plain === 'any6' ? '::' : plain;
}

function port(text: string): { port?: number } {
  const number = portNumber(text);
  return number === undefined ? {} : { port: number };
}
