import type { Device, Reference, Remark, Setting } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import { WHOLE_TOPOLOGY } from '../../network/segments.ts';
import { entity, things } from './words.ts';

/** What rules can ask of devices, and of what their readers noticed. */
export const devices = {
  device: things<Device>(
    'One host and all that its configs say of it',
    {
      name: ['string', 'Host name'],
      platforms: ['list<string>', 'Platforms its configs are written for'],
      files: ['list<string>', 'Paths of its configs'],
      role: ['string', '`load-balancer`, `switch`, `router` or `host`'],
      hostname: ['string', 'Host name that the config itself states'],
      software: ['string', 'Software version'],
      interfaces: ['list<Interface>', 'Its interfaces'],
      vlans: ['list<Vlan>', 'Its VLANs'],
      routes: ['list<Route>', 'Its static routes'],
      members: ['list<Member>', 'Its memberships in redundancy groups'],
      peerings: ['list<Peering>', 'What it says of the devices it is paired with'],
      watches: ['list<Watch>', 'The watches it defines'],
      virtualServers: ['list<VirtualServer>', 'Its virtual servers'],
      pools: ['list<Pool>', 'Its pools'],
      monitors: ['list<Monitor>', 'Its health monitors'],
      references: ['list<Reference>', 'Names that its config uses'],
      remarks: ['list<Remark>', 'What its reader noticed of statements'],
      settings: ['list<Setting>', 'Settings of the device as a whole'],
      timeSync: ['bool', 'Time is synchronised'],
      fragment: ['bool', 'Its files show only a part of the device'],
    },
    {
      place: ['Place', 'The first line of its first file', (self) => self.at],
      namesakes: [
        'list<Device>',
        'Other devices whose config states the same host name',
        (self, look) => look.network.devices.filter((d) => d !== self && self.hostname && d.hostname?.value === self.hostname.value),
      ],
      partners: ['list<Device>', 'The devices it is paired with', (self, look) => look.partners(self.name)],
      pairs: ['list<Pair>', 'The pairs it is in', (self, look) => look.pairsOf(self.name)],
      groups: [
        'list<Group>',
        'The redundancy groups it is in',
        (self, look) => self.members.map(look.group).filter((g) => g !== undefined),
      ],
      addresses: [
        'list<string>',
        'Its own addresses, floating ones left out',
        (self) => self.interfaces.flatMap((i) => i.addresses.filter((a) => a.floating?.value !== true).map((a) => a.address)),
      ],
      mapped: [
        'bool',
        'A topology shows all of its cables',
        (self, look) => look.linksOf(self.name).some((link) => WHOLE_TOPOLOGY.has(link.evidence)),
      ],
      showsSysctl: ['bool', 'A sysctl file of it is among the inputs', (self) => self.settings.some((s) => s.name.startsWith('sysctl'))],
      addressesOpen: [
        'bool',
        'It may have addresses that its configs here do not show',
        (self) => self.fragment === true || self.interfaces.some((i) => i.dynamicAddress?.value === true || i.open?.includes('addresses')),
      ],
      uplinkNeighbours: [
        'list<string>',
        'Names of what the interfaces over which it serves are cabled to',
        (self, look) => [
          ...new Set(
            look.network.uplinks.filter((u) => u.device === self.name).flatMap((u) => u.ports.flatMap((p) => look.cabledTo(self.name, p))),
          ),
        ],
      ],
      links: ['list<Link>', 'Its cables', (self, look) => look.linksOf(self.name)],
    },
  ),
  reference: entity<Reference>(
    'A name that a config uses, and whether the same config defines it',
    {
      to: ['string', '`pool`, `monitor`, `trigger`, `virtual-server`, `interface`, `vlan`, `server` or `other`'],
      noun: ['string', "What it is, in the vendor's words"],
      name: ['string', 'The name used'],
      defined: ['bool', 'The config defines it, or it is built in'],
      candidates: ['list<string>', 'Names of that kind that are defined'],
    },
    {},
  ),
  remark: entity<Remark>("Something a platform's reader noticed of a statement", {
    kind: ['string', '`unknown-keyword`, `ineffective`, `duplicate-definition`, `wrong-place` or `no-effect-on-failover`'],
    subject: ['string', 'The offending word or statement'],
    text: ['string', 'What happens instead'],
    suggestion: ['string', 'What was probably meant'],
    other: ['Place', 'The earlier definition, or the statement that prevails'],
  }),
  setting: entity<Setting>('Something only a few platforms say of the device as a whole', {
    name: ['string', 'Standard name of the setting'],
    value: ['dyn', 'Its value'],
  }),
  place: things<Place>('A place in a file', {
    file: ['string', 'Path'],
    line: ['int', 'Line, counted from 1'],
    column: ['int', 'Column, counted from 1'],
    endLine: ['int', 'Last line'],
    endColumn: ['int', 'Column after the last character'],
  }),
};
