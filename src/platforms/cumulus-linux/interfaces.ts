import { ipVersion, prefixOfMask } from '../../model/address.ts';
import { byDefault, type Fact, startOfLine, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, InterfaceKind, VlanRange } from '../../model/interface.ts';
import { parseRanges, uniteRanges } from '../../syntax/number-ranges.ts';
import { table } from '../../syntax/table.ts';
import type { Growing } from '../entity.ts';
import { present } from '../tree-facts.ts';
import { BOND_PAGE, BRIDGE_PAGE, firstOf, lastOf, namesIn, numberOf, type Port, valuesOf } from './ports.ts';

/** Turns gathered ports into interfaces: kinds, addresses, bonds, and what a VLAN-aware bridge makes of its ports. */
export function readInterfaces(ports: ReadonlyMap<string, Port>, device: string): Growing<Interface>[] {
  const all = new Map([...ports.values()].map((port) => [port.name, readPort(port, ports, device)]));
  for (const lag of [...all.values()].filter((one) => one.kind === 'lag')) {
    for (const member of lag.members) {
      const port = all.get(member.value) ?? bare(member, device);
      port.lag = { ...member, value: lag.name };
      all.set(port.name, port);
    }
  }
  for (const bridge of ports.values())
    if (isBridge(bridge)) for (const name of bridgePorts(bridge)) bridged(all.get(name), ports.get(name), bridge);
  for (const port of ports.values()) {
    const link = /^(.+)\.\d+$/.exec(port.name)?.[1];
    const lag = lastOf(port, 'clagd-peer-ip') && link !== undefined ? all.get(link) : undefined;
    if (lag) lag.peerLink = stated(true, port.at);
  }
  return [...all.values()];
}

function bare(name: Fact<string>, device: string): Growing<Interface> {
  const at = 'at' in name ? name.at : startOfLine('', 1);
  return { at, device, platform: 'cumulus-linux', name: name.value, kind: 'physical', addresses: [], members: [] };
}

function isBridge(port: Port): boolean {
  return lastOf(port, 'bridge-ports') !== undefined || lastOf(port, 'bridge-vlan-aware') !== undefined;
}

