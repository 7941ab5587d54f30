import type { Place } from '../model/fact.ts';
import type { Member } from '../model/redundancy.ts';
import { portIndex } from '../network/port-index.ts';
import type { Damage } from './damage.ts';
import type { Reason } from './reason.ts';
import { fires } from './triggers.ts';
import type { World } from './world.ts';

/** How a member stands in its group's election under a fault, before it hears the others. */
export interface Standing {
  readonly member: Member;
  /** `gone`: its device or daemon is dead, or it is switched off. `fault`: alive, but it has given up. */
  readonly state: 'able' | 'fault' | 'gone';
  /** What it advertises; undefined where the config does not say. */
  readonly priority?: number;
  readonly reasons: readonly Reason[];
  /** A trigger of which it cannot be told whether it fires. */
  readonly doubt?: Reason;
}

/** Works out a member's standing: dead, in fault, or able with which priority. `doubtful`: what to take doubtful triggers for. */
export function standingOf(member: Member, damage: Damage, doubtful: boolean): Standing {
  const { device } = member;
  if (!damage.alive(device)) return { member, state: 'gone', reasons: [{ text: `${device} is dead` }] };
  const daemon = DAEMON[member.platform];
  if (daemon !== undefined && !damage.daemonAlive(device, daemon))
    return { member, state: 'gone', reasons: [{ text: `${daemon} on ${device} is dead` }] };
  const absent = daemon === undefined ? undefined : missingInterface(device, damage);
  if (absent)
    return {
      member,
      state: 'gone',
      reasons: [{ text: `${daemon} on ${device} ends at start: it has no interface '${absent.name}'`, at: absent.at }],
    };
  if (member.enabled?.value === false)
    return { member, state: 'gone', reasons: [{ text: `${device} ${member.name} is switched off`, at: member.at }] };
  const reasons: Reason[] = [];
  let priority = member.priority?.value;
  let state: Standing['state'] = 'able';
  let doubt: Reason | undefined;
  for (const trigger of member.triggers) {
    const seen = fires(trigger, member, damage);
    if (seen === undefined)
      doubt = { text: `the configs do not say whether ${trigger.watches} '${trigger.target}' of ${device} sees this`, at: trigger.at };
    const fired = seen ?? doubtful;
    const effect = trigger.effect.value;
    const penalty = trigger.penalty?.value ?? 0;
    if (effect === 'priority' || effect === 'score') {
      if (priority !== undefined && trigger.bonus === true && !fired) priority += penalty;
      if (priority !== undefined && trigger.bonus !== true && fired) priority -= penalty;
      if (fired)
        reasons.push({ text: `${device} loses ${penalty} of its priority: ${trigger.watches} '${trigger.target}' fails`, at: trigger.at });
    } else if (fired) {
      state = 'fault';
      reasons.push({ text: `${device} gives up: ${trigger.watches} '${trigger.target}' fails`, at: trigger.at });
    }
  }
  return { member, state, reasons, ...(priority === undefined ? {} : { priority: clamp(priority, member) }), ...(doubt ? { doubt } : {}) };
}

/**
 * An interface that a keepalived instance runs on and the host does not have: the whole daemon exits at
 * start (seen in the lab). Only where both the host's interfaces and its cables are known.
 */
function missingInterface(device: string, { world }: Damage): { name: string; at: Place } | undefined {
  const known = missing.get(world) ?? new Map<string, { name: string; at: Place } | undefined>();
  missing.set(world, known);
  if (!known.has(device)) known.set(device, findMissingInterface(device, world));
  return known.get(device);
}

/** Found before: no fault changes it. */
const missing = new WeakMap<World, Map<string, { name: string; at: Place } | undefined>>();

function findMissingInterface(device: string, world: World): { name: string; at: Place } | undefined {
  const host = world.devices.get(device);
  const cabled = new Set(world.cabledPorts.get(device));
  if (!host?.platforms.includes('linux-network') || cabled.size === 0) return undefined;
  for (const { interface: port, platform } of host.members) {
    if (platform !== 'keepalived' || port === undefined || !('at' in port)) continue;
    if (!portIndex(host).named(port.value) && !cabled.has(port.value)) return { name: port.value, at: port.at };
  }
  return undefined;
}

/** Daemons that run elections as processes of their host. */
export const DAEMON: Partial<Record<Member['platform'], string>> = { keepalived: 'keepalived', frr: 'vrrpd' };

/** VRRP reserves 0 and 255: what tracking makes of a priority stays within 1 to 254 (keepalived.conf(5), RFC 9568 section 5.2.4). */
function clamp(priority: number, member: Member): number {
  if (member.protocol !== 'vrrp' || member.priority?.value === 255) return priority;
  return Math.min(254, Math.max(1, priority));
}
