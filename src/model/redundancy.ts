import type { Entity, Secret } from './entity.ts';
import type { Fact } from './fact.ts';

export type RedundancyProtocol =
  | 'vrrp'
  | 'hsrp'
  | 'glbp'
  | 'carp'
  | 'vrrp-a' // A10
  | 'f5-traffic-group'
  | 'netscaler-ha'
  | 'alteon-vrrp'
  | 'chassis-cluster' // Junos SRX redundancy group
  | 'anycast'; // VARP, VRR without election, VSX active-gateway, fabric anycast gateway

/** What one device says of its membership in a redundancy group: a VRRP, HSRP or GLBP group, an F5 traffic group, a NetScaler HA pair. */
export interface Member extends Entity {
  readonly protocol: RedundancyProtocol;
  /** What the device calls it: `VI_1`, `Vlan10 group 10`, `/Common/traffic-group-1`. */
  readonly name: string;
  /** What both sides must agree on: the VRID, the group number, the traffic group's name. */
  readonly id?: Fact<string>;
  /** The interface the protocol runs on; absent where it runs per device. */
  readonly interface?: Fact<string>;
  readonly addressFamily: 'ipv4' | 'ipv6';
  readonly enabled?: Fact<boolean>;
  readonly version?: Fact<number>;
  /** As configured, before any tracking. Higher wins (a platform where lower wins turns it round and says so). */
  readonly priority?: Fact<number>;
  readonly preempt?: Fact<boolean>;
  /** Milliseconds. */
  readonly preemptDelay?: Fact<number>;
  /** `state MASTER` and the like: how the member starts, not how it ends. */
  readonly startsAs?: Fact<'active' | 'standby'>;
  /** Advertisement or hello interval, milliseconds. */
  readonly advertInterval?: Fact<number>;
  /** Hold or dead time where it is configured on its own, milliseconds. */
  readonly holdTime?: Fact<number>;
  readonly authentication?: Authentication;
  readonly virtualAddresses: readonly VirtualAddress[];
  /** Where the hellos go: to the group's multicast address or to listed peers. */
  readonly transport?: Fact<'multicast' | 'unicast'>;
  readonly unicastSource?: Fact<string>;
  readonly unicastPeers: readonly Fact<string>[];
  readonly triggers: readonly Trigger[];
  /** Name of the set of members that move together. */
  readonly syncGroup?: Fact<string>;
  /** keepalived `dont_track_primary`, false by default: loss of `interface` puts the member into fault. */
  readonly tracksOwnInterface?: Fact<boolean>;
  /** Gratuitous ARP on becoming active. */
  readonly gratuitousArp?: Fact<boolean>;
  /** Accepts traffic to the virtual address itself (VRRP accept mode). */
  readonly acceptsTraffic?: Fact<boolean>;
  /** Settings only one protocol has, by the vendor's own words, for that protocol's simulation. */
  readonly extra?: Readonly<Record<string, Fact<string | number | boolean>>>;
}

export interface Authentication extends Entity {
  readonly type: Fact<'none' | 'text' | 'md5' | 'ah' | 'other'>;
  readonly key?: Fact<Secret>;
}

export interface VirtualAddress extends Entity {
  readonly address: string;
  readonly prefix?: number;
  /** The interface that carries it, where that is not the member's own (`dev eth0`). */
  readonly interface?: Fact<string>;
  /** Loss of that interface does not count (`no_track`); absent: it counts as far as the protocol does. */
  readonly tracked?: Fact<boolean>;
  /** keepalived `virtual_ipaddress_excluded`: moves, but is not in the advertisement. */
  readonly advertised?: Fact<boolean>;
  /** The active device speaks ARP for it: tells neighbours who has it, and answers who ask. */
  readonly arp?: Fact<boolean>;
}

export type Watched =
  | 'interface'
  | 'route'
  | 'gateway'
  | 'reachability' // ip sla, ping probes
  | 'script'
  | 'process'
  | 'file'
  | 'bfd'
  | 'pool'
  | 'trunk' // an F5 trunk or NetScaler channel: members lost count
  | 'vlan' // F5 VLAN failsafe: traffic seen on the VLAN
  | 'track-object'
  | 'hardware'
  | 'daemon'; // F5 system services failsafe

/** What the trigger does to the member when what it watches fails. */
export type TriggerEffect =
  | 'fault' // gives up at once, whatever its priority
  | 'priority' // lowers the priority by `penalty`
  | 'score' // F5 ha-group: lowers the score by `penalty`
  | 'failover' // F5 failsafe-action failover, NetScaler HAMON
  | 'restart' // F5 failsafe-action restart, reboot
  | 'none'; // configured, without any effect

/** Something watched whose failure changes what a member does: a failover trigger. */
export interface Trigger extends Entity {
  readonly watches: Watched;
  /** Name of what is watched as the config writes it: interface, script, track number, trunk, pool, address. */
  readonly target: string;
  /** Name of the track object through which it is watched. */
  readonly object?: string;
  /** The target exists in this device's config (or is known to be built in); absent: cannot be told. */
  readonly defined?: boolean;
  /** Interfaces of this device whose loss of carrier fires the trigger, where that can be told. */
  readonly interfaces: readonly string[];
  /** Fires only when all of `interfaces` are lost (a NetScaler failover interface set); absent: any one does. */
  readonly needsAll?: boolean;
  /** Daemons whose death fires it (`haproxy`, `nginx`, `envoy`), where that can be told. */
  readonly processes: readonly string[];
  /** Addresses whose unreachability fires it. */
  readonly addresses: readonly string[];
  readonly effect: Fact<TriggerEffect>;
  /** How much it takes from the priority or score, positive; for effects `priority` and `score`. */
  readonly penalty?: Fact<number>;
  /** keepalived's positive weight: while healthy it adds `penalty` to the configured priority; a failure takes it back. */
  readonly bonus?: boolean;
  /** From the failure to the effect, milliseconds. */
  readonly detection?: Fact<number>;
  /** It can be told from the config that it never fires, and why (script `exit 0`, weight 0 …). */
  readonly cannotFire?: Fact<string>;
  /** Fires on what stays up by itself (an SVI, a loopback). */
  readonly onVirtualInterface?: Fact<boolean>;
  /** Reverses the meaning (`reverse`): success counts as failure. */
  readonly reverse?: boolean;
  /** Nobody wrote it: the protocol watches this by itself (keepalived: the member's own interface). */
  readonly implicit?: boolean;
}

/** A watch that is defined, whether or not a member uses it: vrrp_script, track object, ha-group, route monitor. */
export interface Watch extends Entity {
  readonly watches: Watched;
  readonly name: string;
  /** A redundancy group refers to it. */
  readonly bound?: boolean;
  readonly interval?: Fact<number>;
  readonly timeout?: Fact<number>;
  readonly fall?: Fact<number>;
  readonly rise?: Fact<number>;
}
