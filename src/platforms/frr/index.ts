import { ipVersion } from '../../model/address.ts';
import type { DeviceFacts } from '../../model/device.ts';
import type { Interface, InterfaceAddress } from '../../model/interface.ts';
import { ignoreAll } from '../../syntax/handlers.ts';
import { type IndentedGrammar, parseIndented } from '../../syntax/indented.ts';
import type { Source, SourceText } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact, noFacts, wholePlace, wordFact } from '../entity.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { present } from '../tree-facts.ts';
import { readVrrp, readVrrpDefaults } from './vrrp.ts';

/** FRRouting: VRRP and static routes of `frr.conf`. */
export const frr: Platform = {
  id: 'frr',
  title: 'FRRouting',
  comment: '!',
  host: 'daemons',
  recognise,
  parse: ({ text, path }) => parseIndented(text, path, GRAMMAR),
  hostname: ({ statements }: Source) => named(statements, 'hostname'),
  extent: () => 'main',
  read,
};

/** `interface` takes what follows it also where the file is not indented; so do the blocks of routing daemons. */
const GRAMMAR: IndentedGrammar = {
  quotes: '',
  escapes: false,
  comments: '!#',
  commentsOnlyAtStart: true,
  flat: (words, section) => {
    const [first = '', second = ''] = words;
    if (/^(?:exit|exit-vrf|exit-address-family|end)$/.test(first)) return first === 'end' ? 'alone' : 'closes';
    if (/^(?:interface|router|vrf|route-map|line|bfd|key|pseudowire|l2vpn|segment-routing|rpki)$/.test(first)) return 'opens';
    const inside = first === 'no' ? second : first;
    if (section?.words[0] !== 'interface') return 'apart';
    if (inside === 'vrrp') return words.includes('default') || words.includes('autoconfigure') ? 'apart' : 'belongs';
    return /^(?:description|shutdown|bandwidth)$/.test(inside) || (/^ipv?6?$/.test(first) && second === 'address') ? 'belongs' : 'apart';
  },
};

function recognise({ text, path }: SourceText): Recognition | undefined {
  if (/^frr (?:version|defaults) /m.test(text)) return { score: 0.97, why: 'has `frr version` or `frr defaults`' };
  if (/^[ \t]*vrrp \d{1,3} advertisement-interval \d|^vrrp (?:default|autoconfigure) /m.test(text) && /^interface \S/m.test(text))
    return { score: 0.95, why: 'has `vrrp N advertisement-interval` as FRR writes it' };
  if (/^service integrated-vtysh-config/m.test(text)) return { score: 0.95, why: 'has `service integrated-vtysh-config`' };
  const isNamed = /(?:^|\/)(?:frr|zebra|vrrpd|staticd)[\w-]*\.conf(?:\.\w+)?$/.test(path);
  return isNamed && /^(?:interface|router|ip route|hostname|log) /m.test(text)
    ? { score: 0.9, why: 'is named as a file of FRR and has its statements' }
    : undefined;
}

function named(statements: readonly Statement[], word: string) {
  const s = statements.findLast((one) => one.words[0] === word);
  return s && wordFact(s, 1);
}

/** Statements that say nothing of HA. */
const NOISE =
  /^(?:frr|version|log|service|password|enable|line|router|route-map|access-list|ipv6|ip|bgp|vrf|bfd|key|debug|no|end|exit|exit-vrf|agentx|zebra|domainname|username|rpki|segment-routing|pbr-map|nexthop-group|mpls|l2vpn|evpn|banner|allow-external-route-update|fpm|table|hostname|vni)$/;

function read({ device, sources }: HostSources): DeviceFacts {
  const statements = sources.flatMap((source) => source.statements);
  const facts = noFacts('router');
  const defaults = readVrrpDefaults(statements);
  const interfaces = new Map<string, Interface & { addresses: InterfaceAddress[] }>();
  for (const s of statements) {
    if (s.words[0] === 'hostname') s.use = 'read';
    if (s.words[0] === 'interface' && s.words[1] !== undefined && !isUnknown(s.words[1])) {
      readInterface(s, device, interfaces);
      for (const one of readVrrp(s, device, defaults)) facts.members.push(one);
      for (const line of s.children) if (line.use === undefined) ignoreAll(line);
    } else if (/^ipv?6?$/.test(s.words[0] ?? '') && s.words[1] === 'route') readRoute(s, device, facts.routes);
  }
  for (const s of statements) if (s.use === undefined && NOISE.test(s.words[0] ?? '')) ignoreAll(s);
  const hostname = named(statements, 'hostname');
  const software = wordAfter(statements, 'frr', 'version');
  return { ...facts, interfaces: [...interfaces.values()], ...present({ hostname, software }) };
}

function wordAfter(statements: readonly Statement[], first: string, second: string) {
  const s = statements.find((one) => one.words[0] === first && one.words[1] === second);
  return s && wordFact(s, 2);
}

/** Most addresses stand in the operating system's own files: the list here is never known to be whole. */
function readInterface(s: Statement, device: string, into: Map<string, Interface & { addresses: InterfaceAddress[] }>): void {
  const name = s.words[1] as string;
  s.use = 'read';
  const entity = { at: wholePlace(s), device, platform: 'frr' as const };
  const child = (word: string) => s.children.findLast((line) => line.words[0] === word);
  const down = child('shutdown');
  const about = child('description');
  const vrf = s.words[2] === 'vrf' ? wordFact(s, 3) : undefined;
  const addresses = s.children.flatMap((line): InterfaceAddress[] => {
    if (!/^ipv?6?$/.test(line.words[0] ?? '') || line.words[1] !== 'address' || line.maybe) return [];
    line.use = 'read';
    const [address = '', length = ''] = (line.words[2] ?? '').split('/');
    if (ipVersion(address) === 0) return [];
    return [
      { ...entity, at: wholePlace(line), address, secondary: false, ...(/^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {}) },
    ];
  });
  for (const line of [down, about]) if (line) line.use = 'read';
  const known = into.get(name);
  if (known) {
    for (const one of addresses) known.addresses.push(one);
    return;
  }
  const kind = name === 'lo' ? 'loopback' : /\.\d+$/.test(name) ? 'subinterface' : 'physical';
  const facts = present({ enabled: down && headFact(down, false), description: about && wordFact(about, 1), vrf });
  into.set(name, { ...entity, name, kind, addresses, members: [], open: ['addresses'], ...facts });
}

/** `ip route PREFIX (GATEWAY | INTERFACE) …`. */
function readRoute(s: Statement, device: string, into: DeviceFacts['routes'][number][]): void {
  s.use = 'read';
  const [prefix, to] = [wordFact(s, 2), wordFact(s, 3)];
  const [network = '', length = ''] = (prefix?.value ?? '').split('/');
  if (!prefix || !to || ipVersion(network) === 0 || !/^\d{1,3}$/.test(length)) return;
  const vrfAt = s.words.indexOf('vrf');
  const vrf = vrfAt > 3 ? wordFact(s, vrfAt + 1) : undefined;
  const where = ipVersion(to.value) === 0 ? { viaInterface: to } : { nextHop: to };
  into.push({ at: wholePlace(s), device, platform: 'frr', prefix: prefix.value, ...where, ...(vrf ? { vrf } : {}) });
}
