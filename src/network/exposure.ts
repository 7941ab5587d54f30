import { inSubnet, ipVersion } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import { type Place, placeOf } from '../model/fact.ts';
import type { Interface } from '../model/interface.ts';
import type { Heartbeat, Peering } from '../model/peering.ts';
import type { Member, Trigger } from '../model/redundancy.ts';
import type { HeartbeatPath, Uplink } from './network.ts';
import { portIndex } from './port-index.ts';

/** Every interface over which the members of groups serve. Switch gateways are left out: their uplinks lead elsewhere. */
export function findUplinks(devices: readonly Device[]): Uplink[] {
  return devices.flatMap((device) => device.members.filter((m) => m.protocol !== 'anycast').flatMap((m) => uplinksOf(device, m)));
}

function uplinksOf(device: Device, member: Member): Uplink[] {
  const beats = heartbeatsOf(device, member);
  const uplinks: Uplink[] = [];
  const serving = new Map<string, Place>();
  for (const address of member.virtualAddresses) {
    const name = address.interface?.value ?? carrierOf(device, address.address) ?? member.interface?.value;
    if (name !== undefined && !serving.has(name)) serving.set(name, address.at);
  }
  for (const [name, at] of serving) {
    const ports = portsUnder(device, name);
    const watchedBy = member.triggers.filter(
      (t) => t.effect.value !== 'none' && t.cannotFire === undefined && watches(t, name, ports, device),
    );
    const everyCrosses = beats?.every(
      (beat) => beat.interface === name || portsUnder(device, beat.interface).some((p) => ports.includes(p)),
    );
    uplinks.push({
      device: device.name,
      platform: member.platform,
      at,
      member,
      interface: name,
      ports,
      ...watchedFact(watchedBy, member),
      watchedBy,
      ...(everyCrosses === undefined ? {} : { carriesEveryHeartbeat: everyCrosses }),
      heartbeats: beats ?? [],
    });
  }
  return uplinks;
}

/** Not watched is only known where all the triggers are. */
function watchedFact(watchedBy: readonly Trigger[], member: Member): Pick<Uplink, 'watched'> {
  if (watchedBy.length > 0) return { watched: true };
  return member.open?.includes('triggers') ? {} : { watched: false };
}

function watches(trigger: Trigger, name: string, ports: readonly string[], device: Device): boolean {
  if (trigger.interfaces.some((i) => i === name || ports.includes(i) || portsUnder(device, name).includes(i))) return true;
  // A probed address behind the interface tells its death as well.
  const subnets = portIndex(device)
    .allNamed(name)
    .flatMap((i) => i.addresses.map((a) => `${a.address}/${a.prefix ?? 32}`));
  return trigger.addresses.some((address) => ipVersion(address) !== 0 && subnets.some((subnet) => inSubnet(address, subnet)));
}

/** Interfaces on which the peers hear this member; undefined where the config does not tell all of them. */
function heartbeatsOf(device: Device, member: Member): HeartbeatPath[] | undefined {
  if (member.interface && PER_INTERFACE.has(member.protocol)) {
    const source = member.unicastSource && carrierOf(device, member.unicastSource.value);
    return [{ at: placeOf(member.unicastSource ?? member.interface, member.at), interface: source ?? member.interface.value }];
  }
  const peerings = device.peerings.filter((peering) => ELECTING.has(peering.kind));
  if (peerings.some((p) => p.open?.includes('heartbeats'))) return undefined;
  const paths: HeartbeatPath[] = [];
  for (const heartbeat of peerings.flatMap((p) => p.heartbeats)) {
    const port = heartbeat.management ? 'the management port' : heartbeatInterface(device, heartbeat);
    if (port === undefined) return undefined;
    paths.push({ at: heartbeat.at, interface: port });
  }
  return paths.length > 0 ? paths : undefined;
}

const PER_INTERFACE: ReadonlySet<Member['protocol']> = new Set(['vrrp', 'hsrp', 'glbp', 'carp', 'alteon-vrrp']);

/** Peerings whose heartbeats decide who is active. */
const ELECTING: ReadonlySet<Peering['kind']> = new Set(['f5-device-group', 'netscaler-ha', 'vrrp-a', 'chassis-cluster']);

function heartbeatInterface(device: Device, heartbeat: Heartbeat): string | undefined {
  return heartbeat.interface?.value ?? (heartbeat.source && carrierOf(device, heartbeat.source.value));
}

/** Name of the interface in whose subnet an address lies. */
export function carrierOf(device: Device, address: string): string | undefined {
  return portIndex(device).carrierOf(address)?.name;
}

/** The ports whose carrier an interface lives on: itself, the members of a VLAN, the parent of a subinterface; LAGs stay LAGs. */
export function portsUnder(device: Device, name: string): readonly string[] {
  const ports = under.get(device) ?? new Map<string, readonly string[]>();
  under.set(device, ports);
  const found = ports.get(name) ?? findPortsUnder(device, name, 0);
  ports.set(name, found);
  return found;
}

/** Found before, by device and name. */
const under = new WeakMap<Device, Map<string, readonly string[]>>();

function findPortsUnder(device: Device, name: string, depth: number): string[] {
  const own = portIndex(device).named(name);
  if (!own || depth > 4) return [name];
  if (own.parent) return [own.parent.value, ...findPortsUnder(device, own.parent.value, depth + 1)];
  if ((own.kind === 'vlan' || own.kind === 'bridge') && own.members.length > 0)
    return own.members.flatMap((m) => findPortsUnder(device, m.value, depth + 1));
  if (own.kind === 'vlan' && own.vlan) return switchPorts(device, own.vlan.value);
  return [name];
}

function switchPorts(device: Device, vlan: number): string[] {
  const carries = (i: Interface): boolean =>
    i.untaggedVlan?.value === vlan ||
    (i.mode?.value === 'trunk' && (i.allowedVlans?.value.some((r) => r.from <= vlan && vlan <= r.to) ?? false));
  return device.interfaces.filter((i) => i.lag === undefined && carries(i)).map((i) => i.name);
}
