import type { Device } from '../model/device.ts';
import type { Place } from '../model/fact.ts';
import type { Interface } from '../model/interface.ts';
import type { Peering } from '../model/peering.ts';
import type { Member, Trigger } from '../model/redundancy.ts';
import type { Layer2 } from './layer2.ts';

/** One end of a link. */
export interface LinkEnd {
  /** Device name, or the name of a topology node without a config here. */
  readonly node: string;
  /** As the node's own config names it where it has one, else as the wiring's source does. */
  readonly port: string;
  /** As the wiring's source spells it, where that is another spelling. */
  readonly told?: string;
  readonly interface?: Interface;
}

/** Where the wiring was learnt, best first. */
export type LinkEvidence = 'project-file' | 'containerlab' | 'batfish' | 'neighbours' | 'description' | 'subnet';

/** A cable between two ports. */
export interface Link {
  readonly ends: readonly [LinkEnd, LinkEnd];
  readonly evidence: LinkEvidence;
  readonly at: Place;
}

/** Two sources of wiring that say different things of one port. */
export interface LinkConflict {
  readonly kept: Link;
  readonly dropped: Link;
}

/** An address that a topology file gives to a node's port. */
export interface NodeAddress {
  readonly port: string;
  readonly address: string;
  readonly prefix: number;
}

/** A thing in the wiring that has no config among the inputs: an unconfigured switch, an end host. */
export interface TopologyNode {
  readonly name: string;
  readonly kind: 'device' | 'bridge' | 'host';
  /** Set for kind `device`. */
  readonly device?: string;
  /** Addresses that the topology gives an end host (containerlab `exec`). */
  readonly addresses?: readonly NodeAddress[];
  readonly at: Place;
}

/** A layer-3 end on a segment. */
export interface Attachment {
  /** Device name, or the name of an end host of the topology. */
  readonly node: string;
  readonly interface: string;
}

/** A broadcast domain: the interfaces that hear each other at layer 2 while all is well. */
export interface Segment {
  /** Fixed for the same input: made from its first interface. */
  readonly id: string;
  readonly vlan?: number;
  /** Subnets seen on it, CIDR. */
  readonly subnets: readonly string[];
  /** Layer-3 ends: interfaces with an address, SVIs, end hosts' ports. */
  readonly attachments: readonly Attachment[];
  /** Switches that bridge it: devices with the VLAN, and unconfigured switches of the topology. */
  readonly carriers: readonly { readonly node: string; readonly vlan?: number }[];
  /** Rests on wiring; false: only on addresses in one subnet. */
  readonly wired: boolean;
}

/** A redundancy group across devices: members of one protocol, on one segment, with one id. */
export interface Group {
  readonly protocol: Member['protocol'];
  readonly id: string;
  readonly addressFamily: Member['addressFamily'];
  readonly segment?: string;
  /** In the order of device names. */
  readonly members: readonly Member[];
}

/** An interface that heartbeats take, and the line that says so. */
export interface HeartbeatPath {
  readonly at: Place;
  readonly interface: string;
}

/**
 * An interface over which a member of a redundancy group serves, and who would notice its death.
 * Three values all the way: an absent answer is unknown.
 */
export interface Uplink {
  readonly device: string;
  readonly platform: Member['platform'];
  readonly at: Place;
  readonly member: Member;
  /** As the config names it: `eth0`, `/Common/uplink_trunk`. */
  readonly interface: string;
  /** Ports that carry it: the interface itself, or the trunk or ports under a VLAN. */
  readonly ports: readonly string[];
  /** Its death makes the member give up, or lowers its priority. */
  readonly watched?: boolean;
  /** Triggers that watch it. */
  readonly watchedBy: readonly Trigger[];
  /** Every heartbeat of the member crosses it, so the peer hears its death as the member's. */
  readonly carriesEveryHeartbeat?: boolean;
  /** Where the member's heartbeats go. */
  readonly heartbeats: readonly HeartbeatPath[];
}

/** Two devices that name each other, or stand in one redundancy group, as HA peers. */
export interface Pair {
  readonly kind: Peering['kind'] | Member['protocol'];
  readonly devices: readonly [string, string];
  /** How it was found out, for `--debug`. */
  readonly evidence: string;
  /** Those of the two whose config names the other; empty where none needs to. */
  readonly naming: readonly string[];
  readonly peerings: readonly Peering[];
}

/** An address, or an address and port, that clients use. */
export interface Service {
  /** `lb1|lb2 10.0.0.100:80`. */
  readonly name: string;
  readonly address: string;
  readonly port: number | null;
  readonly devices: readonly string[];
}

/** What the devices make together. */
export interface Network {
  readonly devices: readonly Device[];
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly Link[];
  readonly conflicts: readonly LinkConflict[];
  readonly layer2: Layer2;
  readonly segments: readonly Segment[];
  readonly groups: readonly Group[];
  readonly pairs: readonly Pair[];
  readonly services: readonly Service[];
  readonly uplinks: readonly Uplink[];
  /** Names of devices that may have peers and groups that are not seen; also of those in the network that this is a part of. */
  readonly halfKnown: readonly string[];
}

/** Wiring as one source tells it, before it is matched with devices. */
export interface Wiring {
  readonly evidence: LinkEvidence;
  readonly nodes: readonly {
    readonly name: string;
    readonly kind: 'device' | 'bridge' | 'host';
    readonly at: Place;
    readonly addresses?: readonly NodeAddress[];
  }[];
  readonly links: readonly { readonly a: { node: string; port: string }; readonly b: { node: string; port: string }; readonly at: Place }[];
}
