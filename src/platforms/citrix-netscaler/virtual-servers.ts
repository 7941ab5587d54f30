import { ipVersion } from '../../model/address.ts';
import type { Pool, VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { optionFact, optionIndex, positionals } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, type Kind, latest, lookUp } from './definition.ts';
import { HA_GROUP, hasPeer, movesWithPair } from './ha.ts';
import { protocolFact } from './members.ts';
import { PAGES } from './pages.ts';
import { groupPool, type Target, type Targets, targetsOf, vserverPool, watchings } from './pools.ts';

const BALANCING: readonly Kind[] = ['lb vserver', 'gslb vserver'];
/** Answer by themselves: logon pages, VPN tunnels. */
const GATEWAYS: readonly Kind[] = ['vpn vserver', 'authentication vserver'];

/** Virtual servers of all kinds, and the pools behind them. */
export function buildBalancing(context: Context): void {
  const all = (kind: Kind): Definition[] => [...context.definitions[kind].values()].filter((d) => d.added);
  const balancers = BALANCING.flatMap(all);
  const targets = new Map(balancers.map((vserver) => [vserver, targetsOf(context, vserver)]));
  const pools = buildPools(context, targets, all('servicegroup'));
  const poolsOf = (vserver: Definition): Fact<string>[] => poolNames(targets.get(vserver)?.list ?? [], vserver, pools);
  const isOpen = (vserver: Definition): boolean => targets.get(vserver)?.open ?? false;
  for (const vserver of balancers) context.facts.virtualServers.push(virtualServer(context, vserver, poolsOf(vserver), isOpen(vserver)));
  for (const vserver of all('cs vserver')) {
    const behind = contentTargets(context, vserver);
    const names = behind.vservers.flatMap((target) => poolsOf(target));
    const distinct = names.filter((name, i) => names.findIndex((other) => other.value === name.value) === i);
    const answer = behind.vservers.map(ownAnswer).find((fact) => fact?.value === true);
    const open = behind.open || behind.vservers.some(isOpen);
    const built = virtualServer(context, vserver, distinct, open);
    context.facts.virtualServers.push(answer ? { answersItself: answer, ...built } : built);
  }
  for (const vserver of GATEWAYS.flatMap(all)) context.facts.virtualServers.push(virtualServer(context, vserver, [], false));
  if (context.complete) settleUse(context);
}

/** Pools whose virtual servers no client can reach (no address, behind no content switch, nobody's backup) are not in use. */
function settleUse(context: Context): void {
  const { facts, definitions } = context;
  const backups = new Set(facts.virtualServers.map((v) => v.backup?.value));
  if (facts.virtualServers.some((v) => v.open)) return;
  const reached = facts.virtualServers.filter((v) => v.address || backups.has(v.name) || lookUp(definitions, 'gslb vserver', v.name));
  const used = new Set(reached.flatMap((v) => v.pools.map((pool) => pool.value)));
  facts.pools.splice(
    0,
    facts.pools.length,
    ...facts.pools.map((pool) => (pool.used && !used.has(pool.name) ? { ...pool, used: false } : pool)),
  );
}

interface BuiltPools {
  /** Groups that stand as a pool of their own. */
  readonly groups: ReadonlySet<Definition>;
  readonly ownNames: ReadonlyMap<Definition, string>;
}

/** A group that alone serves a virtual server is its pool; several targets together make a pool of the virtual server's name. */
function buildPools(context: Context, targets: ReadonlyMap<Definition, Targets>, groups: readonly Definition[]): BuiltPools {
  const watched = watchings(context);
  const users = new Map<Definition, Definition[]>();
  const anywhere = new Set<Definition>();
  for (const [vserver, { list: bound }] of targets) {
    for (const { definition } of bound) anywhere.add(definition);
    const only = soleGroup(bound);
    if (only) users.set(only, [...(users.get(only) ?? []), vserver]);
  }
  const pools: Pool[] = [];
  const standing = new Set<Definition>();
  for (const group of groups) {
    if (!users.has(group) && anywhere.has(group)) continue;
    standing.add(group);
    pools.push(groupPool(context, group, watched(group), users.get(group) ?? [], context.complete));
  }
  const taken = new Set(pools.map((pool) => pool.name));
  const ownNames = new Map<Definition, string>();
  for (const [vserver, { list: bound }] of targets) {
    if (bound.length === 0 || soleGroup(bound)) continue;
    const name = taken.has(vserver.name) ? `${vserver.name} (${vserver.kind})` : vserver.name;
    ownNames.set(vserver, name);
    pools.push(vserverPool(context, vserver, bound, name, watched));
  }
  for (const one of pools) context.facts.pools.push(one);
  return { groups: standing, ownNames };
}

function soleGroup(bound: readonly Target[]): Definition | undefined {
  const [only, second] = bound;
  return only && !second && only.definition.kind === 'servicegroup' ? only.definition : undefined;
}

function poolNames(bound: readonly Target[], vserver: Definition, pools: BuiltPools): Fact<string>[] {
  const group = soleGroup(bound);
  const binding = bound[0]?.binding;
  const name = group && pools.groups.has(group) ? group.name : pools.ownNames.get(vserver);
  return name === undefined || !binding ? [] : [stated(name, placeOfHead(binding))];
}

