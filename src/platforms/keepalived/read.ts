import type { DeviceFacts } from '../../model/device.ts';
import type { InterfaceAddress } from '../../model/interface.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { noFacts } from '../entity.ts';
import type { HostSources } from '../platform.ts';
import { optionFact, splitPrefix } from './addresses.ts';
import { type Context, entityAt, listLines } from './context.ts';
import { joinIncludes } from './includes.ts';
import { readInstance } from './instance.ts';
import { markAll } from './mark.ts';
import { readWatches, trackedByName } from './tracked.ts';
import { readVirtualServer } from './virtual-server.ts';

/** Reads one host's keepalived configuration. */
export function read(host: HostSources): DeviceFacts {
  const { roots, missing } = joinIncludes(host.sources);
  const of = (keyword: string): Statement[] => roots.filter((root) => root.words[0] === keyword);
  const facts = noFacts('load-balancer');
  const context: Context = {
    device: host.device,
    facts,
    roots,
    order: new Map(roots.map((root, index) => [root, index])),
    tracked: trackedByName(roots),
    bound: new Set(),
    globals: of('global_defs'),
    syncGroups: of('vrrp_sync_group'),
    partial: missing || host.sources.some(isCutShort),
  };
  markAll(context);
  for (const instance of of('vrrp_instance')) {
    if (!instance.maybe && instance.words[1] !== undefined && !isUnknown(instance.words[1]))
      facts.members.push(readInstance(instance, context));
  }
  noteDuplicates(roots, context);
  noteGroupMembers(context);
  for (const one of readWatches(context)) facts.watches.push(one);
  for (const virtual of of('virtual_server')) {
    if (virtual.maybe) continue;
    const { servers, pool } = readVirtualServer(virtual, context);
    for (const one of servers) facts.virtualServers.push(one);
    facts.pools.push(pool);
  }
  readStaticAddresses(of('static_ipaddress'), context);
  return { ...facts, ...(context.partial ? { fragment: true } : {}) };
}

function isCutShort(source: Source): boolean {
  return source.diagnostics.some((diagnostic) => diagnostic.kind === 'unsupported');
}

/** The name that the config gives its host, `router_id`. */
export function hostnameOf(globals: readonly Statement[]): DeviceFacts['hostname'] {
  const s = globals.flatMap((block) => block.children.filter((c) => c.words[0] === 'router_id')).at(-1);
  const word = s?.words[1];
  return s === undefined || word === undefined || s.maybe || isUnknown(word) ? undefined : { value: word, at: placeOfWord(s, 1) };
}

/** Two blocks of one kind and name: keepalived complains and drops one. */
function noteDuplicates(roots: readonly Statement[], context: Context): void {
  const seen = new Map<string, Statement>();
  for (const root of roots) {
    if (!/^vrrp_(?:instance|script|sync_group|track_process)$/.test(root.words[0] as string) || root.maybe) continue;
    const name = root.words[1];
    if (name === undefined || isUnknown(name)) continue;
    const key = `${root.words[0]} ${name}`;
    const earlier = seen.get(key);
    if (!earlier) seen.set(key, root);
    else {
      const text = `${key} is defined twice, and keepalived keeps the first`;
      context.facts.remarks.push({
        ...entityAt(root, context),
        at: placeOfHead(root),
        kind: 'duplicate-definition',
        subject: key,
        text,
        other: placeOfHead(earlier),
      });
    }
  }
}

/** Names in a sync group that are no instance's. */
function noteGroupMembers(context: Context): void {
  const instances = context.roots.filter((root) => root.words[0] === 'vrrp_instance').map((root) => root.words[1] ?? '');
  if (context.partial || instances.some(isUnknown)) return;
  for (const group of context.syncGroups) {
    for (const line of listLines(group, 'group')) {
      const from = line.words[0] === 'group' ? 1 : 0;
      line.words.slice(from).forEach((name, index) => {
        if (isUnknown(name) || line.maybe) return;
        context.facts.references.push({
          ...entityAt(line, context),
          at: placeOfWord(line, from + index),
          to: 'other',
          noun: 'vrrp_instance',
          name,
          defined: instances.includes(name),
          candidates: instances.includes(name) ? [] : instances,
        });
      });
    }
  }
}

/** Addresses that keepalived puts on interfaces for good. */
function readStaticAddresses(blocks: readonly Statement[], context: Context): void {
  const byInterface = new Map<string, { line: Statement; addresses: InterfaceAddress[] }>();
  for (const line of blocks.flatMap((block) => block.children)) {
    const dev = optionFact(line, 'dev')?.value;
    const [address, prefix] = splitPrefix(line.words[0] as string);
    if (dev === undefined || line.maybe || !/^[\da-fA-F.:]+$/.test(address)) continue;
    const entry = byInterface.get(dev) ?? { line, addresses: [] };
    entry.addresses.push({ ...entityAt(line, context), address, ...(prefix === undefined ? {} : { prefix }), secondary: false });
    byInterface.set(dev, entry);
  }
  for (const [name, { line, addresses }] of byInterface) {
    context.facts.interfaces.push({ ...entityAt(line, context), name, kind: 'physical', addresses, members: [] });
  }
}
