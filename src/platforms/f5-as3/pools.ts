import { ipVersion } from '../../model/address.ts';
import type { Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { flag, scalar, whole } from '../../syntax/tree.ts';
import { elements, key, text } from '../f5-json.ts';
import { partitionOf, withoutRouteDomain } from '../f5-names.ts';
import { availability, type Context, entity, type Item, PAGE, refersTo } from './context.ts';
import { type Bound, boundMonitors } from './monitors.ts';

/** What services say of a pool. */
export interface PoolUse {
  readonly protocol?: Pool['protocol'] | undefined;
  readonly persistence?: Fact<string> | undefined;
  readonly persistenceShared?: Fact<boolean> | undefined;
}

/** What two services both say of a pool that they share. */
export function agreed(a: PoolUse | undefined, b: PoolUse): PoolUse {
  if (!a) return b;
  return {
    protocol: a.protocol?.value === b.protocol?.value ? a.protocol : undefined,
    persistence: a.persistence ?? b.persistence,
    persistenceShared: a.persistenceShared?.value === false ? a.persistenceShared : (b.persistenceShared ?? a.persistenceShared),
  };
}

/** A `Pool` with a member for each server that its `members` list. */
export function poolOf(context: Context, item: Item, use: PoolUse | undefined): Pool {
  const s = item.statement;
  const bound = boundMonitors(context, item, s);
  const lists = elements(s, 'members').map((member) => discoveryOf(context, item, member));
  const members = lists.flatMap((list) => membersOf(context, item, list, bound));
  const discovery = lists.map(discovered).find((fact) => fact !== undefined);
  const minimum = whole(key(s, 'minimumMembersActive'));
  const required = whole(key(s, 'minimumMonitors'));
  const said = key(s, 'members');
  // A value where a list should be: what is missing stands elsewhere, or was cut off.
  const templated = said?.maybe === true || (said?.words.length ?? 0) > 1 || item.open === true || lists.some(isTemplated);
  const monitored = monitoring(bound);
  const action = key(s, 'serviceDownAction') || item.open ? text(s, 'serviceDownAction') : byDefault('none', PAGE);
  return {
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    partition: partitionOf(item.name),
    members,
    ...(discovery ? { discovered: discovery } : {}),
    monitors: bound.list,
    ...(monitored ? { monitored } : {}),
    ...(required ? { monitorsRequired: required } : {}),
    ...(minimum && minimum.value > 1 ? { minimumActive: minimum } : {}),
    ...(use?.protocol ? { protocol: use.protocol } : {}),
    ...(use?.persistence ? { persistence: use.persistence } : {}),
    ...(use?.persistenceShared ? { persistenceShared: use.persistenceShared } : {}),
    ...(item.off ? { used: false } : use ? { used: true } : {}),
    ...(action ? { extra: { serviceDownAction: action } } : {}),
    ...(bound.open || templated ? { open: [...(templated ? ['members'] : []), ...(bound.open ? ['monitors'] : [])] } : {}),
  };
}

/** An entry of `members`, and the object that says which servers it stands for: itself, or an `Address_Discovery`. */
interface Listed {
  readonly member: Statement;
  /** Undefined where it points to what is not seen here. */
  readonly servers: Statement | undefined;
}

function discoveryOf(context: Context, item: Item, member: Statement): Listed {
  const discovery = key(member, 'addressDiscovery');
  if (!discovery || discovery.children.length === 0) return { member, servers: member };
  return { member, servers: refersTo(context, item, discovery, 'Address_Discovery').item?.statement };
}

/** Some of a member's servers, or their list as a whole, are left to a template. */
function isTemplated({ member, servers }: Listed): boolean {
  const list = key(servers, 'serverAddresses');
  const whole = list !== undefined && list.words.length > 1;
  return (
    member.maybe === true || !servers || whole || elements(servers, 'serverAddresses').some((address) => scalar(address) === undefined)
  );
}

/** Whether something watches, by the monitors bound. */
export function monitoring(bound: Bound): Fact<boolean> | undefined {
  if (bound.list.length > 0 && bound.said) return stated(true, placeOfHead(bound.said));
  if (bound.open) return undefined;
  return bound.said ? stated(false, placeOfHead(bound.said)) : byDefault(false, PAGE);
}

/** Members found at run time: `addressDiscovery` other than static, and names that stand for several addresses. */
function discovered({ servers }: Listed): Fact<boolean> | undefined {
  const discovery = key(servers, 'addressDiscovery');
  const kind = discovery && scalar(discovery)?.value;
  if (!discovery || kind === 'static') return undefined;
  if (kind === 'fqdn') {
    const populate = key(servers, 'autoPopulate');
    return flag(populate)?.value === true && populate ? stated(true, placeOfStatement(populate)) : undefined;
  }
  return stated(true, placeOfHead(discovery));
}

function membersOf(context: Context, item: Item, { member, servers }: Listed, bound: Bound): PoolMember[] {
  const own = key(member, 'monitors') ? boundMonitors(context, item, member) : bound;
  const monitored = monitoring(own);
  const port = whole(key(member, 'servicePort'));
  const priority = whole(key(member, 'priorityGroup'));
  const enabled = availability(member);
  const weight = whole(key(member, 'ratio'));
  return serversOf(servers).map(
    ({ address, at }): PoolMember => ({
      ...entity(context, at),
      name: `${address?.value ?? '?'}${port ? `:${port.value}` : ''}`,
      pool: item.name,
      ...(address ? { address } : {}),
      ...(port && port.value > 0 ? { port } : {}),
      ...(enabled ? { enabled } : {}),
      monitors: own.list,
      ...(monitored ? { monitored } : {}),
      ...(priority ? { priorityGroup: priority } : {}),
      ...(weight ? { weight } : {}),
      ...(own.open ? { open: ['monitors'] } : {}),
    }),
  );
}

interface Server {
  readonly address?: Fact<string>;
  readonly at: Place;
}

/** `serverAddresses`, `servers`, a node that the device has, or a host name. */
function serversOf(s: Statement | undefined): Server[] {
  const listed = elements(s, 'serverAddresses').map((one): Server => server(scalar(one), placeOfStatement(one)));
  const objects = elements(s, 'servers').map((one): Server => server(text(one, 'address'), placeOfStatement(one)));
  const hostname = text(s, 'hostname');
  const node = key(s, 'bigip');
  return [
    ...listed,
    ...objects,
    ...(s && hostname ? [{ address: hostname, at: placeOfStatement(s) }] : []),
    ...(node ? [{ at: placeOfStatement(node) }] : []),
  ];
}

function server(address: Fact<string> | undefined, at: Place): Server {
  const plain = address && { ...address, value: withoutRouteDomain(address.value) };
  return plain && ipVersion(plain.value) !== 0 ? { address: plain, at } : { at };
}
