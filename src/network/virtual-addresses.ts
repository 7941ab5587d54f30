import { canonicalAddress } from '../model/address.ts';
import type { Device } from '../model/device.ts';
import type { Member, VirtualAddress } from '../model/redundancy.ts';

const ofMember = new WeakMap<Member, ReadonlyMap<string, VirtualAddress>>();
const ofDevice = new WeakMap<Device, ReadonlyMap<string, Member>>();

/** The virtual address of a member that is this address, however it is written; the first of several. */
export function virtualAddressOf(member: Member, address: string): VirtualAddress | undefined {
  let index = ofMember.get(member);
  if (!index) {
    index = new Map(member.virtualAddresses.map((a) => [canonicalAddress(a.address), a] as const).reverse());
    ofMember.set(member, index);
  }
  return index.get(canonicalAddress(address));
}

/** The first membership of a device with a virtual address that is written just so. */
export function memberWith(device: Device, address: string): Member | undefined {
  let index = ofDevice.get(device);
  if (!index) {
    index = new Map(device.members.flatMap((m) => m.virtualAddresses.map((a) => [a.address, m] as const)).reverse());
    ofDevice.set(device, index);
  }
  return index.get(address);
}
