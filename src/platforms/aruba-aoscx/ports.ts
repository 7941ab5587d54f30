import { stated } from '../../model/fact.ts';
import type { HandlerTable } from '../../syntax/handlers.ts';
import { ALL_VLANS, type NumberRange, parseRanges, uniteRanges } from '../../syntax/number-ranges.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { InterfaceScope } from '../cisco-like-interface.ts';
import { put, type Reading } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from '../entity.ts';

/** What AOS-CX writes otherwise than its relatives: VLANs, LAGs, the management port. */
export const PORT_TABLE: HandlerTable<InterfaceScope> = {
  routing: (s, { port }) => put(port, 'mode', headFact(s, 'routed')),
  'no routing': 'ignore',
  'vlan access *': (s, { port }) => {
    put(port, 'mode', headFact(s, 'access'));
    port.access = numberFact(s, 2);
  },
  'vlan trunk native *': readNative,
  'vlan trunk allowed *': readAllowed,
  'lag *': (s, { port }) => {
    const id = wordFact(s, 1);
    put(port, 'lag', id && { ...id, value: `lag${id.value}` });
  },
  'lacp mode *': (s, { port }) => {
    const mode = s.words[2] === 'active' ? 'lacp-active' : s.words[2] === 'passive' ? 'lacp-passive' : undefined;
    put(port, 'lagMode', mode && headFact(s, mode));
  },
  'lacp fallback': 'ignore',
  'lacp hash': 'ignore',
  'vrf attach *': (s, { port }) => put(port, 'vrf', wordFact(s, 2)),
  'ip static *': readStatic,
  'default-gateway *': readGateway,
  nameserver: 'ignore',
  'ip mtu': 'ignore',
  'ip local-proxy-arp': 'ignore',
  'spanning-tree port-type admin-edge': (s, { port }) => put(port, 'edgePort', headFact(s, true)),
  'spanning-tree port-type admin-network': (s, { port }) => put(port, 'edgePort', headFact(s, false)),
  'track by *': readTrackBy,
  'vsx-sync': 'ignore',
  'vsx-exclude-ip': 'ignore',
  'vsx active-forwarding': 'ignore',
  'vsx shutdown-on-split': 'ignore',
  'spanning-tree bpdu-guard': 'ignore',
  'spanning-tree bpdu-filter': 'ignore',
  'spanning-tree root-guard': 'ignore',
  'spanning-tree loop-guard': 'ignore',
  'spanning-tree tcn-guard': 'ignore',
  'spanning-tree rpvst-filter': 'ignore',
  'loop-protect': 'ignore',
  'aaa authentication': 'ignore',
  'port-access': 'ignore',
  apply: 'ignore',
  persona: 'ignore',
  'rate-limit': 'ignore',
  'flow-control': 'ignore',
  'energy-efficient-ethernet': 'ignore',
  'system interface-group': 'ignore',
};

/** Behind `tag` the native VLAN wears its tag as well. */
function readNative(s: Statement, { port }: InterfaceScope): void {
  put(port, 'mode', headFact(s, 'trunk'));
  if (s.words[4] === 'tag') put(port, 'untaggedVlan', undefined);
  else port.native = numberFact(s, 3);
}

/** Lists add up. */
function readAllowed(s: Statement, { port }: InterfaceScope): void {
  put(port, 'mode', headFact(s, 'trunk'));
  const text = s.words.slice(3).join('');
  const list: readonly NumberRange[] | undefined = text === 'all' ? ALL_VLANS : parseRanges(text);
  const before = port.allowed === undefined || port.allowed === 'unknown' ? [] : port.allowed.ranges;
  port.allowed =
    list === undefined || s.maybe || port.allowed === 'unknown' ? 'unknown' : { ranges: uniteRanges([...before, ...list]), at: s };
}

/** `ip static A/L` of the management port. */
function readStatic(s: Statement, { port }: InterfaceScope): void {
  const [address = '', length] = wordFact(s, 2)?.value.split('/') ?? [];
  const { device, platform } = port.entity;
  if (address === '') return;
  const prefix = length !== undefined && /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {};
  port.entity.addresses.push({ at: wholePlace(s), device, platform, address, ...prefix, secondary: false });
}

/** The management port has a default route of its own. */
function readGateway(s: Statement, { reading, port }: InterfaceScope): void {
  const nextHop = wordFact(s, 1);
  if (!nextHop || port.entity.name !== 'mgmt') return;
  const { device, platform } = reading;
  const prefix = nextHop.value.includes(':') ? '::/0' : '0.0.0.0/0';
  reading.facts.routes.push({ at: wholePlace(s), device, platform, prefix, nextHop, vrf: stated('mgmt', placeOfHead(s)) });
}

/** `track by N` below an interface: object N follows it. */
function readTrackBy(s: Statement, { reading, port }: InterfaceScope): void {
  const id = wordFact(s, 2);
  const track = id && reading.tracks.get(id.value);
  if (id && track) reading.tracks.set(id.value, { ...track, watches: 'interface', interface: port.entity.name });
  else if (id)
    reading.tracks.set(id.value, {
      name: id.value,
      statement: s,
      watches: 'interface',
      interface: port.entity.name,
      addresses: [],
      parts: [],
    });
}

/** What the whole config decides: multi-chassis LAGs, how a port's LAG is negotiated, trunks whose list is not here. */
export function finishPorts(reading: Reading, statements: readonly Statement[]): void {
  for (const s of statements) {
    const lag = s.words[0] === 'interface' && s.words[1] === 'lag' ? reading.interfaces.get(`lag${s.words[2] ?? ''}`) : undefined;
    if (!lag || !s.words.includes('multi-chassis') || s.maybe) continue;
    put(lag, 'mlagId', wordFact(s, 2));
    if (s.words.includes('static')) put(lag, 'lagMode', headFact(s, 'static'));
  }
  for (const port of reading.interfaces.values()) {
    if (port.entity.mode?.value === 'trunk') port.allowed ??= 'unknown';
    const lag = port.entity.lag && reading.interfaces.get(port.entity.lag.value);
    if (lag?.entity.lagMode) put(port, 'lagMode', lag.entity.lagMode);
    // Which ports are edges where nothing is said is not for us to tell.
    port.said.add('edgePort');
  }
}

/** `spanning-tree priority 4`, and `spanning-tree vlan 10 priority 4`: in steps of 4096. */
export function readBridgePriorities(reading: Reading, statements: readonly Statement[]): void {
  const lines = statements.filter((s) => s.words[0] === 'spanning-tree');
  const whole = lines.findLast((s) => s.words[1] === 'priority');
  for (const [id, vlan] of reading.vlans) {
    const own = lines.findLast((s) => s.words[1] === 'vlan' && s.words[3] === 'priority' && Number(s.words[2]) === id);
    put(vlan, 'stpPriority', own ? numberFact(own, 4, 4096) : whole && numberFact(whole, 2, 4096));
  }
}
