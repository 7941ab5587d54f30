import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Authentication, Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { type ConfigNode, follow, leaf, listed, nodePlace, wordPlace } from '../../syntax/config-tree.ts';
import { isPlain, nodeFact, nodeFlag, nodeNumber, nodeSecret, present, splitCidr } from '../tree-facts.ts';
import { type Context, entityAt, KEEPALIVED_PAGE, VRRP_CODE, VRRP_PAGE } from './context.ts';
import type { InterfaceBlock } from './interfaces.ts';

/** Reads the VRRP groups: `high-availability vrrp group`, `vrrp group` of some releases, and `vrrp-group` inside interfaces of the older ones. */
export function readVrrp(blocks: readonly InterfaceBlock[], context: Context): Member[] {
  const vrrp = follow(context.root, 'high-availability', 'vrrp') ?? follow(context.root, 'vrrp');
  const groups = listed(vrrp, 'group').filter(isPlain);
  const synced = syncGroups(vrrp);
  const members = groups.map((group) => readGroup(group, synced.get(group.word), context));
  for (const block of blocks) {
    for (const group of listed(block.node, 'vrrp', 'vrrp-group').filter(isPlain)) members.push(readOldGroup(group, block, context));
  }
  noteUnknownMembers(synced, groups, context);
  return members;
}

function syncGroups(vrrp: ConfigNode | undefined): Map<string, Fact<string>> {
  const found = new Map<string, Fact<string>>();
  for (const group of listed(vrrp, 'sync-group')) {
    for (const member of listed(group, 'member')) {
      if (isPlain(member) && isPlain(group)) found.set(member.word, stated(group.word, wordPlace(member)));
    }
    follow(group, 'transition-script');
  }
  return found;
}

function noteUnknownMembers(synced: ReadonlyMap<string, Fact<string>>, groups: readonly ConfigNode[], context: Context): void {
  const candidates = groups.map((g) => g.word);
  for (const [name, fact] of synced) {
    const defined = candidates.includes(name);
    if (!('at' in fact) || context.facts.fragment) continue;
    context.facts.references.push({
      at: fact.at,
      device: context.device,
      platform: 'vyos',
      to: 'other',
      noun: 'vrrp group',
      name,
      defined,
      candidates: defined ? [] : candidates,
    });
  }
}

function readGroup(group: ConfigNode, syncGroup: Fact<string> | undefined, context: Context): Member {
  const carrier = leaf(group, 'interface');
  return {
    ...common(group, carrier && { name: carrier.word, node: carrier }, context),
    name: group.word,
    ...present({
      interface: nodeFact(carrier),
      id: nodeFact(leaf(group, 'vrid')),
      enabled: nodeFlag(follow(group, 'disable'), false) ?? stated(true, wordPlace(group)),
      preempt: nodeFlag(follow(group, 'no-preempt'), false) ?? byDefault(true, VRRP_PAGE),
      syncGroup,
    }),
  };
}

/** A group inside its interface: it is named by its VRID, and preempts unless `preempt false`. */
function readOldGroup(group: ConfigNode, carrier: InterfaceBlock, context: Context): Member {
  const preempt = leaf(group, 'preempt');
  return {
    ...common(group, carrier, context),
    name: `${carrier.name} group ${group.word}`,
    interface: stated(carrier.name, wordPlace(group)),
    ...present({
      id: nodeFact(group),
      enabled: nodeFlag(follow(group, 'disable'), false) ?? stated(true, wordPlace(group)),
      preempt: preempt ? nodeFlag(preempt, preempt.word === 'true') : byDefault(true, VRRP_PAGE),
      syncGroup: nodeFact(leaf(group, 'sync-group')),
    }),
  };
}

