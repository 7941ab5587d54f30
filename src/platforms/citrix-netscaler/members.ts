import { ipVersion } from '../../model/address.ts';
import type { Monitor, Pool, PoolMember } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact, numberFact } from '../entity.ts';
import { optionIndex, optionNumber, optionSwitch, positionals } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, latest, lookUp, nameIndex } from './definition.ts';
import { boundMonitor, builtInMonitor } from './monitors.ts';
import { PAGES } from './pages.ts';

type Protocol = NonNullable<Pool['protocol']>['value'];

const PROTOCOLS: Readonly<Record<string, Protocol>> = table({
  HTTP: 'http',
  SSL: 'https',
  TCP: 'tcp',
  SSL_TCP: 'tcp',
  SSL_BRIDGE: 'tcp',
  DNS_TCP: 'tcp',
  MYSQL: 'tcp',
  MSSQL: 'tcp',
  ORACLE: 'tcp',
  UDP: 'udp',
  DNS: 'udp',
  RADIUS: 'udp',
});

/** The protocol that a word of a command names: the model's term for the appliance's service type. */
export function protocolFact(s: Statement, index: number | undefined): Fact<Protocol> | undefined {
  const word = index === undefined || index < 0 ? undefined : s.words[index];
  if (index === undefined || word === undefined || isUnknown(word) || s.maybe) return undefined;
  return stated(PROTOCOLS[word.toUpperCase()] ?? 'other', placeOfWord(s, index));
}

/** The default monitor of a service type: `tcp-default` for those on TCP, `ping-default` for others; undefined where the docs do not settle it. */
function defaultMonitor(type: string | undefined): 'tcp-default' | 'ping-default' | undefined {
  const protocol = PROTOCOLS[type?.toUpperCase() ?? ''];
  if (type?.toUpperCase() === 'ANY' || protocol === 'udp') return 'ping-default';
  return protocol === undefined ? undefined : 'tcp-default';
}

/** How members of a service or service group are watched. */
export interface Watching {
  readonly monitors: readonly Monitor[];
  readonly monitored: Fact<boolean>;
  readonly open: boolean;
}

const OLD_BINDINGS = new WeakMap<Context, Map<string, Statement[]>>();

/** The `bind lb monitor MONITOR SERVICE` commands about a service, from an index made at the first question. */
function boundTheOldWay(context: Context, name: string): readonly Statement[] {
  let index = OLD_BINDINGS.get(context);
  if (!index) {
    index = new Map();
    for (const s of context.monitorBindings) {
      const key = s.words[4]?.toLowerCase() ?? '';
      const list = index.get(key);
      if (list) list.push(s);
      else index.set(key, [s]);
    }
    OLD_BINDINGS.set(context, index);
  }
  return index.get(name.toLowerCase()) ?? [];
}

/** Monitors bound to a service or group; none bound is the default monitor, `-healthMonitor NO` is no check at all. */
export function watching(context: Context, definition: Definition): Watching {
  const s = definition.statements[0] as Statement;
  const bound: Monitor[] = [];
  for (const binding of definition.bindings) {
    const index = optionIndex(binding, '-monitorname');
    const monitor = index === undefined ? undefined : boundMonitor(context, binding, index);
    if (monitor && optionSwitch(binding, '-monstate')?.value !== false) bound.push(monitor);
  }
  for (const binding of boundTheOldWay(context, definition.name)) {
    const monitor = boundMonitor(context, binding, 3);
    if (monitor) bound.push(monitor);
  }
  const fallback = defaultMonitor(s.words[definition.kind === 'service' ? 4 : 3]);
  const monitors = bound.length > 0 ? bound : fallback ? [builtInMonitor(context, fallback, placeOfHead(s))] : [];
  const switchedOff = latest(definition, (c) => optionSwitch(c, '-healthmonitor'));
  const active = bound.filter((monitor) => monitor.enabled?.value !== false);
  const disabled = bound[0]?.enabled;
  const monitored =
    switchedOff?.value === false
      ? switchedOff
      : bound.length > 0 && active.length === 0 && disabled
        ? disabled
        : bound.length > 0
          ? stated(true, placeOfHead(definition.bindings.find((b) => optionIndex(b, '-monitorname') !== undefined) ?? s))
          : byDefault(true, PAGES.defaultMonitors);
  return { monitors, monitored, open: definition.bindings.some((b) => b.maybe === true) };
}