function kindOf(port: Port, ports: ReadonlyMap<string, Port>): InterfaceKind {
  const { name } = port;
  if (isBridge(port)) return 'bridge';
  if (lastOf(port, 'bond-slaves') || lastOf(port, 'bond-mode') || lastOf(port, 'clag-id')) return 'lag';
  if (lastOf(port, 'vxlan-id')) return 'tunnel';
  if (lastOf(port, 'vrf-table')) return 'virtual';
  const parent = ports.get(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
  if (/^vlan\d+$/.test(name) || (parent && isBridge(parent))) return 'vlan';
  if (name.includes('.')) return 'subinterface';
  return name === 'lo' ? 'loopback' : /^eth\d/.test(name) ? 'management' : 'physical';
}

function readPort(port: Port, ports: ReadonlyMap<string, Port>, device: string): Growing<Interface> {
  const kind = kindOf(port, ports);
  const isLag = kind === 'lag';
  const tag = /(?:\.|^vlan)(\d{1,4})$/.exec(port.name)?.[1];
  const parent = /^(.+)\.\d+$/.exec(port.name)?.[1];
  const down = [...port.settings].findLast((s) => s.key === 'link-down' || s.key === 'link-state')?.values[0];
  const portedge = firstOf(port, 'mstpctl-portadminedge');
  const members = kind === 'bridge' ? 'bridge-ports' : 'bond-slaves';
  const open = port.settings.filter((s) => s.open).flatMap((s) => OPEN[s.key] ?? []);
  return {
    at: port.at,
    device,
    platform: 'cumulus-linux',
    name: port.name,
    kind,
    addresses: addressesOf(port, device),
    members: valuesOf(port, members).flatMap((fact) => namesIn(fact.value).map((value) => ({ ...fact, value }))),
    ...(open.length > 0 ? { open } : {}),
    ...present({
      description: firstOf(port, 'alias'),
      enabled: down && (down.value === 'yes' || down.value === 'down') ? { ...down, value: false } : undefined,
      dynamicAddress: lastOf(port, 'dhcp') && stated(true, port.at),
      vlan: numberOf(port, 'vlan-id') ?? (tag === undefined ? undefined : stated(Number(tag), port.at)),
      parent: firstOf(port, 'vlan-raw-device') ?? (parent === undefined ? undefined : stated(parent, port.at)),
      vrf: firstOf(port, 'vrf'),
      mtu: numberOf(port, 'mtu'),
      lagMode: isLag ? lagMode(port) : undefined,
      lacpRate: isLag ? lacpRate(port) : undefined,
      minLinks: numberOf(port, 'bond-min-links'),
      mlagId: firstOf(port, 'clag-id'),
      edgePort: portedge && { ...portedge, value: /^(?:yes|on|true)$/.test(portedge.value) },
    }),
  };
}

const OPEN: Readonly<Record<string, string>> = table({ address: 'addresses', 'bond-slaves': 'members', 'bridge-ports': 'members' });

function addressesOf(port: Port, device: string): InterfaceAddress[] {
  const mask = firstOf(port, 'netmask')?.value ?? '';
  const ofMask = /^\d{1,2}$/.test(mask) ? Number(mask) : prefixOfMask(mask);
  return valuesOf(port, 'address').flatMap((fact, i) => {
    const [address = '', length] = fact.value.split('/');
    if (ipVersion(address) === 0) return [];
    const prefix = length !== undefined && /^\d{1,3}$/.test(length) ? Number(length) : ofMask;
    const at = 'at' in fact ? fact.at : port.at;
    return [{ at, device, platform: 'cumulus-linux' as const, address, secondary: i > 0, ...(prefix === undefined ? {} : { prefix }) }];
  });
}

function lagMode(port: Port): Interface['lagMode'] {
  const mode = firstOf(port, 'bond-mode');
  if (!mode) return lastOf(port, 'bond-mode') ? undefined : byDefault('lacp-active', BOND_PAGE);
  if (/^(?:802\.3ad|lacp|4)$/.test(mode.value)) return { ...mode, value: 'lacp-active' };
  return /^(?:balance-xor|static|2)$/.test(mode.value) ? { ...mode, value: 'static' } : undefined;
}

function lacpRate(port: Port): Interface['lacpRate'] {
  const rate = firstOf(port, 'bond-lacp-rate');
  if (rate?.value === '1' || rate?.value === 'fast') return { ...rate, value: 'fast' };
  return rate?.value === '0' || rate?.value === 'slow' ? { ...rate, value: 'slow' } : undefined;
}

function bridgePorts(bridge: Port): string[] {
  return valuesOf(bridge, 'bridge-ports').flatMap((fact) => namesIn(fact.value));
}

/** A port of a VLAN-aware bridge: access where it says so, else a trunk with its own VLANs or the bridge's. */
function bridged(into: Growing<Interface> | undefined, port: Port | undefined, bridge: Port): void {
  const aware = firstOf(bridge, 'bridge-vlan-aware');
  if (!into || !lastOf(bridge, 'bridge-vlan-aware') || aware?.value === 'no') return;
  const at = port?.at ?? bridge.at;
  const access = numberOf(port, 'bridge-access');
  if (access) {
    into.mode = { ...access, value: 'access' };
    into.untaggedVlan = access;
    return;
  }
  if (lastOf(port, 'bridge-access')) return;
  into.mode = stated('trunk', at);
  const native = numberOf(port, 'bridge-pvid') ?? numberOf(bridge, 'bridge-pvid') ?? byDefault(1, BRIDGE_PAGE);
  into.untaggedVlan = native;
  const from = lastOf(port, 'bridge-vids') ? port : bridge;
  const vids = from?.settings.filter((s) => s.key === 'bridge-vids') ?? [];
  const ranges = valuesOf(from, 'bridge-vids').map((fact) => parseRanges(fact.value));
  if (vids.some((s) => s.open) || ranges.includes(undefined)) return;
  const tagged = ranges.flatMap((range): readonly VlanRange[] => range ?? []);
  into.allowedVlans = stated(uniteRanges([...tagged, { from: native.value, to: native.value }]), vids[0]?.at ?? at);
}
