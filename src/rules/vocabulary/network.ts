import type { Group, HeartbeatPath, Link, LinkConflict, LinkEnd, Pair, Segment, Service, Uplink } from '../../network/network.ts';
import { entity, things } from './words.ts';

/** What rules can ask of what the devices make together. */
export const networks = {
  group: things<Group>(
    'A redundancy group across devices',
    {
      protocol: ['string', 'As in a member'],
      id: ['string', 'VRID, group number, name'],
      addressFamily: ['string', '`ipv4` or `ipv6`'],
      segment: ['string', 'Id of the segment it runs on'],
      members: ['list<Member>', 'Its members, in the order of device names'],
    },
    {
      devices: ['list<Device>', 'The devices of its members', (self, look) => look.devices(self.members.map((m) => m.device))],
      clashes: ['list<Group>', 'Other groups of the same protocol and id on the same segment', (self, look) => look.clashes(self)],
      uplinks: [
        'list<Uplink>',
        'The interfaces over which its members serve',
        (self, look) => self.members.flatMap((m) => look.uplinksOf(m)),
      ],
      heartbeats: [
        'list<HeartbeatPath>',
        'The interfaces that the heartbeats of its members take',
        (self, look) => self.members.flatMap((m) => look.uplinksOf(m).flatMap((u) => u.heartbeats)),
      ],
    },
  ),
  pair: things<Pair>(
    'Two devices that are HA peers of each other',
    {
      kind: ['string', 'Kind of the peering or protocol of the group that makes them a pair'],
      devices: ['list<string>', 'Names of both'],
      evidence: ['string', 'How it was found out'],
      naming: ['list<string>', 'Those of the two whose config names the other; empty where none needs to'],
      peerings: ['list<Peering>', 'What they say of each other'],
    },
    {
      left: ['Device', 'The first of the two', (self, look) => look.device(self.devices[0])],
      right: ['Device', 'The second of the two', (self, look) => look.device(self.devices[1])],
      leftPeering: ['Peering', "The first one's side of the peering", (self) => self.peerings.find((p) => p.device === self.devices[0])],
      rightPeering: ['Peering', "The second one's side of the peering", (self) => self.peerings.find((p) => p.device === self.devices[1])],
      groups: ['list<Group>', 'The redundancy groups that both are in', (self, look) => look.sharedGroups(self.devices)],
    },
  ),
  wiringConflict: things<LinkConflict>('Two sources of wiring that say different things of one port', {
    kept: ['Link', 'The cable of the source that counts more'],
    dropped: ['Link', 'The cable that gives way'],
  }),
  link: things<Link>(
    'A cable between two ports',
    {
      ends: ['list<LinkEnd>', 'Both ends'],
      evidence: ['string', 'Where it was learnt: `project-file`, `containerlab`, `batfish`, `neighbours`, `description` or `subnet`'],
    },
    {
      left: ['LinkEnd', 'The first end', (self) => self.ends[0]],
      right: ['LinkEnd', 'The second end', (self) => self.ends[1]],
      place: ['Place', 'Where the wiring says so', (self) => self.at],
    },
  ),
  linkEnd: things<LinkEnd>(
    'One end of a cable',
    {
      node: ['string', 'Device, or node of the topology without a config here'],
      port: ['string', 'Name of the port'],
      interface: ['Interface', 'The port in the config of its device'],
      told: ['string', "As the wiring's source spells it, where that is another spelling"],
    },
    {
      owner: ['Device', 'The device at this end', (self, look) => look.device(self.node)],
      logical: [
        'Interface',
        'The LAG that the port is a member of, else the port itself',
        (self, look) => (self.interface?.lag && look.interfaceNamed(self.node, self.interface.lag.value)) ?? self.interface,
      ],
    },
  ),
  segment: things<Segment>(
    'A broadcast domain',
    {
      id: ['string', 'Fixed for the same input'],
      vlan: ['int', 'VLAN'],
      subnets: ['list<string>', 'Subnets seen on it, CIDR'],
      attachments: ['hidden', 'see interfaces'],
      carriers: ['hidden', 'see switches'],
      wired: ['bool', 'Rests on wiring, not only on addresses in one subnet'],
    },
    {
      interfaces: ['list<Interface>', 'The interfaces on it', (self, look) => look.interfacesOn(self)],
      devices: ['list<Device>', 'The devices with an address on it', (self, look) => look.devices(self.attachments.map((a) => a.node))],
      switches: ['list<Device>', 'The devices that bridge it', (self, look) => look.devices(self.carriers.map((c) => c.node))],
      carrierNames: [
        'list<string>',
        'All that bridges it, unconfigured switches too',
        (self) => [...new Set(self.carriers.map((c) => c.node))],
      ],
    },
  ),
  service: things<Service>(
    'An address, or an address and port, that clients use',
    {
      name: ['string', '`lb1|lb2 10.0.0.100:80`'],
      address: ['string', 'Address'],
      port: ['int', 'Port; absent where the service is an address alone'],
      devices: ['list<string>', 'Names of the devices that can serve it'],
    },
    { owners: ['list<Device>', 'The devices that can serve it', (self, look) => look.devices(self.devices)] },
  ),
  uplink: entity<Uplink>(
    'An interface over which a member of a redundancy group serves, and who would notice its death',
    {
      member: ['Member', 'The membership that serves over it'],
      interface: ['string', 'Name of the interface'],
      ports: ['list<string>', 'Ports that carry it: itself, or what a VLAN or subinterface rides on'],
      watched: ['bool', 'A trigger of the member fires when it dies'],
      watchedBy: ['list<Trigger>', 'The triggers that watch it'],
      carriesEveryHeartbeat: ['bool', 'Every heartbeat of the member crosses it, so the peer hears its death'],
      heartbeats: ['list<HeartbeatPath>', 'Where the heartbeats go'],
    },
    {
      port: [
        'Interface',
        'The interface itself, as its device defines it',
        (self, look) => look.interfaceNamed(self.device, self.interface),
      ],
      cables: [
        'list<string>',
        'Nodes at the other ends of all its cables, each cable once',
        (self, look) => self.ports.flatMap((p) => look.cabledTo(self.device, p)),
      ],
      neighbours: [
        'list<string>',
        'Names of the devices and switches that its ports are cabled to',
        (self, look) => [...new Set(self.ports.flatMap((p) => look.cabledTo(self.device, p)))],
      ],
    },
  ),
  heartbeatPath: things<HeartbeatPath>(
    'An interface that heartbeats take',
    { interface: ['string', 'Name of the interface'] },
    { place: ['Place', 'Where the config says so', (self) => self.at] },
  ),
};
