import { ipVersion, prefixOfMask, subnetOf } from '../../model/address.ts';
import { type Fact, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, VlanRange } from '../../model/interface.ts';
import { child, childrenOf, ignoreAll } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { type Context, entity } from './context.ts';

/** What a port carries by the `vlan` blocks that name it. */
interface Carried {
  readonly tagged: VlanRange[];
  place?: ReturnType<typeof placeOfHead>;
  untagged?: Fact<number>;
}

const KINDS: Readonly<Record<string, Interface['kind']>> = table({
  ethernet: 'physical',
  trunk: 'lag',
  ve: 'vlan',
  loopback: 'loopback',
  management: 'management',
  tunnel: 'tunnel',
});

/** Ports, trunks, virtual Ethernets and VLANs. */
export function buildInterfaces(context: Context, blocks: readonly Statement[]): void {
  const carried = readVlans(context);
  const trunks = new Map<string, Fact<string>[]>();
  for (const s of blocks) {
    const group = child(s, 'trunk-group');
    const name = nameOf(s);
    if (group) trunks.set(`trunk ${group.words[1]}`, [...(trunks.get(`trunk ${group.words[1]}`) ?? []), stated(name, placeOfHead(group))]);
  }
  for (const s of blocks) context.facts.interfaces.push(readInterface(context, s, carried, trunks));
  for (const [name, members] of trunks) {
    const first = members[0];
    if (context.facts.interfaces.some((i) => i.name === name) || !first || !('at' in first)) continue;
    context.facts.interfaces.push({
      ...entity(context, first.at),
      name,
      kind: 'lag',
      addresses: [],
      members,
      ...vlanFacts(carried.get(name)),
    });
  }
}

/** `ethernet 1`, `trunk 2`, `ve 10`, `management`. */
function nameOf(s: Statement): string {
  return s.words[1] === 'management' || s.words[2] === 'management' ? 'management' : s.words.slice(1, 3).join(' ');
}

