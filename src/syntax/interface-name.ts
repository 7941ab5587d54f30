import type { InterfaceKind } from '../model/interface.ts';

/** Vendors that name interfaces by a type that may be abbreviated and a number. */
export type InterfaceDialect = 'ios' | 'nxos' | 'eos' | 'os10' | 'aoscx';

/**
 * Interface types as each vendor writes them in a running-config. Of two that one abbreviation fits,
 * the first is meant: `te` is TenGigabitEthernet, not Tunnel.
 */
const TYPES: Readonly<Record<InterfaceDialect, readonly string[]>> = {
  ios: [
    'GigabitEthernet',
    'FastEthernet',
    'TenGigabitEthernet',
    'Ethernet',
    'Port-channel',
    'Vlan',
    'Loopback',
    'TwentyFiveGigE',
    'TwoGigabitEthernet',
    'FortyGigabitEthernet',
    'HundredGigE',
    'FiveGigabitEthernet',
    'FourHundredGigE',
    'TwoHundredGigE',
    'FiftyGigE',
    'AppGigabitEthernet',
    'Serial',
    'Tunnel',
    'BDI',
    'BVI',
    'Null',
    'Dialer',
    'Cellular',
    'Multilink',
    'Virtual-Template',
    'nve',
  ],
  nxos: ['Ethernet', 'port-channel', 'Vlan', 'loopback', 'mgmt', 'Tunnel', 'nve', 'fc', 'vfc', 'san-port-channel', 'Bdi', 'Null'],
  eos: ['Ethernet', 'Port-Channel', 'Vlan', 'Loopback', 'Management', 'Vxlan', 'Tunnel', 'Recirc-Channel', 'Dps', 'Null'],
  os10: ['ethernet', 'port-channel', 'vlan', 'loopback', 'mgmt', 'virtual-network', 'null'],
  // Ports have no type, as in `1/1/1`.
  aoscx: ['lag', 'vlan', 'loopback', 'tunnel', 'vxlan', 'mgmt'],
};

const NAME = /^([a-z][a-z-]*?) ?(\d[\d/.:]*)$/i;
/** More interfaces than one statement can mean: a mistyped range must not fill the memory. */
const RANGE_LIMIT = 512;

/** The type of the dialect that `word` is or abbreviates. */
function typeOf(word: string, dialect: InterfaceDialect): string | undefined {
  const lower = word.toLowerCase();
  const types = TYPES[dialect];
  return types.find((type) => type.toLowerCase() === lower) ?? types.find((type) => type.toLowerCase().startsWith(lower));
}

/**
 * An interface's name as the vendor's own running-config writes it: `g1/0/2` is GigabitEthernet1/0/2,
 * `ethernet 1/1` is Ethernet1/1. What is no known type is returned without spaces, else as it is.
 */
export function canonicalInterface(text: string, dialect: InterfaceDialect): string {
  const name = NAME.exec(text.trim());
  const type = name && typeOf(name[1] as string, dialect);
  return type ? `${type}${name[2]}` : text.replaceAll(' ', '');
}

/** Whether a word can be an interface's name, or the type that stands before its number. */
export function looksLikeInterface(word: string, dialect: InterfaceDialect): boolean {
  const name = NAME.exec(word);
  return typeOf(name ? (name[1] as string) : word, dialect) !== undefined && /^[a-z]/i.test(word);
}

/**
 * The interfaces that an `interface` or `interface range` statement means: `Ethernet1/1-4, Po7` is five.
 * Takes the words after the keyword. Empty where a part cannot be read.
 */
export function expandInterfaces(words: readonly string[], dialect: InterfaceDialect): string[] {
  const names: string[] = [];
  let type = '';
  for (const part of words.join('').split(',')) {
    const found = /^([a-z][a-z-]*?)?(\d[\d/.:]*)(?:-([a-z][a-z-]*?)?(\d[\d/.:]*))?$/i.exec(part);
    if (!found) {
      if (/^[a-z][\w/.:-]*$/i.test(part)) names.push(canonicalInterface(part, dialect));
      continue;
    }
    type = found[1] ?? type;
    const numbers = found[4] === undefined ? [found[2] as string] : between(found[2] as string, found[4]);
    for (const number of numbers) names.push(canonicalInterface(`${type}${number}`, dialect));
    if (names.length > RANGE_LIMIT) return [];
  }
  return names;
}

/** `1/0/1` to `4`, or to `1/0/4`: the one part of the number that differs is counted up. */
function between(first: string, last: string): string[] {
  const from = first.split(/([/.:])/);
  const to = last.split(/([/.:])/);
  const whole = to.length === from.length ? to : [...from.slice(0, -to.length), ...to];
  if (whole.length !== from.length) return [first];
  const at = from.findIndex((part, i) => part !== whole[i]);
  if (at < 0) return [first];
  const low = Number(from[at]);
  const high = Number(whole[at]);
  if (!(low <= high) || high - low > RANGE_LIMIT) return [first];
  return Array.from({ length: high - low + 1 }, (_, i) => [...from.slice(0, at), low + i, ...from.slice(at + 1)].join(''));
}

/** What kind of interface a canonical name is. */
export function interfaceKind(name: string): InterfaceKind {
  const lower = name.toLowerCase();
  if (/^(port-channel|san-port-channel|lag\d)/.test(lower)) return lower.includes('.') ? 'subinterface' : 'lag';
  if (lower.startsWith('vlan')) return 'vlan';
  if (lower.startsWith('loopback')) return 'loopback';
  if (/^(mgmt|management)/.test(lower)) return 'management';
  if (lower.startsWith('tunnel')) return 'tunnel';
  if (/^(bdi|bvi)/.test(lower)) return 'bridge';
  if (/^(nve|vxlan|null|dialer|virtual-|multilink|recirc|dps|vfc)/.test(lower)) return 'virtual';
  return lower.includes('.') ? 'subinterface' : 'physical';
}

/**
 * Whether two spellings, of whatever vendor, mean one interface of one device: `Eth1/1`, `e1/1` and
 * `Ethernet 1/1`; `Gi1/0/1` and `GigabitEthernet1/0/1`; `Po7` and `port-channel7`.
 */
export function sameInterfaceName(a: string, b: string): boolean {
  const left = NAME.exec(a.trim());
  const right = NAME.exec(b.trim());
  if (!left || !right) return a.replaceAll(' ', '').toLowerCase() === b.replaceAll(' ', '').toLowerCase();
  if (left[2] !== right[2]) return false;
  const [one, other] = [left[1] as string, right[1] as string].map((word) => word.toLowerCase());
  if (one === other) return true;
  return (['ios', 'nxos', 'eos'] as const).some((dialect) => {
    const type = typeOf(one as string, dialect);
    return type !== undefined && type === typeOf(other as string, dialect);
  });
}