function common(group: ConfigNode, carrier: InterfaceBlock | undefined, context: Context): Omit<Member, 'name'> {
  const addresses = [...listed(group, 'address'), ...listed(group, 'virtual-address')];
  const excluded = [...listed(group, 'excluded-address'), ...listed(group, 'virtual-address-excluded')];
  const all = [
    ...addresses.flatMap((node) => virtualAddress(node, true, context)),
    ...excluded.flatMap((node) => virtualAddress(node, false, context)),
  ];
  const peers = listed(group, 'peer-address');
  const peer = peers[0];
  const source = leaf(group, 'hello-source-address');
  const priority = leaf(group, 'priority');
  const interval = leaf(group, 'advertise-interval');
  const family = all.some((a) => a.address.includes(':')) ? 'ipv6' : 'ipv4';
  const version = leaf(context.root, 'high-availability', 'vrrp', 'global-parameters', 'version');
  const hidden = [...addresses, ...excluded].some((node) => !isPlain(node));
  for (const known of ['description', 'transition-script', 'run-transition-scripts', 'notify']) listed(group, known);
  return {
    ...entityAt(group, context),
    protocol: 'vrrp',
    addressFamily: family,
    virtualAddresses: all,
    unicastPeers: peers.flatMap((p) => nodeFact(p) ?? []),
    triggers: readTriggers(group, carrier, context),
    ...(hidden || group.maybe ? { open: ['virtualAddresses', 'triggers'] } : {}),
    ...present({
      // IPv6 always runs version 3.
      version: family === 'ipv6' ? byDefault(3, VRRP_PAGE) : version ? nodeNumber(version) : byDefault(2, VRRP_PAGE),
      priority: priority ? nodeNumber(priority) : byDefault(100, VRRP_CODE),
      advertInterval: interval ? nodeNumber(interval, 1000) : byDefault(1000, VRRP_CODE),
      preemptDelay: nodeNumber(leaf(group, 'preempt-delay'), 1000),
      transport: peer ? nodeFlag(peer, 'unicast' as const) : byDefault('multicast' as const, VRRP_PAGE),
      unicastSource: nodeFact(source),
      authentication: readAuthentication(group, context),
      tracksOwnInterface: nodeFlag(follow(group, 'track', 'exclude-vrrp-interface'), false) ?? byDefault(true, KEEPALIVED_PAGE),
      extra: extras(group),
    }),
  };
}

function extras(group: ConfigNode): Member['extra'] | undefined {
  const virtualMac = nodeFlag(follow(group, 'rfc3768-compatibility') ?? follow(group, 'rfc-compatibility'), true);
  return virtualMac && { virtualMac };
}

function virtualAddress(node: ConfigNode, advertised: boolean, context: Context): VirtualAddress[] {
  const parts = splitCidr(node.word);
  if (!isPlain(node) || !parts) return [];
  const carrier = nodeFact(leaf(node, 'interface'));
  return [
    {
      ...entityAt(node, context),
      at: wordPlace(node),
      ...parts,
      ...(carrier ? { interface: carrier } : {}),
      ...(advertised ? {} : { advertised: stated(false, wordPlace(node)) }),
    },
  ];
}

/** Only the first eight characters of a password count, as in keepalived. */
function readAuthentication(group: ConfigNode, context: Context): Authentication {
  const block = follow(group, 'authentication');
  const type = leaf(block, 'type');
  const entity = entityAt(block ?? group, context);
  if (!block || !type) return { ...entity, type: byDefault('none', VRRP_PAGE) };
  const kind = /^(?:ah|AH)$/.test(type.word) ? 'ah' : /^(?:plaintext-password|simple|text)$/.test(type.word) ? 'text' : 'other';
  const key = nodeSecret(leaf(block, 'password'));
  return { ...entity, type: stated(kind, wordPlace(type)), ...(key ? { key } : {}) };
}

/** What makes the group give up: its own interface unless excluded, tracked interfaces, its health check. */
function readTriggers(group: ConfigNode, carrier: InterfaceBlock | undefined, context: Context): Trigger[] {
  const triggers: Trigger[] = [];
  const excluded = follow(group, 'track', 'exclude-vrrp-interface');
  const base = { processes: [], addresses: [] };
  if (carrier && isPlain(carrier.node) && !excluded)
    triggers.push({
      ...entityAt(carrier.node, context),
      ...base,
      at: wordPlace(carrier.node),
      watches: 'interface',
      target: carrier.name,
      interfaces: [carrier.name],
      effect: byDefault('fault', KEEPALIVED_PAGE),
      implicit: true,
    });
  for (const node of listed(group, 'track', 'interface').filter(isPlain)) {
    const weight = follow(node, 'weight');
    const penalty = nodeNumber(leaf(weight, 'value'));
    triggers.push({
      ...entityAt(node, context),
      ...base,
      at: wordPlace(node),
      watches: 'interface',
      target: node.word,
      interfaces: [node.word],
      effect: stated(weight ? 'priority' : 'fault', wordPlace(node)),
      ...(penalty ? { penalty } : {}),
    });
  }
  const check = follow(group, 'health-check');
  const script = leaf(check, 'script');
  if (check && script && isPlain(script)) triggers.push({ ...entityAt(check, context), ...base, ...healthCheck(check, script) });
  return triggers;
}

function healthCheck(check: ConfigNode, script: ConfigNode): Omit<Trigger, 'at' | 'device' | 'platform' | 'processes' | 'addresses'> {
  const interval = leaf(check, 'interval');
  const count = leaf(check, 'failure-count');
  const each = interval ? nodeNumber(interval, 1000) : byDefault(60_000, VRRP_CODE);
  const failures = count ? nodeNumber(count) : byDefault(3, VRRP_CODE);
  return {
    watches: 'script',
    target: script.word,
    interfaces: [],
    effect: stated('fault', nodePlace(script)),
    ...(each && failures ? { detection: { ...each, value: each.value * failures.value } } : {}),
  };
}
