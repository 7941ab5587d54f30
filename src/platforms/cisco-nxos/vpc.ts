import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { ownEnd, type Reading } from '../cisco-like-reading.ts';
import { spanningTreeAgreement } from '../cisco-like-spanning-tree.ts';
import { type Growing, headFact, numberFact, wholePlace, wordFact } from '../entity.ts';
import { DEFAULTS, VPC_PAGE } from './defaults.ts';

interface VpcScope {
  readonly peering: Growing<Peering>;
  readonly mustAgree: Record<string, Fact<string>>;
  readonly extra: Record<string, Fact<string | number | boolean>>;
}

/** vPC role priorities run from 1 to 65535 and the lower one becomes primary; the model's higher one wins. */
const TURN = 65_536;
const DEFAULT_PRIORITY = 32_667;

const TABLE: HandlerTable<VpcScope> = {
  'role priority *': (s, { peering, extra }) => setRole(numberFact(s, 2), peering, extra),
  'system-priority *': (s, { mustAgree }) => set(mustAgree, 'system-priority', wordFact(s, 1)),
  'system-mac *': (s, { mustAgree }) => set(mustAgree, 'system-mac', wordFact(s, 1)),
  'peer-keepalive destination *': readKeepalive,
  'peer-switch': (s, { extra }) => set(extra, 'peerSwitch', headFact(s, true)),
  'peer-gateway': (s, { extra }) => set(extra, 'peerGateway', headFact(s, true)),
  'no peer-gateway': (s, { extra }) => set(extra, 'peerGateway', headFact(s, false)),
  'auto-recovery': readAutoRecovery,
  'no auto-recovery': (s, { extra }) => set(extra, 'autoRecovery', headFact(s, false)),
  'delay restore *': (s, { extra }) => set(extra, 'delayRestore', numberFact(s, 2, 1000)),
  'delay restore interface-vlan *': (s, { extra }) => set(extra, 'delayRestoreInterfaceVlan', numberFact(s, 3, 1000)),
  'delay restore orphan-port *': (s, { extra }) => set(extra, 'delayRestoreOrphanPort', numberFact(s, 3, 1000)),
  'ip arp synchronize': (s, { extra }) => set(extra, 'ipArpSynchronize', headFact(s, true)),
  'ipv6 nd synchronize': (s, { extra }) => set(extra, 'ipv6NdSynchronize', headFact(s, true)),
  'layer3 peer-router': (s, { extra }) => set(extra, 'layer3PeerRouter', headFact(s, true)),
  'graceful consistency-check': (s, { extra }) => set(extra, 'gracefulConsistencyCheck', headFact(s, true)),
  'no graceful consistency-check': (s, { extra }) => set(extra, 'gracefulConsistencyCheck', headFact(s, false)),
  'dual-active exclude interface-vlan *': (s, { extra }) => set(extra, 'dualActiveExcludeVlans', wordFact(s, 3)),
  'track *': (s, { extra }) => set(extra, 'track', wordFact(s, 1)),
  'fast-convergence': (s, { extra }) => set(extra, 'fastConvergence', headFact(s, true)),
  'virtual peer-link destination *': readVirtualPeerLink,
  shutdown: (s, { peering }) => {
    const down = headFact(s, false);
    if (down) peering.enabled = down;
  },
  mac: 'ignore',
  exit: 'ignore',
  no: 'ignore',
};

const VPC = compileHandlers<VpcScope>(TABLE, { abbreviations: true });

