import { inSubnet, subnetOf } from '../model/address.ts';
import type { DeviceFacts } from '../model/device.ts';
import { type Fact, stated } from '../model/fact.ts';
import type { Interface, Vlan } from '../model/interface.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Authentication, Member, TriggerEffect } from '../model/redundancy.ts';
import { type InterfaceDialect, interfaceKind } from '../syntax/interface-name.ts';
import type { NumberRange } from '../syntax/number-ranges.ts';
import { placeOfHead, placeOfWord, type Statement } from '../syntax/statement.ts';
import { isUnknown } from '../syntax/template.ts';
import type { TrackObject } from './cisco-like-track.ts';
import { type Growing, noFacts, wholePlace } from './entity.ts';

/** An entity under construction, and which of its fields a statement spoke of: those get no default, even where the value is unknown. */
export interface Draft<T> {
  readonly entity: Growing<T>;
  readonly said: Set<keyof T>;
}

export interface InterfaceDraft extends Draft<Interface> {
  /** VLANs by the role that a port's mode gives them. */
  access?: Fact<number> | undefined;
  native?: Fact<number> | undefined;
  /** The trunk's list as far as read; absent: never said. */
  allowed?: { ranges: readonly NumberRange[]; at: Statement } | 'unknown';
  /** Several names in one statement (`interface range`); a statement of its own gives a better place. */
  fromRange: boolean;
  /** Settings of the interface that hold for each of its groups: `standby version 2`. */
  readonly groupwide: Partial<Record<'hsrpVersion' | 'vrrpVersion', Fact<number>>>;
  /** `spanning-tree portfast` without `trunk`: in force on access ports only. */
  edgeOnAccessOnly?: Statement | undefined;
}

/** A tracked thing a group names, to be looked up when all track objects are known. */
export interface TrackUse {
  readonly statement: Statement;
  /** Index of the word that names the object or interface. */
  readonly word: number;
  readonly name: string;
  /** `track Ethernet1/1 20`, the old form that names the interface itself. */
  readonly interface?: string;
  readonly effect: TriggerEffect;
  readonly penalty?: Fact<number> | undefined;
  /** The priority that the group falls to, where the statement names that instead of a penalty (NX-OS VRRP). */
  readonly lowersTo?: Fact<number> | undefined;
}

export interface MemberDraft extends Draft<Member> {
  readonly uses: TrackUse[];
  extra: Record<string, Fact<string | number | boolean>>;
  authentication?: Authentication | undefined;
  /** Name of the group that this one follows. */
  follows?: string;
  name?: string;
}

/** What a Cisco-like platform gathers while it reads a device. */
export interface Reading {
  readonly device: string;
  readonly platform: PlatformId;
  readonly dialect: InterfaceDialect;
  readonly facts: Growing<DeviceFacts>;
  readonly interfaces: Map<string, InterfaceDraft>;
  readonly vlans: Map<number, Draft<Vlan>>;
  readonly members: Map<string, MemberDraft>;
  readonly tracks: Map<string, TrackObject>;
  /** Key chains by name: their keys' statements, for authentication. */
  readonly keyChains: Map<string, readonly { statement: Statement; word: number }[]>;
  /** Switches of the device as a whole that other statements depend on. */
  readonly flags: Map<string, Statement>;
}

/** An empty reading. */
export function newReading(device: string, platform: PlatformId, dialect: InterfaceDialect): Reading {
  return {
    device,
    platform,
    dialect,
    facts: noFacts('switch'),
    interfaces: new Map(),
    vlans: new Map(),
    members: new Map(),
    tracks: new Map(),
    keyChains: new Map(),
    flags: new Map(),
  };
}

/** Sets a field to what a statement says of it; undefined: it speaks of the field, but the value is unknown. */
export function put<T, K extends keyof Growing<T>>(draft: Draft<T>, key: K, value: Growing<T>[K] | undefined): void {
  draft.said.add(key as keyof T);
  if (value === undefined) delete (draft.entity as Partial<Growing<T>>)[key];
  else draft.entity[key] = value;
}

