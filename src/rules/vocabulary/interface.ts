import type { Interface, InterfaceAddress, Route, Vlan, VlanRange } from '../../model/interface.ts';
import { carrierOf } from '../../network/exposure.ts';
import type { Lookup } from '../lookup.ts';
import { entity, things } from './words.ts';

function twinsOf(port: Interface, id: string, look: Lookup): readonly Interface[] {
  return look.partners(port.device).flatMap((d) => look.withMlagId(d.name, id));
}

function isNear(route: Route, nextHop: string, look: Lookup): boolean | undefined {
  const device = look.device(route.device);
  return device && carrierOf(device, nextHop) !== undefined;
}

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
      haWatched: ['bool', 'What the config says of HA watching it (NetScaler `-haMonitor`); absent where it says nothing'],
    },
    {
      link: ['Link', 'The cable on this port', (self, look) => look.linkOf(self.device, self.name)?.link],
      cabledTo: [
        'list<string>',
        'Names of the nodes at the other ends of its cables; of all its ports for a LAG',
        (self, look) => [...new Set(look.cabledTo(self.device, self.name))].sort(),
      ],
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
        (self, look) => look.membersOn(self.device, self.name),
      ],
      farEnds: [
        'list<LinkEnd>',
        'The other ends of its cables; of the cables of all its ports where it is a LAG',
        (self, look) => look.farEnds(self.device, self.name),
      ],
      bundled: [
        'list<Interface>',
        'The ports whose own config puts them into this LAG',
        (self, look) => look.bundledIn(self.device, self.name),
      ],
      tracked: ['bool', 'A trigger of its device fires when it is lost', (self, look) => look.isTracked(self.device, self.name)],
      mlagTwins: [
        'list<Interface>',
        'Interfaces of partner devices with the same vPC, MLAG or MC-LAG id',
        (self, look) => self.mlagId && twinsOf(self, self.mlagId.value, look),
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
    {
      interface: ['Interface', 'The interface it is on', (self, look) => look.parent(self)],
      partnerInterfaces: [
        'list<Interface>',
        'Interfaces of partner devices with an address in its subnet',
        (self, look) =>
          self.prefix === undefined
            ? undefined
            : look.partners(self.device).flatMap((d) => look.interfacesIn(d.name, self.address, self.prefix as number)),
      ],
    },
  ),
  vlan: entity<Vlan>(
    'A VLAN that the device knows',
    {
      id: ['int', 'VLAN number'],
      name: ['string', 'Name'],
      stpPriority: ['int', 'Spanning-tree bridge priority for it; lower wins'],
    },
    {
      rivals: [
        'list<Vlan>',
        'The same VLAN on those partner devices whose bridge priority for it is known',
        (self, look) => look.partners(self.device).flatMap((d) => look.bridgeFor(d.name, self.id) ?? []),
      ],
      gateways: [
        'list<Member>',
        'HSRP, VRRP and GLBP memberships of its device on an interface in it',
        (self, look) => look.gatewaysOf(self.device, self.id),
      ],
    },
  ),
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
      nextHopNear: [
        'bool',
        'The next hop lies in the subnet of an address of its device',
        (self, look) => self.nextHop && isNear(self, self.nextHop.value, look),
      ],
      nextHopRouted: [
        'bool',
        'A static route of its device leads to the next hop; its IPv4 default route does not count',
        (self, look) => self.nextHop && look.routedBy(self.device, self.nextHop.value),
      ],
    },
  ),
  vlanRange: things<VlanRange>('A range of VLANs, inclusive on both ends', {
    from: ['int', 'First VLAN'],
    to: ['int', 'Last VLAN'],
  }),
};
