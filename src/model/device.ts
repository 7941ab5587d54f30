import type { Monitor, Pool, VirtualServer } from './balancing.ts';
import type { Entity } from './entity.ts';
import type { Fact, Place } from './fact.ts';
import type { Interface, Route, Vlan } from './interface.ts';
import type { Peering } from './peering.ts';
import type { PlatformId } from './platform-id.ts';
import type { Member, Watch } from './redundancy.ts';

export type DeviceRole = 'load-balancer' | 'switch' | 'router' | 'host';

/** A name that a config uses, and whether the same config defines it. */
export interface Reference extends Entity {
  /** What the name should be the name of. */
  readonly to: 'pool' | 'monitor' | 'trigger' | 'virtual-server' | 'interface' | 'vlan' | 'server' | 'other';
  /** In the vendor's words: `ltm monitor`, `vrrp_script`, `track`. */
  readonly noun: string;
  readonly name: string;
  readonly defined: boolean;
  /** Names of that kind that are defined, for "did you mean". */
  readonly candidates: readonly string[];
}

/** Something a platform's reader noticed of a statement, apart from what it says. */
export interface Remark extends Entity {
  readonly kind: 'unknown-keyword' | 'ineffective' | 'duplicate-definition' | 'wrong-place' | 'no-effect-on-failover';
  /** The offending word or statement, never a secret. */
  readonly subject: string;
  /** A sentence that says what happens instead. */
  readonly text: string;
  /** What was probably meant. */
  readonly suggestion?: string;
  /** The earlier definition, the statement that prevails. */
  readonly other?: Place;
}

/** Something only a few platforms say of the device as a whole, by a standard name. */
export interface Setting extends Entity {
  readonly name: string;
  readonly value: Fact<string | number | boolean>;
}

/** What the configs of one host say of it. */
export interface DeviceFacts {
  readonly role: DeviceRole;
  readonly hostname?: Fact<string>;
  readonly software?: Fact<string>;
  readonly interfaces: readonly Interface[];
  readonly vlans: readonly Vlan[];
  readonly routes: readonly Route[];
  readonly members: readonly Member[];
  readonly peerings: readonly Peering[];
  readonly watches: readonly Watch[];
  readonly virtualServers: readonly VirtualServer[];
  readonly pools: readonly Pool[];
  readonly monitors: readonly Monitor[];
  readonly references: readonly Reference[];
  readonly remarks: readonly Remark[];
  readonly settings: readonly Setting[];
  /** Time is synchronised (NTP, chrony); absent: cannot be told. */
  readonly timeSync?: Fact<boolean>;
  /** Names of list fields that may hold more than is seen here (see `Entity.open`). */
  readonly open?: readonly string[];
  /** The file shows only a part of the device: what is missing in it may stand elsewhere. */
  readonly fragment?: boolean;
}

export interface Device extends DeviceFacts {
  readonly name: string;
  /** The first line of its first file. */
  readonly at: Place;
  readonly platforms: readonly PlatformId[];
  readonly files: readonly string[];
}
