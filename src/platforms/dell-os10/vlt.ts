import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import { expandInterfaces } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { interfaceDraft, ownEnd, put, type Reading } from '../cisco-like-reading.ts';
import { type Growing, headFact, numberFact, wholePlace, wordFact } from '../entity.ts';
import { VLT_PAGE } from './defaults.ts';

/** OS10 makes the link between the two switches a port channel of this number; nobody can use it for anything else. */
export const INTERCONNECT = 'port-channel1000';

interface VltScope {
  readonly peering: Growing<Peering>;
  readonly extra: Record<string, Fact<string | number | boolean>>;
  readonly mustAgree: Record<string, Fact<string>>;
  readonly discovery: Statement[];
  readonly reading: Reading;
}

const VLT = compileHandlers<VltScope>(
  {
    'backup destination *': readBackup,
    'discovery-interface *': (s, { discovery }) => void discovery.push(s),
    'delay-restore *': (s, { extra }) => set(extra, 'delayRestore', numberFact(s, 1, 1000)),
    'primary-priority *': (s, { extra }) => set(extra, 'primaryPriority', numberFact(s, 1)),
    'vlt-mac *': (s, { mustAgree }) => set(mustAgree, 'vlt-mac', wordFact(s, 1)),
    'peer-routing': (s, scope) => setRouting(s, scope, true),
    'no peer-routing': (s, scope) => setRouting(s, scope, false),
    'peer-routing-timeout': 'ignore',
    'multicast peer-routing': 'ignore',
    exit: 'ignore',
    end: 'ignore',
    no: 'ignore',
  } satisfies HandlerTable<VltScope>,
  { abbreviations: true },
);

/** Reads `vlt-domain N`: one switch's side of a VLT pair. The peer is found over the discovery interfaces, so it needs no address. */
export function readVlt(s: Statement, reading: Reading): Peering {
  const { device, platform } = reading;
  const id = wordFact(s, 1);
  const peering: Growing<Peering> = {
    at: wholePlace(s),
    device,
    platform,
    kind: 'mlag',
    name: id ? `VLT domain ${id.value}` : 'VLT domain',
    ...(id ? { id } : {}),
    peers: [],
    heartbeats: [],
  };
  const scope: VltScope = { peering, extra: { delayRestore: byDefault(90_000, VLT_PAGE) }, mustAgree: {}, discovery: [], reading };
  VLT.run(s.children, scope);
  readInterconnect(scope);
  const backup = peering.heartbeats[0];
  peering.dualActiveDetection = stated(backup !== undefined, backup?.at ?? placeOfHead(s));
  if (s.children.some((line) => line.maybe)) {
    peering.open = ['heartbeats', 'peers'];
    if (!backup) delete peering.dualActiveDetection;
  }
  return { ...peering, extra: scope.extra, ...(Object.keys(scope.mustAgree).length > 0 ? { mustAgree: scope.mustAgree } : {}) };
}

function set<T>(record: Record<string, Fact<T>>, name: string, fact: Fact<T> | undefined): void {
  if (fact) record[name] = fact;
  else delete record[name];
}

/** Peer routing must be on or off on both. */
function setRouting(s: Statement, { mustAgree }: VltScope, on: boolean): void {
  set(mustAgree, 'peer-routing', headFact(s, on ? 'enabled' : 'disabled'));
}

/** `backup destination A [vrf V] [interval N]`, or `backup destination ipv6 A …`: the heartbeat beside the interconnect. */
function readBackup(s: Statement, { peering, reading }: VltScope): void {
  const { device, platform } = peering;
  const destination = wordFact(s, s.words[2] === 'ipv6' ? 3 : 2);
  const at = s.words.indexOf('vrf', 2) + 1;
  const vrf = at > 0 ? wordFact(s, at) : undefined;
  const interval = s.words.indexOf('interval', 2) + 1;
  const own = ownEnd(reading, { destination: destination?.value, vrf: vrf?.value });
  const management = vrf?.value === 'management' || own?.interface.value.startsWith('mgmt') === true;
  const beat: Heartbeat = {
    at: placeOfHead(s),
    device,
    platform,
    ...(destination ? { destination } : {}),
    ...(own ? { source: own.address, interface: own.interface } : {}),
    ...(vrf ? { vrf } : {}),
    ...(management ? { management } : {}),
    transport: stated('unicast', placeOfHead(s)),
  };
  peering.heartbeats.push(beat);
  const every = interval > 0 ? numberFact(s, interval, 1000) : byDefault(30_000, VLT_PAGE);
  if (every) peering.heartbeatInterval = every;
}

/** The ports over which the two find each other become one port channel, the peer link. */
function readInterconnect({ peering, discovery, reading }: VltScope): void {
  const [first] = discovery;
  const { device, platform } = peering;
  const address = peering.heartbeats[0]?.destination;
  if (!first) return;
  const at = placeOfHead(first);
  const peer: Peer = { at, device, platform, ...(address ? { address } : {}) };
  peering.peers.push(peer);
  peering.peerLink = stated(INTERCONNECT, at);
  const link = interfaceDraft(reading, INTERCONNECT, first);
  put(link, 'peerLink', stated(true, at));
  for (const s of discovery) {
    for (const name of expandInterfaces(s.words.slice(1), 'os10')) {
      const port = interfaceDraft(reading, name, s, true);
      put(port, 'lag', stated(INTERCONNECT, placeOfHead(s)));
    }
  }
}
