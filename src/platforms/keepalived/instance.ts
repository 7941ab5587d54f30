import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Authentication, Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { childrenOf } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact, numberFact, sealed, wordFact } from '../entity.ts';
import { optionFact, readAddresses, splitPrefix } from './addresses.ts';
import { boolWord, CODE, type Context, entityAt, globalSetting, last, listLines, MANUAL, present } from './context.ts';
import { readExtras } from './extras.ts';
import { readStart } from './start.ts';
import { implicitTrigger, readTracks } from './triggers.ts';

/** Reads a `vrrp_instance`. */
export function readInstance(instance: Statement, context: Context): Member {
  const name = instance.words[1] ?? '';
  const addresses = readAddresses(instance, context);
  const unicast = readUnicast(instance);
  const family = familyOf(instance, addresses.list, unicast.peers);
  const version = versionOf(instance, family, context);
  const start = readStart(instance, context);
  const group = syncGroupOf(name, context);
  const tracking = readTracking(instance, group, start.priority?.value === 255, context);
  // A placeholder in place of a line, or an include, may say anything.
  const hidden = instance.children.some((c) => isUnknown(c.words[0] as string) || (c.words[0] as string).startsWith('include'));
  const open = [
    ...(hidden || addresses.open ? ['virtualAddresses'] : []),
    ...(hidden || unicast.open ? ['unicastPeers'] : []),
    // An address whose line is not known may bring an interface to watch.
    ...(hidden || tracking.open || addresses.open ? ['triggers'] : []),
  ];
  const groupLine = group && listLines(group, 'group').find((line) => line.words.includes(name));
  return {
    ...entityAt(instance, context),
    protocol: 'vrrp',
    name,
    addressFamily: family,
    enabled: stated(true, placeOfHead(instance)),
    virtualAddresses: addresses.list,
    unicastPeers: unicast.peers,
    triggers: tracking.triggers,
    ...(open.length > 0 ? { open } : {}),
    ...start,
    ...present({
      id: fieldOf(instance, 'virtual_router_id'),
      interface: fieldOf(instance, 'interface'),
      version,
      advertInterval: advertInterval(instance),
      authentication: readAuthentication(instance, version, context),
      transport: unicast.transport,
      unicastSource: unicast.source,
      syncGroup: groupLine && stated(group?.words[1] ?? '', placeOfHead(groupLine)),
      tracksOwnInterface: ownTracking(instance),
      gratuitousArp: gratuitousArp(instance, context),
      acceptsTraffic: acceptsTraffic(instance, context),
      extra: readExtras(instance, context),
    }),
  };
}

function fieldOf(block: Statement, keyword: string): Fact<string> | undefined {
  const s = last(block, keyword);
  return s && wordFact(s, 1);
}

function advertInterval(instance: Statement): Fact<number> | undefined {
  const s = last(instance, 'advert_int');
  return s ? numberFact(s, 1, 1000) : byDefault(1000, MANUAL);
}

function familyOf(instance: Statement, addresses: readonly VirtualAddress[], peers: readonly Fact<string>[]): 'ipv4' | 'ipv6' {
  const first = addresses.find((address) => address.advertised === undefined)?.address ?? peers[0]?.value;
  if (first !== undefined) return first.includes(':') ? 'ipv6' : 'ipv4';
  return last(instance, 'native_ipv6') ? 'ipv6' : 'ipv4';
}

function versionOf(instance: Statement, family: 'ipv4' | 'ipv6', context: Context): Fact<number> | undefined {
  if (family === 'ipv6') return byDefault(3, MANUAL);
  const s = last(instance, 'version') ?? globalSetting(context, 'vrrp_version');
  if (s) return numberFact(s, 1);
  return context.partial ? undefined : byDefault(2, MANUAL);
}

function syncGroupOf(name: string, context: Context): Statement | undefined {
  return context.syncGroups.find((group) => listLines(group, 'group').some((line) => line.words.includes(name)));
}

/** `dont_track_primary`; keepalived watches the own interface unless told otherwise. */
function ownTracking(instance: Statement): Fact<boolean> | undefined {
  const s = last(instance, 'dont_track_primary');
  if (s) return headFact(s, false);
  return last(instance, 'interface') ? byDefault(true, MANUAL) : undefined;
}

/** What makes the instance give up: what it is told to track, its sync group's tracking, and what keepalived tracks by itself. */
function readTracking(
  instance: Statement,
  group: Statement | undefined,
  owner: boolean,
  context: Context,
): { triggers: Trigger[]; open: boolean } {
  const own = last(instance, 'interface');
  const ownName = own && !own.maybe && !isUnknown(own.words[1] ?? '') ? own.words[1] : undefined;
  const untracked = last(instance, 'dont_track_primary');
  const implicit: Trigger[] = [];
  if (own && ownName !== undefined && !untracked) implicit.push(implicitTrigger(own, ownName, context));
  for (const { line, dev } of trackedDevices(instance)) {
    const known = implicit.some((trigger) => trigger.target === dev);
    if (!known && dev !== ownName) implicit.push(implicitTrigger(line, dev, context));
  }
  const names = new Set(implicit.map((trigger) => trigger.target));
  const grouped = group !== undefined && !last(group, 'sync_group_tracking_weight');
  const mine = readTracks(instance, { implicit: names, grouped, owner }, context);
  const shared = group ? readTracks(group, { implicit: names, grouped: false, owner }, context) : { triggers: [], open: false };
  noteWeightless(mine.triggers, names, instance, context);
  const open = mine.open || shared.open || (untracked?.maybe ?? false) || (own !== undefined && ownName === undefined);
  return { triggers: [...implicit, ...mine.triggers, ...shared.triggers], open };
}