/** Takes back what was said of a field (`no mtu`): the default holds again. */
export function unsay<T, K extends keyof Growing<T>>(draft: Draft<T>, key: K): void {
  draft.said.delete(key as keyof T);
  delete (draft.entity as Partial<Growing<T>>)[key];
}

/** Sets a default where no statement spoke of the field. */
export function fill<T, K extends keyof Growing<T>>(draft: Draft<T>, key: K, value: Growing<T>[K] | undefined): void {
  if (value !== undefined && draft.entity[key] === undefined && !draft.said.has(key as keyof T)) draft.entity[key] = value;
}

/** The interface of that canonical name, new where `s` is the first to name it. */
export function interfaceDraft(reading: Reading, name: string, s: Statement, fromRange = false): InterfaceDraft {
  const known = reading.interfaces.get(name);
  if (known) {
    if (known.fromRange && !fromRange) {
      known.entity.at = wholePlace(s);
      known.fromRange = false;
    }
    return known;
  }
  const kind = interfaceKind(name);
  const draft: InterfaceDraft = {
    entity: { at: wholePlace(s), device: reading.device, platform: reading.platform, name, kind, addresses: [], members: [] },
    said: new Set(),
    fromRange,
    groupwide: {},
  };
  const vlan = kind === 'vlan' ? /^\D{0,40}(\d{1,9})$/.exec(name)?.[1] : undefined;
  if (vlan) put(draft, 'vlan', stated(Number(vlan), placeOfHead(s)));
  const parent = kind === 'subinterface' ? name.slice(0, name.lastIndexOf('.')) : undefined;
  if (parent) put(draft, 'parent', stated(parent, placeOfHead(s)));
  reading.interfaces.set(name, draft);
  return draft;
}

/** The VLAN of that id, new where `s` is the first to name it. */
export function vlanDraft(reading: Reading, id: number, s: Statement): Draft<Vlan> {
  const known = reading.vlans.get(id);
  if (known) return known;
  const draft: Draft<Vlan> = {
    entity: { at: wholePlace(s), device: reading.device, platform: reading.platform, id },
    said: new Set(),
  };
  reading.vlans.set(id, draft);
  return draft;
}

/** The rest of the line from word `index` on, as one text (a description). */
export function restFact(s: Statement, index: number): Fact<string> | undefined {
  if (s.maybe || index >= s.words.length || s.words.slice(index).some(isUnknown)) return undefined;
  const first = placeOfWord(s, index);
  return stated(s.words.slice(index).join(' '), { ...first, endColumn: placeOfWord(s, s.words.length - 1).endColumn });
}

/**
 * Adds to a list of an entity, unless the statement stands behind a template's condition: then the list
 * is marked as open.
 */
export function listOpen(entity: { open?: readonly string[] }, field: string): void {
  entity.open = [...new Set([...(entity.open ?? []), field])];
}

/**
 * The device's own end of a path: the interface with the address `source`, or else the one whose subnet
 * holds `destination`, within the VRF. Addresses that every switch shares are nobody's own.
 */
export function ownEnd(
  reading: Reading,
  path: { readonly source?: string | undefined; readonly destination?: string | undefined; readonly vrf?: string | undefined },
): { readonly interface: Fact<string>; readonly address: Fact<string> } | undefined {
  for (const { entity } of reading.interfaces.values()) {
    if ((entity.vrf?.value ?? 'default') !== (path.vrf ?? 'default')) continue;
    for (const own of entity.addresses) {
      const subnet = subnetOf(own.address, own.prefix);
      const fits =
        path.source === undefined
          ? subnet !== undefined && path.destination !== undefined && inSubnet(path.destination, subnet)
          : own.address === path.source;
      if (fits && !own.floating?.value) return { interface: stated(entity.name, own.at), address: stated(own.address, own.at) };
    }
  }
  return undefined;
}
