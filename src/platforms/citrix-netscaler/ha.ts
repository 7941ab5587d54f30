import { canonicalAddress, ipVersion, prefixOfLength, prefixOfMask, subnetOf } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import type { Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { wordFact } from '../entity.ts';
import { isVip, nsip } from './addresses.ts';
import { optionFact, optionIndex, optionIndices, optionNumber, optionSwitch } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, latest, lookUp } from './definition.ts';
import { PAGES } from './pages.ts';

/** NetScaler gives the pair no name; this one stands for it. */
export const HA_GROUP = 'HA';

type Settings = Readonly<Record<string, Fact<string | number | boolean>>>;

/** `add HA node` commands of peers; id 0 is the node itself. */
function peerCommands(context: Context): Statement[] {
  return context.haNodes.filter((s) => s.words[0]?.toLowerCase() === 'add' && s.words[3] !== '0');
}

/** Whether the config names a peer. */
export function hasPeer(context: Context): boolean {
  return peerCommands(context).length > 0;
}

/** Independent network configuration: the nodes stand in different subnets and share no SNIPs. */
export function independentNetworks(context: Context): boolean {
  return peerCommands(context).some((s) => optionSwitch(s, '-inc')?.value === true);
}

/**
 * Whether the address of a virtual server moves with the pair: all do but the node's own (NSIP), and, where the nodes keep
 * networks of their own, the SNIPs.
 */
export function movesWithPair(context: Context, address: string): boolean {
  const canonical = canonicalAddress(address);
  const own = nsip(context)?.value;
  if (own !== undefined && canonicalAddress(own) === canonical) return false;
  return !(independentNetworks(context) && isSnip(context, canonical));
}

function isSnip(context: Context, address: string): boolean {
  return context.ips.some((s) => isVip(s) === false && !s.maybe && canonicalAddress((s.words[3] ?? '').split('/')[0] ?? '') === address);
}

/** The HA pair: the peering and the membership, where the config speaks of HA at all. */
export function buildHa(context: Context): void {
  const first = context.haNodes[0];
  if (!first) return;
  const settings = haSettings(context);
  const at = placeOfHead(peerCommands(context)[0] ?? first);
  const source = nsip(context);
  const holdTime = setting(context, (s) => optionNumber(s, '-deadinterval', 1000)) ?? byDefault(3000, PAGES.haNode);
  const hello = setting(context, (s) => optionNumber(s, '-hellointerval')) ?? byDefault(200, PAGES.haNode);
  const paths = heartbeatPaths(context);
  const peers = peerCommands(context).map((s): Peer => {
    const address = wordFact(s, 4);
    return { ...entity(context, placeOfHead(s)), name: `HA node ${s.words[3] ?? ''}`, ...(address ? { address } : {}) };
  });
  const status = settings.haStatus;
  const enabled = status && 'at' in status ? stated(status.value !== 'DISABLED', status.at) : byDefault(true, PAGES.haNode);
  const peering: Peering = {
    ...entity(context, at),
    kind: 'netscaler-ha',
    name: HA_GROUP,
    enabled,
    ...(source ? { self: source } : {}),
    peers,
    heartbeats: peers.length > 0 ? heartbeats(context, paths.on, source, peers[0]?.address, at) : [],
    ...(paths.enabled ? { heartbeatEnabled: paths.enabled } : {}),
    heartbeatInterval: hello,
    deadInterval: holdTime,
    syncEnabled: setting(context, (s) => optionSwitch(s, '-hasync')) ?? byDefault(true, PAGES.haNode),
    ...(source ? { syncAddress: source } : {}),
    extra: settings,
    ...(paths.known ? {} : { open: ['heartbeats'] }),
  };
  const member: Member = {
    ...entity(context, at),
    protocol: 'netscaler-ha',
    name: HA_GROUP,
    id: byDefault(HA_GROUP, PAGES.haNode),
    addressFamily: 'ipv4',
    enabled,
    advertInterval: hello,
    holdTime,
    virtualAddresses: virtualAddresses(context),
    unicastPeers: peers.flatMap((peer) => (peer.address ? [peer.address] : [])),
    triggers: [...interfaceTriggers(context), ...fisTriggers(context), ...routeTriggers(context)],
    extra: settings,
    ...(paths.known ? {} : { open: ['triggers'] }),
  };
  context.facts.peerings.push(peering);
  context.facts.members.push(member);
}

/** The last `set HA node` that says so; the node's settings hold for this device alone. */
function setting<T>(context: Context, read: (s: Statement) => T | undefined): T | undefined {
  return context.haNodes
    .filter((s) => s.words[0]?.toLowerCase() === 'set')
    .map(read)
    .findLast((value) => value !== undefined);
}

