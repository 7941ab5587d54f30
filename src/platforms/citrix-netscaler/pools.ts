import type { Monitor, Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { optionFact, optionIndex } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, latest } from './definition.ts';
import { groupMembers, protocolFact, serviceMember, type Watching, watching } from './members.ts';
import { PAGES } from './pages.ts';

/** A service or service group that a virtual server is bound to. */
export interface Target {
  readonly definition: Definition;
  readonly binding: Statement;
}

/** Where a virtual server sends to; `open`: some of it is defined elsewhere or nowhere. */
export interface Targets {
  readonly list: readonly Target[];
  readonly open: boolean;
}

/** The services and groups that a load balancing virtual server sends to. */
export function targetsOf(context: Context, vserver: Definition): Targets {
  const targets: Target[] = [];
  let open = false;
  const gslb = vserver.kind === 'gslb vserver';
  for (const binding of vserver.bindings) {
    const service = gslb ? optionIndex(binding, '-servicename') : 4;
    if (service === undefined || (binding.words[service] ?? '-').startsWith('-')) continue;
    const definition = refer(context, binding, service, gslb ? 'gslb service' : 'service');
    if (definition) targets.push({ definition, binding });
    else open = true;
    if (binding.maybe) open = true;
  }
  return { list: targets, open };
}

/** The pool of a service group, under the group's name. */
export function groupPool(context: Context, group: Definition, watched: Watching, users: readonly Definition[], definite: boolean): Pool {
  const s = group.statements[0] as Statement;
  const protocol = protocolFact(s, 3);
  const autoScale = latest(group, (c) => optionFact(c, '-autoscale'));
  const discovered = autoScale && 'at' in autoScale && stated(autoScale.value.toUpperCase() !== 'DISABLED', autoScale.at);
  return {
    ...entity(context, placeOfHead(s)),
    name: group.name,
    ...(protocol ? { protocol } : {}),
    members: groupMembers(context, group, group.name, watched),
    ...(discovered ? { discovered } : {}),
    monitors: watched.monitors,
    monitored: watched.monitored,
    ...sharedByUsers(users),
    ...(definite || users.length > 0 ? { used: users.length > 0 } : {}),
    ...(watched.open ? { open: ['members', 'monitors'] } : {}),
  };
}

/** The pool that the services and groups bound to one virtual server make together, under the virtual server's name. */
export function vserverPool(
  context: Context,
  vserver: Definition,
  targets: readonly Target[],
  name: string,
  watched: (definition: Definition) => Watching,
): Pool {
  const s = vserver.statements[0] as Statement;
  const members: PoolMember[] = [];
  const monitors: Monitor[] = [];
  for (const { definition, binding } of targets) {
    const watch = watched(definition);
    if (definition.kind === 'servicegroup') for (const one of groupMembers(context, definition, name, watch)) members.push(one);
    else members.push(serviceMember(context, definition, binding, name, watch));
    for (const one of watch.monitors.filter((monitor) => !monitors.some((other) => other.name === monitor.name))) monitors.push(one);
  }
  const protocol = protocolFact(s, 4);
  const unmonitored = members.find((member) => member.monitored?.value === false);
  const monitored = unmonitored?.monitored ?? members[0]?.monitored;
  const open = [...vserver.bindings, ...targets.flatMap((t) => t.definition.bindings)].some((b) => b.maybe === true);
  return {
    ...entity(context, placeOfHead(s)),
    name,
    ...(protocol ? { protocol } : {}),
    members,
    monitors,
    ...(monitored ? { monitored } : {}),
    ...sharedByUsers([vserver]),
    used: true,
    ...(open ? { open: ['members', 'monitors'] } : {}),
  };
}

/** What virtual servers say of a pool, where all that use it agree. */
function sharedByUsers(users: readonly Definition[]): Pick<Pool, 'fallback' | 'persistence' | 'persistenceShared'> {
  const fallback = agreed(users, (s) => optionFact(s, '-backupvserver') ?? optionFact(s, '-redirecturl'));
  const type = agreed(users, (s) => optionFact(s, '-persistencetype'));
  const persistence = type && type.value.toUpperCase() !== 'NONE' ? type : undefined;
  return {
    ...(fallback ? { fallback } : {}),
    ...(persistence ? { persistence, persistenceShared: byDefault(true, PAGES.ha) } : {}),
  };
}

function agreed(users: readonly Definition[], read: (s: Statement) => Fact<string> | undefined): Fact<string> | undefined {
  const facts = users.map((user) => latest(user, read));
  return facts.every((fact) => fact !== undefined) ? facts[0] : undefined;
}

/** Reads every service's and group's checks once. */
export function watchings(context: Context): (definition: Definition) => Watching {
  const known = new Map<Definition, Watching>();
  return (definition) => {
    const watched = known.get(definition) ?? watching(context, definition);
    known.set(definition, watched);
    return watched;
  };
}
