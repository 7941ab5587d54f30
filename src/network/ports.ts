import type { Device } from '../model/device.ts';
import type { Interface } from '../model/interface.ts';

const SPLIT = /^([a-z._ -]*?)[ ]*(\d[\d/.:_-]*)?$/;

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
 * Whether two spellings name one port: `Eth1/1`, `e1/1` and `Ethernet1/1`; `Gi1/0/1` and
 * `GigabitEthernet1/0/1`. Numbers must be equal, letters an abbreviation of the same kind.
 */
export function samePort(a: string, b: string): boolean {
  if (a === b) return true;
  const left = SPLIT.exec(a.toLowerCase());
  const right = SPLIT.exec(b.toLowerCase());
  if (!left || !right) return a.toLowerCase() === b.toLowerCase();
  const [, leftWord = '', leftNumber = ''] = left;
  const [, rightWord = '', rightNumber = ''] = right;
  if (leftNumber !== rightNumber) return false;
  return leftWord === rightWord || (leftNumber !== '' && kindOf(leftWord) !== undefined && kindOf(leftWord) === kindOf(rightWord));
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
  const exact = device.interfaces.find((i) => i.name === port) ?? device.interfaces.find((i) => samePort(i.name, port));
  if (exact) return exact;
  const nth = /^eth(\d+)$/.exec(port)?.[1];
  if (nth === undefined) return undefined;
  const candidates = device.interfaces.filter((i) => i.kind === 'physical' && containerlabNumber(i.name) === Number(nth));
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** `ethN` of containerlab for a vendor's port: Ethernet1/N and EthernetN are N, Junos ge-0/0/N is N + 1. */
function containerlabNumber(name: string): number | undefined {
  const junos = /^(?:ge|xe|et)-0\/0\/(\d+)$/.exec(name)?.[1];
  if (junos !== undefined) return Number(junos) + 1;
  const number = /^[A-Za-z]+(?:1\/(?:0\/|1\/)?)?(\d+)$/.exec(name)?.[1] ?? /^1\.(\d+)$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}
