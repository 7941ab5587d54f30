import { ipVersion, prefixOfLength, prefixOfMask } from '../../model/address.ts';
import { type Fact, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, InterfaceKind, Route } from '../../model/interface.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { numberFact, wordFact } from '../entity.ts';
import { bondMode, lacpRate } from './bond.ts';

/** An interface while its stanzas are read: one may have several, for IPv4, IPv6 and aliases. */
type Draft = { -readonly [K in keyof Interface]: Interface[K] } & { addresses: InterfaceAddress[]; members: Fact<string>[] };

/** Reads `iface` stanzas (interfaces(5), bridge-utils-interfaces(5), ifenslave's bond-* options) into interfaces and default routes. */
export function readInterfaces(statements: readonly Statement[], device: string): { interfaces: Interface[]; routes: Route[] } {
  const drafts = new Map<string, Draft>();
  const routes: Route[] = [];
  for (const stanza of statements) {
    stanza.use = stanza.words[0] === 'iface' ? 'read' : 'ignored';
    const name = stanza.words[0] === 'iface' ? (stanza.words[1] ?? '').replace(/:\d+$/, '') : '';
    if (name === '') continue;
    const entity = { at: placeOfStatement(stanza), device, platform: 'linux-network' as const };
    const draft = drafts.get(name) ?? { ...entity, name, kind: kindOf(stanza, name), addresses: [], members: [] };
    drafts.set(name, draft);
    if (stanza.words[3] === 'dhcp') draft.dynamicAddress = stated(true, placeOfHead(stanza));
    const options = new Map(stanza.children.map((option) => [(option.words[0] as string).replaceAll('_', '-'), option]));
    for (const option of stanza.children) option.use = 'ignored';
    readOptions(draft, options, entity);
    const gateway = options.get('gateway');
    const hop = gateway && wordFact(gateway, 1);
    if (gateway && hop) {
      gateway.use = 'read';
      routes.push({
        ...entity,
        at: placeOfHead(gateway),
        prefix: hop.value.includes(':') ? '::/0' : '0.0.0.0/0',
        nextHop: hop,
        viaInterface: stated(name, placeOfWord(stanza, 1)),
      });
    }
  }
  return { interfaces: [...drafts.values()], routes };
}

function readOptions(draft: Draft, options: ReadonlyMap<string, Statement>, entity: Pick<Interface, 'at' | 'device' | 'platform'>): void {
  const word = (key: string): Fact<string> | undefined => {
    const option = options.get(key);
    if (option) option.use = 'read';
    return option && wordFact(option, 1);
  };
  const [address = '', length] = word('address')?.value.split('/') ?? [];
  const mask = word('netmask')?.value;
  if (ipVersion(address) !== 0) {
    const prefix =
      length !== undefined ? prefixOfLength(length) : mask === undefined ? undefined : (prefixOfMask(mask) ?? prefixOfLength(mask));
    const at = placeOfHead(options.get('address') as Statement);
    draft.addresses.push({ ...entity, at, address, secondary: draft.addresses.length > 0, ...(prefix === undefined ? {} : { prefix }) });
  }
  const mtu = options.get('mtu');
  const size = mtu && numberFact(mtu, 1);
  if (size) draft.mtu = size;
  const mode = draft.kind === 'lag' ? bondMode(word('bond-mode')) : undefined;
  const rate = lacpRate(word('bond-lacp-rate'));
  if (mode) draft.lagMode = mode;
  if (rate) draft.lacpRate = rate;
  const raw = word('vlan-raw-device');
  const tag = /\.(\d+)$/.exec(draft.name)?.[1] ?? /^vlan(\d+)$/.exec(draft.name)?.[1];
  const parent = raw ?? (/\.\d+$/.test(draft.name) ? stated(draft.name.replace(/\.\d+$/, ''), draft.at) : undefined);
  if (parent && tag !== undefined) {
    draft.parent = parent;
    draft.vlan = stated(Number(tag), draft.at);
  }
  for (const key of ['bond-slaves', 'slaves', 'bridge-ports', 'bond-ports']) {
    const option = options.get(key);
    if (!option) continue;
    option.use = 'read';
    for (let i = 1; i < option.words.length; i++) {
      const member = wordFact(option, i);
      if (member && member.value !== 'none') draft.members.push(member);
    }
  }
}

function kindOf(stanza: Statement, name: string): InterfaceKind {
  const has = (pattern: RegExp): boolean => stanza.children.some((option) => pattern.test(option.words[0] as string));
  if (has(/^bridge[-_]ports$/)) return 'bridge';
  if (has(/^(?:bond[-_](?:slaves|mode|ports)|slaves)$/) || /^bond\d+$/.test(name)) return 'lag';
  if (name === 'lo') return 'loopback';
  return /\.\d+$/.test(name) || /^vlan\d+$/.test(name) ? 'subinterface' : 'physical';
}
