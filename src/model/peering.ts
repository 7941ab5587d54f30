import type { Entity, Secret } from './entity.ts';
import type { Fact } from './fact.ts';

export type PeeringKind =
  | 'f5-device-group'
  | 'netscaler-ha'
  | 'vrrp-a'
  | 'haproxy-peers'
  | 'alteon-sync'
  | 'vpc'
  | 'mlag' // EOS MLAG, Cumulus clag, SONiC MCLAG, Junos MC-LAG, AOS-CX VSX, OS10 VLT
  | 'chassis-cluster'
  | 'stack'; // StackWise Virtual, VSS, virtual chassis

/** What one device says of the devices it is paired with: an F5 device group, a NetScaler HA pair, haproxy peers, a vPC or MLAG domain. */
export interface Peering extends Entity {
  readonly kind: PeeringKind;
  readonly name: string;
  /** What both sides must agree on: domain id, set-id, device-group name. */
  readonly id?: Fact<string>;
  readonly enabled?: Fact<boolean>;
  /** The name or address by which this device stands in the peering. */
  readonly self?: Fact<string>;
  /** The address and port that this device lists for itself (haproxy): where it listens for its peers. */
  readonly selfAddress?: Fact<string>;
  readonly selfPort?: Fact<number>;
  /** This device is itself among those listed, where the platform wants it so (haproxy, F5). */
  readonly selfListed?: Fact<boolean>;
  /** The others; never this device itself. */
  readonly peers: readonly Peer[];
  readonly heartbeats: readonly Heartbeat[];
  /** Failover messages over the network are on (F5 `network-failover`). */
  readonly heartbeatEnabled?: Fact<boolean>;
  /** Milliseconds. */
  readonly heartbeatInterval?: Fact<number>;
  /** Milliseconds without a heartbeat until the peer counts as dead. */
  readonly deadInterval?: Fact<number>;
  /** Config sync. */
  readonly syncEnabled?: Fact<boolean>;
  readonly syncAddress?: Fact<string>;
  readonly authentication?: { readonly key?: Fact<Secret> };
  /** Higher wins; a platform where lower wins (vPC role priority) turns it round and says so. */
  readonly priority?: Fact<number>;
  /** MLAG kinds: name of the interface that is the peer link. */
  readonly peerLink?: Fact<string>;
  /** MLAG kinds: a second channel that tells a dead peer from a dead peer link is there. */
  readonly dualActiveDetection?: Fact<boolean>;
  /** Settings that must be equal on both sides, by the vendor's words (vPC type-1 parameters). */
  readonly mustAgree?: Readonly<Record<string, Fact<string>>>;
  /** Settings only one kind has, by the vendor's own words. */
  readonly extra?: Readonly<Record<string, Fact<string | number | boolean>>>;
}

export interface Peer extends Entity {
  readonly name?: string;
  readonly address?: Fact<string>;
  readonly port?: Fact<number>;
}

/** A path over which devices tell each other that they live. */
export interface Heartbeat extends Entity {
  /** Own address it is sent from or listened on. */
  readonly source?: Fact<string>;
  readonly destination?: Fact<string>;
  readonly interface?: Fact<string>;
  readonly port?: Fact<number>;
  readonly vrf?: Fact<string>;
  readonly transport?: Fact<'unicast' | 'multicast' | 'serial' | 'direct'>;
  /** Runs over the management network. */
  readonly management?: boolean;
  /** This device's own config lets it in (F5 port lockdown, firewall rules); absent: cannot be told. */
  readonly allowed?: Fact<boolean>;
}
