import { ipVersion } from '../../model/address.ts';
import { stated } from '../../model/fact.ts';
import { means } from '../../syntax/cisco-like.ts';
import { expandInterfaces } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { Reading } from '../cisco-like-reading.ts';
import { wholePlace, wordFact } from '../entity.ts';

/**
 * `fabric forwarding mode anycast-gateway`: every leaf answers for the SVI's own address with one MAC.
 * States a group without election for each such SVI, and its addresses as shared.
 */
export function readAnycastGateways(reading: Reading, statements: readonly Statement[]): void {
  const { device, platform } = reading;
  const macLine = reading.flags.get('anycast-mac');
  const mac = macLine && wordFact(macLine, 3);
  for (const s of statements) {
    const line = s.children.find((c) => c.words.join(' ') === 'fabric forwarding mode anycast-gateway');
    if (!line || line.maybe || !means(s.words[0], 'interface')) continue;
    for (const name of expandInterfaces(s.words.slice(1), 'nxos')) {
      const port = reading.interfaces.get(name);
      if (!port) continue;
      const floating = stated(true, placeOfHead(line));
      port.entity.addresses = port.entity.addresses.map((address) => ({ ...address, floating }));
      const own = port.entity.addresses.filter((address) => ipVersion(address.address) === 4);
      if (own.length === 0) continue;
      reading.facts.members.push({
        at: wholePlace(line),
        device,
        platform,
        protocol: 'anycast',
        name: `${name} anycast gateway`,
        interface: stated(name, placeOfHead(s)),
        addressFamily: 'ipv4',
        virtualAddresses: own.map(({ at, address, prefix }) => ({
          at,
          device,
          platform,
          address,
          ...(prefix === undefined ? {} : { prefix }),
        })),
        unicastPeers: [],
        triggers: [],
        ...(mac ? { extra: { mac } } : {}),
      });
    }
  }
}