/** Interfaces of addresses and routes, which keepalived tracks unless `no_track` is said. */
function trackedDevices(instance: Statement): { line: Statement; dev: string }[] {
  const lines = ['virtual_ipaddress', 'virtual_ipaddress_excluded', 'virtual_routes'].flatMap((list) => listLines(instance, list));
  return lines.flatMap((line) => {
    const dev = optionFact(line, 'dev')?.value;
    return dev === undefined || line.maybe || line.words.includes('no_track') ? [] : [{ line, dev }];
  });
}

/** A weight on an interface that is watched anyway has no effect: its loss is a fault. */
function noteWeightless(triggers: readonly Trigger[], implicit: ReadonlySet<string>, instance: Statement, context: Context): void {
  for (const line of listLines(instance, 'track_interface')) {
    const name = line.words[0] as string;
    if (line.words[1] !== 'weight' || line.words[2] === '0' || !implicit.has(name)) continue;
    if (!triggers.some((trigger) => trigger.target === name)) continue;
    context.facts.remarks.push({
      ...entityAt(line, context),
      kind: 'ineffective',
      subject: `track_interface ${name} weight`,
      text: `${name} is watched anyway, as the instance's own interface or an address's: its loss is a fault, whatever the weight`,
    });
  }
}

interface Unicast {
  readonly transport: Fact<'multicast' | 'unicast'> | undefined;
  readonly source: Fact<string> | undefined;
  readonly peers: readonly Fact<string>[];
  readonly open: boolean;
}

function readUnicast(instance: Statement): Unicast {
  const lists = childrenOf(instance, 'unicast_peer');
  const lines = listLines(instance, 'unicast_peer');
  const peers = lines.flatMap((line) => {
    const fact = wordFact(line, 0);
    return fact ? [{ ...fact, value: splitPrefix(fact.value)[0] }] : [];
  });
  const s = last(instance, 'unicast_src_ip');
  const source = s && wordFact(s, 1);
  const open = peers.length < lines.length || lists.some((list) => list.maybe);
  const list = lists[0];
  const transport =
    list && lines.length > 0
      ? headFact(list, 'unicast' as const)
      : lists.some((l) => l.maybe)
        ? undefined
        : byDefault('multicast' as const, MANUAL);
  return { transport, source: source && { ...source, value: splitPrefix(source.value)[0] }, peers, open };
}

/** Only the first eight characters of a password count, as the manual says. */
function readAuthentication(instance: Statement, version: Fact<number> | undefined, context: Context): Authentication | undefined {
  const block = last(instance, 'authentication');
  if (!block) return context.partial ? undefined : { ...entityAt(instance, context), type: byDefault('none', MANUAL) };
  const typeLine = last(block, 'auth_type');
  const passLine = last(block, 'auth_pass');
  const word = typeLine && wordFact(typeLine, 1);
  if (block.maybe || !typeLine || !word) return undefined;
  const ignored =
    version?.value === 3
      ? 'VRRP version 3 has no authentication'
      : strict(instance, context)
        ? 'strict mode forbids authentication'
        : undefined;
  if (ignored !== undefined) {
    const remark = { kind: 'ineffective' as const, subject: 'authentication', text: `${ignored}: keepalived ignores it` };
    context.facts.remarks.push({ ...entityAt(block, context), ...remark });
    return { ...entityAt(block, context), type: stated('none', placeOfHead(block)) };
  }
  const type = word.value === 'PASS' ? ('text' as const) : word.value === 'AH' ? ('ah' as const) : ('other' as const);
  const key = passLine && wordFact(passLine, 1);
  return {
    ...entityAt(block, context),
    type: stated(type, placeOfHead(typeLine)),
    ...(key && passLine ? { key: stated(sealed(key.value.slice(0, 8)), placeOfWord(passLine, 1)) } : {}),
  };
}

/** Whether strict mode is in force for an instance. */
export function strict(instance: Statement, context: Context): boolean {
  const own = last(instance, 'strict_mode');
  if (own) return boolWord(own, 1) ?? false;
  return globalSetting(context, 'vrrp_strict') !== undefined;
}

function gratuitousArp(instance: Statement, context: Context): Fact<boolean> | undefined {
  const s = last(instance, 'garp_master_repeat') ?? globalSetting(context, 'vrrp_garp_master_repeat');
  if (!s) return context.partial ? undefined : byDefault(true, CODE);
  const repeat = numberFact(s, 1);
  return repeat && { ...repeat, value: repeat.value > 0 };
}

function acceptsTraffic(instance: Statement, context: Context): Fact<boolean> | undefined {
  const s = last(instance, 'accept', 'no_accept');
  if (s) return headFact(s, s.words[0] === 'accept');
  // Strict mode follows RFC 5798: only the owner of an address (priority 255) accepts what is sent to it. Seen in the lab.
  if (strict(instance, context)) return last(instance, 'priority')?.words[1] === '255' ? undefined : byDefault(false, MANUAL);
  return context.partial ? undefined : byDefault(true, MANUAL);
}
