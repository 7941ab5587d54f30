import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { parseCiscoLike } from '../../syntax/cisco-like.ts';
import type { HandlerTable } from '../../syntax/handlers.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import type { Source } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { compileCiscoLike, GLOBAL_NOISE, GLOBAL_TABLE, hostnameOf, readCiscoLike } from '../cisco-like-device.ts';
import { INTERFACE_NOISE, INTERFACE_TABLE, type InterfaceScope } from '../cisco-like-interface.ts';
import { put, type Reading, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { DEFAULTS } from './defaults.ts';
import { GROUP_TABLE, giveMac, readTrackBlocks } from './groups.ts';
import { recognise } from './recognise.ts';
import { readVlt } from './vlt.ts';

const PORTS: HandlerTable<InterfaceScope> = {
  'vlt-port-channel *': (s, { port }) => put(port, 'mlagId', wordFact(s, 1)),
  'channel-group *': readChannelGroup,
  'minimum-links *': (s, { port }) => put(port, 'minLinks', numberFact(s, 1)),
  'spanning-tree port type edge': (s, { port }) => put(port, 'edgePort', headFact(s, true)),
  'no spanning-tree port type edge': (_, { port }) => unsay(port, 'edgePort'),
  'no ip address dhcp': 'ignore',
  'virtual-network': 'ignore',
  'ip vrf': 'ignore',
  fec: 'ignore',
  negotiation: 'ignore',
  'default-gateway': 'ignore',
  vlt: 'ignore',
};

const MODES = table<'lacp-active' | 'lacp-passive' | 'static'>({ active: 'lacp-active', passive: 'lacp-passive', on: 'static' });

/** A port's channel is a port channel, negotiated by LACP where `mode` says `active` or `passive`. */
function readChannelGroup(s: Statement, { port }: InterfaceScope): void {
  const id = wordFact(s, 1);
  put(port, 'lag', id && { ...id, value: canonicalInterface(`port-channel${id.value}`, 'os10') });
  const mode = s.words[2] === 'mode' ? MODES[s.words[3] ?? ''] : undefined;
  put(port, 'lagMode', mode && headFact(s, mode));
}

const INTERFACES = compileCiscoLike<InterfaceScope>(INTERFACE_NOISE, INTERFACE_TABLE, GROUP_TABLE, PORTS);

const GLOBALS = compileCiscoLike<Reading>(GLOBAL_NOISE, GLOBAL_TABLE, {
  'vlt-domain *': (s, reading) => void reading.flags.set('vlt', s),
  'vrrp version *': (s, reading) => void reading.flags.set('vrrp-version', s),
  'vrrp delay': 'ignore',
  'ip virtual-router mac-address *': (s, reading) => void reading.flags.set('virtual-mac', s),
  'ip virtual-router': 'ignore',
  'ip vrf': 'ignore',
  'management route': 'ignore',
  'system-user': 'ignore',
  'default-vlan-id': 'ignore',
  iscsi: 'ignore',
  dcbx: 'ignore',
  'virtual-network': 'ignore',
  'port-group': 'ignore',
  'uplink-state-group': 'ignore',
  eula: 'ignore',
  scada: 'ignore',
  telemetry: 'ignore',
  rest: 'ignore',
  openflow: 'ignore',
  smartfabric: 'ignore',
  nve: 'ignore',
  trust: 'ignore',
  wred: 'ignore',
  'ztd-cancel': 'ignore',
});

/** What depends on the whole config: the VLT pair, tracked objects, VLANs, which exist through their interfaces, and RSTP's one priority. */
function after(reading: Reading, sources: readonly Source[]): void {
  readTrackBlocks(reading);
  giveMac(reading);
  const { device, platform } = reading;
  for (const { entity } of reading.interfaces.values()) {
    const id = entity.kind === 'vlan' ? entity.vlan?.value : undefined;
    if (id !== undefined && !reading.vlans.has(id))
      reading.vlans.set(id, { entity: { at: entity.at, device, platform, id }, said: new Set() });
  }
  const statements = sources.flatMap((source) => source.statements);
  const rstp = statements.findLast((s) => s.words.slice(0, 3).join(' ') === 'spanning-tree rstp priority');
  for (const vlan of reading.vlans.values()) if (rstp) put(vlan, 'stpPriority', numberFact(rstp, 3));
  // Which ports are edges where nothing is said is not for us to tell.
  for (const port of reading.interfaces.values()) port.said.add('edgePort');
  const vlt = reading.flags.get('vlt');
  if (vlt && !vlt.maybe) reading.facts.peerings.push(readVlt(vlt, reading));
}

function read(host: HostSources): DeviceFacts {
  const like = { platform: 'dell-os10', dialect: 'os10', globals: GLOBALS, interfaces: INTERFACES, defaults: DEFAULTS, after } as const;
  const facts = readCiscoLike(host, like);
  const software = facts.software ?? softwareOf(host.sources);
  return { ...facts, ...(software ? { software } : {}) };
}

/** The version stands in the comment that OS10 puts first: `! Version 10.5.2.4`. */
function softwareOf(sources: readonly Source[]): Fact<string> | undefined {
  for (const source of sources) {
    const lines = source.text.slice(0, 2000).split('\n').slice(0, 5);
    for (const [index, text] of lines.entries()) {
      const version = /^! Version (10\.[\w.]{1,20})/.exec(text)?.[1];
      if (version !== undefined)
        return stated(version, { file: source.path, line: index + 1, column: 11, endLine: index + 1, endColumn: 11 + version.length });
    }
  }
  return undefined;
}

/** Dell SmartFabric OS10. */
export const dellOs10: Platform = {
  id: 'dell-os10',
  title: 'Dell SmartFabric OS10',
  comment: '!',
  recognise,
  parse: parseCiscoLike,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
