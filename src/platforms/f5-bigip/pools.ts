import { ipVersion } from '../../model/address.ts';
import type { Monitor, Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, placeOf, stated } from '../../model/fact.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { numberFact, wordFact } from '../entity.ts';
import { baseName, endpoint, fullPath, partitionOf, withoutRouteDomain } from '../f5-names.ts';
import { type Context, entity, find, single } from './context.ts';
import { syncedBy } from './folders.ts';
import { type MonitorRule, monitorRule } from './monitors.ts';
import { definitionOf, type Entry, entriesOf, type F5Object, nameOf, numberOf, property, propertyOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** What virtual servers say of a pool. */
export interface PoolUse {
  readonly used: boolean;
  readonly protocol?: Fact<'http' | 'https' | 'tcp' | 'udp' | 'other'>;
  readonly persistence?: Fact<string>;
}

/** A pool with its members and the monitors in force for each. */
export function poolOf(context: Context, object: F5Object, use: PoolUse | undefined): Pool {
  const s = definitionOf(object);
  const rule = monitorRule(context, property(object, 'monitor'));
  const { entries, open } = entriesOf(object, 'members');
  const members = entries.map((entry) => memberOf(context, object, entry, rule));
  const gatewayDevice = nameOf(object, 'gateway-failsafe-device');
  const minimum = numberOf(object, 'min-active-members');
  // Shared by every member: the pool's own rule, or a check of the nodes that all of them have.
  const monitored =
    rule && !rule.none ? watched(rule) : members.every((m) => m.monitored?.value === false) ? members[0]?.monitored : undefined;
  const synced = syncedBy(context, object.name);
  return {
    ...entity(context, placeOfStatement(s)),
    name: object.name,
    partition: partitionOf(object.name),
    ...(synced ? { synced } : {}),
    members,
    monitors: rule?.monitors ?? [],
    ...(rule?.required ? { monitorsRequired: rule.required } : {}),
    ...(monitored ? { monitored } : {}),
    ...(minimum && minimum.value > 1 ? { minimumActive: minimum } : {}),
    ...discovery(entries),
    // A gateway failsafe pool lists routers that are watched; nothing is sent to them.
    ...(use?.used ? { used: true } : gatewayDevice ? { used: false } : {}),
    ...(use?.protocol ? { protocol: use.protocol } : {}),
    ...(use?.persistence ? { persistence: use.persistence } : {}),
    ...openLists(open, rule?.open ?? false),
  };
}

function openLists(members: boolean, monitors: boolean): { open?: string[] } {
  const open = [...(members ? ['members'] : []), ...(monitors ? ['monitors'] : [])];
  return open.length > 0 ? { open } : {};
}

function watched(rule: MonitorRule): Fact<boolean> {
  return stated(true, rule.at);
}

/** `fqdn { autopopulate enabled }`: the member stands for whatever the name resolves to. */
function discovery(entries: readonly Entry[]): { discovered?: Fact<boolean> } {
  for (const entry of entries) {
    const fqdn = propertyOf(entry.properties, 'fqdn');
    const populate = fqdn && propertyOf(fqdn.children, 'autopopulate');
    if (populate && populate.words[1] === 'enabled') return { discovered: stated(true, placeOfStatement(populate)) };
  }
  return {};
}

function memberOf(context: Context, pool: F5Object, entry: Entry, poolRule: MonitorRule | undefined): PoolMember {
  const { host, port } = endpoint(entry.name);
  const at = placeOfStatement(entry.statement);
  const node = nodeOf(context, entry.name, host);
  const own = monitorRule(context, propertyOf(entry.properties, 'monitor'));
  const rule = own ?? poolRule;
  const nodeRule = nodeMonitor(context, node);
  const monitors = [...(rule?.monitors ?? []), ...(nodeRule?.monitors ?? [])];
  const monitored = inForce(rule, nodeRule);
  const address = addressOf(entry, node, host);
  const priority = number(entry.properties, 'priority-group');
  const weight = number(entry.properties, 'ratio');
  return {
    ...entity(context, entry.properties.length > 0 ? at : entry.at),
    name: baseName(entry.name),
    pool: pool.name,
    ...(address ? { address } : {}),
    ...(port ? { port: stated(port, entry.at) } : {}),
    enabled: available(entry.properties) ?? nodeAvailable(node) ?? byDefault(true, PAGES.pool),
    monitors: unique(monitors),
    ...(monitored ? { monitored } : {}),
    ...(priority ? { priorityGroup: priority } : {}),
    ...(weight ? { weight } : {}),
    ...(rule?.open || nodeRule?.open ? { open: ['monitors'] } : {}),
  };
}

function unique(monitors: readonly Monitor[]): Monitor[] {
  return monitors.filter((monitor, i) => monitors.findIndex((m) => m.name === monitor.name) === i);
}

function number(properties: readonly Statement[], key: string): Fact<number> | undefined {
  const s = propertyOf(properties, key);
  return s && numberFact(s, 1);
}

/** The node under a member: same partition first, then /Common. */
function nodeOf(context: Context, member: string, host: string): F5Object | undefined {
  const folder = member.startsWith('/') ? member.slice(0, member.lastIndexOf('/') + 1) : '/Common/';
  const rawHost = baseName(member).replace(/[:.][\w-]+$/, '');
  const names = [`${folder}${rawHost}`, `${folder}${host}`, fullPath(host)];
  return names.map((name) => find(context, 'ltm node', name)).find((node) => node !== undefined);
}

function addressOf(entry: Entry, node: F5Object | undefined, host: string): Fact<string> | undefined {
  const said = propertyOf(entry.properties, 'address');
  const fqdn = propertyOf(entry.properties, 'fqdn');
  const name = fqdn && propertyOf(fqdn.children, 'name');
  if (name) return wordFact(name, 1);
  const fact = (said && wordFact(said, 1)) ?? (node && textOf(node, 'address'));
  const address = fact && fact.value !== 'any6' ? withoutRouteDomain(fact.value) : host;
  return ipVersion(address) === 0 ? undefined : stated(address, placeOf(fact, entry.at));
}

/** Whether somebody took a member or node out of service (`session user-disabled`, `state user-down`); what the monitors found does not count. */
function available(properties: readonly Statement[]): Fact<boolean> | undefined {
  const session = propertyOf(properties, 'session');
  const state = propertyOf(properties, 'state');
  const out = [session?.words[1] === 'user-disabled' ? session : undefined, state?.words[1] === 'user-down' ? state : undefined];
  const off = out.find((s) => s !== undefined && !s.maybe);
  return off && stated(false, placeOfStatement(off));
}

function nodeAvailable(node: F5Object | undefined): Fact<boolean> | undefined {
  return node && available(node.statements.flatMap((s) => s.children));
}

/** A node's own monitors, or those that the unit gives to every node; absent: `none`, as shipped. */
function nodeMonitor(context: Context, node: F5Object | undefined): MonitorRule | undefined {
  const own = node && monitorRule(context, property(node, 'monitor'));
  const everywhere = single(context, 'ltm default-node-monitor');
  return own ?? (everywhere && monitorRule(context, property(everywhere, 'rule')));
}

function inForce(rule: MonitorRule | undefined, node: MonitorRule | undefined): Fact<boolean> | undefined {
  for (const one of [rule, node]) if (one && !one.none && !one.open) return watched(one);
  if (rule?.open || node?.open) return undefined;
  const off = [rule, node].find((one) => one?.none);
  return off ? stated(false, off.at) : byDefault(false, PAGES.pool);
}
