import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { means } from '../../syntax/cisco-like.ts';
import type { HandlerTable } from '../../syntax/handlers.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import type { InterfaceScope } from '../cisco-like-interface.ts';
import {
  addVirtual,
  dropTrackUse,
  groupNumber,
  memberDraft,
  readAuthentication,
  readPreempt,
  readTimers,
  readTrackUse,
  timeFact,
} from '../cisco-like-member.ts';
import { listOpen, type MemberDraft, put, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from '../entity.ts';
import { GLBP_PAGE, HSRP_PAGE } from './defaults.ts';

/** The first-hop redundancy statements of an interface: HSRP (`standby`), VRRP in both its forms, GLBP. */
export const GROUP_TABLE: HandlerTable<InterfaceScope> = {
  'standby version *': (s, { port }) => setGroupwide(port.groupwide, 'hsrpVersion', numberFact(s, 2)),
  'standby bfd': 'ignore',
  'standby use-bia': 'ignore',
  'standby redirect': 'ignore',
  'standby redirects': 'ignore',
  'standby mac-refresh': 'ignore',
  'standby delay': 'ignore',
  standby: (s, scope) => readStandby(s, scope, 1),
  'no standby *': (s, scope) => readStandby(s, scope, 2),
  vrrp: (s, scope) => readVrrp(s, scope, 1),
  'vrrp delay': 'ignore',
  'no vrrp *': (s, scope) => readVrrp(s, scope, 2),
  glbp: (s, scope) => readGlbp(s, scope, 1),
  'no glbp *': (s, scope) => readGlbp(s, scope, 2),
};

function setGroupwide<K extends string>(groupwide: Partial<Record<K, Fact<number>>>, key: K, fact: Fact<number> | undefined): void {
  if (fact) groupwide[key] = fact;
  else delete groupwide[key];
}

/** The group that word `index` numbers; 0 where the number is left out. `next`: index of the keyword after it. */
function groupAt(s: Statement, index: number, page: string): { id: Fact<string>; next: number } | undefined {
  if (isUnknown(s.words[index] ?? '')) return undefined;
  const number = groupNumber(s, index);
  return number ? { id: number, next: index + 1 } : { id: byDefault('0', page), next: index };
}

/** `standby [GROUP] KEYWORD …`, from word `index` on; after `no` it takes back. */
function readStandby(s: Statement, scope: InterfaceScope, index: number): void {
  const group = groupAt(s, index, HSRP_PAGE);
  const member = group && memberDraft(scope, 'hsrp', group.id, s);
  if (!group || !member) return;
  const { next } = group;
  const keyword = s.words[next];
  const no = index === 2;
  const at = next + 1;
  if (means(keyword, 'ip') || means(keyword, 'ipv6')) {
    if (no) member.entity.virtualAddresses = [];
    else if (keyword === 'ipv6' || s.words[at] !== undefined) addVirtual(member, s, at);
    else listOpen(member.entity, 'virtualAddresses');
    if (keyword === 'ipv6') member.entity.addressFamily = 'ipv6';
    if (!no && !s.maybe && !means(s.words[at + 1], 'secondary')) member.entity.at = wholePlace(s);
  } else if (keyword === 'follow') {
    const master = wordFact(s, at);
    if (master) {
      member.follows = master.value;
      put(member, 'syncGroup', master);
    }
  } else {
    readCommon(member, s, keyword, at, no, scope);
  }
}

/** The keywords that HSRP, VRRP and GLBP have in common. `at`: the index after the keyword. */
function readCommon(member: MemberDraft, s: Statement, keyword: string | undefined, at: number, no: boolean, scope: InterfaceScope): void {
  if (means(keyword, 'priority')) {
    if (no) unsay(member, 'priority');
    else put(member, 'priority', numberFact(s, at));
    // The old one-line form: `standby 1 priority 110 preempt delay 60`.
    const preempt = s.words.findIndex((word, i) => i > at && means(word, 'preempt'));
    if (preempt > 0 && !no) readPreempt(member, s, preempt + 1);
  } else if (means(keyword, 'preempt')) {
    if (no) put(member, 'preempt', headFact(s, false));
    else readPreempt(member, s, at);
  } else if (keyword === 'timers') {
    readGroupTimers(member, s, at, no);
  } else if (means(keyword, 'track')) {
    if (no) dropTrackUse(member, s.words[at]);
    else readTrackUse(member, s, at, scope.reading);
  } else if (means(keyword, 'authentication')) {
    if (no) unsay(member, 'authentication');
    else readAuthentication(member, s, at, scope.reading);
  } else if (keyword === 'name' || keyword === 'description') {
    const name = wordFact(s, at);
    if (name && keyword === 'name') member.extra.name = name;
  } else if (means(keyword, 'shutdown')) {
    put(member, 'enabled', headFact(s, no));
  }
}

/** `timers [msec] HELLO [msec] HOLD`; VRRP has `timers advertise [msec] N` and `timers learn`. */
function readGroupTimers(member: MemberDraft, s: Statement, at: number, no: boolean): void {
  if (no) {
    unsay(member, 'advertInterval');
    unsay(member, 'holdTime');
  } else if (means(s.words[at], 'advertise')) {
    put(member, 'advertInterval', timeFact(s, at + 1).fact);
  } else if (means(s.words[at], 'learn')) {
    const learn = headFact(s, true);
    if (learn) member.extra.timersLearn = learn;
  } else if (means(s.words[at], 'redirect') === false) {
    readTimers(member, s, at);
  }
}

/** `vrrp GROUP KEYWORD …`, or the block `vrrp GROUP address-family ipv4` of VRRP version 3. */
function readVrrp(s: Statement, scope: InterfaceScope, index: number): void {
  const id = groupNumber(s, index);
  if (!id) return;
  const keyword = s.words[index + 1];
  const no = index === 2;
  if (means(keyword, 'address-family')) {
    const family = s.words[index + 2] === 'ipv6' ? 'ipv6' : 'ipv4';
    const member = memberDraft(scope, 'vrrp', id, s, family);
    if (!member) return;
    put(member, 'version', stated(3, placeOfWord(s, index + 1)));
    for (const line of s.children) readVrrpLine(line, member, scope);
    return;
  }
  const member = memberDraft(scope, 'vrrp', id, s);
  if (!member) return;
  if (means(keyword, 'ip')) {
    if (no) member.entity.virtualAddresses = [];
    else addVirtual(member, s, index + 2);
    if (!no && !s.maybe && !means(s.words[index + 3], 'secondary')) member.entity.at = wholePlace(s);
  } else {
    readCommon(member, s, keyword, index + 2, no, scope);
  }
}

function readVrrpLine(line: Statement, member: MemberDraft, scope: InterfaceScope): void {
  line.use = 'read';
  const no = line.words[0] === 'no';
  const at = no ? 1 : 0;
  const keyword = line.words[at];
  if (means(keyword, 'address')) addVirtual(member, line, at + 1);
  else if (keyword === 'timers' && !no) put(member, 'advertInterval', numberFact(line, at + 2));
  else if (keyword === 'vrrpv2' && !no) member.extra.vrrpv2 = stated(true, placeOfWord(line, 0));
  else if (/^(exit|match-address|vrrs|bfd)/.test(keyword ?? '')) line.use = 'ignored';
  else readCommon(member, line, keyword, at + 1, no, scope);
}

/** `glbp GROUP KEYWORD …`. Tracking takes from the weighting, which decides who forwards, not from the priority. */
function readGlbp(s: Statement, scope: InterfaceScope, index: number): void {
  const group = groupAt(s, index, GLBP_PAGE);
  const member = group && memberDraft(scope, 'glbp', group.id, s);
  if (!group || !member) return;
  const { next } = group;
  const keyword = s.words[next];
  const no = index === 2;
  const at = next + 1;
  if (means(keyword, 'ip') || means(keyword, 'ipv6')) {
    if (no) member.entity.virtualAddresses = [];
    else if (s.words[at] === undefined) listOpen(member.entity, 'virtualAddresses');
    else addVirtual(member, s, at);
    if (!no && !s.maybe) member.entity.at = wholePlace(s);
  } else if (means(keyword, 'weighting')) {
    readWeighting(member, s, at, scope);
  } else if (means(keyword, 'load-balancing')) {
    const method = wordFact(s, at);
    if (method) member.extra.loadBalancing = method;
  } else if (!means(keyword, 'forwarder') && !means(keyword, 'client-cache')) {
    readCommon(member, s, keyword, at, no, scope);
  }
}

function readWeighting(member: MemberDraft, s: Statement, at: number, scope: InterfaceScope): void {
  if (means(s.words[at], 'track')) {
    const before = member.uses.length;
    readTrackUse(member, s, at + 1, scope.reading);
    const use = member.uses[before];
    if (use) member.uses[before] = { ...use, effect: 'score' };
    return;
  }
  const facts = { weighting: numberFact(s, at), weightingLower: after(s, 'lower'), weightingUpper: after(s, 'upper') };
  for (const [name, fact] of Object.entries(facts)) if (fact) member.extra[name] = fact;
}

function after(s: Statement, keyword: string): Fact<number> | undefined {
  const at = s.words.indexOf(keyword);
  return at < 0 ? undefined : numberFact(s, at + 1);
}
