import { inSubnet, ipVersion } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Interface } from '../model/interface.ts';
import type { Member, Trigger } from '../model/redundancy.ts';
import { carrierOf } from '../network/exposure.ts';
import { vertexKey } from '../network/layer2.ts';
import type { Damage } from './damage.ts';

/** Whether a trigger sees a failure; undefined where the configs do not say what it watches. */
export function fires(trigger: Trigger, member: Member, damage: Damage): boolean | undefined {
  if (trigger.effect.value === 'none' || trigger.cannotFire !== undefined || trigger.defined === false) return false;
  const seen = failureSeen(trigger, member.device, damage);
  return seen === undefined || !trigger.reverse ? seen : !seen;
}

function failureSeen(trigger: Trigger, device: string, damage: Damage): boolean | undefined {
  if (trigger.watches === 'vlan') return trigger.interfaces.some((port) => isSilent(device, port, damage));
  const down = trigger.interfaces.map((port) => !damage.carrier(device, port));
  const carrierLost = down.length > 0 && (trigger.needsAll ? down.every(Boolean) : down.some(Boolean));
  const daemonDead = trigger.processes.some((daemon) => !damage.daemonAlive(device, daemon));
  if (carrierLost || daemonDead) return true;
  const answers = trigger.addresses.map((address) => answersProbe(address, device, damage));
  if (answers.includes(false)) return true;
  if (answers.includes(undefined)) return undefined;
  const judged = trigger.interfaces.length + trigger.processes.length + trigger.addresses.length > 0;
  if (judged) return false;
  // A script or file of unknown meaning: it is calm unless what died is a daemon that it may well be watching.
  return (trigger.watches === 'script' || trigger.watches === 'file' || trigger.watches === 'process') && damage.serverDied(device)
    ? undefined
    : false;
}

/** VLAN failsafe: no frame arrives, since no other living node is on the VLAN. */
function isSilent(device: string, port: string, damage: Damage): boolean {
  const vertex = damage.world.network.layer2.vertexOfInterface.get(vertexKey(device, port));
  if (!damage.carrier(device, port)) return true;
  if (vertex === undefined || (damage.world.edgesOf[vertex]?.length ?? 0) === 0) return false;
  const { vertices } = damage.world.network.layer2;
  return ![...damage.reachable(vertex)].some((v) => vertices[v]?.node !== device && (vertices[v]?.interfaces.length ?? 0) > 0);
}

/** Whether a probe of `address` from `device` is answered; undefined where nobody among the inputs owns it and its path is not known. */
export function answersProbe(address: string, device: string, damage: Damage): boolean | undefined {
  if (ipVersion(address) === 0) return undefined;
  const own = damage.world.devices.get(device);
  if (!own) return undefined;
  const port = carrierOf(own, address);
  if (port !== undefined && !damage.carrier(device, port)) return false;
  const owners = damage.world.ownersOf.get(address) ?? [];
  if (owners.length === 0) return virtualAnswers(address, device, port, damage);
  const answers = owners.map((owner) => {
    if (!damage.alive(owner.node)) return false;
    return port === undefined ? routeExists(device, damage) : damage.connected({ node: device, port }, owner);
  });
  return answers.includes(true) ? true : answers.every((answer) => answer === false) ? false : undefined;
}

/** A gateway's virtual address answers while some living member of its group is on the wire. */
function virtualAnswers(address: string, device: string, port: string | undefined, damage: Damage): boolean | undefined {
  const members = (damage.world.groupsOf.get(address) ?? []).flatMap((g) => g.members);
  if (members.length === 0) return port === undefined ? undefined : !damage.physical || aliveNeighbour(device, port, damage);
  const answers = members.map((m) => {
    if (!damage.alive(m.device)) return false;
    const at = m.interface?.value;
    return port === undefined || at === undefined ? undefined : damage.connected({ node: device, port }, { node: m.device, port: at });
  });
  return answers.includes(true) ? true : answers.every((a) => a === false) ? false : undefined;
}

/** The address is outside what the inputs show: while something else lives on the wire it is taken to answer. */
function aliveNeighbour(device: string, port: string, damage: Damage): boolean {
  return !isSilent(device, port, damage);
}

function routeExists(device: string, damage: Damage): boolean | undefined {
  const own = damage.world.devices.get(device);
  const ports = own && portsOfDefaultRoute(own);
  return ports?.some((port) => damage.carrier(device, port));
}

const defaultRoutes = new WeakMap<Device, { readonly ports: readonly string[] | undefined }>();

/** Interfaces by which the next hops of a device's default routes are reached; undefined where it has none. */
function portsOfDefaultRoute(device: Device): readonly string[] | undefined {
  const known = defaultRoutes.get(device) ?? { ports: findPortsOfDefaultRoute(device) };
  defaultRoutes.set(device, known);
  return known.ports;
}

function findPortsOfDefaultRoute({ routes, interfaces }: Device): readonly string[] | undefined {
  const hops = routes
    .filter((r) => r.prefix === '0.0.0.0/0' || r.prefix === '::/0')
    .flatMap((r) => (r.nextHop && ipVersion(r.nextHop.value) !== 0 ? [r.nextHop.value] : []));
  if (hops.length === 0) return undefined;
  const leadsTo = (port: Interface, hop: string): boolean => port.addresses.some((a) => inSubnet(hop, `${a.address}/${a.prefix ?? 32}`));
  return interfaces.filter((port) => hops.some((hop) => leadsTo(port, hop))).map((port) => port.name);
}
