import type { Device } from '../model/device.ts';
import type { Interface } from '../model/interface.ts';
import { portIndex, push } from './port-index.ts';

const SPLIT = /^([a-z._ -]*)(\d[\d/.:_-]*)?$/;

/** Names of one kind of port across vendors' spellings; the first letters of any of them will do. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['ethernet', 'eth', 'et', 'e'],
  ['gigabitethernet', 'gi', 'ge'],
  ['tengigabitethernet', 'te', 'xe'],
  ['fastethernet', 'fa'],
  ['twentyfivegige', 'twe'],
  ['fortygigabitethernet', 'fo'],
  ['hundredgige', 'hu'],
  ['port-channel', 'portchannel', 'po'],
  ['vlan', 'vl'],
  ['management', 'mgmt', 'ma'],
  ['loopback', 'lo'],
];

/**
 * The one spelling of a port that all its others share: of `Eth1/1`, `e1/1` and `Ethernet1/1`; of `Gi1/0/1`
 * and `GigabitEthernet1/0/1`. Numbers must be equal, letters an abbreviation of the same kind.
 */
function spelling(port: string): string {
  const lower = port.toLowerCase();
  const parts = SPLIT.exec(lower);
  if (!parts) return lower;
  const [, letters = '', number = ''] = parts;
  const word = letters.trimEnd();
  return `${number === '' ? word : (kindOf(word) ?? word)} ${number}`;
}

function kindOf(word: string): string | undefined {
  const exact = SPELLINGS.find((names) => names.includes(word));
  if (exact) return exact[0];
  const abbreviated = SPELLINGS.filter((names) => word.length >= 2 && names[0]?.startsWith(word));
  return abbreviated.length === 1 ? abbreviated[0]?.[0] : undefined;
}

/**
 * The interface of `device` that a wiring source calls `port`. Containerlab names a vendor's n-th
 * data port `ethN`, whatever the vendor calls it; that reading is tried last, and only where it fits one.
 */
export function findPort(device: Device, port: string): Interface | undefined {
  const exact = portIndex(device).named(port);
  if (exact) return exact;
  const { bySpelling, byNumber } = spellingsOf(device);
  const same = bySpelling.get(spelling(port));
  if (same) return same;
  const nth = /^eth(\d+)$/.exec(port)?.[1];
  if (nth === undefined) return undefined;
  const candidates = byNumber.get(Number(nth)) ?? [];
  return candidates.length === 1 ? candidates[0] : undefined;
}

interface Spellings {
  readonly bySpelling: ReadonlyMap<string, Interface>;
  /** Physical ports by the number that containerlab gives them. */
  readonly byNumber: ReadonlyMap<number, readonly Interface[]>;
}

const spellings = new WeakMap<Device, Spellings>();

function spellingsOf(device: Device): Spellings {
  const known = spellings.get(device);
  if (known) return known;
  const bySpelling = new Map<string, Interface>();
  const byNumber = new Map<number, Interface[]>();
  for (const port of device.interfaces) {
    const key = spelling(port.name);
    if (!bySpelling.has(key)) bySpelling.set(key, port);
    const number = port.kind === 'physical' ? containerlabNumber(port.name) : undefined;
    if (number !== undefined) push(byNumber, number, port);
  }
  spellings.set(device, { bySpelling, byNumber });
  return { bySpelling, byNumber };
}

/** `ethN` of containerlab for a vendor's port: Ethernet1/N and EthernetN are N, Junos ge-0/0/N is N + 1. */
function containerlabNumber(name: string): number | undefined {
  const junos = /^(?:ge|xe|et)-0\/0\/(\d+)$/.exec(name)?.[1];
  if (junos !== undefined) return Number(junos) + 1;
  const number = /^[A-Za-z]+(?:1\/(?:0\/|1\/)?)?(\d+)$/.exec(name)?.[1] ?? /^1\.(\d+)$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