function readInterface(
  context: Context,
  s: Statement,
  carried: ReadonlyMap<string, Carried>,
  trunks: ReadonlyMap<string, Fact<string>[]>,
): Interface {
  const name = nameOf(s);
  const kind = KINDS[name.split(' ')[0] ?? ''] ?? 'virtual';
  const state = s.children.findLast((c) => c.words[0] === 'enable' || c.words[0] === 'disable');
  const description = child(s, 'name');
  const mtu = child(s, 'mtu');
  const group = child(s, 'trunk-group');
  const minimum = child(s, 'ports-threshold');
  const ve = kind === 'vlan' && /^ve \d+$/.test(name) ? stated(Number(name.slice(3)), placeOfWord(s, 2)) : undefined;
  for (const line of s.children) {
    if (['ip', 'ipv6', 'enable', 'disable', 'name', 'mtu', 'trunk-group', 'ports-threshold'].includes(line.words[0] ?? ''))
      line.use = 'read';
    else ignoreAll(line);
    for (const inner of line.children) inner.use = 'read';
  }
  return {
    ...entity(context, placeOfStatement(s)),
    name,
    kind,
    ...optional('description', description && wordFact(description, 1)),
    ...optional('enabled', state && headFact(state, state.words[0] === 'enable')),
    ...optional('mtu', mtu && numberFact(mtu, 1)),
    addresses: addresses(context, s),
    members: trunks.get(name) ?? [],
    ...vlanFacts(carried.get(name)),
    ...optional('vlan', ve),
    ...optional('lag', group && stated(`trunk ${group.words[1]}`, placeOfHead(group))),
    ...optional('lagMode', group && lagMode(group)),
    ...optional('minLinks', minimum && numberFact(minimum, 1)),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

/** `trunk-group 1 lacp` with `mode active`; static without `lacp`. */
function lagMode(group: Statement): Interface['lagMode'] {
  if (!group.words.some((word) => word.startsWith('lacp'))) return headFact(group, 'static');
  const mode = child(group, 'mode');
  return mode?.words[1] === 'passive' ? headFact(mode, 'lacp-passive') : mode ? headFact(mode, 'lacp-active') : undefined;
}

function addresses(context: Context, s: Statement): InterfaceAddress[] {
  return s.children.flatMap((line, i): InterfaceAddress[] => {
    if (line.words[1] !== 'address' || line.maybe) return [];
    const [address = '', glued] = (line.words[2] ?? '').split('/');
    if (ipVersion(address) === 0) return [];
    const prefix = prefixAt(line, 3, glued);
    const secondary = s.children.slice(0, i).some((c) => c.words[0] === line.words[0] && c.words[1] === 'address');
    return [{ ...entity(context, placeOfHead(line)), address, ...(prefix === undefined ? {} : { prefix }), secondary }];
  });
}

/** A length glued to the address, a word `/24`, or a mask. */
function prefixAt(s: Statement, index: number, glued: string | undefined): number | undefined {
  const word = glued === undefined ? (s.words[index] ?? '') : `/${glued}`;
  return /^\/\d{1,3}$/.test(word) ? Number(word.slice(1)) : prefixOfMask(word);
}

/** `vlan 10` blocks: the VLANs, and what they say of the ports they name (`tagged ethernet 1 to 4 trunk 2`). */
function readVlans(context: Context): Map<string, Carried> {
  const carried = new Map<string, Carried>();
  for (const s of context.vlans) {
    const id = numberFact(s, 1);
    if (!id) continue;
    const name = child(s, 'name');
    context.facts.vlans.push({ ...entity(context, placeOfStatement(s)), id: id.value, ...optional('name', name && wordFact(name, 1)) });
    for (const line of s.children) {
      line.use = 'read';
      if (line.words[0] !== 'tagged' && line.words[0] !== 'untagged') continue;
      for (const port of portsOf(line)) {
        const known: Carried = carried.get(port) ?? { tagged: [] };
        if (line.words[0] === 'untagged') known.untagged = stated(id.value, placeOfHead(line));
        else {
          known.tagged.push({ from: id.value, to: id.value });
          known.place = placeOfHead(line);
        }
        carried.set(port, known);
      }
    }
  }
  return carried;
}

/** At most so many ports does one line name: no device has more. */
const MAX_PORTS = 256;

function portsOf(line: Statement): string[] {
  const ports: string[] = [];
  let kind = 'ethernet';
  for (let i = 1; i < line.words.length; i++) {
    const word = line.words[i] as string;
    if (word === 'ethernet' || word === 'trunk') kind = word;
    else if (word === 'to') {
      const last = Number(line.words[i + 1]);
      for (let n = Number(line.words[i - 1]) + 1; n < last && ports.length < MAX_PORTS; n++) ports.push(`${kind} ${n}`);
    } else ports.push(`${kind} ${word}`);
  }
  return ports;
}

function vlanFacts(carried: Carried | undefined): Pick<Interface, 'mode' | 'untaggedVlan' | 'allowedVlans'> {
  if (!carried) return {};
  const { untagged, place } = carried;
  const tagged = [...carried.tagged].sort((a, b) => a.from - b.from);
  return {
    ...(place
      ? { mode: stated('trunk', place), allowedVlans: stated(tagged, place) }
      : untagged && 'at' in untagged
        ? { mode: stated('access', untagged.at) }
        : {}),
    ...(untagged ? { untaggedVlan: untagged } : {}),
  };
}

/** `ip route 0.0.0.0 /0 10.0.1.254`, with a length or a mask; `ipv6 route ::/0 fe80::1`. */
export function readRoute(s: Statement, context: Context): void {
  const [network = '', glued] = (s.words[2] ?? '').split('/');
  const prefix = subnetOf(network, prefixAt(s, 3, glued));
  const nextHop = wordFact(s, glued === undefined ? 4 : 3);
  if (prefix === undefined || s.maybe) return;
  const reachable = nextHop && ipVersion(nextHop.value) !== 0 ? { nextHop } : {};
  context.facts.routes.push({ ...entity(context, placeOfHead(s)), prefix, ...reachable });
}

/** `ip default-gateway` of the management port. */
export function defaultGateways(context: Context, blocks: readonly Statement[]): void {
  for (const block of blocks) {
    for (const s of childrenOf(block, 'ip', 'default-gateway')) {
      const nextHop = wordFact(s, 2);
      if (nextHop)
        context.facts.routes.push({
          ...entity(context, placeOfHead(s)),
          prefix: '0.0.0.0/0',
          nextHop,
          vrf: stated('management', placeOfHead(s)),
        });
    }
  }
}
