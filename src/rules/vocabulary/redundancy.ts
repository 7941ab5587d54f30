import type { VirtualServer } from '../../model/balancing.ts';
import type { Authentication, Member, Trigger, VirtualAddress, Watch } from '../../model/redundancy.ts';
import { healthyPriority } from '../../network/priority.ts';
import type { Lookup } from '../lookup.ts';
import { entity, firstLine } from './words.ts';

/** Triggers of one device that never fire because of one statement. */
function alike(trigger: Trigger, look: Lookup): readonly Trigger[] {
  const why = JSON.stringify(trigger.cannotFire);
  const all = why === undefined ? [] : (look.device(trigger.device)?.members.flatMap((m) => m.triggers) ?? []);
  return all.filter((t) => JSON.stringify(t.cannotFire) === why);
}

/** The members of an address's group on other devices; unknown where one of them has addresses not seen here. */
function othersOf(address: VirtualAddress, look: Lookup): readonly Member[] {
  const member = look.parent(address) as Member | undefined;
  return member ? look.others(member).map((m) => look.known(m, 'virtualAddresses')) : [];
}

function knownOthers(member: Member, look: Lookup): readonly Member[] {
  return look.others(look.known(member, 'virtualAddresses')).filter((m) => !m.open?.includes('virtualAddresses'));
}

const EVERYWHERE = ['*', '0.0.0.0', '::'];

function listenersOf(member: Member, look: Lookup): readonly VirtualServer[] {
  const own = look.known(member, 'virtualAddresses').virtualAddresses.map((a) => a.address);
  const bound = new Set([...own, ...EVERYWHERE].flatMap((address) => look.boundTo(member.device, address)));
  return [...bound]
    .filter((v) => v.process !== undefined)
    .sort((a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.line - b.at.line));
}

