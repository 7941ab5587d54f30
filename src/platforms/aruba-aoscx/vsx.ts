import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat, Peering } from '../../model/peering.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { ownEnd, put, type Reading } from '../cisco-like-reading.ts';
import { type Growing, headFact, numberFact, wholePlace, wordFact } from '../entity.ts';
import { LINKUP_PAGE } from './defaults.ts';

interface VsxScope {
  readonly peering: Growing<Peering>;
  readonly extra: Record<string, Fact<string | number | boolean>>;
  readonly mustAgree: Record<string, Fact<string>>;
  readonly reading: Reading;
  deadAfter?: Fact<number>;
}

const VSX = compileHandlers<VsxScope>(
  {
    'inter-switch-link *': readLink,
    'inter-switch-link hello-interval': 'ignore',
    'inter-switch-link dead-interval': 'ignore',
    'inter-switch-link hold-time': 'ignore',
    'inter-switch-link peer-detect-interval': 'ignore',
    'keepalive peer *': readKeepalive,
    'keepalive hello-interval *': (s, { peering }) => setTime(peering, 'heartbeatInterval', numberFact(s, 2, 1000)),
    'keepalive dead-interval *': (s, { peering }) => setTime(peering, 'deadInterval', numberFact(s, 2, 1000)),
    'keepalive udp-port': 'ignore',
    'role *': (s, { extra }) => set(extra, 'role', wordFact(s, 1)),
    'system-mac *': (s, { mustAgree }) => set(mustAgree, 'system-mac', wordFact(s, 1)),
    'linkup-delay-timer *': (s, { extra }) => set(extra, 'delayRestore', numberFact(s, 1, 1000)),
    'linkup-delay-timer exclude': 'ignore',
    'split-recovery': (s, { extra }) => set(extra, 'splitRecovery', headFact(s, true)),
    'no split-recovery': (s, { extra }) => set(extra, 'splitRecovery', headFact(s, false)),
    'no split recovery': (s, { extra }) => set(extra, 'splitRecovery', headFact(s, false)),
    'vsx-sync': 'ignore',
    'config-sync': 'ignore',
    'shutdown-on-split': 'ignore',
    exit: 'ignore',
    no: 'ignore',
  } satisfies HandlerTable<VsxScope>,
  { abbreviations: true },
);

/** Reads `vsx`: one switch's side of a VSX pair. */
export function readVsx(s: Statement, reading: Reading): Peering {
  const { device, platform } = reading;
  const peering: Growing<Peering> = { at: wholePlace(s), device, platform, kind: 'mlag', name: 'VSX', peers: [], heartbeats: [] };
  const scope: VsxScope = { peering, extra: { delayRestore: byDefault(180_000, LINKUP_PAGE) }, mustAgree: {}, reading };
  VSX.run(s.children, scope);
  const keepalive = peering.heartbeats[0];
  peering.dualActiveDetection = stated(keepalive !== undefined, keepalive?.at ?? placeOfHead(s));
  if (s.children.some((line) => line.maybe)) {
    peering.open = ['heartbeats', 'peers'];
    if (!keepalive) delete peering.dualActiveDetection;
  }
  // The inter-switch link finds the peer by itself; only a keepalive tells its address.
  if (peering.peers.length === 0 && peering.peerLink && 'at' in peering.peerLink)
    peering.peers.push({ at: peering.peerLink.at, device, platform });
  return { ...peering, extra: scope.extra, ...(Object.keys(scope.mustAgree).length > 0 ? { mustAgree: scope.mustAgree } : {}) };
}

function set<T>(record: Record<string, Fact<T>>, name: string, fact: Fact<T> | undefined): void {
  if (fact) record[name] = fact;
  else delete record[name];
}

function setTime(peering: Growing<Peering>, key: 'heartbeatInterval' | 'deadInterval', fact: Fact<number> | undefined): void {
  if (fact) peering[key] = fact;
  else delete peering[key];
}

/** `inter-switch-link lag 256`, or a port. */
function readLink(s: Statement, { peering, reading }: VsxScope): void {
  const word = wordFact(s, 1);
  if (!word) return;
  const name = canonicalInterface(s.words.slice(1).join(''), 'aoscx');
  peering.peerLink = { ...word, value: name };
  const link = reading.interfaces.get(name);
  if (link) put(link, 'peerLink', { ...word, value: true });
}

/** `keepalive peer A source B [vrf V]`: the path beside the inter-switch link. */
function readKeepalive(s: Statement, { peering, reading }: VsxScope): void {
  const { device, platform } = peering;
  const after = (word: string): Fact<string> | undefined => {
    const at = s.words.indexOf(word, 2);
    return at < 0 ? undefined : wordFact(s, at + 1);
  };
  const destination = wordFact(s, 2);
  const source = after('source');
  const vrf = after('vrf');
  const own = ownEnd(reading, { source: source?.value, vrf: vrf?.value });
  const at = placeOfHead(s);
  const management = vrf?.value === 'mgmt' || own?.interface.value === 'mgmt';
  const beat: Heartbeat = {
    at,
    device,
    platform,
    ...(destination ? { destination } : {}),
    ...(source ? { source } : {}),
    ...(own ? { interface: own.interface } : {}),
    ...(vrf ? { vrf } : {}),
    ...(management ? { management } : {}),
    transport: stated('unicast', at),
  };
  peering.heartbeats.push(beat);
  peering.peers.push({ at, device, platform, ...(destination ? { address: destination } : {}) });
  if (source) peering.self = source;
}
