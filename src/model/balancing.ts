import type { Entity } from './entity.ts';
import type { Fact } from './fact.ts';

/** An address and port that clients talk to: F5 virtual, NetScaler lb vserver, HAProxy frontend or listen, nginx server. */
export interface VirtualServer extends Entity {
  readonly name: string;
  /** Absent: unknown or not addressable. `*` listens on every address. */
  readonly address?: Fact<string>;
  /** 0 is every port. */
  readonly port?: Fact<number>;
  readonly protocol?: Fact<'http' | 'https' | 'tcp' | 'udp' | 'other'>;
  readonly enabled?: Fact<boolean>;
  /** Names of the pools it can send to, as far as the config tells. */
  readonly pools: readonly Fact<string>[];
  /** Some requests are answered without any pool (redirect, static content, iRule). */
  readonly answersItself?: Fact<boolean>;
  /** Redundancy group that moves its address (F5 traffic group); absent: not said here. */
  readonly group?: Fact<string>;
  /** Its address moves with a redundancy group; false: bound to this device. */
  readonly floating?: Fact<boolean>;
  /** Can be bound while the address is elsewhere (`transparent`, `ip_nonlocal_bind`, wildcard). */
  readonly bindsAnywhere?: Fact<boolean>;
  /** Established connections survive a failover. */
  readonly mirrored?: Fact<boolean>;
  /** The daemon that answers on this host (`haproxy`, `nginx`, `envoy`); absent on appliances. */
  readonly process?: string;
  /** Another virtual server that takes over when this one is down. */
  readonly backup?: Fact<string>;
}

/** Servers that share a job: F5 pool, NetScaler service group, HAProxy backend, nginx upstream, LVS virtual_server. */
export interface Pool extends Entity {
  readonly name: string;
  readonly protocol?: Fact<'http' | 'https' | 'tcp' | 'udp' | 'other'>;
  readonly members: readonly PoolMember[];
  /** Members come from elsewhere at run time (service discovery, DNS, autoscaling). */
  readonly discovered?: Fact<boolean>;
  /** Monitors of the pool as a whole; those in force for a member are on the member. */
  readonly monitors: readonly Monitor[];
  /** F5 `min N of`. */
  readonly monitorsRequired?: Fact<number>;
  /** Some active health check is in force for the whole pool. */
  readonly monitored?: Fact<boolean>;
  /** Failures of live traffic take a member out for a while (nginx max_fails, envoy outlier detection). */
  readonly passiveMonitored?: Fact<boolean>;
  /** A failed connection is tried on another member. */
  readonly retriesElsewhere?: Fact<boolean>;
  /** Members that must be up for the pool to count as up. */
  readonly minimumActive?: Fact<number>;
  /** Where requests go when no member is left. */
  readonly fallback?: Fact<string>;
  /** A virtual server uses it; absent: cannot be told. */
  readonly used?: boolean;
  /** F5: the administrative partition it is in, whose config is in files of its own. */
  readonly partition?: string;
  /** Config sync brings it to the peer. */
  readonly synced?: Fact<boolean>;
  readonly persistence?: Fact<string>;
  /** Persistence entries are shared with the peer. */
  readonly persistenceShared?: Fact<boolean>;
  /** HAProxy `option allbackups`. */
  readonly allBackups?: Fact<boolean>;
  /** Milliseconds. */
  readonly connectTimeout?: Fact<number>;
  readonly serverTimeout?: Fact<number>;
  readonly extra?: Readonly<Record<string, Fact<string | number | boolean>>>;
}

export interface PoolMember extends Entity {
  readonly name: string;
  /** Name of the pool it belongs to. */
  readonly pool: string;
  /** Host name or address. */
  readonly address?: Fact<string>;
  readonly port?: Fact<number>;
  /** Takes new connections as configured (not disabled, in maintenance, forced down). */
  readonly enabled?: Fact<boolean>;
  /** Only used when the others are down. */
  readonly backup?: Fact<boolean>;
  readonly weight?: Fact<number>;
  /** An active health check is in force for this member. */
  readonly monitored?: Fact<boolean>;
  readonly monitors: readonly Monitor[];
  /** `address` is a name that is looked up only once, at start. */
  readonly resolvedOnce?: Fact<boolean>;
  /** F5 priority group; higher is used first. */
  readonly priorityGroup?: Fact<number>;
}

export type MonitorType = 'icmp' | 'tcp' | 'http' | 'https' | 'tls' | 'udp' | 'dns' | 'sql' | 'script' | 'other';

/** A health monitor with what is in force after inheritance. */
export interface Monitor extends Entity {
  readonly name: string;
  readonly type?: Fact<MonitorType>;
  /** Milliseconds between probes. */
  readonly interval?: Fact<number>;
  /** F5: milliseconds without a success until down. Others: how long one probe may take. */
  readonly timeout?: Fact<number>;
  /** What `timeout` means: of the whole decision (F5) or of one probe. */
  readonly timeoutCovers?: 'decision' | 'probe';
  /** Failed probes in a row until down. */
  readonly fall?: Fact<number>;
  readonly rise?: Fact<number>;
  /** From the death of a member to the moment that it gets no more traffic, milliseconds. */
  readonly detection?: Fact<number>;
  /** The answer is checked (`recv`, `http-check expect`). */
  readonly expects?: Fact<boolean>;
  readonly destination?: Fact<string>;
  readonly port?: Fact<number>;
  readonly enabled?: Fact<boolean>;
  /** Ships with the platform; nobody wrote it. */
  readonly builtIn?: boolean;
  /** Something refers to it; absent: cannot be told. */
  readonly used?: boolean;
}
