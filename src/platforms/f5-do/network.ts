import { ipVersion, prefixOfLength } from '../../model/address.ts';
import { byDefault, type Fact, type Place, stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { flag, scalar, whole } from '../../syntax/tree.ts';
import type { Growing } from '../entity.ts';
import { elements, flagOr, key, text } from '../f5-json.ts';
import { letsIn } from '../f5-lockdown.ts';
import { fullPath, withoutRouteDomain } from '../f5-names.ts';
import { type Context, entity, ofClass, PAGE, value } from './context.ts';

/** Name of the management port in the model. */
export const MANAGEMENT = 'mgmt';

/** A self IP as HA needs it. */
export interface SelfIp {
  readonly statement: Statement;
  readonly address: string;
  readonly prefix?: number;
  readonly vlan?: string;
  /** The floating traffic group; absent: not floating. */
  readonly group?: Fact<string>;
}

/** Trunks, VLANs with their self IPs, and routes. */
export function buildNetwork(context: Context): void {
  const ports = new Map<string, Growing<Interface>>();
  const portNamed = (name: string, at: Statement): Growing<Interface> => {
    const known = ports.get(name);
    if (known) return known;
    const port: Growing<Interface> = { ...entity(context, placeOfStatement(at)), name, kind: 'physical', addresses: [], members: [] };
    ports.set(name, port);
    return port;
  };
  for (const { name, statement } of ofClass(context, 'Trunk')) {
    const trunk = portNamed(name, statement);
    trunk.kind = 'lag';
    const lacp = key(statement, 'lacpEnabled');
    const passive = text(statement, 'lacpMode')?.value === 'passive';
    const active = flagOr(statement, 'lacpEnabled', false, PAGE);
    if (active && lacp && active.value) trunk.lagMode = stated(passive ? 'lacp-passive' : 'lacp-active', placeOfStatement(lacp));
    else if (active) trunk.lagMode = { ...active, value: 'static' };
    const rate = lacpRate(statement);
    if (active?.value && rate) trunk.lacpRate = rate;
    for (const item of elements(statement, 'interfaces')) {
      const member = scalar(item);
      if (!member) continue;
      trunk.members.push(member);
      portNamed(member.value, item).lag = stated(name, placeOfStatement(item));
    }
  }
  const vlans = ofClass(context, 'VLAN').map(({ name, statement }) => vlanOf(context, name, statement, portNamed));
  for (const self of selfIps(context)) addSelf(context, self, vlans);
  context.facts.interfaces.push(...ports.values(), ...vlans, ...managementPort(context));
  for (const { statement } of ofClass(context, 'Route')) {
    const gateway = value(context, statement, 'gw');
    const network = text(statement, 'network')?.value ?? 'default';
    const prefix = network === 'default' ? '0.0.0.0/0' : network === 'default-inet6' ? '::/0' : withoutRouteDomain(network);
    context.facts.routes.push({ ...entity(context, placeOfStatement(statement)), prefix, ...(gateway ? { nextHop: gateway } : {}) });
  }
}

function lacpRate(trunk: Statement): Interface['lacpRate'] {
  const timeout = text(trunk, 'lacpTimeout');
  if (!timeout) return key(trunk, 'lacpTimeout') ? undefined : byDefault('slow', PAGE);
  return { ...timeout, value: timeout.value === 'short' ? 'fast' : 'slow' };
}

type PortNamed = (name: string, at: Statement) => Growing<Interface>;

function vlanOf(context: Context, name: string, s: Statement, portNamed: PortNamed): Growing<Interface> {
  const tag = whole(key(s, 'tag'));
  const mtu = whole(key(s, 'mtu'));
  const members: Fact<string>[] = [];
  for (const item of elements(s, 'interfaces')) {
    const member = text(item, 'name') ?? scalar(item);
    if (!member) continue;
    members.push(member);
    if (!tag) continue;
    const port = portNamed(member.value, item);
    const at = placeOfStatement(item);
    // "Default is true if a VLAN tag is provided, otherwise false" (schema, VLAN interfaces).
    if (flag(key(item, 'tagged'))?.value ?? true) {
      port.mode = stated('trunk', at);
      port.allowedVlans = stated(
        [...(port.allowedVlans?.value ?? []), { from: tag.value, to: tag.value }].sort((a, b) => a.from - b.from),
        at,
      );
    } else {
      port.mode ??= stated('access', at);
      port.untaggedVlan = stated(tag.value, at);
    }
  }
  if (tag) context.facts.vlans.push({ ...entity(context, placeOfStatement(s)), id: tag.value, name: stated(name, placeOfHead(s)) });
  return {
    ...entity(context, placeOfStatement(s)),
    name: fullPath(name),
    kind: tag ? 'vlan' : 'bridge',
    addresses: [],
    members,
    ...(tag ? { vlan: tag } : {}),
    ...(mtu ? { mtu } : {}),
  };
}

/** Addresses of the management port. */
export function managementAddresses(context: Context): { readonly address: string; readonly prefix?: number; readonly at: Place }[] {
  return ofClass(context, 'ManagementIp').flatMap(({ statement }) => {
    const [address = '', length = ''] = (text(statement, 'address')?.value ?? '').split('/');
    const prefix = prefixOfLength(length);
    return ipVersion(address) === 0 ? [] : [{ address, ...(prefix === undefined ? {} : { prefix }), at: placeOfStatement(statement) }];
  });
}

function managementPort(context: Context): Interface[] {
  const addresses = managementAddresses(context).map(({ at, ...one }) => ({ ...entity(context, at), ...one, secondary: false }));
  const [first] = addresses;
  return first ? [{ ...entity(context, first.at), name: MANAGEMENT, kind: 'management', addresses, members: [] }] : [];
}

/** Every self IP whose address is known. */
export function selfIps(context: Context): SelfIp[] {
  return ofClass(context, 'SelfIp').flatMap(({ statement }): SelfIp[] => {
    const [address = '', length] = withoutRouteDomain(text(statement, 'address')?.value ?? '').split('/');
    if (ipVersion(address) === 0) return [];
    const group = text(statement, 'trafficGroup');
    const vlan = text(statement, 'vlan');
    // A template may make it float: then it is neither here.
    if (!group && key(statement, 'trafficGroup')) return [];
    const floating = group && !group.value.endsWith('traffic-group-local-only');
    return [
      {
        statement,
        address,
        ...(length !== undefined && /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {}),
        ...(vlan ? { vlan: fullPath(vlan.value) } : {}),
        ...(group && floating ? { group: { ...group, value: fullPath(group.value) } } : {}),
      },
    ];
  });
}

function addSelf(context: Context, self: SelfIp, vlans: Growing<Interface>[]): void {
  if (self.vlan === undefined) return;
  const at = placeOfStatement(self.statement);
  let home = vlans.find((v) => v.name === self.vlan);
  if (!home) {
    home = { ...entity(context, at), name: self.vlan, kind: 'virtual', addresses: [], members: [], open: ['members'] };
    vlans.push(home);
  }
  home.addresses.push({
    ...entity(context, at),
    address: self.address,
    ...(self.prefix === undefined ? {} : { prefix: self.prefix }),
    secondary: false,
    floating: self.group ? { ...self.group, value: true } : byDefault(false, PAGE),
    ...(self.group ? { group: self.group } : {}),
  });
}

/** Whether a self IP's `allowService` lets a UDP port in; nothing is let in by default (schema). */
export function allowedOn(self: SelfIp, port: number): Fact<boolean> | undefined {
  const said = key(self.statement, 'allowService');
  if (!said) return byDefault(false, PAGE);
  const list = elements(self.statement, 'allowService').map(scalar);
  const one = scalar(said);
  const words = said.children.length > 0 ? list : [one];
  if (said.maybe || words.includes(undefined)) return undefined;
  const services = words.map((fact) => fact?.value ?? '');
  return stated(letsIn(services, port), placeOfWord(said, 0));
}
