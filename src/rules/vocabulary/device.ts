import type { VirtualServer } from '../../model/balancing.ts';
import type { Device, Reference, Remark, Setting } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import { WHOLE_TOPOLOGY } from '../../network/segments.ts';
import type { Lookup } from '../lookup.ts';
import { entity, things } from './words.ts';

const EVERYWHERE: ReadonlySet<string> = new Set(['*', '0.0.0.0', '::']);

function isProxy(server: VirtualServer): boolean {
  return server.process !== undefined && server.process !== 'keepalived';
}

function proxiesOf(device: Device): readonly VirtualServer[] {
  return device.virtualServers.filter(isProxy);
}

function vlanInterfaces(device: Device, look: Lookup): readonly Interface[] {
  return device.interfaces.filter(
    (i) => i.kind === 'vlan' && i.enabled?.value !== false && look.known(i, 'addresses').addresses.length > 0,
  );
}

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
        (self, look) => (self.hostname ? look.ofHostname(self.hostname.value).filter((d) => d !== self) : []),
      ],
      partners: ['list<Device>', 'The devices it is paired with', (self, look) => look.knownPartners(self.name)],
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
        (self) =>
          self.fragment === true ||
          self.open?.includes('interfaces') === true ||
          self.interfaces.some((i) => i.dynamicAddress?.value === true || i.open?.includes('addresses')),
      ],
      uplinkNeighbours: [
        'list<string>',
        'Names of what the interfaces over which it serves are cabled to',
        (self, look) => [...new Set(look.uplinksOn(self.name).flatMap((u) => u.ports.flatMap((p) => look.cabledTo(self.name, p))))],
      ],
      links: ['list<Link>', 'Its cables', (self, look) => look.linksOf(self.name)],
      virtualAddresses: [
        'list<VirtualAddress>',
        'The addresses of all its redundancy group memberships',
        (self, look) => self.members.flatMap((m) => look.known(m, 'virtualAddresses').virtualAddresses),
      ],
      vlanInterfaces: [
        'list<Interface>',
        'Its VLAN interfaces that are up and have an address',
        (self, look) => vlanInterfaces(self, look),
      ],
      guardedInterfaces: [
        'list<Interface>',
        'Those of `vlanInterfaces` that a redundancy group runs on',
        (self, look) => vlanInterfaces(self, look).filter((i) => look.membersOn(self.name, i.name).length > 0),
      ],
      proxies: ['list<VirtualServer>', 'Virtual servers of its daemons other than keepalived', (self) => proxiesOf(self)],
      proxiesBound: ['bool', 'The address of each of `proxies` is known', (self) => proxiesOf(self).every((v) => v.address !== undefined)],
      servesVirtual: [
        'bool',
        'One of `proxies` is bound to a virtual address of the device',
        (self, look) =>
          self.members.some((m) =>
            look.known(m, 'virtualAddresses').virtualAddresses.some((a) => look.boundTo(self.name, a.address).some(isProxy)),
          ),
      ],
      listensEverywhere: [
        'bool',
        'One of `proxies` listens on every address',
        (self) => proxiesOf(self).some((v) => v.address !== undefined && EVERYWHERE.has(v.address.value)),
      ],
      servesPools: [
        'bool',
        'One of its virtual servers sends to a pool',
        (self, look) => self.virtualServers.map((v) => look.known(v, 'pools')).some((v) => v.pools.length > 0),
      ],
      watchingMembers: [
        'list<Member>',
        'Its memberships with a script or process to watch that can fail',
        (self, look) =>
          self.members.filter((m) =>
            look
              .known(m, 'triggers')
              .triggers.some((t) => (t.watches === 'script' || t.watches === 'process') && t.cannotFire === undefined),
          ),
      ],
      prefixesKnown: [
        'bool',
        'It has addresses, and the prefix length of each of them is known',
        (self) => {
          const addresses = self.interfaces.flatMap((i) => i.addresses);
          return addresses.length > 0 && addresses.every((a) => a.prefix !== undefined);
        },
      ],
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
