import type { Device } from '../../src/model/device.ts';
import { type Place, stated } from '../../src/model/fact.ts';
import type { Interface } from '../../src/model/interface.ts';
import type { Member } from '../../src/model/redundancy.ts';
import type { Wiring } from '../../src/network/network.ts';

/** Small devices for tests of what devices make together, without any vendor's words. */

export const here = (file: string, line = 1): Place => ({ file, line, column: 1, endLine: line, endColumn: 2 });

type PortSketch = Partial<Omit<Interface, 'addresses' | 'members'>> & {
  cidr?: string;
  access?: number;
  trunk?: number[];
  members?: string[];
  on?: string;
  tag?: number;
  lagOf?: string;
};

export function device(name: string, ports: Record<string, PortSketch>, more: Partial<Device> = {}): Device {
  const file = `${name}/config`;
  const entity = { at: here(file), device: name, platform: 'cisco-ios' as const };
  const fact = <T>(value: T) => stated(value, here(file));
  const interfaces = Object.entries(ports).map(([port, sketch]): Interface => {
    const { cidr, access, trunk, members, on, tag, lagOf, ...rest } = sketch;
    const [address = '', prefix] = cidr?.split('/') ?? [];
    return {
      ...entity,
      name: port,
      kind: port.startsWith('Vlan') ? 'vlan' : 'physical',
      addresses: cidr ? [{ ...entity, address, prefix: Number(prefix), secondary: false }] : [],
      members: (members ?? []).map(fact),
      ...(access ? { mode: fact('access' as const), untaggedVlan: fact(access) } : {}),
      ...(trunk ? { mode: fact('trunk' as const), allowedVlans: fact(trunk.map((v) => ({ from: v, to: v }))) } : {}),
      ...(port.startsWith('Vlan') ? { vlan: fact(Number(port.slice(4))) } : {}),
      ...(on ? { parent: fact(on) } : {}),
      ...(tag ? { vlan: fact(tag) } : {}),
      ...(lagOf ? { lag: fact(lagOf) } : {}),
      ...rest,
    };
  });
  return {
    name,
    at: here(file),
    platforms: ['cisco-ios'],
    files: [file],
    role: 'switch',
    interfaces,
    vlans: [],
    routes: [],
    members: [],
    peerings: [],
    watches: [],
    virtualServers: [],
    pools: [],
    monitors: [],
    references: [],
    remarks: [],
    settings: [],
    ...more,
  };
}

export function vrrp(on: string, id: string, addresses: string[], more: Partial<Member> = {}): Member {
  const entity = { at: here(`${on}/config`), device: on, platform: 'keepalived' as const };
  return {
    ...entity,
    protocol: 'vrrp',
    name: `VI_${id}`,
    id: stated(id, entity.at),
    addressFamily: 'ipv4',
    virtualAddresses: addresses.map((address) => ({ ...entity, address })),
    unicastPeers: [],
    triggers: [],
    ...more,
  };
}

/** Wiring as a containerlab file tells it: `a:port b:port` a link. */
export function cables(lines: string[], kinds: Record<string, 'device' | 'bridge' | 'host'> = {}): Wiring {
  const split = (end: string) => ({ node: end.slice(0, end.indexOf(':')), port: end.slice(end.indexOf(':') + 1) });
  const links = lines.map((line, i) => {
    const [a = '', b = ''] = line.split(' ');
    return { a: split(a), b: split(b), at: here('net.clab.yml', i + 1) };
  });
  const names = new Set([...links.flatMap((l) => [l.a.node, l.b.node]), ...Object.keys(kinds)]);
  return {
    evidence: 'containerlab',
    links,
    nodes: [...names].map((name) => ({ name, kind: kinds[name] ?? 'device', at: here('net.clab.yml') })),
  };
}
