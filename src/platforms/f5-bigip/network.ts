import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, placeOf, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, Route } from '../../model/interface.ts';
import { placeOfHead, placeOfStatement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import type { Growing } from '../entity.ts';
import { baseName, fullPath, withoutRouteDomain } from '../f5-names.ts';
import { all, type Context, entity, find, refer } from './context.ts';
import { definitionOf, entriesOf, type F5Object, flatName, nameOf, numberOf, property, stateOf, switchOf, textOf } from './objects.ts';
import { PAGES } from './pages.ts';

/** Name of the management port in the model. */
export const MANAGEMENT = 'mgmt';

/** A self IP as HA needs it. */
export interface SelfIp {
  readonly object: F5Object;
  readonly address: string;
  readonly prefix?: number;
  readonly vlan?: string;
  readonly floating?: Fact<boolean>;
  readonly group?: Fact<string>;
}

/** Ports, trunks, VLANs with their self IPs, the management port and the routes. */
export function buildNetwork(context: Context): void {
  const ports = new Map<string, Growing<Interface>>();
  for (const object of all(context, 'net interface')) ports.set(object.name, portOf(context, object));
  for (const object of all(context, 'net trunk')) ports.set(object.name, trunkOf(context, object, ports));
  const vlans = all(context, 'net vlan').map((object) => vlanOf(context, object, ports));
  addSelfIps(context, vlans);
  addManagement(context, ports);
  context.facts.interfaces.push(...ports.values(), ...vlans);
  for (const object of all(context, 'net route')) {
    const route = routeOf(context, object);
    if (route) context.facts.routes.push(route);
  }
}

function portOf(context: Context, object: F5Object): Growing<Interface> {
  const s = definitionOf(object);
  const enabled = stateOf(object.statements.flatMap((o) => o.children)) ?? byDefault(true, PAGES.interface);
  const description = textOf(object, 'description');
  const management = object.name === MANAGEMENT;
  return {
    ...entity(context, placeOfStatement(s)),
    name: object.name,
    kind: management ? 'management' : 'physical',
    enabled,
    addresses: [],
    members: [],
    ...(description ? { description } : {}),
  };
}

function trunkOf(context: Context, object: F5Object, ports: Map<string, Growing<Interface>>): Growing<Interface> {
  const s = definitionOf(object);
  const { entries, open } = entriesOf(object, 'interfaces');
  const lacp = switchOf(object, 'lacp');
  const mode = textOf(object, 'lacp-mode');
  const timeout = textOf(object, 'lacp-timeout');
  const lagMode: Interface['lagMode'] =
    lacp?.value === true
      ? mode
        ? stated(mode.value === 'passive' ? 'lacp-passive' : 'lacp-active', placeOf(mode, placeOfStatement(s)))
        : stated('lacp-active', placeOf(lacp, placeOfStatement(s)))
      : ((lacp && stated('static', placeOf(lacp, placeOfStatement(s)))) ?? byDefault('static', PAGES.trunk));
  const rate: Interface['lacpRate'] = timeout && stated(timeout.value === 'short' ? 'fast' : 'slow', placeOf(timeout, placeOfStatement(s)));
  for (const entry of entries) {
    const port = ports.get(entry.name) ?? barePort(context, entry.name, entry.at);
    port.lag = stated(object.name, entry.at);
    port.lagMode = lagMode;
    ports.set(entry.name, port);
  }
  return {
    ...entity(context, placeOfStatement(s)),
    name: object.name,
    kind: 'lag',
    addresses: [],
    members: entries.map((e) => stated(e.name, e.at)),
    lagMode,
    ...(rate ? { lacpRate: rate } : lacp?.value ? { lacpRate: byDefault('slow', PAGES.trunk) } : {}),
    ...(open ? { open: ['members'] } : {}),
  };
}

/** A port that only a trunk or VLAN names. */
function barePort(context: Context, name: string, at: Interface['at']): Growing<Interface> {
  return { ...entity(context, at), name, kind: 'physical', addresses: [], members: [] };
}

/** A VLAN with what it makes of its ports; without a tag in the config it is a bridge of its ports. */
function vlanOf(context: Context, object: F5Object, ports: Map<string, Growing<Interface>>): Growing<Interface> {
  const s = definitionOf(object);
  const { entries, open } = entriesOf(object, 'interfaces');
  const tag = numberOf(object, 'tag');
  const mtu = numberOf(object, 'mtu');
  const description = textOf(object, 'description');
  for (const entry of entries) {
    const name = flatName(entry.name);
    const port = ports.get(name) ?? barePort(context, name, entry.at);
    ports.set(name, port);
    const tagged = entry.properties.some((p) => p.words[0] === 'tagged');
    if (!tag) continue;
    if (tagged) {
      port.mode = stated('trunk', entry.at);
      const ranges = port.allowedVlans?.value ?? [];
      port.allowedVlans = stated(
        [...ranges, { from: tag.value, to: tag.value }].sort((a, b) => a.from - b.from),
        entry.at,
      );
    } else {
      port.untaggedVlan = stated(tag.value, entry.at);
      port.mode ??= stated('access', entry.at);
    }
  }
  if (tag) {
    const name = stated(baseName(object.name), placeOfHead(s));
    context.facts.vlans.push({ ...entity(context, placeOfStatement(s)), id: tag.value, name });
  }
  return {
    ...entity(context, placeOfStatement(s)),
    name: object.name,
    kind: tag ? 'vlan' : 'bridge',
    addresses: [],
    members: entries.map((e) => stated(flatName(e.name), e.at)),
    ...(tag ? { vlan: tag } : {}),
    ...(mtu ? { mtu } : {}),
    ...(description ? { description } : {}),
    ...(open ? { open: ['members'] } : {}),
  };
}

/** Every self IP; one whose address is not known is left out. */
export function selfIps(context: Context): SelfIp[] {
  return all(context, 'net self').flatMap((object): SelfIp[] => {
    const written = withoutRouteDomain(textOf(object, 'address')?.value ?? baseName2(object));
    const [address = '', length] = written.split('/');
    if (ipVersion(address) === 0) return [];
    const group = textOf(object, 'traffic-group');
    const local = group ? baseName(group.value) === 'traffic-group-local-only' || group.value === 'none' : true;
    const floating = group ? stated(!local, placeOf(group, placeOfStatement(definitionOf(object)))) : byDefault(false, PAGES.self);
    const vlan = nameOf(object, 'vlan');
    return [
      {
        object,
        address,
        ...(length !== undefined && /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {}),
        ...(vlan ? { vlan: fullPath(vlan.value) } : {}),
        floating,
        ...(group && !local ? { group: { ...group, value: fullPath(group.value) } } : {}),
      },
    ];
  });
}

/** `create net self 10.0.0.1/24`: the name is the address. */
function baseName2(object: F5Object): string {
  const written = definitionOf(object).words[2] ?? '';
  return written.startsWith('/') ? baseName(written) : written;
}

function addSelfIps(context: Context, vlans: Growing<Interface>[]): void {
  for (const self of selfIps(context)) {
    const at = placeOfStatement(definitionOf(self.object));
    const vlan = property(self.object, 'vlan');
    if (self.vlan === undefined) continue;
    let home = vlans.find((v) => v.name === self.vlan);
    if (!home) {
      home = { ...entity(context, at), name: self.vlan, kind: 'virtual', addresses: [], members: [], open: ['members'] };
      vlans.push(home);
    }
    if (vlan && context.hasBase && context.kinds.has('net vlan') && !isTunnel(context, self.vlan) && !context.scripted) {
      refer(context, { at: placeOfHead(vlan), name: self.vlan, kind: 'net vlan', to: 'vlan' });
    }
    const address: InterfaceAddress = {
      ...entity(context, at),
      address: self.address,
      ...(self.prefix === undefined ? {} : { prefix: self.prefix }),
      secondary: false,
      ...(self.floating ? { floating: self.floating } : {}),
      ...(self.group ? { group: self.group } : {}),
    };
    home.addresses.push(address);
  }
}

function isTunnel(context: Context, name: string): boolean {
  return find(context, 'net tunnels', name) !== undefined || /-tunnel$/.test(name);
}

function addManagement(context: Context, ports: Map<string, Growing<Interface>>): void {
  for (const object of all(context, 'sys management-ip')) {
    const [address = '', length] = object.name.split('/');
    if (ipVersion(address) === 0) continue;
    const at = placeOfStatement(definitionOf(object));
    const port = ports.get(MANAGEMENT) ?? { ...barePort(context, MANAGEMENT, at), kind: 'management' as const };
    ports.set(MANAGEMENT, port);
    const prefix = length !== undefined && /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {};
    port.addresses.push({ ...entity(context, at), address, ...prefix, secondary: false });
  }
}

const DEFAULT_ROUTES: Readonly<Record<string, string>> = table({
  default: '0.0.0.0/0',
  any: '0.0.0.0/0',
  'default-inet6': '::/0',
  any6: '::/0',
});

function routeOf(context: Context, object: F5Object): Route | undefined {
  const network = withoutRouteDomain(textOf(object, 'network')?.value ?? baseName(object.name));
  const prefix = DEFAULT_ROUTES[network] ?? (network.includes('/') ? network : undefined);
  const gateway = textOf(object, 'gw');
  const pool = textOf(object, 'pool');
  const via = pool ?? textOf(object, 'interface');
  if (prefix === undefined) return undefined;
  return {
    ...entity(context, placeOfStatement(definitionOf(object))),
    prefix,
    ...(gateway ? { nextHop: { ...gateway, value: withoutRouteDomain(gateway.value) } } : {}),
    ...(via ? { viaInterface: { ...via, value: fullPath(via.value) } } : {}),
  };
}
