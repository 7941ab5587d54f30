import { stated } from '../../model/fact.ts';
import { compileHandlers, type HandlerTable } from '../../syntax/handlers.ts';
import { canonicalInterface } from '../../syntax/interface-name.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import type { InterfaceScope } from '../cisco-like-interface.ts';
import { addVirtual, dropTrackUse, groupNumber, memberDraft, readAuthentication, readTrackUse } from '../cisco-like-member.ts';
import { type MemberDraft, put, type Reading, unsay } from '../cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from '../entity.ts';

interface GroupScope {
  readonly member: MemberDraft;
  readonly reading: Reading;
}

const GROUP = compileHandlers<GroupScope>(
  {
    'virtual-address *': (s, { member }) => s.words.slice(1).forEach((_, i) => void addVirtual(member, s, i + 1)),
    'priority *': (s, { member }) => put(member, 'priority', numberFact(s, 1)),
    'no priority': (_, { member }) => unsay(member, 'priority'),
    preempt: (s, { member }) => put(member, 'preempt', headFact(s, true)),
    'no preempt': (s, { member }) => put(member, 'preempt', headFact(s, false)),
    // One unit is a hundredth of a second behind `centisecs`, a second without it.
    'advertise-interval *': (s, { member }) => put(member, 'advertInterval', numberFact(s, 1, 1000)),
    'advertise-interval centisecs *': (s, { member }) => put(member, 'advertInterval', numberFact(s, 2, 10)),
    'authentication-type *': (s, { member, reading }) => readAuthentication(member, s, 2, reading),
    'track *': (s, { member, reading }) => readTrackUse(member, s, 1, reading),
    'no track *': (s, { member }) => dropTrackUse(member, s.words[2]),
    description: 'ignore',
    exit: 'ignore',
    no: 'ignore',
  } satisfies HandlerTable<GroupScope>,
  { abbreviations: true },
);

/** VRRP groups, and addresses that both switches answer for at once. */
export const GROUP_TABLE: HandlerTable<InterfaceScope> = {
  'vrrp-group *': (s, scope) => readGroup(s, scope, 'ipv4'),
  'vrrp-ipv6-group *': (s, scope) => readGroup(s, scope, 'ipv6'),
  'ip virtual-router address *': (s, scope) => readAnycast(s, scope),
  'ip virtual-router': 'ignore',
};

function readGroup(s: Statement, scope: InterfaceScope, family: 'ipv4' | 'ipv6'): void {
  const id = groupNumber(s, 1);
  const member = id && memberDraft(scope, 'vrrp', id, s, family);
  if (!member) return;
  GROUP.run(s.children, { member, reading: scope.reading });
  const version = scope.reading.flags.get('vrrp-version');
  const number = version && numberFact(version, 2);
  if (number) put(member, 'version', number);
}

/** `ip virtual-router address A` below an interface: no election, one MAC for both. */
function readAnycast(s: Statement, { reading, port }: InterfaceScope): void {
  const { device, platform } = reading;
  const key = `${port.entity.name} anycast ipv4`;
  const known = reading.members.get(key);
  if (!known && s.maybe) return;
  const draft: MemberDraft = known ?? {
    entity: {
      at: wholePlace(s),
      device,
      platform,
      protocol: 'anycast',
      name: `${port.entity.name} virtual router`,
      interface: stated(port.entity.name, port.entity.at),
      addressFamily: 'ipv4',
      virtualAddresses: [],
      unicastPeers: [],
      triggers: [],
    },
    said: new Set(),
    uses: [],
    extra: {},
  };
  reading.members.set(key, draft);
  addVirtual(draft, s, 3);
}

/** What `track N` watches stands in its block: `interface ethernet1/1/5 line-protocol`, `ip 192.0.2.1/32 reachability`. */
export function readTrackBlocks(reading: Reading): void {
  for (const [name, track] of reading.tracks) {
    for (const line of track.statement.children) {
      const address = wordFact(line, 1)?.value.split('/')[0];
      if (line.words[0] === 'interface') {
        const words = line.words.slice(1).filter((word) => word !== 'line-protocol');
        reading.tracks.set(name, { ...track, watches: 'interface', interface: canonicalInterface(words.join(''), 'os10') });
      } else if ((line.words[0] === 'ip' || line.words[0] === 'ipv6') && address !== undefined) {
        reading.tracks.set(name, { ...track, watches: 'reachability', addresses: [address] });
      }
    }
  }
}

/** The MAC that all answer with: `ip virtual-router mac-address M`. */
export function giveMac(reading: Reading): void {
  const line = reading.flags.get('virtual-mac');
  const mac = line && wordFact(line, 3);
  for (const member of reading.members.values())
    if (mac && member.entity.protocol === 'anycast') member.extra.mac = { ...mac, at: placeOfHead(line) };
}
