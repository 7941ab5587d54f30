import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { ownEnd, type Reading } from '../cisco-like-reading.ts';
import { type Growing, headFact, numberFact, wholePlace, wordFact } from '../entity.ts';
import { MLAG_PAGE } from './defaults.ts';

interface MlagScope {
  readonly peering: Growing<Peering>;
  readonly extra: Record<string, Fact<string | number | boolean>>;
  readonly reading: Reading;
  localInterface?: Fact<string>;
}

const TABLE: HandlerTable<MlagScope> = {
  'domain-id *': (s, { peering }) => {
    const id = wordFact(s, 1);
    if (id) peering.id = id;
  },
  'local-interface *': (s, scope) => {
    const name = wordFact(s, 1);
    if (name) scope.localInterface = { ...name, value: canonicalInterface(s.words.slice(1).join(''), 'eos') };
  },
  'peer-address *': readPeer,
  'peer-address heartbeat *': readHeartbeat,
  'peer-link *': (s, { peering }) => {
    const name = wordFact(s, 1);
    if (name) peering.peerLink = { ...name, value: canonicalInterface(s.words.slice(1).join(''), 'eos') };
  },
  'heartbeat-interval *': (s, { peering }) => {
    const interval = numberFact(s, 1);
    if (interval) peering.heartbeatInterval = interval;
    else delete peering.heartbeatInterval;
  },
  'dual-primary detection delay *': (s, { extra }) => set(extra, 'dualPrimaryDetectionDelay', numberFact(s, 3, 1000)),
  'dual-primary recovery delay': (s, { extra }) => {
    set(extra, 'dualPrimaryRecoveryDelayMlag', after(s, 'mlag'));
    set(extra, 'dualPrimaryRecoveryDelayNonMlag', after(s, 'non-mlag'));
  },
  // One value without a keyword is the older form and means the MLAG ports.
  'reload-delay *': (s, { extra }) => set(extra, 'delayRestore', numberFact(s, 1, 1000)),
  'reload-delay mlag *': (s, { extra }) => set(extra, 'delayRestore', numberFact(s, 2, 1000)),
  'reload-delay non-mlag *': (s, { extra }) => set(extra, 'delayRestoreNonMlag', numberFact(s, 2, 1000)),
  'reload-delay mode': 'ignore',
  'primary-priority *': (s, { extra }) => set(extra, 'primaryPriority', numberFact(s, 1)),
  shutdown: (s, { peering }) => {
    const down = headFact(s, false);
    if (down) peering.enabled = down;
  },
  'lacp standby': 'ignore',
  exit: 'ignore',
  no: 'ignore',
};

const MLAG = compileHandlers<MlagScope>(TABLE, { abbreviations: true });

/** Reads `mlag configuration`: one switch's side of an MLAG pair. */
export function readMlag(s: Statement, reading: Reading): Peering {
  const { device, platform } = reading;
  const peering: Growing<Peering> = {
    at: wholePlace(s),
    device,
    platform,
    kind: 'mlag',
    name: 'mlag configuration',
    peers: [],
    heartbeats: [],
    heartbeatInterval: byDefault(4000, MLAG_PAGE),
  };
  const scope: MlagScope = { peering, extra: {}, reading };
  MLAG.run(s.children, scope);
  if (peering.id) peering.name = `MLAG domain ${peering.id.value}`;
  finishPeers(peering, scope);
  peering.dualActiveDetection = detectionOf(s, peering);
  if (s.children.some((line) => line.maybe)) peering.open = ['heartbeats', 'peers'];
  return { ...peering, extra: scope.extra };
}

function set(extra: MlagScope['extra'], name: string, fact: Fact<number> | undefined): void {
  if (fact) extra[name] = fact;
}

function after(s: Statement, keyword: string): Fact<number> | undefined {
  const at = s.words.indexOf(keyword);
  return at < 0 ? undefined : numberFact(s, at + 1, 1000);
}

function readPeer(s: Statement, { peering }: MlagScope): void {
  const { device, platform } = peering;
  const address = wordFact(s, 1);
  const peer: Peer = { at: placeOfHead(s), device, platform, ...(address ? { address } : {}) };
  peering.peers.push(peer);
  peering.heartbeats.push({
    at: placeOfHead(s),
    device,
    platform,
    ...(address ? { destination: address } : {}),
    transport: stated('unicast', placeOfHead(s)),
  });
}

/** The second heartbeat, which does not cross the peer link: what tells a dead peer from a dead peer link. */
function readHeartbeat(s: Statement, { peering }: MlagScope): void {
  const { device, platform } = peering;
  const destination = wordFact(s, 2);
  const vrf = s.words[3] === 'vrf' ? wordFact(s, 4) : undefined;
  peering.heartbeats.push({
    at: placeOfHead(s),
    device,
    platform,
    ...(destination ? { destination } : {}),
    ...(vrf ? { vrf } : {}),
    transport: stated('unicast', placeOfHead(s)),
  });
}

/** Gives the heartbeat over the peer link its interface and own address, and tells which run over management ports. */
function finishPeers(peering: Growing<Peering>, { reading, localInterface }: MlagScope): void {
  const [first] = peering.heartbeats.filter((heartbeat) => !isSecond(heartbeat, peering));
  peering.heartbeats = peering.heartbeats.map((heartbeat): Heartbeat => {
    if (heartbeat === first && localInterface) {
      const own = reading.interfaces.get(localInterface.value)?.entity.addresses[0];
      return { ...heartbeat, interface: localInterface, ...(own ? { source: stated(own.address, own.at) } : {}) };
    }
    const end = ownEnd(reading, { destination: heartbeat.destination?.value, vrf: heartbeat.vrf?.value });
    const management = end !== undefined && reading.interfaces.get(end.interface.value)?.entity.kind === 'management';
    return { ...heartbeat, ...(end ? { interface: end.interface, source: end.address } : {}), ...(management ? { management } : {}) };
  });
  const own = localInterface && reading.interfaces.get(localInterface.value)?.entity.addresses[0];
  if (own) peering.self = stated(own.address, own.at);
}

function isSecond(heartbeat: Heartbeat, peering: Peering): boolean {
  return !peering.peers.some(
    (peer) => peer.at === heartbeat.at || (peer.at.line === heartbeat.at.line && peer.at.file === heartbeat.at.file),
  );
}

/** EOS looks for two primaries only where `dual-primary detection` is set, and hears of one only by the second heartbeat. */
function detectionOf(s: Statement, peering: Peering): Fact<boolean> {
  const action = s.children.findLast((line) => line.words[0] === 'dual-primary' && line.words[1] === 'detection');
  const second = peering.heartbeats.find((heartbeat) => isSecond(heartbeat, peering));
  if (action && second) return stated(true, placeOfHead(action));
  return action ? stated(false, placeOfHead(action)) : byDefault(false, MLAG_PAGE);
}
