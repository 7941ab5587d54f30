import type { Device } from '../model/device.ts';
import type { Entity } from '../model/entity.ts';
import type { Place } from '../model/fact.ts';
import type { Network, Service } from '../network/network.ts';
import { memberWith } from '../network/virtual-addresses.ts';
import type { Fault, SingleFault } from './fault.ts';
import { type FaultResult, simulate } from './simulate.ts';
import { DAEMON } from './standing.ts';
import type { ServiceVerdict, Verdict } from './verdict.ts';

/** What one fault does to one service, as a thing that rules can ask about. */
export interface FaultOutcome extends Entity {
  readonly fault: string;
  readonly kind: SingleFault['kind'];
  readonly service: string;
  /** Devices that could serve it. */
  readonly devices: readonly string[];
  readonly verdict: Verdict;
  /** Verdict of the healthy network. */
  readonly healthy: Verdict;
  readonly splitBrain: boolean;
  /** The active ones stand on one wire, so that clients reach now one and now the other. */
  readonly contested: boolean;
  readonly active: readonly string[];
  readonly because: readonly FaultReason[];
}

/** One step of the chain that led to a verdict, at the line that says so. */
export interface FaultReason {
  readonly text: string;
  readonly at: Place;
}

/** How much is known of a network, and of that which it is a part of. */
export interface Known {
  /** A topology shows its cables. */
  readonly isMapped: boolean;
  /** A template leaves open what interfaces some device has. */
  readonly isOpen: boolean;
}

/**
 * The outcomes of single faults that configs can do something about, where the wiring is known: the
 * death of an end host or of its own cable, and of the daemon that runs the election itself (its
 * address always stays behind), are left out.
 */
export function faultOutcomes(network: Network, { isMapped, isOpen }: Known): FaultOutcome[] {
  // What a template leaves open may be what saves the service.
  if (isOpen || !isMapped || network.services.length === 0) return [];
  const results = simulate(network);
  const healthy = new Map(results[0]?.services.map((s) => [s.service, s]) ?? []);
  const hosts = new Set(network.nodes.filter((n) => n.kind === 'host').map((n) => n.name));
  const devices = new Map(network.devices.map((d) => [d.name, d]));
  const telling = remarkable(healthy);
  return results
    .filter((result) => isFor(result.fault, hosts))
    .flatMap((result) =>
      telling(result).flatMap((s) => outcomeOf(result.fault, s, healthy.get(s.service)?.verdict ?? 'unknown', devices) ?? []),
    );
}

/**
 * The verdicts of a result that say something new: those that the fault touches, and of the others those that are
 * not what they are in the healthy network, or that stay contested. All the rest stand under the fault `none`.
 */
function remarkable(healthy: ReadonlyMap<Service, ServiceVerdict>): (result: FaultResult) => readonly ServiceVerdict[] {
  const changed = (now: ServiceVerdict): boolean => {
    const was = healthy.get(now.service);
    return now.contested || now.verdict !== was?.verdict || now.splitBrain !== was.splitBrain || now.active.join() !== was.active.join();
  };
  const known = new Map<readonly ServiceVerdict[], readonly ServiceVerdict[]>();
  return ({ touched, background }) => {
    const always = known.get(background) ?? background.filter(changed);
    known.set(background, always);
    const own = new Set(touched.map((verdict) => verdict.service));
    return [...touched, ...always.filter((verdict) => !own.has(verdict.service))];
  };
}

function isFor({ parts: [part] }: Fault, hosts: ReadonlySet<string>): boolean {
  if (!part) return false;
  if (part.kind === 'node') return !hosts.has(part.node);
  if (part.kind === 'link') return !part.link.ends.some((end) => hosts.has(end.node));
  return part.kind === 'none' || !Object.values(DAEMON).includes(part.daemon);
}

function outcomeOf(
  fault: Fault,
  verdict: ServiceVerdict,
  healthy: Verdict,
  devices: ReadonlyMap<string, Device>,
): FaultOutcome | undefined {
  const { service, because } = verdict;
  const owner = devices.get(verdict.active[0] ?? service.devices[0] ?? '');
  const member = owner && memberWith(owner, service.address);
  // What a switch pair's gateway serves is mostly not among the inputs, so little can be said of it.
  if (!owner || !member || owner.role === 'switch' || owner.role === 'router') return undefined;
  return {
    at: member.at,
    device: owner.name,
    platform: member.platform,
    fault: fault.name,
    kind: fault.parts[0]?.kind ?? 'none',
    service: service.name,
    devices: service.devices,
    verdict: verdict.verdict,
    healthy,
    splitBrain: verdict.splitBrain,
    contested: verdict.contested,
    active: verdict.active,
    because: because.flatMap((reason) => (reason.at ? [{ text: reason.text, at: reason.at }] : [])),
  };
}
