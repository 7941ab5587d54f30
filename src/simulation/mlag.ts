import type { Interface } from '../model/interface.ts';
import { vertexKey } from '../network/layer2.ts';
import type { Network, Pair } from '../network/network.ts';
import type { Damage } from './damage.ts';
import { answersProbe } from './triggers.ts';
import type { World } from './world.ts';

/** The pairs that are MLAG domains. */
export function mlagPairs(network: Network): readonly Pair[] {
  return network.pairs.filter((pair) => pair.kind === 'vpc' || pair.kind === 'mlag');
}

/**
 * Ports (`vertexKey`) that an MLAG domain takes down in answer to a fault. When the peer link is lost and the
 * peer is still heard over the keepalive, the secondary suspends its multi-chassis ports, and its orphan
 * ports where they are told to follow; without a keepalive both stay up (dual active).
 */
export function portsTakenDown(pair: Pair, world: World, damage: Damage): readonly string[] {
  const secondary = secondaryAfterPeerLinkLoss(pair, world, damage);
  if (secondary === undefined) return [];
  const follows = (port: Interface): boolean =>
    port.mlagId !== undefined ||
    port.orphanSuspend?.value === true ||
    (port.lag !== undefined && world.interfaces.get(vertexKey(secondary, port.lag.value))?.mlagId !== undefined);
  return (world.devices.get(secondary)?.interfaces ?? []).filter(follows).map((port) => vertexKey(secondary, port.name));
}

function secondaryAfterPeerLinkLoss(pair: Pair, world: World, damage: Damage): string | undefined {
  const [left, right] = pair.peerings;
  if (!left || !right || !left.peerLink || !right.peerLink) return undefined;
  if (!damage.alive(left.device) || !damage.alive(right.device)) return undefined;
  const wired =
    world.linkOfPort.has(vertexKey(left.device, left.peerLink.value)) ||
    (world.lagPorts.get(vertexKey(left.device, left.peerLink.value))?.length ?? 0) > 0;
  if (!wired || damage.carrier(left.device, left.peerLink.value)) return undefined;
  if (left.priority === undefined || right.priority === undefined || left.priority.value === right.priority.value) return undefined;
  const heard = left.heartbeats.some(
    (h) => h.management === true || (h.destination !== undefined && answersProbe(h.destination.value, left.device, damage) !== false),
  );
  if (!heard) return undefined;
  return left.priority.value > right.priority.value ? right.device : left.device;
}
