import type { DeviceFacts } from '../../model/device.ts';
import { stated } from '../../model/fact.ts';
import { means, parseCiscoLike } from '../../syntax/cisco-like.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { compileCiscoLike, GLOBAL_NOISE, GLOBAL_TABLE, hostnameOf, readCiscoLike } from '../cisco-like-device.ts';
import { INTERFACE_NOISE, INTERFACE_TABLE, type InterfaceScope } from '../cisco-like-interface.ts';
import { put, type Reading } from '../cisco-like-reading.ts';
import { headFact, wholePlace, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { DEFAULTS } from './defaults.ts';
import { GROUP_TABLE } from './groups.ts';
import { recognise } from './recognise.ts';
import { readStack, type StackPort } from './stack.ts';

const INTERFACES = compileCiscoLike<InterfaceScope>(INTERFACE_NOISE, INTERFACE_TABLE, GROUP_TABLE, {
  'spanning-tree portfast': readPortfast,
  'no spanning-tree portfast': (s, { port }) => put(port, 'edgePort', headFact(s, false)),
  'stackwise-virtual link': 'ignore',
  'stackwise-virtual dual-active-detection': 'ignore',
  'switch virtual link': 'ignore',
  'dual-active fast-hello': 'ignore',
});

const GLOBALS = compileCiscoLike<Reading>(GLOBAL_NOISE, GLOBAL_TABLE, {
  'ip default-gateway *': readDefaultGateway,
  'fhrp version vrrp v3': (s, reading) => void reading.flags.set('vrrp-v3', s),
  fhrp: 'ignore',
  'vrf definition': 'ignore',
  'stackwise-virtual': (s, reading) => void reading.flags.set('stack', s),
  'switch virtual domain': (s, reading) => void reading.flags.set('stack', s),
  switch: 'ignore',
});

/** `portfast` alone acts on access ports only; on a trunk it takes `portfast trunk` (`portfast edge trunk`). */
function readPortfast(s: Statement, { port }: InterfaceScope): void {
  const rest = s.words.slice(2);
  if (rest[0] === 'disable' || rest[0] === 'network') {
    put(port, 'edgePort', headFact(s, false));
  } else {
    put(port, 'edgePort', headFact(s, true));
    port.edgeOnAccessOnly = rest.includes('trunk') ? undefined : s;
  }
}

function readDefaultGateway(s: Statement, reading: Reading): void {
  const nextHop = wordFact(s, 2);
  if (!nextHop) return;
  reading.facts.routes.push({ at: wholePlace(s), device: reading.device, platform: reading.platform, prefix: '0.0.0.0/0', nextHop });
}

/** What depends on the whole config: `portfast default`, the VRRP version, the stack. */
function after(reading: Reading, statements: readonly Statement[]): void {
  const portfast = statements.findLast(
    (s) =>
      s.words[0] === 'spanning-tree' &&
      s.words[1] === 'portfast' &&
      s.words.at(-1) === 'default' &&
      s.words[2] !== 'bpduguard' &&
      s.words[2] !== 'bpdufilter',
  );
  for (const port of reading.interfaces.values())
    if (portfast && !port.said.has('edgePort') && port.entity.mode?.value === 'access') put(port, 'edgePort', headFact(portfast, true));
  const v3 = reading.flags.get('vrrp-v3');
  for (const member of reading.members.values())
    if (v3 && member.entity.protocol === 'vrrp' && !member.said.has('version')) put(member, 'version', stated(3, placeOfHead(v3)));
  const stack = reading.flags.get('stack');
  if (stack && !stack.maybe) reading.facts.peerings.push(readStack(stack, reading, stackPorts(statements)));
}

function stackPorts(statements: readonly Statement[]): StackPort[] {
  const ports: StackPort[] = [];
  for (const s of statements) {
    if (!means(s.words[0], 'interface')) continue;
    const name = canonicalInterface(s.words.slice(1).join(''), 'ios');
    for (const line of s.children) {
      const text = line.words.slice(0, 2).join(' ');
      if (text === 'stackwise-virtual link' || text === 'switch virtual') ports.push({ name, role: 'link', statement: line });
      else if (text === 'stackwise-virtual dual-active-detection' || text === 'dual-active fast-hello')
        ports.push({ name, role: 'detection', statement: line });
    }
  }
  return ports;
}

function read(host: HostSources): DeviceFacts {
  return readCiscoLike(host, {
    platform: 'cisco-ios',
    dialect: 'ios',
    globals: GLOBALS,
    interfaces: INTERFACES,
    defaults: DEFAULTS,
    after: (reading, sources) =>
      after(
        reading,
        sources.flatMap((source) => source.statements),
      ),
  });
}

/** Cisco IOS and IOS-XE. */
export const ciscoIos: Platform = {
  id: 'cisco-ios',
  title: 'Cisco IOS',
  comment: '!',
  recognise,
  parse: parseCiscoLike,
  hostname: hostnameOf,
  extent: () => 'main',
  read,
};
