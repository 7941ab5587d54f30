import type { Entity } from './entity.ts';
import type { Fact } from './fact.ts';

export type InterfaceKind =
  | 'physical'
  | 'lag'
  | 'vlan' // an SVI, IRB, VE or VLAN interface: layer 3 on a VLAN
  | 'subinterface'
  | 'bridge'
  | 'loopback'
  | 'management'
  | 'tunnel'
  | 'virtual';

/** An address on an interface, with the length of its subnet. */
export interface InterfaceAddress extends Entity {
  /** Without the prefix length. */
  readonly address: string;
  /** Prefix length, 0 to 32 or 128; absent where the config does not say. */
  readonly prefix?: number;
  readonly secondary: boolean;
  /** Moves with a redundancy group (an F5 floating self IP), so it is not the device's own. */
  readonly floating?: Fact<boolean>;
  /** The redundancy group (traffic group, VRID) it moves with. */
  readonly group?: Fact<string>;
}

export type PortMode = 'access' | 'trunk' | 'routed';

/** A port, a LAG, an SVI, a bridge: whatever carries frames or addresses on one device. */
export interface Interface extends Entity {
  readonly name: string;
  readonly kind: InterfaceKind;
  readonly description?: Fact<string>;
  /** Up as far as the config goes (`shutdown`, `disabled`). */
  readonly enabled?: Fact<boolean>;
  readonly addresses: readonly InterfaceAddress[];
  /** Address comes by DHCP or the like, so the list of addresses is not the whole truth. */
  readonly dynamicAddress?: Fact<boolean>;
  readonly mode?: Fact<PortMode>;
  /** Untagged VLAN of an access port, native VLAN of a trunk. */
  readonly untaggedVlan?: Fact<number>;
  /** Tagged VLANs a trunk lets through, as sorted ranges; absent: unknown. */
  readonly allowedVlans?: Fact<readonly VlanRange[]>;
  /** VLAN of an SVI or subinterface. */
  readonly vlan?: Fact<number>;
  /** The interface this one rides on: a subinterface's port, a VLAN's bridge. */
  readonly parent?: Fact<string>;
  readonly vrf?: Fact<string>;
  readonly mtu?: Fact<number>;
  /** Name of the LAG this port is a member of. */
  readonly lag?: Fact<string>;
  /** On a LAG or bridge: names of its members. */
  readonly members: readonly Fact<string>[];
  /** On a LAG or LAG member: how members are negotiated. */
  readonly lagMode?: Fact<'lacp-active' | 'lacp-passive' | 'static' | 'pagp' | 'active-backup' | 'balance'>;
  readonly lacpRate?: Fact<'fast' | 'slow'>;
  readonly minLinks?: Fact<number>;
  /** Spanning tree treats it as an edge (portfast). */
  readonly edgePort?: Fact<boolean>;
  /** vPC, MLAG, MC-AE, clag id of a multi-chassis LAG. */
  readonly mlagId?: Fact<string>;
  /** This interface is the peer link of its MLAG domain. */
  readonly peerLink?: Fact<boolean>;
  /** `vpc orphan-port suspend` and the like. */
  readonly orphanSuspend?: Fact<boolean>;
  /** Where the config says whether HA watches it (NetScaler `-haMonitor`); what fires, F5 VLAN failsafe and the like, lives in triggers. */
  readonly haWatched?: Fact<boolean>;
}

/** Inclusive on both ends. */
export interface VlanRange {
  readonly from: number;
  readonly to: number;
}

/** A VLAN that the device knows as a layer-2 domain. */
export interface Vlan extends Entity {
  readonly id: number;
  readonly name?: Fact<string>;
  /** Spanning-tree bridge priority or role of this device for the VLAN; lower wins. */
  readonly stpPriority?: Fact<number>;
}

/** A static route. */
export interface Route extends Entity {
  /** CIDR; `0.0.0.0/0` and `::/0` are the default routes. */
  readonly prefix: string;
  /** Next hop address, or a pool's or interface's name with `viaInterface`. */
  readonly nextHop?: Fact<string>;
  readonly viaInterface?: Fact<string>;
  readonly vrf?: Fact<string>;
}
