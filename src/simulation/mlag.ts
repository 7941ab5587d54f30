import { vertexKey } from '../network/layer2.ts';
import type { Pair } from '../network/network.ts';
import type { Damage } from './damage.ts';
import { answersProbe } from './triggers.ts';
import type { World } from './world.ts';

/**
 * Ports that MLAG domains take down in answer to a fault. When the peer link is lost and the peer is
 * still heard over the keepalive, the secondary suspends its multi-chassis ports, and its orphan
 * ports where they are told to follow; without a keepalive both stay up (dual active).
 */
export function suspendedPorts(world: World, damage: Damage): ReadonlySet<string> {
  const suspended = new Set<string>();
  for (const pair of world.network.pairs) {
    if (pair.kind !== 'vpc' && pair.kind !== 'mlag') continue;
    const secondary = secondaryAfterPeerLinkLoss(pair, world, damage);
    if (secondary === undefined) continue;
    for (const port of world.devices.get(secondary)?.interfaces ?? []) {
      if (port.mlagId || port.orphanSuspend?.value) suspended.add(vertexKey(secondary, port.name));
      if (port.lag && world.interfaces.get(vertexKey(secondary, port.lag.value))?.mlagId) suspended.add(vertexKey(secondary, port.name));
    }
  }
  return suspended;
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
