import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { parseCiscoLike } from '../../syntax/cisco-like.ts';
import type { Source } from '../../syntax/source.ts';
import { compileCiscoLike, GLOBAL_NOISE, GLOBAL_TABLE, hostnameOf, readCiscoLike } from '../cisco-like-device.ts';
import { INTERFACE_NOISE, INTERFACE_TABLE, type InterfaceScope } from '../cisco-like-interface.ts';
import type { Reading } from '../cisco-like-reading.ts';
import type { HostSources, Platform } from '../platform.ts';
import { DEFAULTS } from './defaults.ts';
import { GROUP_TABLE } from './groups.ts';
import { finishPorts, PORT_TABLE, readBridgePriorities } from './ports.ts';
import { recognise } from './recognise.ts';
import { readVsx } from './vsx.ts';

const INTERFACES = compileCiscoLike<InterfaceScope>(INTERFACE_NOISE, INTERFACE_TABLE, GROUP_TABLE, PORT_TABLE);

const GLOBALS = compileCiscoLike<Reading>(GLOBAL_NOISE, GLOBAL_TABLE, {
  vsx: (s, reading) => void reading.flags.set('vsx', s),
  'router vrrp': 'ignore',
  'vrf *': 'ignore',
  'https-server': 'ignore',
  'ssh server': 'ignore',
  'port-access': 'ignore',
  'loop-protect': 'ignore',
  client: 'ignore',
  class: 'ignore',
  policy: 'ignore',
  apply: 'ignore',
  'nae-script': 'ignore',
  'nae-agent': 'ignore',
  led: 'ignore',
  'allow-unsupported-transceiver': 'ignore',
  profile: 'ignore',
  vsf: 'ignore',
  member: 'ignore',
  'vsx-sync': 'ignore',
  module: 'ignore',
});

function after(reading: Reading, sources: readonly Source[]): void {
  const statements = sources.flatMap((source) => source.statements);
  finishPorts(reading, statements);
  readBridgePriorities(reading, statements);
  const vsx = reading.flags.get('vsx');
  if (vsx && !vsx.maybe) reading.facts.peerings.push(readVsx(vsx, reading));
}

function read(host: HostSources): DeviceFacts {
  const like = { platform: 'aruba-aoscx', dialect: 'aoscx', globals: GLOBALS, interfaces: INTERFACES, defaults: DEFAULTS, after } as const;
  const facts = readCiscoLike(host, like);
  const software = facts.software ?? softwareOf(host.sources);
  return { ...facts, ...(software ? { software } : {}) };
}

/** The version stands in the comment that AOS-CX puts first: `!Version ArubaOS-CX GL.10.06.0010`. */
function softwareOf(sources: readonly Source[]): Fact<string> | undefined {
  for (const source of sources) {
    for (const [index, text] of source.text.slice(0, 2000).split('\n').slice(0, 6).entries()) {
      const [prefix, version] = /^!Version ArubaOS-CX (?=(\S{1,30}))/.exec(text) ?? [];
      if (prefix === undefined || version === undefined) continue;
      const column = prefix.length + 1;
      return stated(version, { file: source.path, line: index + 1, column, endLine: index + 1, endColumn: column + version.length });
    }
  }
  return undefined;
}

/** Aruba (HPE) AOS-CX. */
export const arubaAoscx: Platform = {
  id: 'aruba-aoscx',
  title: 'Aruba AOS-CX',
  comment: '!',
  recognise,
  parse: parseCiscoLike,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
