import type { Heartbeat, Peer, Peering } from '../../model/peering.ts';
import { entity, firstLine } from './words.ts';

/** What rules can ask of what one device says of its peers. */
export const peerings = {
  peering: entity<Peering>(
    'What one device says of the devices it is paired with: F5 device group, NetScaler HA, haproxy peers, vPC or MLAG domain',
    {
      kind: [
        'string',
        '`f5-device-group`, `netscaler-ha`, `vrrp-a`, `haproxy-peers`, `alteon-sync`, `vpc`, `mlag`, `chassis-cluster` or `stack`',
      ],
      name: ['string', 'Name'],
      id: ['string', 'What both sides must agree on: domain id, device-group name'],
      enabled: ['bool', 'It is in force'],
      self: ['string', 'Name or address by which this device stands in it'],
      selfAddress: ['string', 'Address that it lists for itself, where its peers should find it'],
      selfPort: ['int', 'Port that it lists for itself'],
      selfListed: ['bool', 'This device is itself among those listed'],
      peers: ['list<Peer>', 'The others, never this device itself'],
      heartbeats: ['list<Heartbeat>', 'Paths over which they tell each other that they live'],
      heartbeatEnabled: ['bool', 'Failover messages over the network are on'],
      heartbeatInterval: ['int', 'Milliseconds'],
      deadInterval: ['int', 'Milliseconds without a heartbeat until the peer counts as dead'],
      syncEnabled: ['bool', 'Config sync is on'],
      syncAddress: ['string', 'Config sync address'],
      authentication: ['hidden', 'see key'],
      priority: ['int', 'Higher wins'],
      peerLink: ['string', 'Name of the interface that is the peer link'],
      dualActiveDetection: ['bool', 'A second channel tells a dead peer from a dead peer link'],
      mustAgree: ['map<string, string>', "Settings that must be equal on both sides, by the vendor's words"],
      extra: ['map<string, dyn>', "Settings of one kind, by the vendor's words"],
    },
    {
      firstLine: ['Place', 'Where it begins', firstLine],
      key: ['Secret', 'Shared key, only good for comparing', (self) => self.authentication?.key],
      others: [
        'list<Peering>',
        "The partners' side of it: peerings of that kind on paired devices",
        (self, look) => look.otherPeerings(self),
      ],
      mustAgreeNames: ['list<string>', 'Names of the settings in mustAgree', (self) => Object.keys(self.mustAgree ?? {})],
      partners: [
        'list<Device>',
        'The devices it is paired with, as far as their configs are here',
        (self, look) => look.partners(self.device),
      ],
      peerLinkInterface: [
        'Interface',
        'The peer link',
        (self, look) => self.peerLink && look.interfaceNamed(self.device, self.peerLink.value),
      ],
    },
  ),
  peer: entity<Peer>(
    'One of the others in a peering',
    {
      name: ['string', 'Name'],
      address: ['string', 'Address'],
      port: ['int', 'Port'],
    },
    { peering: ['Peering', 'The peering it is listed in', (self, look) => look.parent(self)] },
  ),
  heartbeat: entity<Heartbeat>(
    'A path over which devices tell each other that they live',
    {
      source: ['string', 'Own address'],
      destination: ['string', 'Address it is sent to'],
      interface: ['string', 'Name of the interface'],
      port: ['int', 'Port'],
      vrf: ['string', 'VRF'],
      transport: ['string', '`unicast`, `multicast`, `serial` or `direct`'],
      management: ['bool', 'Runs over the management network'],
      allowed: ['bool', "This device's own config lets it in"],
    },
    { peering: ['Peering', 'The peering it belongs to', (self, look) => look.parent(self)] },
  ),
};