/** The virtual servers that a content switch sends to; `open` where an expression or a policy from elsewhere decides. */
function contentTargets(context: Context, vserver: Definition): { vservers: Definition[]; open: boolean } {
  const vservers: Definition[] = [];
  let open = false;
  const follow = (s: Statement, option: string): boolean => {
    const word = optionIndex(s, option);
    if (word === undefined) return false;
    const target = refer(context, s, word, 'lb vserver');
    if (target) vservers.push(target);
    else open = true;
    return true;
  };
  for (const binding of vserver.bindings) {
    if (binding.maybe) open = true;
    const direct = ['-lbvserver', '-targetlbvserver', '-vserver'].filter((option) => follow(binding, option));
    const policyWord = optionIndex(binding, '-policyname');
    if (direct.length > 0 || policyWord === undefined) continue;
    const policy = lookUp(context.definitions, 'cs policy', binding.words[policyWord] ?? '');
    // Responder, rewrite and other policies are bound with a `-type`; they choose no target.
    if (!policy && optionIndex(binding, '-type') !== undefined) continue;
    const actionOption = policy && latest(policy, (s) => (optionIndex(s, '-action') === undefined ? undefined : s));
    const actionName = actionOption?.words[optionIndex(actionOption, '-action') ?? 0];
    const action = actionName === undefined ? undefined : lookUp(context.definitions, 'cs action', actionName);
    const add = action?.statements[0];
    if (!add || !['-targetlbvserver', '-targetvserver'].some((option) => follow(add, option))) open = true;
  }
  return { vservers, open };
}

function virtualServer(context: Context, vserver: Definition, pools: readonly Fact<string>[], open: boolean): VirtualServer {
  const s = vserver.statements[0] as Statement;
  const [typeAt, addressAt, portAt] = positionals(s, 4);
  const address = addressAt === undefined || addressAt < 0 ? undefined : addressable(wordFact(s, addressAt));
  const port = portAt === undefined || portAt < 0 ? undefined : portFact(s, portAt);
  const protocol = protocolFact(s, typeAt);
  const backup = latest(vserver, (c) => optionFact(c, '-backupvserver'));
  const backupAt = latest(vserver, (c) => (optionIndex(c, '-backupvserver') === undefined ? undefined : c));
  if (backupAt) refer(context, backupAt, optionIndex(backupAt, '-backupvserver') ?? 0, vserver.kind);
  const mirrored = connectionFailover(vserver, s.words[typeAt ?? -1]);
  const answersItself = ownAnswer(vserver);
  const moves = address && hasPeer(context) ? movesWithPair(context, address.value) : undefined;
  // With an IP set it answers on other addresses as well, as in clouds where each node has its own.
  const several = latest(vserver, (c) => (optionIndex(c, '-ipset') === undefined ? undefined : true));
  return {
    ...entity(context, placeOfHead(s)),
    name: vserver.name,
    ...(address ? { address } : {}),
    ...(port && address ? { port } : {}),
    ...(protocol ? { protocol } : {}),
    enabled: vserver.enabled ?? byDefault(true, PAGES.lbVserver),
    pools,
    ...(answersItself ? { answersItself } : {}),
    ...(moves === true ? { group: byDefault(HA_GROUP, PAGES.haNode), floating: byDefault(true, PAGES.haNode) } : {}),
    ...(moves === false && !several && address && isStated(address) ? { floating: stated(false, address.at) } : {}),
    ...(mirrored ? { mirrored } : {}),
    ...(backup ? { backup } : {}),
    ...(open ? { open: ['pools'] } : {}),
  };
}

/** `0.0.0.0` is no address: only a content switch or a backup chain reaches such a virtual server. */
function addressable(fact: Fact<string> | undefined): Fact<string> | undefined {
  if (!fact || fact.value === '0.0.0.0' || fact.value === '::') return undefined;
  return fact.value === '*' || ipVersion(fact.value) !== 0 ? fact : undefined;
}

function portFact(s: Statement, index: number): Fact<number> | undefined {
  return s.words[index] === '*' && !s.maybe ? stated(0, placeOfWord(s, index)) : numberFact(s, index);
}

/** Only layer-4 virtual servers can hand over connections; on others the question does not arise. */
const MIRRORABLE = new Set(['TCP', 'UDP', 'ANY', 'FTP', 'SSL_BRIDGE']);

function connectionFailover(vserver: Definition, type: string | undefined): Fact<boolean> | undefined {
  if (vserver.kind !== 'lb vserver' || !MIRRORABLE.has(type?.toUpperCase() ?? '')) return undefined;
  const option = latest(vserver, (s) => optionFact(s, '-connfailover'));
  if (!option || !('at' in option)) return byDefault(false, PAGES.lbVserver);
  return stated(option.value.toUpperCase() !== 'DISABLED', option.at);
}

/** Logon pages, redirects, responder policies: some requests need no pool. */
function ownAnswer(vserver: Definition): Fact<boolean> | undefined {
  const s = vserver.statements[0] as Statement;
  if (GATEWAYS.includes(vserver.kind)) return headFact(s, true);
  const redirect = latest(vserver, (c) => optionFact(c, '-redirecturl') ?? optionFact(c, '-httpsredirecturl'));
  if (redirect && 'at' in redirect) return stated(true, redirect.at);
  const policy = vserver.bindings.find((b) => optionIndex(b, '-policyname') !== undefined && vserver.kind === 'lb vserver');
  return policy && headFact(policy, true);
}
