import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Member, VirtualAddress } from '../../model/redundancy.ts';
import { splitCidr } from '../tree-facts.ts';
import { firstOf, type Port, VRR_PAGE, valuesOf } from './ports.ts';

/** VRR: each switch that has the address answers for it with the shared MAC; nobody is elected. */
export function readGateways(port: Port, device: string, fabricMac: Fact<string> | undefined): Member[] {
  const nvue = valuesOf(port, 'vrr-address');
  const lines = port.settings.filter((setting) => setting.key === 'address-virtual');
  const own = lines.flatMap((line) => line.values).find((value) => /^[\da-f]{2}(?::[\da-f]{2}){5}$/i.test(value.value));
  const mac = own ?? (nvue.length > 0 ? (firstOf(port, 'vrr-mac') ?? fabricMac ?? byDefault('00:00:5e:00:01:01', VRR_PAGE)) : undefined);
  const all = [...lines.flatMap((line) => line.values), ...nvue].flatMap((fact): VirtualAddress[] => {
    const cidr = splitCidr(fact.value);
    if (!cidr || ipVersion(cidr.address) === 0 || !('at' in fact)) return [];
    return [{ at: fact.at, device, platform: 'cumulus-linux', ...cidr }];
  });
  return ([4, 6] as const).flatMap((version): Member[] => {
    const virtualAddresses = all.filter((one) => ipVersion(one.address) === version);
    const [first] = virtualAddresses;
    if (!first) return [];
    return [
      {
        at: first.at,
        device,
        platform: 'cumulus-linux',
        protocol: 'anycast',
        name: `${port.name} virtual router`,
        interface: stated(port.name, port.at),
        addressFamily: version === 4 ? 'ipv4' : 'ipv6',
        virtualAddresses,
        unicastPeers: [],
        triggers: [],
        ...(mac ? { extra: { mac: { ...mac, value: mac.value.toLowerCase() } } } : {}),
      },
    ];
  });
}
