import type { Device } from '../../src/model/device.ts';
import type { Place } from '../../src/model/fact.ts';
import { stated } from '../../src/model/fact.ts';
import type { Member } from '../../src/model/redundancy.ts';

/** A place on one line. */
export function placeAt(file: string, line: number, column = 1): Place {
  return { file, line, column, endLine: line, endColumn: column + 4 };
}

/** A device that says nothing but what `parts` say. */
export function deviceOf(name: string, parts: Partial<Device> = {}): Device {
  return {
    name,
    at: placeAt(`${name}.conf`, 1),
    platforms: ['keepalived'],
    files: [`${name}.conf`],
    role: 'load-balancer',
    interfaces: [],
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
    ...parts,
  };
}

/** A VRRP member of group 51 on `device`, whose block is lines 2 to 9 and whose priority stands on line 5. */
export function memberOf(device: string, parts: Partial<Member> = {}): Member {
  const file = `${device}.conf`;
  return {
    at: { ...placeAt(file, 2), endLine: 9 },
    device,
    platform: 'keepalived',
    protocol: 'vrrp',
    name: 'VI_1',
    id: stated('51', placeAt(file, 4)),
    addressFamily: 'ipv4',
    virtualAddresses: [{ at: placeAt(file, 7), device, platform: 'keepalived', address: '192.0.2.10', prefix: 24 }],
    unicastPeers: [],
    triggers: [],
    ...parts,
  };
}
