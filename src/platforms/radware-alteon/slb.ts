import { ipVersion } from '../../model/address.ts';
import type { Monitor, MonitorType, Pool, PoolMember, VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, wordFact } from '../entity.ts';
import { type Context, entity, idsOf, placeOfMenu } from './context.ts';
import { allOf, enabledOf, idOf, type Menu, numberOf, setting, switchOf, textOf } from './menu.ts';
import { PAGES } from './pages.ts';

/** Checks that every device has, and what they do. */
const BUILT_IN: Readonly<Record<string, MonitorType>> = table({
  link: 'other',
  arp: 'other',
  icmp: 'icmp',
  tcp: 'tcp',
  udp: 'udp',
  http: 'http',
  https: 'https',
  dns: 'dns',
  udpdns: 'dns',
  sslh: 'tls',
});
const OFF = new Set(['none', 'nocheck']);

/** Real servers, groups and virtual servers. */
export function buildBalancing(context: Context): void {
  const { menus, facts } = context;
  const health = new Map<string, Monitor>();
  for (const menu of menus.named('health', 'slb', 'advhc')) {
    const monitor = advanced(context, menu);
    health.set(idOf(menu), monitor);
    facts.monitors.push(monitor);
  }
  const services = menus.all.filter(
    (m) => m.path.length === 3 && m.path[0] === 'slb' && /^virt /.test(m.path[1] ?? '') && /^service /.test(m.path[2] ?? ''),
  );
  const used = new Set(services.map((m) => textOf(m, 'group')?.value ?? '1'));
  for (const menu of menus.named('group', 'slb')) facts.pools.push(pool(context, menu, health, used));
  for (const menu of services) facts.virtualServers.push(virtualServer(context, menu));
}

/** `/c/slb/advhc/health NAME TYPE`: a check of one's own. */
function advanced(context: Context, menu: Menu): Monitor {
  const type = menu.path.at(-1)?.split(' ')[2]?.toLowerCase();
  const interval = numberOf(menu, 'inter', 1000);
  const timeout = numberOf(menu, 'timeout', 1000);
  const fall = numberOf(menu, 'retry');
  const rise = numberOf(menu, 'restr');
  const port = numberOf(menu, 'dport');
  const at = placeOfMenu(menu);
  const milliseconds = interval && fall && interval.value * fall.value + (timeout?.value ?? 0);
  return {
    ...entity(context, at),
    name: idOf(menu),
    ...(type ? { type: stated(BUILT_IN[type] ?? 'other', at) } : {}),
    ...(interval ? { interval } : {}),
    ...(timeout ? { timeout, timeoutCovers: 'probe' as const } : {}),
    ...(fall ? { fall } : {}),
    ...(rise ? { rise } : {}),
    ...(milliseconds && interval && isStated(interval) ? { detection: stated(milliseconds, interval.at) } : {}),
    ...(port && port.value > 0 ? { port } : {}),
  };
}

function pool(context: Context, menu: Menu, health: ReadonlyMap<string, Monitor>, used: ReadonlySet<string>): Pool {
  const at = placeOfMenu(menu);
  const check = setting(menu, 'health');
  const name = check?.words[1] ?? '';
  const monitor = check && monitorNamed(context, check, name, health);
  const monitored = check ? headFact(check, !OFF.has(name)) : byDefault(true, PAGES.healthCheck);
  const backup = textOf(menu, 'backup');
  const off = new Set(allOf(menu, 'dis').map((s) => s.words[1]));
  const members = allOf(menu, 'add').map((s) => member(context, menu, s, monitor, monitored, off));
  return {
    ...entity(context, at),
    name: `group ${idOf(menu)}`,
    members,
    monitors: monitor ? [monitor] : [],
    ...(monitored ? { monitored } : {}),
    ...(backup && backup.value !== 'none' ? { fallback: backup } : {}),
    ...(used.has(idOf(menu)) ? { used: true } : {}),
    ...(menu.settings.some((s) => s.maybe) ? { open: ['members', 'monitors'] } : {}),
  };
}