/** What only NetScaler has, in its own words. */
function haSettings(context: Context): Settings {
  const status = setting(context, (s) => optionFact(s, '-hastatus'));
  const inc = peerCommands(context)
    .map((s) => optionSwitch(s, '-inc'))
    .find((fact) => fact !== undefined);
  return {
    haStatus: status && 'at' in status ? stated(status.value.toUpperCase(), status.at) : byDefault('ENABLED', PAGES.haNode),
    haSync: setting(context, (s) => optionSwitch(s, '-hasync')) ?? byDefault(true, PAGES.haNode),
    haProp: setting(context, (s) => optionSwitch(s, '-haprop')) ?? byDefault(true, PAGES.haNode),
    failSafe: setting(context, (s) => optionSwitch(s, '-failsafe')) ?? byDefault(false, PAGES.haNode),
    maxFlips: setting(context, (s) => optionNumber(s, '-maxflips')) ?? byDefault(0, PAGES.haNode),
    maxFlipTime: setting(context, (s) => optionNumber(s, '-maxfliptime')) ?? byDefault(0, PAGES.haNode),
    inc: inc ?? byDefault(false, PAGES.haNode),
  };
}

/** Ports and channels that can carry heartbeats or be watched: enabled, no channel's member, no loopback. */
function watchable(context: Context): { definition: Definition; known: Interface | undefined }[] {
  const interfaces = context.facts.interfaces;
  return [...context.definitions.interface.values(), ...context.definitions.channel.values()]
    .filter((d) => !/^LO\//i.test(d.name) && d.enabled?.value !== false)
    .map((definition) => ({ definition, known: interfaces.find((i) => i.name === definition.name) }))
    .filter(({ known }) => known?.lag === undefined);
}

interface Paths {
  readonly on: readonly Definition[];
  readonly enabled?: Fact<boolean>;
  /** The config lists its interfaces. */
  readonly known: boolean;
}

/** Heartbeats leave by every enabled interface whose HAHEARTBEAT is on (the default); NSVLAN narrows them to its own. */
function heartbeatPaths(context: Context): Paths {
  const candidates = watchable(context).map(({ definition }) => definition);
  const off = candidates.filter((d) => latest(d, (s) => optionSwitch(s, '-haheartbeat'))?.value === false);
  const nsvlan = context.nsConfig.findLast((s) => optionIndex(s, '-nsvlan') !== undefined && optionIndex(s, '-ifnum') !== undefined);
  const members = nsvlan && new Set(optionIndices(nsvlan, '-ifnum').map((i) => nsvlan.words[i]));
  const syncVlan = setting(context, (s) => optionFact(s, '-syncvlan'));
  const on = candidates.filter((d) => !off.includes(d) && (!members || syncVlan !== undefined || members.has(d.name)));
  const known = candidates.length > 0;
  const silenced = off[0] && latest(off[0], (s) => optionSwitch(s, '-haheartbeat'));
  const enabled = known && off.length === candidates.length && silenced ? silenced : known ? byDefault(true, PAGES.heartbeat) : undefined;
  return { on, known, ...(enabled ? { enabled } : {}) };
}

function heartbeats(
  context: Context,
  on: readonly Definition[],
  source: Fact<string> | undefined,
  destination: Fact<string> | undefined,
  at: Peering['at'],
): Heartbeat[] {
  return on.map((definition) => {
    const command = definition.statements[0] ?? definition.bindings[0];
    const place = command ? placeOfHead(command) : at;
    return {
      ...entity(context, place),
      ...(source ? { source } : {}),
      ...(destination ? { destination } : {}),
      interface: stated(definition.name, place),
      port: byDefault(3003, PAGES.heartbeat),
      transport: byDefault('unicast', PAGES.heartbeat),
      ...(definition.name.startsWith('0/') ? { management: true } : {}),
    };
  });
}

/** Critical interfaces: HAMON on (the default), enabled, in no failover interface set. */
function interfaceTriggers(context: Context): Trigger[] {
  const inSet = new Set([...context.definitions.fis.values()].flatMap((fis) => fis.bindings.flatMap((s) => s.words.slice(3))));
  return watchable(context).flatMap(({ definition, known }): Trigger[] => {
    const watched = latest(definition, (s) => optionSwitch(s, '-hamonitor'));
    if (watched?.value === false || inSet.has(definition.name)) return [];
    const command = definition.statements[0] ?? definition.bindings[0];
    if (!command) return [];
    return [
      {
        ...entity(context, placeOfHead(command)),
        watches: known?.kind === 'lag' ? 'trunk' : 'interface',
        target: definition.name,
        defined: true,
        interfaces: [definition.name],
        processes: [],
        addresses: [],
        effect: watched && 'at' in watched ? stated('failover', watched.at) : byDefault('failover', PAGES.fis),
        ...(watched ? {} : { implicit: true }),
      },
    ];
  });
}

/** A failover interface set fires when its last interface is gone. */
function fisTriggers(context: Context): Trigger[] {
  return [...context.definitions.fis.values()].flatMap((fis): Trigger[] => {
    const add = fis.statements[0];
    const names = fis.bindings.flatMap((s) => s.words.slice(3));
    if (!add) return [];
    const ports = context.facts.interfaces.map((i) => i.name.toLowerCase());
    for (const s of fis.bindings)
      for (let i = 3; i < s.words.length; i++) if (/^L[AR]\//i.test(s.words[i] ?? '')) refer(context, s, i, 'channel', ports);
    const watched = names.filter((name) => {
      const port = lookUp(context.definitions, 'interface', name) ?? lookUp(context.definitions, 'channel', name);
      return !port || latest(port, (s) => optionSwitch(s, '-hamonitor'))?.value !== false;
    });
    const idle = watched.length === 0 ? 'no interface with HAMON on is bound to it' : undefined;
    return [
      {
        ...entity(context, placeOfHead(add)),
        watches: 'interface',
        target: fis.name,
        defined: true,
        interfaces: watched,
        needsAll: true,
        processes: [],
        addresses: [],
        effect: stated('failover', placeOfHead(add)),
        ...(idle ? { cannotFire: stated(idle, placeOfHead(add)) } : {}),
      },
    ];
  });
}

/** `bind HA node -routeMonitor NETWORK [MASK]`: the node fails when no such route is in its table. */
function routeTriggers(context: Context): Trigger[] {
  return context.haNodes.flatMap((s): Trigger[] => {
    const at = optionIndex(s, '-routemonitor');
    if (at === undefined || s.words[0]?.toLowerCase() !== 'bind') return [];
    const target = routePrefix(s, at);
    const route = context.facts.routes.find((r) => r.prefix === target);
    const command = route && context.routes.find((r) => r.line === route.at.line && r.file === route.at.file);
    const monitored = command && optionSwitch(command, '-msr')?.value === true;
    const connected = context.facts.interfaces.some((i) => i.addresses.some((a) => subnetOf(a.address, a.prefix) === target));
    const stays =
      command && !monitored
        ? stated('the static route stays in the table while its gateway is dead (no -msr ENABLED)', placeOfHead(command))
        : undefined;
    context.facts.watches.push({ ...entity(context, placeOfHead(s)), watches: 'route', name: target, bound: true });
    return [
      {
        ...entity(context, placeOfHead(s)),
        watches: 'route',
        target,
        ...(route || connected ? { defined: true } : {}),
        interfaces: [],
        processes: [],
        addresses: monitored && route?.nextHop ? [route.nextHop.value] : [],
        effect: stated('failover', placeOfWord(s, at)),
        ...(stays ? { cannotFire: stays } : {}),
      },
    ];
  });
}

function routePrefix(s: Statement, at: number): string {
  const network = s.words[at] ?? '';
  if (network.includes('/')) return network;
  const prefix = prefixOfMask(s.words[at + 1] ?? '');
  return subnetOf(network, prefix) ?? network;
}

/** The addresses that move with the pair: VIPs, and SNIPs unless the nodes keep networks of their own. */
function virtualAddresses(context: Context): VirtualAddress[] {
  if (!hasPeer(context)) return [];
  const own = nsip(context)?.value;
  const found: VirtualAddress[] = [];
  const seen = new Set(own === undefined ? [] : [canonicalAddress(own)]);
  const add = (s: Statement, address: string, prefix?: number): void => {
    const canonical = canonicalAddress(address);
    if (ipVersion(address) === 0 || seen.has(canonical)) return;
    seen.add(canonical);
    found.push({ ...entity(context, placeOfHead(s)), address, ...(prefix === undefined ? {} : { prefix }) });
  };
  for (const s of context.ips) {
    const vip = isVip(s);
    if (vip === undefined || (!vip && independentNetworks(context))) continue;
    const [address = '', length] = (s.words[3] ?? '').split('/');
    add(s, address, length === undefined ? prefixOfMask(s.words[4] ?? '') : prefixOfLength(length));
  }
  for (const kind of ['lb vserver', 'cs vserver', 'vpn vserver', 'authentication vserver'] as const) {
    for (const vserver of context.definitions[kind].values()) {
      const s = vserver.statements[0];
      const address = s?.words[5];
      if (s && !s.maybe && address !== undefined && address !== '0.0.0.0' && address !== '::' && movesWithPair(context, address))
        add(s, address);
    }
  }
  return found;
}
