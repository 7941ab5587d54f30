import { ipVersion } from '../../model/address.ts';
import { stated } from '../../model/fact.ts';
import type { Member } from '../../model/redundancy.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import type { Statement } from '../../syntax/statement.ts';
import type { InterfaceScope } from '../cisco-like-interface.ts';
import { addVirtual, dropTrackUse, groupNumber, memberDraft, readAuthentication, readPreempt, readTrackUse } from '../cisco-like-member.ts';
import { type MemberDraft, put, type Reading, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from '../entity.ts';

interface GroupScope {
  readonly member: MemberDraft;
  readonly reading: Reading;
}

const GROUP = compileHandlers<GroupScope>(
  {
    'address *': (s, { member }) => addVirtual(member, s, 1),
    'priority *': (s, { member }) => put(member, 'priority', numberFact(s, 1)),
    'no priority': (_, { member }) => unsay(member, 'priority'),
    preempt: (s, { member }) => readPreempt(member, s, 1),
    'no preempt': (s, { member }) => put(member, 'preempt', headFact(s, false)),
    // In milliseconds.
    'timers advertise *': (s, { member }) => put(member, 'advertInterval', numberFact(s, 2)),
    'version *': (s, { member }) => put(member, 'version', numberFact(s, 1)),
    'track *': (s, { member, reading }) => readTrackUse(member, s, 1, reading),
    'no track *': (s, { member }) => dropTrackUse(member, s.words[2]),
    'authentication *': (s, { member, reading }) => readAuthentication(member, s, 1, reading),
    shutdown: (s, { member }) => put(member, 'enabled', headFact(s, false)),
    'no shutdown': (s, { member }) => put(member, 'enabled', headFact(s, true)),
    bfd: 'ignore',
    exit: 'ignore',
    no: 'ignore',
  } satisfies HandlerTable<GroupScope>,
  { abbreviations: true },
);

/** VRRP groups, and gateways that both switches of a VSX pair answer for. */
export const GROUP_TABLE: HandlerTable<InterfaceScope> = {
  'vrrp *': readVrrp,
  'active-gateway *': readActiveGateway,
};

/** `vrrp N address-family ipv4`, with its block. */
function readVrrp(s: Statement, scope: InterfaceScope): void {
  const id = groupNumber(s, 1);
  const member = id && memberDraft(scope, 'vrrp', id, s, s.words.includes('ipv6') ? 'ipv6' : 'ipv4');
  if (member) GROUP.run(s.children, { member, reading: scope.reading });
}

/** `active-gateway ip A [mac M]`, `active-gateway ip mac M`: no election, both answer with one MAC. */
function readActiveGateway(s: Statement, scope: InterfaceScope): void {
  const family = s.words[1] === 'ipv6' || s.words[1] === 'ip6' ? ('ipv6' as const) : ('ipv4' as const);
  const draft = anycastDraft(s, scope, family);
  if (!draft) return;
  const mac = s.words.indexOf('mac');
  const value = mac < 0 ? undefined : wordFact(s, mac + 1);
  if (value) draft.extra.mac = value;
  const last = mac < 0 ? s.words.length : mac;
  for (let i = 2; i < last; i++) if (ipVersion((s.words[i] ?? '').split('/')[0] ?? '') !== 0) addVirtual(draft, s, i);
}

function anycastDraft(s: Statement, { reading, port }: InterfaceScope, family: Member['addressFamily']): MemberDraft | undefined {
  const { device, platform } = reading;
  const key = `${port.entity.name} anycast ${family}`;
  const known = reading.members.get(key);
  if (known || s.maybe) return known;
  const draft: MemberDraft = {
    entity: {
      at: wholePlace(s),
      device,
      platform,
      protocol: 'anycast',
      name: `${port.entity.name} active gateway`,
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
  return draft;
}
