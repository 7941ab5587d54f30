import { ipVersion, prefixOfLength, prefixOfMask, subnetOf } from '../../model/address.ts';
import { byDefault, type Fact, startOfLine, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, VlanRange } from '../../model/interface.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { numberFact, wordFact } from '../entity.ts';
import { isVip, nsip } from './addresses.ts';
import { hasFlag, optionFact, optionIndex, optionIndices, optionNumber, optionSwitch } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, latest } from './definition.ts';
import { HA_GROUP, hasPeer, independentNetworks } from './ha.ts';
import { PAGES } from './pages.ts';

type LagMode = NonNullable<Interface['lagMode']>;

/** Ports, channels, VLANs with their addresses, and static routes. */
export function buildNetwork(context: Context): void {
  const { definitions, facts } = context;
  for (const port of definitions.interface.values()) if (!/^L[AR]\//i.test(port.name)) facts.interfaces.push(portInterface(context, port));
  const channels = new Map([...definitions.channel.values()].map((channel) => [channel.name, channel]));
  for (const port of definitions.interface.values())
    if (/^L[AR]\//i.test(port.name) && !channels.has(port.name)) channels.set(port.name, port);
  for (const channel of channels.values()) facts.interfaces.push(channelInterface(context, channel));
  for (const name of implicitChannels(facts.interfaces)) facts.interfaces.push(name);
  buildVlans(context);
  for (const s of context.routes) addRoute(context, s);
}

/** `LA/1` of a port that LACP (`-lacpKey 1`) or `-ifnum` puts into a channel. */
function channelOf(context: Context, port: Definition): Fact<string> | undefined {
  const key = latest(port, (s) => optionNumber(s, '-lacpkey'));
  const mode = latest(port, (s) => optionFact(s, '-lacpmode'));
  if (key && 'at' in key && mode?.value.toUpperCase() !== 'DISABLED') return stated(`LA/${key.value}`, key.at);
  for (const channel of context.definitions.channel.values()) {
    const member = channelMembers(channel).find((fact) => fact.value === port.name);
    if (member && 'at' in member) return stated(channel.name, member.at);
  }
  return undefined;
}

/** Ports that `add channel -ifnum` and `bind channel` name. */
function channelMembers(channel: Definition): Fact<string>[] {
  const named = channel.statements.flatMap((s) => optionIndices(s, '-ifnum').map((i) => wordFact(s, i)));
  const bound = channel.bindings.flatMap((s) => s.words.map((_, i) => (i > 2 ? wordFact(s, i) : undefined)));
  return [...named, ...bound].filter((fact) => fact !== undefined && /^\d+\/\d+/.test(fact.value)) as Fact<string>[];
}

function portInterface(context: Context, port: Definition): Interface {
  const at = firstPlace(port);
  const lag = channelOf(context, port);
  const lacp = latest(port, (s) => optionFact(s, '-lacpmode'));
  const rate = latest(port, (s) => optionFact(s, '-lacptimeout'));
  const mode: LagMode | undefined =
    lag &&
    (lacp && 'at' in lacp
      ? stated(lacp.value.toUpperCase() === 'PASSIVE' ? 'lacp-passive' : 'lacp-active', lacp.at)
      : lag && 'at' in lag
        ? stated('static', lag.at)
        : undefined);
  return {
    ...entity(context, at),
    name: port.name,
    kind: /^LO\//i.test(port.name) ? 'loopback' : port.name.startsWith('0/') ? 'management' : 'physical',
    ...common(context, port),
    addresses: [],
    members: [],
    ...(lag ? { lag } : {}),
    ...(mode ? { lagMode: mode } : {}),
    ...(rate && 'at' in rate ? { lacpRate: stated(rate.value.toUpperCase() === 'SHORT' ? 'fast' : 'slow', rate.at) } : {}),
  };
}

function channelInterface(context: Context, channel: Definition): Interface {
  const lacpPorts = [...context.definitions.interface.values()].flatMap((port): Fact<string>[] => {
    const lag = channelOf(context, port);
    return lag?.value === channel.name && 'at' in lag ? [stated(port.name, lag.at)] : [];
  });
  const members = channelMembers(channel);
  for (const port of lacpPorts) if (!members.some((m) => m.value === port.value)) members.push(port);
  return { ...entity(context, firstPlace(channel)), name: channel.name, kind: 'lag', ...common(context, channel), addresses: [], members };
}

/** Channels that only `-lacpKey` on ports makes. */
function implicitChannels(interfaces: readonly Interface[]): Interface[] {
  const made = new Map<string, Interface>();
  for (const port of interfaces) {
    const name = port.lag?.value;
    if (name === undefined || interfaces.some((i) => i.name === name)) continue;
    const earlier = made.get(name);
    const member: Fact<string> = stated(port.name, port.at);
    made.set(name, {
      at: earlier?.at ?? port.at,
      device: port.device,
      platform: port.platform,
      name,
      kind: 'lag',
      addresses: [],
      members: [...(earlier?.members ?? []), member],
      ...(port.lagMode ? { lagMode: port.lagMode } : {}),
    });
  }
  return [...made.values()];
}

function common(
  context: Context,
  port: Definition,
): Pick<Interface, 'enabled' | 'mtu' | 'description' | 'mode' | 'untaggedVlan' | 'allowedVlans' | 'haWatched'> {
  const mtu = latest(port, (s) => optionNumber(s, '-mtu'));
  const description = latest(port, (s) => optionFact(s, '-ifalias'));
  const watched = latest(port, (s) => optionSwitch(s, '-hamonitor'));
  const vlans = channelOf(context, port) ? {} : vlansOf(context, port.name);
  return {
    enabled: port.enabled ?? byDefault(true, PAGES.interface),
    ...(mtu ? { mtu } : {}),
    ...(description && description.value !== '' ? { description } : {}),
    ...(watched ? { haWatched: watched } : {}),
    ...vlans,
  };
}

/** A port carries VLAN 1 untagged until another VLAN is bound to it untagged; `-tagged` VLANs come on top. */
function vlansOf(context: Context, port: string): Pick<Interface, 'mode' | 'untaggedVlan' | 'allowedVlans'> {
  const tagged: VlanRange[] = [];
  let untagged: Fact<number> | undefined;
  let binding: Statement | undefined;
  for (const vlan of context.definitions.vlan.values()) {
    for (const s of vlan.bindings) {
      if (!optionIndices(s, '-ifnum').some((i) => s.words[i]?.toUpperCase() === port.toUpperCase())) continue;
      const id = numberFact(s, 2);
      if (!id) continue;
      if (hasFlag(s, '-tagged')) {
        tagged.push({ from: id.value, to: id.value });
        binding = s;
      } else {
        untagged = id;
      }
    }
  }
  tagged.sort((a, b) => a.from - b.from);
  return {
    ...(binding
      ? { mode: stated('trunk', placeOfHead(binding)), allowedVlans: stated(tagged, placeOfHead(binding)) }
      : untagged
        ? { mode: byDefault('access', PAGES.vlan) }
        : {}),
    untaggedVlan: untagged ?? byDefault(1, PAGES.vlan),
  };
}

/** Names, in lower case, of the ports and channels that exist, channels that LACP makes among them. */
function knownPorts(context: Context): string[] {
  return context.facts.interfaces.map((i) => i.name.toLowerCase());
}

/** VLANs, each with an interface for the addresses whose subnet is bound to it; subnets bound to none live on VLAN 1. */
function buildVlans(context: Context): void {
  const byVlan = new Map<number, InterfaceAddress[]>();
  const home = new Map<string, number>();
  for (const vlan of context.definitions.vlan.values()) {
    const id = Number(vlan.name);
    const at = firstPlace(vlan);
    if (!Number.isInteger(id)) continue;
    const name = latest(vlan, (s) => optionFact(s, '-aliasname'));
    context.facts.vlans.push({ ...entity(context, at), id, ...(name ? { name } : {}) });
    for (const s of vlan.bindings) {
      for (const i of optionIndices(s, '-ifnum'))
        if (/^L[AR]\//i.test(s.words[i] ?? '')) refer(context, s, i, 'channel', knownPorts(context));
      const subnet = boundSubnet(s);
      if (subnet !== undefined) home.set(subnet, id);
    }
  }
  const nsvlan = context.nsConfig.map((s) => optionNumber(s, '-nsvlan')).findLast((fact) => fact !== undefined);
  for (const address of addresses(context)) {
    const own = address.floating?.value !== true && nsip(context)?.value === address.address;
    const vlan = own && nsvlan ? nsvlan.value : (home.get(subnetOf(address.address, address.prefix) ?? '') ?? 1);
    byVlan.set(vlan, [...(byVlan.get(vlan) ?? []), address]);
  }
  for (const [vlan, list] of byVlan) {
    const first = list[0];
    if (!first) continue;
    const add = context.definitions.vlan.get(String(vlan));
    context.facts.interfaces.push({
      ...entity(context, add ? firstPlace(add) : first.at),
      name: `vlan ${vlan}`,
      kind: 'vlan',
      addresses: list,
      members: [],
      vlan: add ? stated(vlan, firstPlace(add)) : byDefault(vlan, PAGES.vlan),
    });
  }
}

/** The subnet that `bind vlan N -IPAddress A MASK` puts into the VLAN. */
function boundSubnet(s: Statement): string | undefined {
  const at = optionIndex(s, '-ipaddress');
  if (at === undefined) return undefined;
  const [address = '', length] = (s.words[at] ?? '').split('/');
  return subnetOf(address, length === undefined ? prefixOfMask(s.words[at + 1] ?? '') : prefixOfLength(length));
}

/** NSIP, SNIPs, MIPs; a VIP with a host mask is no interface's address and stands with the HA group. */
function addresses(context: Context): InterfaceAddress[] {
  const found: InterfaceAddress[] = [];
  const own = nsip(context);
  const config = own && 'at' in own ? context.nsConfig.find((s) => s.line === own.at.line && s.file === own.at.file) : undefined;
  if (own && 'at' in own && config) {
    const prefix = prefixOfMask(optionFact(config, '-netmask')?.value ?? '');
    found.push({ ...entity(context, own.at), address: own.value, ...(prefix === undefined ? {} : { prefix }), secondary: false });
  }
  const moves = hasPeer(context) && !independentNetworks(context);
  for (const s of context.ips) {
    const vip = isVip(s);
    const [address = '', length] = (s.words[3] ?? '').split('/');
    if (vip !== false || s.maybe || ipVersion(address) === 0) continue;
    const prefix = length === undefined ? prefixOfMask(s.words[4] ?? '') : prefixOfLength(length);
    const floating = moves ? { floating: byDefault(true, PAGES.haNode), group: byDefault(HA_GROUP, PAGES.haNode) } : {};
    found.push({
      ...entity(context, placeOfWord(s, 3)),
      address,
      ...(prefix === undefined ? {} : { prefix }),
      secondary: false,
      ...floating,
    });
  }
  return found;
}

/** `add route NETWORK MASK GATEWAY`, `add route6 PREFIX GATEWAY`. */
function addRoute(context: Context, s: Statement): void {
  const six = s.words[1]?.toLowerCase() === 'route6';
  const prefix = six ? s.words[2] : subnetOf(s.words[2] ?? '', prefixOfMask(s.words[3] ?? ''));
  const nextHop = wordFact(s, six ? 3 : 4);
  if (prefix === undefined || !prefix.includes('/') || s.maybe) return;
  const reachable = nextHop && ipVersion(nextHop.value) !== 0 ? { nextHop } : {};
  context.facts.routes.push({ ...entity(context, placeOfHead(s)), prefix, ...reachable });
}

function firstPlace(definition: Definition): Interface['at'] {
  const command = definition.statements[0] ?? definition.bindings[0];
  return command ? placeOfHead(command) : startOfLine('', 1);
}
