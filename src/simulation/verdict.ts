import { placeOf } from '../model/fact.ts';
import type { Member } from '../model/redundancy.ts';
import { carrierOf } from '../network/exposure.ts';
import { vertexKey } from '../network/layer2.ts';
import type { Service } from '../network/network.ts';
import { virtualAddressOf } from '../network/virtual-addresses.ts';
import type { Damage } from './damage.ts';
import type { Outcomes } from './elections.ts';
import type { Reason } from './reason.ts';
import { type HeldAtStart, type Served, serve } from './serving.ts';
import { DAEMON } from './standing.ts';
import { type Vantage, vantagesOf } from './vantage.ts';
import type { World } from './world.ts';

export type Verdict = 'ok' | 'degraded' | 'outage' | 'unknown';

/** What a fault does to a service. */
export interface ServiceVerdict {
  readonly service: Service;
  readonly verdict: Verdict;
  /** Devices that hold the address, in the order of their names. */
  readonly active: readonly string[];
  readonly splitBrain: boolean;
  /** Some vantage point reaches more than one holder: the split brain is on one wire, not in two halves of a cut one. */
  readonly contested: boolean;
  readonly because: readonly Reason[];
}

/** A device that holds the service's address, and the port it holds it on. */
interface Holder {
  readonly device: string;
  readonly port?: string;
  /** The membership that makes it a holder; absent where the address is bound to the device. */
  readonly member?: Member;
  readonly served: Served;
  /** Its daemon is dead; the address stayed behind in the kernel. */
  readonly leftover: boolean;
}

/** Judges one service: who holds its address, who of them is reached from each vantage point, and what is answered. */
export function judge(service: Service, damage: Damage, outcomes: Outcomes, healthy: Outcomes | undefined): ServiceVerdict {
  const groups = damage.world.groupsOfService.get(service) ?? [];
  const held = heldIn(healthy ?? outcomes, damage.world);
  const current = groups.map((g) => outcomes.get(g)).filter((o) => o !== undefined);
  const leftovers = healthy ? groups.flatMap((g) => healthy.get(g)?.active ?? []).filter((m) => isLeftover(m, damage)) : [];
  const holding = [...current.flatMap((o) => o.active.filter((m) => !isLeftover(m, damage))), ...leftovers].filter((m) =>
    carries(m, service.address),
  );
  const holders =
    groups.length > 0
      ? holding.map((m) => holderOf(m, service, damage, held))
      : service.devices.filter(damage.alive).map((d) => staticHolder(d, service, damage, held));
  const active = [...new Set(holders.map((h) => h.device))].sort();
  const vantages = vantagesOf(service, damage);
  const seen = vantages.map((vantage) => answerAt(vantage, holders, damage));
  const verdict = combine(seen);
  const reasons = [
    ...current.flatMap((o) => o.reasons),
    ...leftovers.map(
      (m): Reason => ({ text: `${m.device} keeps ${service.address}: its daemon died without taking the address away`, at: m.at }),
    ),
    ...holders.flatMap((h) => h.served.reasons),
    ...(holders.length === 0 ? [{ text: `nobody holds ${service.address}` }] : []),
    ...seen.flatMap((s) => s.reasons),
  ];
  const splitBrain = active.length > 1;
  const contested = splitBrain && seen.some((s) => s.holders > 1);
  return { service, verdict, active, splitBrain, contested, because: verdict === 'ok' && !splitBrain ? [] : distinct(reasons) };
}

const heldBefore = new WeakMap<Outcomes, HeldAtStart>();

/** Who held what when the daemons started, as these outcomes have it. */
function heldIn(outcomes: Outcomes, world: World): HeldAtStart {
  const known = heldBefore.get(outcomes);
  if (known) return known;
  const held: HeldAtStart = (device, address) =>
    (world.groupsOn.get(vertexKey(device, address)) ?? []).some((g) =>
      outcomes.get(g)?.active.some((m) => m.device === device && carries(m, address)),
    );
  heldBefore.set(outcomes, held);
  return held;
}

function carries(member: Member, address: string): boolean {
  return virtualAddressOf(member, address) !== undefined;
}

