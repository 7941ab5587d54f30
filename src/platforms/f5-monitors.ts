import type { MonitorType } from '../model/balancing.ts';
import { table } from '../syntax/table.ts';

/** How often a BIG-IP probes and how long it waits for a success, in milliseconds. */
export interface MonitorTiming {
  readonly interval: number;
  readonly timeout: number;
}

/** Interval 5 s and timeout 16 s (tmsh reference: ltm monitor http, https, tcp, tcp-half-open, udp, icmp, gateway-icmp, dns, external …). */
const USUAL: MonitorTiming = { interval: 5000, timeout: 16_000 };

/** Types of monitors whose documented defaults are the usual ones. */
const USUAL_TYPES: ReadonlySet<string> = new Set([
  'http',
  'http2',
  'https',
  'tcp',
  'tcp-half-open',
  'udp',
  'icmp',
  'gateway-icmp',
  'dns',
  'external',
  'smtp',
  'sip',
]);

const TYPES: Readonly<Record<string, MonitorType>> = table({
  icmp: 'icmp',
  'gateway-icmp': 'icmp',
  tcp: 'tcp',
  'tcp-echo': 'tcp',
  'tcp-half-open': 'tcp',
  http: 'http',
  http2: 'http',
  https: 'https',
  udp: 'udp',
  dns: 'dns',
  mssql: 'sql',
  mysql: 'sql',
  oracle: 'sql',
  postgresql: 'sql',
  external: 'script',
  scripted: 'script',
});

/** Types of the monitors that every BIG-IP ships with, by name; names with an underscore are older spellings of tmsh's. */
const SHIPPED: Readonly<Record<string, string>> = table({
  diameter: 'diameter',
  dns: 'dns',
  external: 'external',
  firepass: 'firepass',
  ftp: 'ftp',
  gateway_icmp: 'gateway-icmp',
  http: 'http',
  http2: 'http2',
  http2_head_f5: 'http2',
  http_head_f5: 'http',
  https: 'https',
  https_443: 'https',
  https_head_f5: 'https',
  icmp: 'icmp',
  imap: 'imap',
  inband: 'inband',
  ldap: 'ldap',
  module_score: 'module-score',
  mqtt: 'mqtt',
  mssql: 'mssql',
  mysql: 'mysql',
  nntp: 'nntp',
  oracle: 'oracle',
  pop3: 'pop3',
  postgresql: 'postgresql',
  radius: 'radius',
  radius_accounting: 'radius-accounting',
  real_server: 'real-server',
  rpc: 'rpc',
  sasp: 'sasp',
  scripted: 'scripted',
  sip: 'sip',
  smb: 'smb',
  smtp: 'smtp',
  snmp_dca: 'snmp-dca',
  snmp_dca_base: 'snmp-dca-base',
  soap: 'soap',
  tcp: 'tcp',
  tcp_echo: 'tcp-echo',
  tcp_half_open: 'tcp-half-open',
  udp: 'udp',
  virtual_location: 'virtual-location',
  wap: 'wap',
  wmi: 'wmi',
});

/** The type of a monitor that ships with the system, by its name in /Common; undefined where none has that name. */
export function shippedType(name: string): string | undefined {
  return Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : undefined;
}

/** What a type of monitor is in the model. */
export function monitorType(type: string): MonitorType {
  return (Object.hasOwn(TYPES, type) ? TYPES[type] : undefined) ?? 'other';
}

/** Documented timing of a type where nobody set it; undefined where F5's pages were not checked. */
export function defaultTiming(type: string): MonitorTiming | undefined {
  return USUAL_TYPES.has(type) ? USUAL : undefined;
}

/** Whether monitors of a type can compare what they receive. */
export function canExpect(type: string): boolean {
  return /^(?:http|http2|https|tcp|udp)$/.test(type);
}

/** Monitors that only watch live traffic. */
export function isPassive(type: string): boolean {
  return type === 'inband';
}
