import { ipVersion } from '../../model/address.ts';
import { stated } from '../../model/fact.ts';
import type { Member } from '../../model/redundancy.ts';
import { means } from '../../syntax/cisco-like.ts';
import type { HandlerTable } from '../../syntax/handlers.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { InterfaceScope } from '../cisco-like-interface.ts';
import {
  addVirtual,
  dropTrackUse,
  groupNumber,
  memberDraft,
  readAuthentication,
  readPreempt,
  readTrackUse,
  timeFact,
} from '../cisco-like-member.ts';
import { type MemberDraft, put, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace } from '../entity.ts';

/** VRRP in its old and new words, and virtual addresses that all switches answer for at once (VARP). */
export const GROUP_TABLE: HandlerTable<InterfaceScope> = {
  'vrrp *': (s, scope) => readVrrp(s, scope, 1),
  'no vrrp *': (s, scope) => readVrrp(s, scope, 2),
  'ip virtual-router address *': (s, scope) => readVarp(s, scope, 'ipv4', 3),
  'ipv6 virtual-router address *': (s, scope) => readVarp(s, scope, 'ipv6', 3),
  'ip address virtual *': (s, scope) => readVarp(s, scope, 'ipv4', 3),
  'ipv6 address virtual *': (s, scope) => readVarp(s, scope, 'ipv6', 3),
  'ip virtual-router': 'ignore',
  'ipv6 virtual-router': 'ignore',
};

/** `vrrp GROUP KEYWORD …`: each keyword has an older name in the manual's earlier editions. */
function readVrrp(s: Statement, scope: InterfaceScope, index: number): void {
  const id = groupNumber(s, index);
  if (!id) return;
  const keyword = s.words[index + 1];
  const at = index + 2;
  const no = index === 2;
  if (keyword === 'ip' || keyword === 'ipv4' || keyword === 'ipv6') {
    const member = memberDraft(scope, 'vrrp', id, s, keyword === 'ipv6' ? 'ipv6' : 'ipv4');
    if (member && s.words[at] === 'version') put(member, 'version', numberFact(s, at + 1));
    else if (member) readAddress(s, member, at, no);
    return;
  }
  const member = memberDraft(scope, 'vrrp', id, s);
  if (!member) return;
  if (keyword === 'priority-level' || means(keyword, 'priority')) {
    if (no) unsay(member, 'priority');
    else put(member, 'priority', numberFact(s, at));
  } else if (means(keyword, 'preempt')) {
    if (no) put(member, 'preempt', headFact(s, false));
    else readPreempt(member, s, at);
  } else if (keyword === 'advertisement' || (keyword === 'timers' && means(s.words[at], 'advertise'))) {
    if (no) unsay(member, 'advertInterval');
    else put(member, 'advertInterval', timeFact(s, at + 1).fact);
  } else if (keyword === 'tracked-object' || keyword === 'track') {
    if (no) dropTrackUse(member, s.words[at]);
    else readTrackUse(member, s, at, scope.reading);
  } else if (keyword === 'disabled' || keyword === 'shutdown') {
    put(member, 'enabled', headFact(s, no));
  } else if (keyword === 'authentication' || (keyword === 'peer' && s.words[at] === 'authentication')) {
    if (!no) readAuthentication(member, s, keyword === 'peer' ? at + 1 : at, scope.reading);
  } else if (keyword === 'delay' || (keyword === 'timers' && s.words[at] === 'delay')) {
    const reload = numberFact(s, s.words.indexOf('reload') + 1, 1000);
    if (reload) member.extra.delayReload = reload;
  }
}

function readAddress(s: Statement, member: MemberDraft, at: number, no: boolean): void {
  if (no) {
    member.entity.virtualAddresses = [];
    return;
  }
  addVirtual(member, s, at);
  if (!s.maybe && s.words[at + 1] !== 'secondary') member.entity.at = wholePlace(s);
}

/**
 * VARP and `ip address virtual`: no election, every switch that has the line answers with the shared
 * MAC. One group an interface and address family holds all its addresses.
 */
function readVarp(s: Statement, { reading, port }: InterfaceScope, family: Member['addressFamily'], index: number): void {
  const { device, platform } = reading;
  const key = `${port.entity.name} anycast ${family}`;
  let draft = reading.members.get(key);
  if (!draft && s.maybe) return;
  if (!draft) {
    draft = {
      entity: {
        at: wholePlace(s),
        device,
        platform,
        protocol: 'anycast',
        name: `${port.entity.name} virtual router`,
        interface: stated(port.entity.name, port.entity.at),
        addressFamily: family,
        virtualAddresses: [],
        unicastPeers: [],
        triggers: [],
      },
      said: new Set(),
      uses: [],
      extra: {},
    };
    reading.members.set(key, draft);
  }
  for (let i = index; i < s.words.length; i++) if (i === index || ipVersion(s.words[i]?.split('/')[0] ?? '') !== 0) addVirtual(draft, s, i);
  if (s.words[1] === 'address') addOwn(s, port, index, device, platform);
}

/** `ip address virtual` is at once the interface's only address, the same on every switch. */
function addOwn(s: Statement, port: InterfaceScope['port'], index: number, device: string, platform: Member['platform']): void {
  const [address = '', length = ''] = (s.words[index] ?? '').split('/');
  if (s.maybe || ipVersion(address) === 0) return;
  port.entity.addresses.push({
    at: wholePlace(s),
    device,
    platform,
    address,
    ...(/^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {}),
    secondary: s.words.includes('secondary'),
    floating: stated(true, placeOfHead(s)),
  });
}