function isLeftover(member: Member, damage: Damage): boolean {
  const daemon = DAEMON[member.platform];
  return daemon !== undefined && damage.alive(member.device) && !damage.daemonAlive(member.device, daemon);
}

function holderOf(member: Member, service: Service, damage: Damage, held: HeldAtStart): Holder {
  const device = damage.world.devices.get(member.device);
  const address = virtualAddressOf(member, service.address);
  const port = address?.interface?.value ?? (device && carrierOf(device, service.address)) ?? member.interface?.value;
  const served = refused(member) ?? (device ? serve(service, device, damage, held) : ({ answer: 'unknown', reasons: [] } satisfies Served));
  return { device: member.device, member, served, leftover: isLeftover(member, damage), ...(port === undefined ? {} : { port }) };
}

/** keepalived in strict mode, or with no_accept, drops what is sent to the address itself (keepalived.conf(5), seen in the lab). */
function refused(member: Member): Served | undefined {
  if (member.platform !== 'keepalived' || member.acceptsTraffic?.value !== false) return undefined;
  return {
    answer: 'none',
    reasons: [{ text: `${member.device} drops what is sent to its virtual addresses`, at: placeOf(member.acceptsTraffic, member.at) }],
  };
}

function staticHolder(name: string, service: Service, damage: Damage, held: HeldAtStart): Holder {
  const device = damage.world.devices.get(name);
  const port = device && carrierOf(device, service.address);
  return {
    device: name,
    served: device ? serve(service, device, damage, held) : { answer: 'unknown', reasons: [] },
    leftover: false,
    ...(port === undefined ? {} : { port }),
  };
}

interface Seen {
  readonly answer: Served['answer'];
  /** How many devices it reaches that hold the address. */
  readonly holders: number;
  readonly reasons: readonly Reason[];
}

function answerAt(vantage: Vantage, holders: readonly Holder[], damage: Damage): Seen {
  const reached = holders.filter((h) => reaches(vantage, h, damage));
  if (reached.length === 0) {
    const stuck = holders.flatMap((h) => stuckReason(h) ?? []);
    const gone = holders.map(
      (h): Reason => ({ text: `${vantage.name} cannot reach ${h.device}${h.port === undefined ? '' : ` ${h.port}`}` }),
    );
    return { answer: 'none', holders: 0, reasons: [...stuck, ...gone] };
  }
  const count = new Set(reached.map((h) => h.device)).size;
  const answers = new Set(reached.map((h) => h.served.answer));
  const [only] = answers;
  return { answer: answers.size === 1 && only ? only : answers.has('unknown') ? 'unknown' : 'some', holders: count, reasons: [] };
}

/** Why a holder that nobody reaches does not give up: none of its triggers watches the way there. */
function stuckReason({ device, port, member }: Holder): Reason | undefined {
  if (!member || port === undefined || member.triggers.some((t) => t.interfaces.includes(port))) return undefined;
  return { text: `${device} stays active: nothing watches ${port}`, at: member.at };
}

function reaches(vantage: Vantage, holder: Holder, damage: Damage): boolean {
  if (holder.port !== undefined && !damage.carrier(holder.device, holder.port)) return false;
  const vertex =
    holder.port === undefined ? undefined : damage.world.network.layer2.vertexOfInterface.get(vertexKey(holder.device, holder.port));
  if (vertex === undefined || vantage.vertices === undefined) return true;
  if ((damage.world.edgesOf[vertex]?.length ?? 0) === 0) return true;
  return vantage.vertices.some((v) => v === vertex || damage.reachable(v).has(vertex));
}

function combine(seen: readonly Seen[]): Verdict {
  if (seen.length === 0) return 'outage';
  if (seen.every((s) => s.answer === 'all')) return 'ok';
  if (seen.every((s) => s.answer === 'none')) return 'outage';
  return seen.some((s) => s.answer === 'unknown') ? 'unknown' : 'degraded';
}

function distinct(reasons: readonly Reason[]): Reason[] {
  const byText = new Map(reasons.map((r) => [`${r.text}\n${r.at?.file}\n${r.at?.line}`, r]));
  return [...byText.values()];
}
