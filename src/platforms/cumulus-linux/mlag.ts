import { ipVersion, subnetOf } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import { present } from '../tree-facts.ts';
import { firstOf, lastOf, MLAG_PAGE, numberOf, type Port } from './ports.ts';

/** Lower `clagd-priority` wins, 0 to 65535; the model has it the other way round. */
const TURN = 65_535;
const DEFAULT_PRIORITY = 32_768;

/** What reading a peering needs to know of the device. */
export interface MlagScope {
  readonly device: string;
  readonly interfaces: readonly Interface[];
  /** The file shows a part only: what is missing may stand elsewhere. */
  readonly fragment: boolean;
}

/** The clagd options of the peer link's subinterface as one switch's side of an MLAG pair; undefined where it has none. */
export function readMlag(port: Port, scope: MlagScope): Peering | undefined {
  const first = port.settings.find((setting) => setting.key.startsWith('clagd-') && setting.key !== 'clagd-vxlan-anycast-ip');
  if (!first) return undefined;
  const entity = { device: scope.device, platform: 'cumulus-linux' as const };
  const mac = firstOf(port, 'clagd-sys-mac');
  const priority = numberOf(port, 'clagd-priority');
  const self = ownAddress(port.name, scope);
  const enable = firstOf(port, 'clagd-enable');
  const delay = initDelay(port);
  const peer = lastOf(port, 'clagd-peer-ip');
  return {
    ...entity,
    at: port.at,
    kind: 'mlag',
    name: `clag ${port.name}`,
    peers: peersOf(port, entity),
    heartbeats: backupOf(port, scope),
    peerLink: stated(port.name.replace(/\.\d+$/, ''), port.at),
    ...present({
      id: mac && { ...mac, value: mac.value.toLowerCase() },
      enabled: enable && { ...enable, value: enable.value !== 'no' },
      self,
      priority: priority
        ? { ...priority, value: TURN - priority.value }
        : lastOf(port, 'clagd-priority') || scope.fragment
          ? undefined
          : byDefault(TURN - DEFAULT_PRIORITY, MLAG_PAGE),
      dualActiveDetection: detectionOf(port, scope),
    }),
    ...(peer && !peer.maybe && !peer.open ? {} : { open: ['peers'] }),
    extra: present({ clagdPriority: priority, delayRestore: delay }),
  };
}

function peersOf(port: Port, entity: { device: string; platform: 'cumulus-linux' }): Peer[] {
  const peer = lastOf(port, 'clagd-peer-ip');
  if (!peer || peer.maybe) return [];
  const address = peer.values[0];
  return [{ ...entity, at: peer.at, ...(address && ipVersion(address.value) !== 0 ? { address } : {}) }];
}

/** `clagd-backup-ip ADDRESS [vrf VRF]`: the way around the peer link. */
function backupOf(port: Port, scope: MlagScope): Heartbeat[] {
  const backup = lastOf(port, 'clagd-backup-ip');
  if (!backup || backup.maybe) return [];
  const destination = backup.values[0];
  const vrf = backup.values[1]?.value === 'vrf' ? backup.values[2] : undefined;
  const own = destination && ownEnd(destination.value, scope);
  return [
    {
      at: backup.at,
      device: scope.device,
      platform: 'cumulus-linux',
      transport: stated('unicast', backup.at),
      ...present({ destination, vrf, interface: own?.interface, source: own?.address }),
      ...(own?.management || vrf?.value === 'mgmt' ? { management: true } : {}),
    },
  ];
}

function ownEnd(
  destination: string,
  { interfaces }: MlagScope,
): { interface: Fact<string>; address: Fact<string>; management: boolean } | undefined {
  for (const port of interfaces) {
    for (const own of port.addresses) {
      const subnet = subnetOf(own.address, own.prefix);
      if (subnet !== undefined && subnet === subnetOf(destination, own.prefix))
        return { interface: stated(port.name, own.at), address: stated(own.address, own.at), management: port.kind === 'management' };
    }
  }
  return undefined;
}

function ownAddress(name: string, { interfaces }: MlagScope): Fact<string> | undefined {
  const own = interfaces.find((port) => port.name === name)?.addresses[0];
  return own && stated(own.address, own.at);
}

/** Without a backup address nothing tells a dead peer from a dead peer link. */
function detectionOf(port: Port, { fragment }: MlagScope): Fact<boolean> | undefined {
  const backup = lastOf(port, 'clagd-backup-ip');
  if (backup) return backup.maybe ? undefined : stated(true, backup.at);
  return fragment || !lastOf(port, 'clagd-peer-ip') ? undefined : byDefault(false, MLAG_PAGE);
}

/** `clagd-args --initDelay SECONDS`, in milliseconds: how long MLAG bonds stay down after a start. */
function initDelay(port: Port): Fact<number> | undefined {
  const args = lastOf(port, 'clagd-args')?.values ?? [];
  const named = args[args.findIndex((arg) => arg.value === '--initDelay') + 1];
  const value = args.some((arg) => arg.value === '--initDelay') ? named : firstOf(port, 'clagd-init-delay');
  return value && /^\d{1,6}$/.test(value.value) ? { ...value, value: Number(value.value) * 1000 } : undefined;
}
