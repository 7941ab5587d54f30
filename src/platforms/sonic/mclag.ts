import { ipVersion } from '../../model/address.ts';
import { byDefault, stated } from '../../model/fact.ts';
import type { Heartbeat, Peering } from '../../model/peering.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { present } from '../tree-facts.ts';
import { type Context, entityAt, field, keyOf, MCLAG_PAGE, numberField, rows } from './context.ts';
import type { Ports } from './interfaces.ts';

/** Reads MCLAG domains and which port channels belong to them. */
export function readMclag(ports: Ports, context: Context): void {
  for (const row of rows(context, 'MCLAG_INTERFACE')) nameMember(row, keyOf(row)[1], ports);
  for (const row of rows(context, 'MCLAG_DOMAIN')) {
    for (const name of field(row, 'mclag_interface')?.value.split(',') ?? []) nameMember(row, name, ports);
    const link = field(row, 'peer_link');
    const port = link && ports.get(link.value);
    if (link && port) port.peerLink = { ...link, value: true };
    context.facts.peerings.push(domainOf(row, ports, context));
  }
  shareGateways(ports, context);
}

/** SONiC pairs port channels by their name, which must be the same on both switches. */
function nameMember(row: Statement, name: string | undefined, ports: Ports): void {
  const port = name === undefined ? undefined : ports.get(name);
  if (port) port.mlagId = stated(port.name, placeOfWord(row, 0));
}

/** The ICCP session between `source_ip` and `peer_ip` is keepalive and control channel in one; its path may be any. */
function domainOf(row: Statement, ports: Ports, context: Context): Peering {
  const entity = entityAt(row, context);
  const source = field(row, 'source_ip');
  const destination = field(row, 'peer_ip');
  const own = source && [...ports.values()].find((port) => port.addresses.some((a) => a.address === source.value));
  const heartbeat: Heartbeat = {
    ...entity,
    at: destination && 'at' in destination ? destination.at : entity.at,
    transport: stated('unicast', entity.at),
    ...present({ source, destination, interface: own && stated(own.name, own.at) }),
    ...(own?.kind === 'management' ? { management: true } : {}),
  };
  return {
    ...entity,
    kind: 'mlag',
    name: `MCLAG domain ${keyOf(row)[0]}`,
    id: stated(keyOf(row)[0] ?? '', placeOfWord(row, 0)),
    peers: destination ? [{ ...entity, at: heartbeat.at, address: destination }] : [],
    heartbeats: destination ? [heartbeat] : [],
    heartbeatInterval: numberField(row, 'keepalive_interval', 1000) ?? byDefault(1000, MCLAG_PAGE),
    deadInterval: numberField(row, 'session_timeout', 1000) ?? byDefault(15_000, MCLAG_PAGE),
    ...present({ self: source, peerLink: field(row, 'peer_link') }),
  };
}

/**
 * A VLAN of an MCLAG has the same address on both switches, who both answer for it, unless
 * MCLAG_UNIQUE_IP lists the VLAN.
 */
function shareGateways(ports: Ports, context: Context): void {
  const unique = new Set([...rows(context, 'MCLAG_UNIQUE_IP'), ...rows(context, 'MCLAG_UNIQUE_IP_TABLE')].map((row) => keyOf(row)[0]));
  const shared = new Set(
    rows(context, 'VLAN_MEMBER').flatMap((row) => {
      const [vlan = '', name = ''] = keyOf(row);
      return ports.get(name)?.mlagId ? [vlan] : [];
    }),
  );
  for (const port of ports.values()) {
    if (!shared.has(port.name) || unique.has(port.name)) continue;
    const floating = stated(true, port.at);
    port.addresses = port.addresses.map((address) => ({ ...address, floating }));
    for (const version of [4, 6] as const) {
      const own = port.addresses.filter((address) => ipVersion(address.address) === version);
      const [first] = own;
      if (!first) continue;
      context.facts.members.push({
        at: first.at,
        device: context.device,
        platform: 'sonic',
        protocol: 'anycast',
        name: `${port.name} MCLAG gateway`,
        interface: stated(port.name, port.at),
        addressFamily: version === 4 ? 'ipv4' : 'ipv6',
        virtualAddresses: own.map(({ at, device, platform, address, prefix }) => ({
          at,
          device,
          platform,
          address,
          ...(prefix === undefined ? {} : { prefix }),
        })),
        unicastPeers: [],
        triggers: [],
      });
    }
  }
}
