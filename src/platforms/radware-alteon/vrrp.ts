import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, isStated, stated } from '../../model/fact.ts';
import type { Heartbeat, Peer } from '../../model/peering.ts';
import type { Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { wordFact } from '../entity.ts';
import { type Context, entity, placeOfMenu } from './context.ts';
import { allOf, enabledOf, idOf, type Menu, numberOf, setting, switchOf, textOf } from './menu.ts';
import { PAGES } from './pages.ts';

/** Virtual routers, the HA modes after VRRP, and configuration sync. */
export function buildRedundancy(context: Context): void {
  for (const menu of context.menus.named('vr', 'l3', 'vrrp')) context.facts.members.push(virtualRouter(context, menu));
  const mode = context.menus.all.find((m) => m.path[0] === 'l3' && m.path[1]?.startsWith('hamode'));
  if (mode?.path[1] === 'hamode switch') context.facts.members.push(switchMode(context, mode));
  buildSync(context);
}

/** The group that rules a virtual router, if one does: the switch-wide one, or a `vrgroup` that lists it. */
function ruling(context: Context, vr: string): Menu | undefined {
  const whole = context.menus.at('l3', 'vrrp', 'group');
  if (whole && enabledOf(whole)?.value === true) return whole;
  return context.menus
    .named('vrgroup', 'l3', 'vrrp')
    .find((m) => enabledOf(m)?.value !== false && allOf(m, 'add').some((s) => s.words[1] === vr));
}

function virtualRouter(context: Context, menu: Menu): Member {
  const at = placeOfMenu(menu);
  const group = ruling(context, idOf(menu));
  const of = <T>(read: (m: Menu) => T | undefined): T | undefined => (group && read(group)) ?? read(menu);
  const vrid = numberOf(menu, 'vrid');
  const port = numberOf(menu, 'if');
  const interval = of((m) => numberOf(m, 'adver', 1000)) ?? byDefault(1000, PAGES.virtualRouter);
  const six = textOf(menu, 'ipver')?.value === 'v6';
  const global = context.menus.at('l3', 'vrrp');
  const on = context.menus.all.some((m) => m.path.join('/') === 'l3/vrrp/on') || (global && enabledOf(global)?.value === true);
  const own = enabledOf(menu);
  return {
    ...entity(context, at),
    protocol: 'alteon-vrrp',
    name: `vr ${idOf(menu)}`,
    ...(vrid && isStated(vrid) ? { id: stated(String(vrid.value), vrid.at) } : {}),
    ...(port && isStated(port) ? { interface: stated(`if ${port.value}`, port.at) } : {}),
    addressFamily: six ? 'ipv6' : 'ipv4',
    ...(own && (on || !own.value) ? { enabled: own } : {}),
    priority: of((m) => numberOf(m, 'prio')) ?? byDefault(100, PAGES.virtualRouter),
    preempt: of((m) => switchOf(m, 'preem')) ?? byDefault(true, PAGES.virtualRouter),
    advertInterval: interval,
    virtualAddresses: addressesIn(context, [...allOf(menu, 'addr'), ...allOf(menu, 'addr6')]),
    unicastPeers: [],
    triggers: tracking(context, menu, group),
    ...(group ? { syncGroup: stated(group.path.slice(1).join(' '), placeOfMenu(group)) } : {}),
  };
}

function addressesIn(context: Context, lines: readonly Statement[]): VirtualAddress[] {
  return lines.flatMap((s): VirtualAddress[] => {
    const address = s.words[1] ?? '';
    return ipVersion(address) === 0 || s.maybe ? [] : [{ ...entity(context, placeOfHead(s)), address }];
  });
}

const INCREMENTS = ['ifs', 'ports'] as const;

/**
 * Priority tracking adds an increment for each watched thing that is up, so the loss of one takes it
 * back: IP interfaces (all of the switch) and the ports of the virtual router's VLAN.
 */
function tracking(context: Context, menu: Menu, group: Menu | undefined): Trigger[] {
  const track = context.menus.at(...(group ?? menu).path, 'track');
  const settings = context.menus.at('l3', 'vrrp', 'track');
  if (!track) return [];
  const vlan = vlanOf(context, numberOf(menu, 'if')?.value);
  return INCREMENTS.flatMap((name): Trigger[] => {
    const line = setting(track, name);
    if (!line || switchOf(track, name)?.value !== true) return [];
    const targets =
      name === 'ifs'
        ? context.facts.interfaces.filter((i) => i.kind === 'vlan' && i.enabled?.value !== false).map((i) => i.name)
        : context.facts.interfaces
            .filter((i) => i.kind === 'physical' && vlan !== undefined && i.untaggedVlan?.value === vlan)
            .map((i) => i.name);
    return targets.map((target) => ({
      ...entity(context, placeOfHead(line)),
      watches: 'interface',
      target,
      defined: true,
      interfaces: [target],
      processes: [],
      addresses: [],
      effect: stated('priority', placeOfHead(line)),
      penalty: numberOf(settings, name) ?? byDefault(2, PAGES.tracking),
      bonus: true,
    }));
  });
}

function vlanOf(context: Context, id: number | undefined): number | undefined {
  return context.facts.interfaces.find((i) => i.name === `if ${id}`)?.vlan?.value;
}

/** `/c/l3/hamode switch`: one active device; its triggers fail it over, its floating addresses and virtual servers move. */
function switchMode(context: Context, mode: Menu): Member {
  const { menus } = context;
  const at = placeOfMenu(mode);
  const floating = menus.named('floatip', 'l3', 'ha').filter((m) => enabledOf(m)?.value !== false);
  const virts = menus.named('virt', 'slb').filter((m) => enabledOf(m)?.value !== false);
  const lines = [...floating.flatMap((m) => allOf(m, 'addr')), ...virts.flatMap((m) => allOf(m, 'vip'))];
  const interval = numberOf(menus.at('l3', 'ha', 'switch'), 'adver', 1000);
  return {
    ...entity(context, at),
    protocol: 'alteon-vrrp',
    name: 'ha switch',
    id: stated('switch', at),
    addressFamily: 'ipv4',
    ...(interval ? { advertInterval: interval } : {}),
    virtualAddresses: addressesIn(context, lines),
    unicastPeers: [],
    triggers: [...failover(context, 'ifs', 'interface'), ...failover(context, 'gw', 'gateway')],
  };
}

/** `/c/l3/ha/switch/trigger/ifs` with its `add` lines. */
function failover(context: Context, name: string, watches: 'interface' | 'gateway'): Trigger[] {
  const menu = context.menus.all.find((m) => m.path.join('/') === `l3/ha/switch/trigger/${name}`);
  return allOf(menu, 'add').map((s) => {
    const id = s.words[1] ?? '';
    const gateway = context.menus.at('l3', `gw ${id}`);
    const address = textOf(gateway, 'addr')?.value;
    const target = watches === 'interface' ? `if ${id}` : (address ?? `gw ${id}`);
    const defined = watches === 'interface' ? context.facts.interfaces.some((i) => i.name === target) : gateway !== undefined;
    return {
      ...entity(context, placeOfHead(s)),
      watches,
      target,
      defined,
      interfaces: watches === 'interface' ? [target] : [],
      processes: [],
      addresses: address ? [address] : [],
      effect: stated('failover', placeOfHead(s)),
    };
  });
}

/** `/c/slb/sync` with its peers. */
function buildSync(context: Context): void {
  const peers = context.menus.named('peer', 'slb', 'sync');
  const sync = context.menus.at('slb', 'sync') ?? peers[0];
  if (!sync) return;
  const active = peers.filter((m) => enabledOf(m)?.value !== false);
  const list = active.flatMap((m): Peer[] => {
    const address = textOf(m, 'addr');
    return [{ ...entity(context, placeOfMenu(m)), ...(address ? { address } : {}) }];
  });
  const on: Fact<boolean> | undefined =
    peers.map(enabledOf).find((fact) => fact?.value === true) ?? peers.map(enabledOf).find((fact) => fact !== undefined);
  context.facts.peerings.push({
    ...entity(context, placeOfMenu(sync)),
    kind: 'alteon-sync',
    name: 'sync',
    peers: list,
    heartbeats: heartbeats(context),
    ...(on ? { syncEnabled: on } : {}),
    open: ['heartbeats'],
  });
}

/** The interfaces that carry the advertisements of the switch mode (`def 1 2`). */
function heartbeats(context: Context): Heartbeat[] {
  const line = setting(context.menus.at('l3', 'ha', 'switch'), 'def');
  return (line?.words.slice(1) ?? []).flatMap((word, i): Heartbeat[] => {
    const name = line && wordFact(line, i + 1);
    return name && line && /^\d+$/.test(word)
      ? [{ ...entity(context, placeOfHead(line)), interface: stated(`if ${word}`, placeOfHead(line)) }]
      : [];
  });
}
