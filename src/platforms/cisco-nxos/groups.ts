import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { means } from '../../syntax/cisco-like.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
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
} from '../cisco-like-member.ts';
import { listOpen, type MemberDraft, put, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { VRRP_PAGE } from './defaults.ts';

interface GroupScope {
  readonly member: MemberDraft;
  readonly scope: InterfaceScope;
}

/** What HSRP, VRRP and VRRPv3 groups have in common. */
const COMMON: HandlerTable<GroupScope> = {
  'priority *': readPriority,
  'no priority': (_, { member }) => unsay(member, 'priority'),
  preempt: (s, { member }) => readPreempt(member, s, 1),
  'no preempt': (s, { member }) => put(member, 'preempt', headFact(s, false)),
  authentication: (s, { member, scope }) => readAuthentication(member, s, 1, scope.reading),
  'track *': (s, { member, scope }) => readTrackUse(member, s, 1, scope.reading),
  'no track *': (s, { member }) => dropTrackUse(member, s.words[2]),
  'name *': (s, { member }) => setExtra(member, 'name', wordFact(s, 1)),
  description: 'ignore',
  'mac-address': 'ignore',
  bfd: 'ignore',
  exit: 'ignore',
  no: 'ignore',
};

const HSRP = compileHandlers<GroupScope>(
  {
    ...COMMON,
    'ip *': (s, { member }) => addVirtual(member, s, 1),
    ip: (_, { member }) => listOpen(member.entity, 'virtualAddresses'),
    'timers *': (s, { member }) => readTimers(member, s, 1),
    'follow *': (s, { member }) => follow(s, member),
  },
  { abbreviations: true },
);

const VRRP = compileHandlers<GroupScope>(
  {
    ...COMMON,
    'address *': (s, { member }) => addVirtual(member, s, 1),
    'advertisement-interval *': (s, { member }) => put(member, 'advertInterval', numberFact(s, 1, 1000)),
    'timers advertise *': (s, { member }) => put(member, 'advertInterval', numberFact(s, 2)),
    'object-track *': (s, { member, scope }) => readTrackUse(member, s, 1, scope.reading),
    'track interface *': readInterfaceTrack,
    shutdown: (s, { member }) => put(member, 'enabled', headFact(s, false)),
    'no shutdown': (s, { member }) => put(member, 'enabled', headFact(s, true)),
    vrrpv2: (s, { member }) => setExtra(member, 'vrrpv2', headFact(s, true)),
    'match-address': 'ignore',
    vrrs: 'ignore',
  },
  { abbreviations: true },
);

/** The first-hop redundancy blocks of an interface. */
export const GROUP_TABLE: HandlerTable<InterfaceScope> = {
  'hsrp version *': (s, { port }) => {
    const version = numberFact(s, 2);
    if (version) port.groupwide.hsrpVersion = version;
  },
  'hsrp *': readHsrp,
  'hsrp bfd': 'ignore',
  'hsrp delay': 'ignore',
  'hsrp use-bia': 'ignore',
  'hsrp mac-refresh': 'ignore',
  'hsrp timers': 'ignore',
  'vrrp *': (s, scope) => readVrrp(s, scope, 2),
  'vrrpv3 *': (s, scope) => readVrrp(s, scope, 3),
  'vrrp bfd': 'ignore',
};

function readHsrp(s: Statement, scope: InterfaceScope): void {
  const id = groupNumber(s, 1);
  const member = id && memberDraft(scope, 'hsrp', id, s, s.words[2] === 'ipv6' ? 'ipv6' : 'ipv4');
  if (member) HSRP.run(s.children, { member, scope });
}

/** A VRRPv2 group starts shut down and must be opened; a VRRPv3 group starts open. */
function readVrrp(s: Statement, scope: InterfaceScope, version: 2 | 3): void {
  const id = groupNumber(s, 1);
  const member = id && memberDraft(scope, 'vrrp', id, s, s.words[3] === 'ipv6' ? 'ipv6' : 'ipv4');
  if (!member) return;
  if (version === 2) member.entity.enabled ??= byDefault(false, VRRP_PAGE);
  else put(member, 'version', stated(3, placeOfHead(s)));
  VRRP.run(s.children, { member, scope });
}

function setExtra(member: MemberDraft, name: string, fact: Fact<string | number | boolean> | undefined): void {
  if (fact) member.extra[name] = fact;
}

/** `priority N [forwarding-threshold lower L upper U]`: with vPC the thresholds bound what tracking can do to forwarding. */
function readPriority(s: Statement, { member }: GroupScope): void {
  put(member, 'priority', numberFact(s, 1));
  const lower = s.words.indexOf('lower');
  const upper = s.words.indexOf('upper');
  if (lower > 0) setExtra(member, 'forwardingThresholdLower', numberFact(s, lower + 1));
  if (upper > 0) setExtra(member, 'forwardingThresholdUpper', numberFact(s, upper + 1));
}

function follow(s: Statement, member: MemberDraft): void {
  const master = wordFact(s, 1);
  if (!master) return;
  member.follows = master.value;
  put(member, 'syncGroup', master);
}

/** VRRP's own `track interface NAME priority N`: while the interface is down the group has priority N. */
function readInterfaceTrack(s: Statement, { member }: GroupScope): void {
  const at = s.words.findIndex((word) => means(word, 'priority'));
  const words = s.words.slice(2, at < 0 ? undefined : at);
  if (words.length === 0 || s.maybe) return;
  const name = canonicalInterface(words.join(''), 'nxos');
  member.uses.push({
    statement: s,
    word: 2,
    name,
    interface: name,
    effect: 'priority',
    lowersTo: at < 0 ? undefined : numberFact(s, at + 1),
  });
}
