import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { parseCiscoLike } from '../../syntax/cisco-like.ts';
import type { HandlerTable } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { compileCiscoLike, GLOBAL_NOISE, GLOBAL_TABLE, hostnameOf, readCiscoLike } from '../cisco-like-device.ts';
import { INTERFACE_NOISE, INTERFACE_TABLE, type InterfaceScope } from '../cisco-like-interface.ts';
import { put, type Reading } from '../cisco-like-reading.ts';
import { headFact, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { DEFAULTS } from './defaults.ts';
import { GROUP_TABLE } from './groups.ts';
import { readMlag } from './mlag.ts';
import { recognise } from './recognise.ts';
import { withTrunkGroups } from './trunk-groups.ts';

const PORTS: HandlerTable<InterfaceScope> = {
  'mlag *': (s, { port }) => put(port, 'mlagId', wordFact(s, 1)),
  'vrf *': (s, { port }) => put(port, 'vrf', wordFact(s, 1)),
  'spanning-tree portfast': (s, { port }) => put(port, 'edgePort', headFact(s, s.words[2] !== 'network')),
  'no spanning-tree portfast': (s, { port }) => put(port, 'edgePort', headFact(s, false)),
  'spanning-tree bpduguard': 'ignore',
  'switchport trunk group': () => undefined,
  'switchport source-interface': 'ignore',
  'switchport phone': 'ignore',
  autostate: 'ignore',
  'no autostate': 'ignore',
  vxlan: 'ignore',
  comment: 'ignore',
  profile: 'ignore',
};

const INTERFACES = compileCiscoLike<InterfaceScope>(INTERFACE_NOISE, INTERFACE_TABLE, GROUP_TABLE, PORTS);

const GLOBALS = compileCiscoLike<Reading>(GLOBAL_NOISE, GLOBAL_TABLE, {
  'mlag configuration': (s, reading) => void reading.flags.set('mlag', s),
  'ip virtual-router mac-address *': (s, reading) => void reading.flags.set('varp-mac', s),
  'ip virtual-router': 'ignore',
  'vrf instance': 'ignore',
  'vrf definition': 'ignore',
  'peer-filter': 'ignore',
  'traffic-policies': 'ignore',
  'vlan internal': 'ignore',
  maintenance: 'ignore',
});

/** What depends on the whole config: the MLAG domain and its peer link, the MAC of virtual routers. */
function after(reading: Reading): void {
  const mlag = reading.flags.get('mlag');
  if (mlag && !mlag.maybe) {
    const peering = readMlag(mlag, reading);
    const link = peering.peerLink && reading.interfaces.get(peering.peerLink.value);
    if (link && peering.peerLink) put(link, 'peerLink', { ...peering.peerLink, value: true });
    reading.facts.peerings.push(peering);
  }
  const line = reading.flags.get('varp-mac');
  const mac = line && wordFact(line, 3);
  for (const member of reading.members.values()) if (mac && member.entity.protocol === 'anycast') member.extra.mac = mac;
}

function read(host: HostSources): DeviceFacts {
  const facts = readCiscoLike(host, {
    platform: 'arista-eos',
    dialect: 'eos',
    globals: GLOBALS,
    interfaces: INTERFACES,
    defaults: DEFAULTS,
    after,
  });
  const statements = host.sources.flatMap((source) => source.statements);
  const software = facts.software ?? softwareOf(host.sources);
  return { ...facts, ...(software ? { software } : {}), interfaces: withTrunkGroups(facts.interfaces, statements) };
}

/** The version stands in a comment that EOS puts above its running-config: `! device: leaf1 (…, EOS-4.28.6.1M)`. */
function softwareOf(sources: readonly Source[]): Fact<string> | undefined {
  for (const source of sources) {
    const lines = source.text.slice(0, 4096).split('\n').slice(0, 20);
    for (const [index, text] of lines.entries()) {
      const found = /^! device: .{0,200}?, (EOS-[\w.-]+)\)/.exec(text);
      const version = found?.[1];
      if (version === undefined) continue;
      const column = text.indexOf(version) + 1;
      return stated(version, { file: source.path, line: index + 1, column, endLine: index + 1, endColumn: column + version.length });
    }
  }
  return undefined;
}

/** Arista EOS. */
export const aristaEos: Platform = {
  id: 'arista-eos',
  title: 'Arista EOS',
  comment: '!',
  recognise,
  parse: parseCiscoLike,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
