import type { DeviceFacts } from '../../model/device.ts';
import { byDefault } from '../../model/fact.ts';
import { parseCiscoLike } from '../../syntax/cisco-like.ts';
import { type HandlerTable, ignoreAll } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { compileCiscoLike, GLOBAL_NOISE, GLOBAL_TABLE, hostnameOf, readCiscoLike } from '../cisco-like-device.ts';
import { INTERFACE_NOISE, INTERFACE_TABLE, type InterfaceScope } from '../cisco-like-interface.ts';
import { fill, put, type Reading } from '../cisco-like-reading.ts';
import { readRoute } from '../cisco-like-route.ts';
import { headFact, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { readAnycastGateways } from './anycast.ts';
import { DEFAULTS, VPC_PAGE } from './defaults.ts';
import { GROUP_TABLE } from './groups.ts';
import { recognise } from './recognise.ts';
import { readVpcDomain } from './vpc.ts';

const PORTS: HandlerTable<InterfaceScope> = {
  'spanning-tree port type *': readPortType,
  'vpc peer-link': (s, { port }) => put(port, 'peerLink', headFact(s, true)),
  'vpc orphan-port suspend': (s, { port }) => put(port, 'orphanSuspend', headFact(s, true)),
  'vpc *': (s, { port }) => put(port, 'mlagId', wordFact(s, 1)),
  'no vpc': (_, { port }) => {
    delete port.entity.mlagId;
  },
  'fabric forwarding mode anycast-gateway': () => undefined,
  'fabric forwarding': 'ignore',
  'inherit port-profile': () => undefined,
  'fex associate': 'ignore',
  fex: 'ignore',
  member: 'ignore',
  vlan: 'ignore',
  host: 'ignore',
  source: 'ignore',
  'ip forward': 'ignore',
  management: 'ignore',
  'private-vlan': 'ignore',
  'switchport private-vlan': 'ignore',
  'switchport isolated': 'ignore',
  vtp: 'ignore',
};

const INTERFACES = compileCiscoLike<InterfaceScope>(INTERFACE_NOISE, INTERFACE_TABLE, GROUP_TABLE, PORTS);

const GLOBALS = compileCiscoLike<Reading>(GLOBAL_NOISE, GLOBAL_TABLE, {
  'switchname *': (s, { facts }) => {
    const name = wordFact(s, 1);
    if (name) facts.hostname = name;
  },
  feature: (s, reading) => void reading.flags.set(`feature ${s.words[1] ?? ''}`, s),
  'feature-set': 'ignore',
  'vpc domain *': (s, reading) => void reading.flags.set('vpc', s),
  'vrf context *': readVrf,
  'port-profile': (s) => void s,
  'fabric forwarding anycast-gateway-mac *': (s, reading) => void reading.flags.set('anycast-mac', s),
  'fabric forwarding': 'ignore',
  'system default switchport shutdown': (s, reading) => void reading.flags.set('ports-start-shut', s),
  'vlan configuration': 'ignore',
  fex: 'ignore',
  copp: 'ignore',
  ngoam: 'ignore',
  nv: 'ignore',
  'service unsupported-transceiver': 'ignore',
  vmtracker: 'ignore',
  rlogin: 'ignore',
});

/** `edge` acts on access ports only; a trunk wants `edge trunk`. */
function readPortType(s: Statement, { port }: InterfaceScope): void {
  const edge = s.words[3] === 'edge';
  put(port, 'edgePort', headFact(s, edge));
  port.edgeOnAccessOnly = edge && s.words[4] !== 'trunk' ? s : undefined;
}

function readVrf(s: Statement, reading: Reading): void {
  const vrf = wordFact(s, 2);
  for (const line of s.children) {
    if ((line.words[0] === 'ip' || line.words[0] === 'ipv6') && line.words[1] === 'route') {
      line.use = 'read';
      readRoute(line, reading, vrf);
    } else {
      ignoreAll(line);
    }
  }
}

/** The statements of the port profiles that an interface inherits, the innermost first. */
function inherited(s: Statement, all: readonly Statement[], depth = 0): readonly Statement[] {
  const names = s.children.filter((line) => line.words[0] === 'inherit' && line.words[1] === 'port-profile').map((line) => line.words[2]);
  if (names.length === 0 || depth > 5) return [];
  const profiles = all.filter((p) => p.words[0] === 'port-profile' && names.includes(p.words.at(-1)));
  return profiles.flatMap((profile) => [...inherited(profile, all, depth + 1), ...profile.children]);
}

function after(reading: Reading, sources: readonly Source[]): void {
  const statements = sources.flatMap((source) => source.statements);
  const edge = statements.findLast((s) => s.words.join(' ') === 'spanning-tree port type edge default');
  for (const port of reading.interfaces.values()) {
    const { entity } = port;
    const isAccess = entity.mode?.value === 'access' || (entity.mode === undefined && port.access !== undefined);
    if (edge && isAccess && !port.said.has('edgePort')) put(port, 'edgePort', headFact(edge, true));
    if (entity.mlagId && !/^\d+$/.test(entity.mlagId.value)) delete entity.mlagId;
    if (entity.kind === 'management') fill(port, 'vrf', byDefault('management', VPC_PAGE));
  }
  const vpc = reading.flags.get('vpc');
  if (vpc && !vpc.maybe) reading.facts.peerings.push(readVpcDomain(vpc, reading, sources));
  readAnycastGateways(reading, statements);
}

function read(host: HostSources): DeviceFacts {
  return readCiscoLike(host, {
    platform: 'cisco-nxos',
    dialect: 'nxos',
    globals: GLOBALS,
    interfaces: INTERFACES,
    defaults: DEFAULTS,
    inherited,
    after,
  });
}

/** Cisco NX-OS. */
export const ciscoNxos: Platform = {
  id: 'cisco-nxos',
  title: 'Cisco NX-OS',
  comment: '!',
  recognise,
  parse: parseCiscoLike,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
