import { ipVersion } from '../../model/address.ts';
import { type Fact, stated } from '../../model/fact.ts';
import type { Interface, InterfaceKind, Route } from '../../model/interface.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { type Growing, wordFact } from '../entity.ts';
import { present } from '../tree-facts.ts';
import { bondMode, lacpRate, UNNAMED_MODE } from './bond.ts';
import type { Links } from './netplan.ts';

/** Whether a text is a `.network` or `.netdev` file of systemd-networkd. */
export function isNetworkd(text: string): boolean {
  const has = (section: string): boolean => text.includes(`[${section}]`) && new RegExp(`^[ \\t]*\\[${section}\\]`, 'm').test(text);
  return (has('Match') && has('Network')) || (has('NetDev') && /^[ \t]*Kind[ \t]*=/m.test(text));
}

const KINDS: Readonly<Record<string, InterfaceKind>> = table({
  bond: 'lag',
  bridge: 'bridge',
  vlan: 'subinterface',
  dummy: 'loopback',
  vrf: 'virtual',
});

interface Gathering {
  readonly device: string;
  readonly ports: Map<string, Growing<Interface>>;
  readonly routes: Route[];
}

/** Reads systemd.netdev(5) and systemd.network(5): the virtual links, and what each matched link is given. */
export function readNetworkd(sources: readonly Source[], device: string): Links {
  const into: Gathering = { device, ports: new Map(), routes: [] };
  for (const { statements } of sources) {
    if (statements.some((s) => s.words[0] === 'NetDev')) readNetdev(statements, into);
  }
  for (const { statements } of sources) {
    if (statements.some((s) => s.words[0] === 'Match') && !statements.some((s) => s.words[0] === 'NetDev')) readNetwork(statements, into);
    for (const s of statements) for (const line of [s, ...s.children]) line.use ??= 'ignored';
  }
  return { interfaces: [...into.ports.values()], routes: into.routes };
}

/** The values of a key in all sections of that name; an empty value takes back those before it. */
function values(statements: readonly Statement[], section: string, key: string): Fact<string>[] {
  let found: Fact<string>[] = [];
  for (const s of statements.filter((one) => one.words[0] === section)) {
    s.use = 'read';
    for (const line of s.children.filter((one) => one.words[0] === key)) {
      line.use = 'read';
      const fact = wordFact(line, 1);
      if (fact?.value === '') found = [];
      else if (fact) found.push(fact);
    }
  }
  return found;
}

function last(statements: readonly Statement[], section: string, key: string): Fact<string> | undefined {
  return values(statements, section, key).at(-1);
}

function numeric(fact: Fact<string> | undefined): Fact<number> | undefined {
  return fact && /^\d{1,9}$/.test(fact.value) ? { ...fact, value: Number(fact.value) } : undefined;
}

function portNamed(name: string, s: Statement, { device, ports }: Gathering): Growing<Interface> {
  const known = ports.get(name);
  if (known) return known;
  const kind: InterfaceKind = name === 'lo' ? 'loopback' : 'physical';
  const port: Growing<Interface> = { at: placeOfStatement(s), device, platform: 'linux-network', name, kind, addresses: [], members: [] };
  ports.set(name, port);
  return port;
}

function readNetdev(statements: readonly Statement[], into: Gathering): void {
  const [section] = statements;
  const name = last(statements, 'NetDev', 'Name');
  const type = last(statements, 'NetDev', 'Kind');
  if (!name || !section) return;
  const port = portNamed(name.value, section, into);
  port.kind = KINDS[type?.value ?? ''] ?? 'virtual';
  const mode = last(statements, 'Bond', 'Mode');
  const unsaid = !statements.some((s) => s.words[0] === 'Bond' && s.children.some((line) => line.words[0] === 'Mode'));
  Object.assign(
    port,
    present({
      mtu: numeric(last(statements, 'NetDev', 'MTUBytes')),
      vlan: numeric(last(statements, 'VLAN', 'Id')),
      lagMode: port.kind !== 'lag' ? undefined : unsaid ? UNNAMED_MODE : bondMode(mode),
      lacpRate: lacpRate(last(statements, 'Bond', 'LACPTransmitRate')),
      minLinks: numeric(last(statements, 'Bond', 'MinLinks')),
    }),
  );
}

function readNetwork(statements: readonly Statement[], into: Gathering): void {
  const match = statements.find((s) => s.words[0] === 'Match') as Statement;
  const names = values(statements, 'Match', 'Name').flatMap((fact) => fact.value.split(/\s+/));
  // A pattern, or a MAC address, matches links whose names are not known here.
  for (const name of names.filter((one) => /^[\w.@-]{1,15}$/.test(one))) readMatched(statements, portNamed(name, match, into), into);
}

function readMatched(statements: readonly Statement[], port: Growing<Interface>, into: Gathering): void {
  const entity = { device: into.device, platform: 'linux-network' as const };
  for (const fact of [...values(statements, 'Network', 'Address'), ...values(statements, 'Address', 'Address')]) {
    const [address = '', length = ''] = fact.value.split('/');
    if (ipVersion(address) === 0 || !('at' in fact)) continue;
    const prefix = /^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {};
    port.addresses.push({ ...entity, at: fact.at, address, secondary: port.addresses.length > 0, ...prefix });
  }
  const dhcp = last(statements, 'Network', 'DHCP');
  if (dhcp && /^(?:yes|true|ipv4|ipv6|both|on|1)$/.test(dhcp.value)) port.dynamicAddress = { ...dhcp, value: true };
  const mtu = numeric(last(statements, 'Link', 'MTUBytes'));
  if (mtu) port.mtu = mtu;
  const bond = last(statements, 'Network', 'Bond');
  if (bond) {
    port.lag = bond;
    into.ports.get(bond.value)?.members.push({ ...bond, value: port.name });
  }
  const bridge = last(statements, 'Network', 'Bridge');
  if (bridge) into.ports.get(bridge.value)?.members.push({ ...bridge, value: port.name });
  for (const vlan of values(statements, 'Network', 'VLAN')) {
    const child = into.ports.get(vlan.value);
    if (child) child.parent = { ...vlan, value: port.name };
  }
  readRoutes(statements, port, into);
}

function readRoutes(statements: readonly Statement[], port: Growing<Interface>, into: Gathering): void {
  const entity = { device: into.device, platform: 'linux-network' as const };
  const viaInterface = stated(port.name, port.at);
  for (const nextHop of values(statements, 'Network', 'Gateway')) {
    if (!('at' in nextHop) || ipVersion(nextHop.value) === 0) continue;
    into.routes.push({ ...entity, at: nextHop.at, prefix: nextHop.value.includes(':') ? '::/0' : '0.0.0.0/0', nextHop, viaInterface });
  }
  for (const s of statements.filter((one) => one.words[0] === 'Route' && !one.maybe)) {
    s.use = 'read';
    const line = (key: string) => s.children.findLast((one) => one.words[0] === key);
    const gateway = line('Gateway');
    const nextHop = gateway && wordFact(gateway, 1);
    if (!gateway || !nextHop || ipVersion(nextHop.value) === 0 || line('Table')) continue;
    gateway.use = 'read';
    const to = line('Destination');
    if (to) to.use = 'read';
    const target = to ? wordFact(to, 1)?.value : nextHop.value.includes(':') ? '::/0' : '0.0.0.0/0';
    if (target !== undefined) into.routes.push({ ...entity, at: placeOfWord(gateway, 1), prefix: target, nextHop, viaInterface });
  }
}
