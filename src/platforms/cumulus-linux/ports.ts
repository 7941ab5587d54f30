import { type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';

/** Cumulus Linux: MLAG (clagd), its options and their defaults. */
export const MLAG_PAGE =
  'https://docs.nvidia.com/networking-ethernet-software/cumulus-linux-510/Layer-2/Multi-Chassis-Link-Aggregation-MLAG/';
/** VRR, and the MAC address that it has where nobody says another. */
export const VRR_PAGE = 'https://docs.nvidia.com/networking-ethernet-software/cumulus-linux-510/Layer-2/Virtual-Router-Redundancy-VRR/';
/** Bonds are 802.3ad unless they say otherwise. */
export const BOND_PAGE = 'https://docs.nvidia.com/networking-ethernet-software/cumulus-linux-510/Layer-2/Bonding-Link-Aggregation/';
/** VLAN-aware bridges: the untagged VLAN is 1 unless `bridge-pvid` says otherwise. */
export const BRIDGE_PAGE =
  'https://docs.nvidia.com/networking-ethernet-software/cumulus-linux-510/Layer-2/Ethernet-Bridging-VLANs/VLAN-aware-Bridge-Mode/';

/**
 * One option of an interface by its name in /etc/network/interfaces, into which NCLU's and NVUE's words
 * are translated.
 */
export interface Setting {
  readonly key: string;
  /** Its values; those that a template leaves open are left out. */
  readonly values: readonly Fact<string>[];
  /** Some value is not known here. */
  readonly open: boolean;
  /** Behind a template's condition. */
  readonly maybe: boolean;
  readonly at: Place;
}

/** An interface while it is gathered from its stanza, or from commands all over the file. */
export interface Port {
  readonly name: string;
  readonly at: Place;
  readonly settings: Setting[];
}

/** What all forms of a Cumulus configuration come to. */
export interface Gathered {
  readonly ports: Map<string, Port>;
  hostname?: Fact<string>;
  timeSync?: Fact<boolean>;
  /** MAC address of the virtual routers that have none of their own (NVUE). */
  fabricMac?: Fact<string>;
  readonly routes: { readonly prefix: string; readonly nextHop: Fact<string>; readonly at: Place }[];
}

/** Nothing gathered yet. */
export function gathered(): Gathered {
  return { ports: new Map(), routes: [] };
}

/** The port of that name, new at `at` where nobody named it before. */
export function portNamed(ports: Map<string, Port>, name: string, at: Place): Port {
  const known = ports.get(name);
  if (known) return known;
  const port: Port = { name, at, settings: [] };
  ports.set(name, port);
  return port;
}

/** A statement's words from `from` on as the values of an option. */
export function settingOf(s: Statement, from: number, key: string): Setting {
  const values = s.words.slice(from).flatMap((word, i) => (isUnknown(word) ? [] : [stated(word, placeOfWord(s, from + i))]));
  return {
    key,
    values: s.maybe ? [] : values,
    open: s.maybe === true || values.length < s.words.length - from,
    maybe: s.maybe === true,
    at: placeOfHead(s),
  };
}

/** The place of a stanza or command as an interface's. */
export function portPlace(s: Statement): Place {
  return placeOfStatement(s);
}

/** The option as last set. */
export function lastOf(port: Port | undefined, key: string): Setting | undefined {
  return port?.settings.findLast((setting) => setting.key === key);
}

/** The first value of an option as last set. */
export function firstOf(port: Port | undefined, key: string): Fact<string> | undefined {
  return lastOf(port, key)?.values[0];
}

/** As `firstOf`, for a whole number. */
export function numberOf(port: Port | undefined, key: string): Fact<number> | undefined {
  const value = firstOf(port, key);
  return value && /^\d{1,9}$/.test(value.value) ? { ...value, value: Number(value.value) } : undefined;
}

/** All values of an option, however often it is set; commas part values as blanks do. */
export function valuesOf(port: Port | undefined, key: string): Fact<string>[] {
  return (port?.settings ?? [])
    .filter((setting) => setting.key === key)
    .flatMap((setting) => setting.values.flatMap((fact) => fact.value.split(',').map((value) => ({ ...fact, value }))));
}

/** More names than one range can mean: a mistyped one must not fill the memory. */
const RANGE_LIMIT = 512;

/** `swp1-3,swp49` is four names; `swp1s0-3` too. */
export function namesIn(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [, prefix = '', from = '', to = ''] = /^(.{0,40}?)(\d{1,5})-(?:[a-z]{1,10})?(\d{1,5})$/.exec(part) ?? [];
    const count = Number(to) - Number(from) + 1;
    if (to === '' || prefix === '' || count < 1 || count > RANGE_LIMIT) return part === '' ? [] : [part];
    return Array.from({ length: count }, (_, i) => `${prefix}${Number(from) + i}`);
  });
}
