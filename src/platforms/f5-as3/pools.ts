import { ipVersion } from '../../model/address.ts';
import type { Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { flag, scalar, whole } from '../../syntax/tree.ts';
import { elements, key, text } from '../f5-json.ts';
import { withoutRouteDomain } from '../f5-names.ts';
import { availability, type Context, entity, type Item, PAGE } from './context.ts';
import { type Bound, boundMonitors } from './monitors.ts';

/** A `Pool` with a member for each server that its `members` list. */
export function poolOf(context: Context, item: Item, protocol: Pool['protocol'] | undefined, used: boolean): Pool {
  const s = item.statement;
  const bound = boundMonitors(context, item, s);
  const lists = elements(s, 'members');
  const members = lists.flatMap((member) => membersOf(context, item, member, bound));
  const discovery = lists.map(discovered).find((fact) => fact !== undefined);
  const minimum = whole(key(s, 'minimumMembersActive'));
  const required = whole(key(s, 'minimumMonitors'));
  const templated = key(s, 'members')?.maybe === true || lists.some(isTemplated);
  const monitored = monitoring(bound);
  return {
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    members,
    ...(discovery ? { discovered: discovery } : {}),
    monitors: bound.list,
    ...(monitored ? { monitored } : {}),
    ...(required ? { monitorsRequired: required } : {}),
    ...(minimum && minimum.value > 1 ? { minimumActive: minimum } : {}),
    ...(protocol ? { protocol } : {}),
    ...(used ? { used } : {}),
    ...(bound.open || templated ? { open: [...(templated ? ['members'] : []), ...(bound.open ? ['monitors'] : [])] } : {}),
  };
}

/** Some of a member's servers, or their list as a whole, are left to a template. */
function isTemplated(member: Statement): boolean {
  const list = key(member, 'serverAddresses');
  const whole = list !== undefined && list.words.length > 1;
  return member.maybe === true || whole || elements(member, 'serverAddresses').some((address) => scalar(address) === undefined);
}

function monitoring(bound: Bound): Fact<boolean> | undefined {
  if (bound.list.length > 0 && bound.said) return stated(true, placeOfHead(bound.said));
  if (bound.open) return undefined;
  return bound.said ? stated(false, placeOfHead(bound.said)) : byDefault(false, PAGE);
}

/** Members found at run time: `addressDiscovery` other than static, and names that stand for several addresses. */
function discovered(member: Statement): Fact<boolean> | undefined {
  const discovery = key(member, 'addressDiscovery');
  const kind = discovery && scalar(discovery)?.value;
  if (!discovery || kind === 'static') return undefined;
  if (kind === 'fqdn') {
    const populate = key(member, 'autoPopulate');
    return flag(populate)?.value === true && populate ? stated(true, placeOfStatement(populate)) : undefined;
  }
  return stated(true, placeOfHead(discovery));
}

function membersOf(context: Context, item: Item, member: Statement, bound: Bound): PoolMember[] {
  const own = key(member, 'monitors') ? boundMonitors(context, item, member) : bound;
  const monitored = monitoring(own);
  const port = whole(key(member, 'servicePort'));
  const priority = whole(key(member, 'priorityGroup'));
  const enabled = availability(member);
  const weight = whole(key(member, 'ratio'));
  return serversOf(member).map(
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
function serversOf(member: Statement): Server[] {
  const listed = elements(member, 'serverAddresses').map((s): Server => server(scalar(s), placeOfStatement(s)));
  const objects = elements(member, 'servers').map((s): Server => server(text(s, 'address'), placeOfStatement(s)));
  const hostname = text(member, 'hostname');
  const node = key(member, 'bigip');
  return [
    ...listed,
    ...objects,
    ...(hostname ? [{ address: hostname, at: placeOfStatement(member) }] : []),
    ...(node ? [{ at: placeOfStatement(node) }] : []),
  ];
}

function server(address: Fact<string> | undefined, at: Place): Server {
  const plain = address && { ...address, value: withoutRouteDomain(address.value) };
  return plain && ipVersion(plain.value) !== 0 ? { address: plain, at } : { at };
}
