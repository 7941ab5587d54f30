import type { Interface, InterfaceAddress, Route, Vlan, VlanRange } from '../../model/interface.ts';
import { entity, things } from './words.ts';

/** What rules can ask of interfaces, addresses, VLANs and routes. */
export const interfaces = {
  interface: entity<Interface>(
    'A port, a LAG, an SVI, a bridge: what carries frames or addresses',
    {
      name: ['string', 'Name as the config writes it'],
      kind: ['string', '`physical`, `lag`, `vlan`, `subinterface`, `bridge`, `loopback`, `management`, `tunnel` or `virtual`'],
      description: ['string', 'Description'],
      enabled: ['bool', 'Up as far as the config goes'],
      addresses: ['list<InterfaceAddress>', 'Its addresses'],
      dynamicAddress: ['bool', 'Its address comes by DHCP or the like'],
      mode: ['string', '`access`, `trunk` or `routed`'],
      untaggedVlan: ['int', 'VLAN of an access port, native VLAN of a trunk'],
      allowedVlans: ['list<VlanRange>', 'Tagged VLANs a trunk lets through; ask with `carries(vlan, ranges)`'],
      vlan: ['int', 'VLAN of an SVI or subinterface'],
      parent: ['string', 'Name of the interface this one rides on'],
      vrf: ['string', 'VRF'],
      mtu: ['int', 'MTU, bytes'],
      lag: ['string', 'Name of the LAG this port is a member of'],
      members: ['list<string>', 'Names of the ports of a LAG or bridge'],
      lagMode: ['string', '`lacp-active`, `lacp-passive`, `static`, `pagp`, `active-backup` or `balance`'],
      lacpRate: ['string', '`fast` or `slow`'],
      minLinks: ['int', 'Ports that must be up for the LAG to be up'],
      edgePort: ['bool', 'Spanning tree treats it as an edge'],
      mlagId: ['string', 'Id of its vPC, MLAG or MC-LAG'],
      peerLink: ['bool', 'It is the peer link of its MLAG domain'],
      orphanSuspend: ['bool', 'Suspended with the peer link (`vpc orphan-port suspend`)'],
    },
    {
      link: ['Link', 'The cable on this port', (self, look) => look.linkOf(self.device, self.name)?.link],
      neighbour: [
        'Interface',
        'The interface at the other end of the cable',
        (self, look) => look.linkOf(self.device, self.name)?.far.interface,
      ],
      lagInterface: [
        'Interface',
        'The LAG this port is a member of',
        (self, look) => self.lag && look.interfaceNamed(self.device, self.lag.value),
      ],
      ports: [
        'list<Interface>',
        'The ports of a LAG or bridge, as far as they are defined',
        (self, look) =>
          look
            .known(self, 'members')
            .members.map((m) => look.interfaceNamed(self.device, m.value))
            .filter((i) => i !== undefined),
      ],
      segments: ['list<Segment>', 'The broadcast domains it is in', (self, look) => look.segmentsOf(self.device, self.name)],
      redundancy: [
        'list<Member>',
        'The redundancy group memberships that run on it',
        (self, look) => look.device(self.device)?.members.filter((m) => m.interface?.value === self.name),
      ],
    },
  ),
  interfaceAddress: entity<InterfaceAddress>(
    'An address on an interface',
    {
      address: ['string', 'Without the prefix length'],
      prefix: ['int', 'Prefix length'],
      secondary: ['bool', 'A secondary address'],
      floating: ['bool', "Moves with a redundancy group, so it is not the device's own"],
      group: ['string', 'The redundancy group it moves with'],
    },
    { interface: ['Interface', 'The interface it is on', (self, look) => look.parent(self)] },
  ),
  vlan: entity<Vlan>('A VLAN that the device knows', {
    id: ['int', 'VLAN number'],
    name: ['string', 'Name'],
    stpPriority: ['int', 'Spanning-tree bridge priority for it; lower wins'],
  }),
  route: entity<Route>(
    'A static route',
    {
      prefix: ['string', 'CIDR; `0.0.0.0/0` and `::/0` are the default routes'],
      nextHop: ['string', 'Next hop address'],
      viaInterface: ['string', 'Interface it leaves by'],
      vrf: ['string', 'VRF'],
    },
    {
      nextHopOwners: [
        'list<Interface>',
        'Interfaces of other devices that have the next hop as their own address',
        (self, look) => self.nextHop && look.interfacesWith(self.nextHop.value).filter((i) => i.device !== self.device),
      ],
    },
  ),
  vlanRange: things<VlanRange>('A range of VLANs, inclusive on both ends', {
    from: ['int', 'First VLAN'],
    to: ['int', 'Last VLAN'],
  }),
};