function monitorNamed(context: Context, check: Statement, name: string, health: ReadonlyMap<string, Monitor>): Monitor | undefined {
  const own = health.get(name);
  const type = BUILT_IN[name];
  if (own || OFF.has(name)) return own;
  if (type === undefined) return undefined;
  return { ...entity(context, placeOfHead(check)), name, type: byDefault(type, PAGES.healthCheck), builtIn: true };
}

/** A real server in a group, by `add N`. */
function member(
  context: Context,
  group: Menu,
  s: Statement,
  monitor: Monitor | undefined,
  monitored: Fact<boolean> | undefined,
  off: ReadonlySet<string | undefined>,
): PoolMember {
  const id = s.words[1] ?? '';
  const real = context.menus.at('slb', `real ${id}`);
  const reals = context.menus.named('real', 'slb');
  if (reals.length > 0) {
    context.facts.references.push({
      ...entity(context, placeOfWord(s, 1)),
      to: 'server',
      noun: 'slb real',
      name: id,
      defined: real !== undefined,
      candidates: idsOf(reals),
    });
  }
  const address = textOf(real, 'rip');
  const enabled = off.has(id) ? headFact(s, false) : real && enabledOf(real);
  const weight = numberOf(real, 'weight');
  const port = numberOf(real, 'addport');
  const own = real && textOf(real, 'health');
  return {
    ...entity(context, placeOfHead(s)),
    name: `real ${id}`,
    pool: `group ${idOf(group)}`,
    ...(address && ipVersion(address.value) !== 0 ? { address } : {}),
    ...(port ? { port } : {}),
    ...(enabled ? { enabled } : {}),
    ...(weight ? { weight } : {}),
    ...(monitored && !own ? { monitored } : {}),
    monitors: monitor ? [monitor] : [],
  };
}

const PROTOCOLS: Readonly<Record<string, NonNullable<VirtualServer['protocol']>['value']>> = table({
  http: 'http',
  https: 'https',
  ssl: 'https',
  tcp: 'tcp',
  udp: 'udp',
  dns: 'udp',
  smtp: 'tcp',
  ldap: 'tcp',
  ftp: 'tcp',
});

/** One service of a virtual server: `/c/slb/virt 1/service 443 https`. */
function virtualServer(context: Context, menu: Menu): VirtualServer {
  const virt = context.menus.at('slb', menu.path[1] ?? '');
  const [, word = '', kind = ''] = (menu.path[2] ?? '').split(' ');
  const at = placeOfMenu(menu);
  const address = textOf(virt, 'vip');
  const enabled = virt && enabledOf(virt);
  const group = setting(menu, 'group');
  const name = group && wordFact(group, 1);
  const groups = context.menus.named('group', 'slb');
  if (group && name && groups.length > 0) {
    const defined = context.menus.at('slb', `group ${name.value}`) !== undefined;
    context.facts.references.push({
      ...entity(context, placeOfWord(group, 1)),
      to: 'pool',
      noun: 'slb group',
      name: name.value,
      defined,
      candidates: idsOf(groups),
    });
  }
  const mover = address && context.menus.named('vr', 'l3', 'vrrp').find((m) => textOf(m, 'addr')?.value === address.value);
  const moved = mover && setting(mover, 'addr');
  const mirrored = switchOf(menu, 'mirror');
  const answers = ['action', 'appshape'].map((key) => setting(menu, key)).find((s) => s && s.words[1] !== 'group');
  const answersItself = answers && headFact(answers, true);
  const elsewhere = context.menus.named('cntrules', ...menu.path).length > 0;
  return {
    ...entity(context, at),
    name: `${menu.path[1] ?? ''}:${word}`,
    ...(address && ipVersion(address.value) !== 0 ? { address } : {}),
    ...(/^\d{1,5}$/.test(word) ? { port: stated(Number(word), at) } : {}),
    protocol: stated(PROTOCOLS[kind] ?? 'other', at),
    ...(enabled ? { enabled } : {}),
    pools: name && group ? [stated(`group ${name.value}`, placeOfWord(group, 1))] : [],
    ...(answersItself ? { answersItself } : {}),
    ...(mover && moved ? { group: stated(`vr ${idOf(mover)}`, placeOfHead(moved)), floating: stated(true, placeOfHead(moved)) } : {}),
    ...(mirrored ? { mirrored } : {}),
    ...(!name || elsewhere ? { open: ['pools'] } : {}),
  };
}