/** The address of a server object, or the word itself where it is an address. */
function serverOf(context: Context, s: Statement, word: number): Pick<PoolMember, 'address'> & { enabled?: Fact<boolean> | undefined } {
  const name = s.words[word] ?? '';
  if (ipVersion(name) !== 0) {
    return { address: stated(name, placeOfWord(s, word)), enabled: lookUp(context.definitions, 'server', name)?.enabled };
  }
  const server = refer(context, s, word, 'server');
  const add = server?.statements[0];
  const at = add && positionals(add, 3)[0];
  const address = add && at !== undefined && at >= 0 && !add.maybe ? (add.words[at] ?? '') : '';
  return {
    ...(add && /^[\w.:-]+$/.test(address) ? { address: stated(address, placeOfWord(add, at as number)) } : {}),
    enabled: server?.enabled,
  };
}

/** The first of several switches that is off; else on, as by default. */
function allOn(facts: readonly (Fact<boolean> | undefined)[], page: string): Fact<boolean> {
  return facts.find((fact) => fact?.value === false) ?? facts.find((fact) => fact !== undefined) ?? byDefault(true, page);
}

/** Members that `bind serviceGroup GROUP SERVER PORT` makes. */
export function groupMembers(context: Context, group: Definition, pool: string, watched: Watching): PoolMember[] {
  const members: PoolMember[] = [];
  for (const s of group.bindings) {
    const [at, portAt] = positionals(s, 3);
    if (s.words[0]?.toLowerCase() !== 'bind' || at === undefined || at < 0 || portAt === undefined) continue;
    const server = serverOf(context, s, at);
    const name = `${s.words[at]}:${s.words[portAt]}`;
    const toggles = group.bindings.filter((b) => isToggle(b) && b.words[3] === s.words[at] && b.words[4] === s.words[portAt]);
    const last = toggles.at(-1);
    const toggled = last && headFact(last, last.words[0]?.toLowerCase() === 'enable');
    const port = portAt < 0 ? undefined : numberFact(s, portAt);
    const weight = optionNumber(s, '-weight');
    members.push({
      ...entity(context, placeOfHead(s)),
      name,
      pool,
      ...(server.address ? { address: server.address } : {}),
      ...(port && port.value > 0 && port.value < 65535 ? { port } : {}),
      ...(weight ? { weight } : {}),
      enabled: allOn([server.enabled, group.enabled, toggled ?? optionSwitch(s, '-state')], PAGES.serviceGroup),
      monitored: watched.monitored,
      monitors: watched.monitors,
      ...(s.maybe ? { open: ['enabled'] } : {}),
    });
  }
  return members;
}

function isToggle(s: Statement): boolean {
  const verb = s.words[0]?.toLowerCase();
  return verb === 'enable' || verb === 'disable';
}

/** The member that a service makes in the pool of a virtual server. */
export function serviceMember(context: Context, service: Definition, binding: Statement, pool: string, watched: Watching): PoolMember {
  const s = service.statements[0] as Statement;
  const from = nameIndex(service.kind) + 1;
  const [serverAt, , portAt] = positionals(s, from);
  const server = serverAt === undefined || serverAt < 0 ? {} : serverOf(context, s, serverAt);
  const port = portAt === undefined || portAt < 0 ? undefined : numberFact(s, portAt);
  const weight = optionNumber(binding, '-weight');
  return {
    ...entity(context, placeOfHead(s)),
    name: service.name,
    pool,
    ...('address' in server && server.address ? { address: server.address } : {}),
    ...(port && port.value > 0 && port.value < 65535 ? { port } : {}),
    ...(weight ? { weight } : {}),
    enabled: allOn(['enabled' in server ? server.enabled : undefined, service.enabled], PAGES.service),
    monitored: watched.monitored,
    monitors: watched.monitors,
  };
}
