import { ipVersion } from '../model/address.ts';
import type { VirtualServer } from '../model/balancing.ts';
import type { DeviceFacts } from '../model/device.ts';
import { placeOf } from '../model/fact.ts';
import type { Member, VirtualAddress } from '../model/redundancy.ts';

/**
 * The members of a device's groups, with the addresses that virtual servers say the group moves: F5's Declarative
 * Onboarding declares the traffic groups, and AS3 which of them an address belongs to.
 */
export function withMovedAddresses({ members, virtualServers }: Pick<DeviceFacts, 'members' | 'virtualServers'>): readonly Member[] {
  return members.map((member): Member => {
    const known = new Set(member.virtualAddresses.map(({ address }) => address));
    const moved = virtualServers.filter(({ group, platform }) => group?.value === member.name && platform !== member.platform);
    const added: VirtualAddress[] = [];
    for (const server of moved) {
      const address = addressOf(server);
      if (address === undefined || known.has(address)) continue;
      known.add(address);
      const { device, platform } = server;
      added.push({ at: placeOf(server.address, server.at), device, platform, address });
    }
    return added.length > 0 ? { ...member, virtualAddresses: [...member.virtualAddresses, ...added] } : member;
  });
}

/** `0.0.0.0` forwards; what is switched off may not be there at all. */
function addressOf({ address, enabled, floating }: VirtualServer): string | undefined {
  if (!address || enabled?.value === false || floating?.value !== true || ipVersion(address.value) === 0) return undefined;
  return address.value === '0.0.0.0' || address.value === '::' ? undefined : address.value;
}
