import { ipVersion } from '../model/address.ts';
import type { Pool, PoolMember, VirtualServer } from '../model/balancing.ts';
import type { Device } from '../model/device.ts';
import type { Service } from '../network/network.ts';
import { listenersOn } from '../network/services.ts';
import type { Damage } from './damage.ts';
import type { Reason } from './reason.ts';
import { answersProbe } from './triggers.ts';

/** What a request that reaches a device gets: every one, some or none answered; unknown where the configs do not say. */
export interface Served {
  readonly answer: 'all' | 'some' | 'none' | 'unknown';
  readonly reasons: readonly Reason[];
}

const ALL: Served = { answer: 'all', reasons: [] };

/** Whether a device holds a virtual address while all is well: its daemons start then. */
export type HeldAtStart = (device: string, address: string) => boolean;

/** What becomes of requests to a service that arrive at `device`. */
export function serve(service: Service, device: Device, damage: Damage, held: HeldAtStart): Served {
  const bound = listenersOn(device, service.address);
  if (service.port === null && bound.length === 0) return ALL;
  const listeners = bound.filter((s) => s.port === undefined || s.port.value === 0 || s.port.value === (service.port ?? s.port.value));
  if (listeners.length === 0) {
    const known = device.virtualServers.length > 0 && device.fragment !== true && device.open?.includes('virtualServers') !== true;
    const text = `nothing on ${device.name} listens on ${service.address}${service.port === null ? '' : `:${service.port}`}`;
    return { answer: known ? 'none' : 'unknown', reasons: [{ text, at: device.at }] };
  }
  const served = listeners.map((server) => serveBy(server, device, service, damage, held));
  return served.find((s) => s.answer === 'all') ?? served.find((s) => s.answer === 'some') ?? (served[0] as Served);
}

function serveBy(server: VirtualServer, device: Device, service: Service, damage: Damage, held: HeldAtStart): Served {
  if (server.process !== undefined && !damage.daemonAlive(device.name, server.process)) {
    return {
      answer: 'none',
      reasons: [
        { text: `${server.process} on ${device.name} is dead, and nothing answers on ${service.address}:${service.port}`, at: server.at },
      ],
    };
  }
  const unbound = server.process === undefined ? undefined : unboundOf(server.process, device, held);
  if (unbound) {
    const text = `${server.process} on ${device.name} could not start: ${unbound.address?.value} was elsewhere, and it may only bind what is there`;
    return { answer: 'none', reasons: [{ text, at: unbound.at }] };
  }
  const results = server.pools.map((name) => {
    const pool = poolsOf(device).get(`${server.platform}\n${name.value}`);
    return pool
      ? servePool(pool, device, damage)
      : ({ answer: 'none', reasons: [{ text: `${device.name} has no pool '${name.value}'`, at: server.at }] } satisfies Served);
  });
  if (server.answersItself?.value === true) results.push(ALL);
  const reasons = results.flatMap((r) => r.reasons);
  if (results.length === 0) return server.open?.includes('pools') ? { answer: 'unknown', reasons } : ALL;
  if (results.every((r) => r.answer === 'all')) return ALL;
  if (results.every((r) => r.answer === 'none')) return { answer: 'none', reasons };
  return { answer: results.some((r) => r.answer === 'unknown') ? 'unknown' : 'some', reasons };
}

const pools = new WeakMap<Device, ReadonlyMap<string, Pool>>();

/** The pools of a device by platform and name; the first of two prevails. */
function poolsOf(device: Device): ReadonlyMap<string, Pool> {
  const known = pools.get(device) ?? new Map(device.pools.map((p) => [`${p.platform}\n${p.name}`, p] as const).reverse());
  pools.set(device, known);
  return known;
}

const keptFromStart = new WeakMap<HeldAtStart, Map<string, VirtualServer | undefined>>();

/** As unboundAtStart, found once for each daemon: what keeps it from starting does not change with the fault. */
function unboundOf(process: string, device: Device, held: HeldAtStart): VirtualServer | undefined {
  const known = keptFromStart.get(held) ?? new Map<string, VirtualServer | undefined>();
  keptFromStart.set(held, known);
  const key = `${device.name}\n${process}`;
  if (!known.has(key)) known.set(key, unboundAtStart(process, device, held));
  return known.get(key);
}

/**
 * A listener that keeps its daemon from starting: it is bound to a virtual address that is elsewhere.
 * The kernel refuses that unless ip_nonlocal_bind is set (ip-sysctl, off by default), and one refused
 * bind ends HAProxy and nginx altogether.
 */
function unboundAtStart(process: string, device: Device, held: HeldAtStart): VirtualServer | undefined {
  const virtual = new Set(device.members.flatMap((m) => m.virtualAddresses.map((v) => v.address)));
  const allowed = (address: string): boolean =>
    device.settings.some((s) => s.name === (address.includes(':') ? 'nonlocal-bind-ipv6' : 'nonlocal-bind') && s.value.value === true);
  return device.virtualServers.find((server) => {
    const address = server.address?.value;
    if (server.process !== process || address === undefined || !virtual.has(address) || server.bindsAnywhere?.value === true) return false;
    return !held(device.name, address) && !allowed(address);
  });
}

/** Which members would get requests, after every health check has run its course, and which of these would answer. */
export function servePool(pool: Pool, device: Device, damage: Damage): Served {
  if (pool.open?.includes('members') || pool.discovered?.value === true) return ALL;
  const usable = pool.members.filter((m) => m.enabled?.value !== false && m.weight?.value !== 0);
  const judged = usable.map((member) => ({ member, answers: memberAnswers(member, device, damage) }));
  const offered = judged.filter(({ member, answers }) => answers !== false || !noticed(pool, member));
  const first = offered.filter(({ member }) => member.backup?.value !== true);
  const taking = first.length > 0 ? first : offered;
  const dead = taking.filter((j) => j.answers === false);
  const reasons = judged
    .filter((j) => j.answers === false)
    .map(
      ({ member }): Reason => ({
        text: `${device.name} cannot reach pool member ${member.name}${noticed(pool, member) ? '' : ', and no health check notices'}`,
        at: member.at,
      }),
    );
  if (taking.length === 0)
    return { answer: 'none', reasons: [...reasons, { text: `pool '${pool.name}' of ${device.name} has no member left`, at: pool.at }] };
  if (dead.length === 0) return { answer: 'all', reasons };
  if (dead.length === taking.length) return { answer: 'none', reasons };
  const retried = pool.retriesElsewhere?.value;
  return { answer: retried === true ? 'all' : retried === false ? 'some' : 'unknown', reasons };
}

function noticed(pool: Pool, member: PoolMember): boolean {
  return (member.monitored ?? pool.monitored)?.value === true || pool.passiveMonitored?.value === true;
}

function memberAnswers(member: PoolMember, device: Device, damage: Damage): boolean {
  const address = member.address?.value;
  if (address === undefined) return true;
  if (ipVersion(address) !== 0) return answersProbe(address, device.name, damage) !== false;
  return damage.alive(address);
}