/** Reads `vpc domain N`: one switch's side of a vPC pair. */
export function readVpcDomain(s: Statement, reading: Reading, sources: readonly Source[]): Peering {
  const { device, platform } = reading;
  const id = wordFact(s, 2);
  const peering: Growing<Peering> = {
    at: wholePlace(s),
    device,
    platform,
    kind: 'vpc',
    name: `vpc domain ${s.words[2] ?? ''}`.trim(),
    ...(id ? { id } : {}),
    peers: [],
    heartbeats: [],
    heartbeatInterval: byDefault(1000, VPC_PAGE),
    deadInterval: byDefault(5000, VPC_PAGE),
    priority: byDefault(TURN - DEFAULT_PRIORITY, VPC_PAGE),
  };
  const mustAgree: Record<string, Fact<string>> = {
    'system-priority': byDefault(String(DEFAULT_PRIORITY), VPC_PAGE),
    'spanning-tree mode': byDefault(DEFAULTS.spanningTree.mode, DEFAULTS.spanningTree.source),
    ...spanningTreeAgreement(sources),
  };
  const extra: VpcScope['extra'] = {
    rolePriority: byDefault(DEFAULT_PRIORITY, VPC_PAGE),
    peerGateway: byDefault(false, VPC_PAGE),
    peerSwitch: byDefault(false, VPC_PAGE),
    delayRestore: byDefault(30_000, VPC_PAGE),
  };
  VPC.run(s.children, { peering, mustAgree, extra });
  const link = [...reading.interfaces.values()].find((port) => port.entity.peerLink?.value);
  if (link?.entity.peerLink) peering.peerLink = { ...link.entity.peerLink, value: link.entity.name };
  peering.heartbeats = peering.heartbeats.map((heartbeat) => {
    const own = ownEnd(reading, { source: heartbeat.source?.value, destination: heartbeat.destination?.value, vrf: heartbeat.vrf?.value });
    return own ? { ...heartbeat, interface: own.interface, source: heartbeat.source ?? own.address } : heartbeat;
  });
  peering.dualActiveDetection = detectionOf(s, peering);
  if (s.children.some((line) => line.maybe)) peering.open = ['heartbeats', 'peers'];
  return { ...peering, mustAgree, extra };
}

function set<T>(record: Record<string, Fact<T>>, name: string, fact: Fact<T> | undefined): void {
  if (fact) record[name] = fact;
  else delete record[name];
}

function setRole(fact: Fact<number> | undefined, peering: Growing<Peering>, extra: VpcScope['extra']): void {
  set(extra, 'rolePriority', fact);
  if (fact) peering.priority = { ...fact, value: TURN - fact.value };
  else delete peering.priority;
}

/** `peer-keepalive destination A [source B] [vrf V] [interval MS timeout S]`; without `vrf` it runs in the management VRF. */
function readKeepalive(s: Statement, { peering }: VpcScope): void {
  const { device, platform } = peering;
  const option = (keyword: string): number => s.words.indexOf(keyword, 2) + 1;
  const destination = wordFact(s, 2);
  const source = option('source') > 0 ? wordFact(s, option('source')) : undefined;
  const vrf = option('vrf') > 0 ? wordFact(s, option('vrf')) : byDefault('management', VPC_PAGE);
  const heartbeat: Heartbeat = {
    at: placeOfHead(s),
    device,
    platform,
    ...(destination ? { destination } : {}),
    ...(source ? { source } : {}),
    ...(vrf ? { vrf, management: vrf.value === 'management' } : {}),
    transport: stated('unicast', placeOfHead(s)),
  };
  const peer: Peer = { at: placeOfHead(s), device, platform, ...(destination ? { address: destination } : {}) };
  peering.heartbeats.push(heartbeat);
  peering.peers.push(peer);
  if (source) peering.self = source;
  if (option('interval') > 0) setTime(peering, 'heartbeatInterval', numberFact(s, option('interval')));
  if (option('timeout') > 0) setTime(peering, 'deadInterval', numberFact(s, option('timeout'), 1000));
}

function setTime(peering: Growing<Peering>, key: 'heartbeatInterval' | 'deadInterval', fact: Fact<number> | undefined): void {
  if (fact) peering[key] = fact;
  else delete peering[key];
}

/** A vPC fabric peering has no physical peer link; the fabric carries it. */
function readVirtualPeerLink(s: Statement, { peering }: VpcScope): void {
  const target = wordFact(s, 3);
  if (target) peering.peerLink = { ...target, value: `virtual peer-link ${target.value}` };
}

function readAutoRecovery(s: Statement, { extra }: VpcScope): void {
  set(extra, 'autoRecovery', headFact(s, true));
  if (s.words[1] === 'reload-delay') set(extra, 'autoRecoveryReloadDelay', numberFact(s, 2, 1000));
}

/** The keepalive is what tells a dead peer from a dead peer link. */
function detectionOf(s: Statement, peering: Growing<Peering>): NonNullable<Peering['dualActiveDetection']> {
  const keepalive = peering.heartbeats[0];
  return stated(keepalive !== undefined, keepalive?.at ?? placeOfHead(s));
}
