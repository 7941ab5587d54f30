import type { Device, DeviceFacts } from '../model/device.ts';
import { startOfLine } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Source } from '../syntax/source.ts';
import { loosened } from './loosen.ts';
import { withMovedAddresses } from './moved-addresses.ts';
import type { Platform } from './platform.ts';

/** The files of one host, as the project room hands them over. */
interface HostFiles {
  readonly name: string;
  readonly sources: readonly { readonly source: Source; readonly platform: Platform }[];
}

/** Reads a host: each platform its own files; what they say is put together into one device. */
export function readDevice(host: HostFiles): Device {
  const platforms = [...new Set(host.sources.map((s) => s.platform))];
  const facts = platforms.map((platform) => {
    const sources = host.sources.filter((s) => s.platform === platform).map((s) => s.source);
    return loosened(platform.read({ device: host.name, sources }), sources, platform.data ?? false);
  });
  const file = host.sources[0]?.source.path ?? '';
  return {
    ...merged(facts),
    name: host.name,
    at: startOfLine(file, 1),
    platforms: platforms.map((p): PlatformId => p.id),
    files: [...new Set(host.sources.map((s) => s.source.path))],
  };
}

/** The role of the host as a whole: one that balances is a load balancer, whatever else it runs. */
const ROLES: readonly DeviceFacts['role'][] = ['load-balancer', 'switch', 'router', 'host'];

function merged(all: readonly DeviceFacts[]): DeviceFacts {
  const [first] = all;
  if (all.length === 1 && first) return first;
  const list = <K extends keyof DeviceFacts>(key: K): DeviceFacts[K] =>
    all.flatMap((f) => (f[key] ?? []) as unknown[]) as unknown as DeviceFacts[K];
  const one = <K extends keyof DeviceFacts>(key: K): Partial<Pick<DeviceFacts, K>> => {
    const value = all.find((f) => f[key] !== undefined)?.[key];
    return value === undefined ? {} : ({ [key]: value } as Pick<DeviceFacts, K>);
  };
  return {
    role: ROLES.find((role) => all.some((f) => f.role === role)) ?? 'host',
    interfaces: list('interfaces'),
    vlans: list('vlans'),
    routes: list('routes'),
    members: withMovedAddresses({ members: list('members'), virtualServers: list('virtualServers') }),
    peerings: list('peerings'),
    watches: list('watches'),
    virtualServers: list('virtualServers'),
    pools: list('pools'),
    monitors: list('monitors'),
    references: list('references'),
    remarks: list('remarks'),
    settings: list('settings'),
    ...one('hostname'),
    ...one('software'),
    ...one('timeSync'),
    ...one('open'),
    ...(all.some((f) => f.fragment === true) ? { fragment: true } : {}),
  };
}
