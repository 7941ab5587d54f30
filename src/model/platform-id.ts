/** The platforms halint reads or will read, by the names the world knows them by (docs/contract). */
export const PLATFORM_IDS = [
  'f5-bigip',
  'f5-as3',
  'f5-do',
  'citrix-netscaler',
  'haproxy',
  'keepalived',
  'nginx',
  'a10-acos',
  'radware-alteon',
  'envoy',
  'traefik',
  'cisco-ios',
  'cisco-nxos',
  'arista-eos',
  'juniper-junos',
  'cumulus-linux',
  'sonic',
  'frr',
  'vyos',
  'aruba-aoscx',
  'dell-os10',
  'linux-network',
] as const;

export type PlatformId = (typeof PLATFORM_IDS)[number];