/** What rules can ask of redundancy groups and failover triggers, as one device tells them. */
export const redundancy = {
  member: entity<Member>(
    "One device's membership in a redundancy group: VRRP, HSRP or GLBP group, F5 traffic group, NetScaler HA pair",
    {
      protocol: ['string', '`vrrp`, `hsrp`, `glbp`, `carp`, `vrrp-a`, `f5-traffic-group`, `netscaler-ha`, `anycast` …'],
      name: ['string', 'What the device calls it: `VI_1`, `Vlan10 group 10`'],
      id: ['string', "VRID, group number, traffic group's name"],
      interface: ['string', 'Name of the interface the protocol runs on'],
      addressFamily: ['string', '`ipv4` or `ipv6`'],
      enabled: ['bool', 'It takes part as configured'],
      version: ['int', 'Version of the protocol'],
      priority: ['int', 'Priority as configured, before any tracking; higher wins'],
      preempt: ['bool', 'It takes over from a lower priority'],
      preemptDelay: ['int', 'Milliseconds'],
      startsAs: ['string', '`active` or `standby`: how it starts, not how it ends'],
      advertInterval: ['int', 'Advertisement or hello interval, milliseconds'],
      holdTime: ['int', 'Hold or dead time where configured on its own, milliseconds'],
      authentication: ['Authentication', 'How adverts are authenticated'],
      virtualAddresses: ['list<VirtualAddress>', 'Addresses that move with the group'],
      transport: ['string', '`multicast` or `unicast`'],
      unicastSource: ['string', 'Own address of unicast adverts'],
      unicastPeers: ['list<string>', 'Addresses of unicast peers'],
      triggers: ['list<Trigger>', 'What it watches, and what a failure does'],
      syncGroup: ['string', 'Set of members that move together'],
      tracksOwnInterface: ['bool', 'Loss of its interface puts it into fault'],
      gratuitousArp: ['bool', 'It tells neighbours on becoming active'],
      acceptsTraffic: ['bool', 'It accepts traffic to the virtual address itself'],
      extra: ['map<string, dyn>', "Settings of one protocol, by the vendor's words"],
    },
    {
      firstLine: ['Place', 'Where it begins', firstLine],
      healthyPriority: [
        'int',
        'What it advertises while all it watches is well: positive weights are added',
        (self) => healthyPriority(self),
      ],
      group: ['Group', 'The group across devices', (self, look) => look.group(self)],
      others: ['list<Member>', 'The members of its group on other devices', (self, look) => look.others(self)],
      syncTriggers: [
        'list<Trigger>',
        'Its triggers, and those of the members that move together with it',
        (self, look) => [...self.triggers, ...look.movesWith(self).flatMap((m) => m.triggers)],
      ],
      cabledTo: [
        'list<string>',
        'Names of what the interface that the protocol runs on is cabled to',
        (self, look) => self.interface && look.cabledTo(self.device, self.interface.value),
      ],
      listeners: [
        'list<VirtualServer>',
        'Virtual servers of daemons of its device that listen on one of its addresses, or on every address',
        (self, look) => listenersOf(self, look),
      ],
      processes: [
        'list<string>',
        'The daemons that listen there',
        (self, look) => [...new Set(listenersOf(self, look).map((v) => v.process))],
      ],
      sharing: [
        'bool',
        'A member of its group on another device carries one of its addresses',
        (self, look) => self.virtualAddresses.some((a) => look.counterparts(a, knownOthers(self, look)).length > 0),
      ],
      link: ['Link', 'The cable of that interface', (self, look) => self.interface && look.linkOf(self.device, self.interface.value)?.link],
      interfaceOf: [
        'Interface',
        'The interface the protocol runs on',
        (self, look) => self.interface && look.interfaceNamed(self.device, self.interface.value),
      ],
    },
  ),
  authentication: entity<Authentication>(
    'How the adverts of a group are authenticated',
    {
      type: ['string', '`none`, `text`, `md5`, `ah` or `other`'],
      key: ['Secret', 'Only good for comparing'],
    },
    { member: ['Member', 'The membership it belongs to', (self, look) => look.parent(self)] },
  ),
  virtualAddress: entity<VirtualAddress>(
    'An address that moves with a redundancy group',
    {
      address: ['string', 'Without the prefix length'],
      prefix: ['int', 'Prefix length'],
      interface: ['string', "Interface that carries it, where that is not the member's own"],
      tracked: ['bool', 'Loss of that interface counts'],
      advertised: ['bool', 'It is in the advertisement'],
      arp: ['bool', 'The active device speaks ARP for it'],
    },
    {
      member: ['Member', 'The membership it belongs to', (self, look) => look.parent(self)],
      carrier: [
        'Interface',
        'The interface that carries it: its own, or the one the protocol runs on',
        (self, look) => {
          const port = self.interface ?? (look.parent(self) as Member | undefined)?.interface;
          return port && look.interfaceNamed(self.device, port.value);
        },
      ],
      twins: ['list<VirtualAddress>', 'The same address in other redundancy groups', (self, look) => look.otherClaims(self)],
      counterparts: [
        'list<VirtualAddress>',
        'The same address as members of its group on other devices carry it',
        (self, look) => look.counterparts(self, othersOf(self, look)),
      ],
      missingFrom: [
        'list<Member>',
        'Members of its group on other devices that carry other addresses, and not this one',
        (self, look) =>
          othersOf(self, look).filter(
            (m) => m.virtualAddresses.length > 0 && !m.open?.includes('virtualAddresses') && look.counterparts(self, [m]).length === 0,
          ),
      ],
      holders: [
        'list<string>',
        'Names of the devices that have the address as their own',
        (self, look) => [...new Set(look.interfacesWith(self.address).map((i) => i.device))],
      ],
      listeners: [
        'list<VirtualServer>',
        'Virtual servers of its device that are bound to just this address',
        (self, look) => look.boundTo(self.device, self.address),
      ],
    },
  ),
  trigger: entity<Trigger>(
    'Something watched whose failure changes what a member does',
    {
      watches: [
        'string',
        '`interface`, `route`, `gateway`, `reachability`, `script`, `process`, `pool`, `trunk`, `vlan`, `track-object` …',
      ],
      target: ['string', 'Name of what is watched'],
      object: ['string', 'Name of the track object through which it is watched'],
      defined: ['bool', 'The target exists'],
      interfaces: ['list<string>', 'Interfaces whose loss fires it'],
      needsAll: ['bool', 'It fires only when all of `interfaces` are lost'],
      processes: ['list<string>', 'Daemons whose death fires it'],
      addresses: ['list<string>', 'Addresses whose unreachability fires it'],
      effect: ['string', '`fault`, `priority`, `score`, `failover`, `restart` or `none`'],
      penalty: ['int', 'How much it takes from the priority or score'],
      bonus: ['bool', 'While healthy it adds `penalty` to the priority'],
      detection: ['int', 'Milliseconds from the failure to the effect'],
      cannotFire: ['string', 'Why it never fires, where that can be told'],
      onVirtualInterface: ['bool', 'It watches what stays up by itself'],
      reverse: ['bool', 'Success counts as failure'],
      implicit: ['bool', 'Nobody wrote it: the protocol does it by itself'],
    },
    {
      member: ['Member', 'The membership it belongs to', (self, look) => look.parent(self)],
      alike: [
        'list<Trigger>',
        'It and those of its device that never fire because of the same statement',
        (self, look) => alike(self, look),
      ],
      referenced: [
        'bool',
        'Its device has a reference to a trigger of that name',
        (self, look) => look.isReferencedTrigger(self.device, self.target),
      ],
    },
  ),
  watch: entity<Watch>('A watch that is defined: vrrp_script, track object, ha-group, route monitor', {
    watches: ['string', 'What it watches, as in a trigger'],
    name: ['string', 'Name'],
    bound: ['bool', 'A redundancy group refers to it'],
    interval: ['int', 'Milliseconds'],
    timeout: ['int', 'Milliseconds'],
    fall: ['int', 'Failures in a row until it counts as failed'],
    rise: ['int', 'Successes in a row until it counts as good'],
  }),
};
