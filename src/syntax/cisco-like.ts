import { type FlatRole, type IndentedGrammar, parseIndented } from './indented.ts';
import type { SourceText } from './source.ts';
import type { ParsedText, Statement } from './statement.ts';
import { cleanTerminalText } from './terminal-text.ts';

/** Commands whose rest is text for people, in which `!` is a character like any other. */
const FREE_TEXT =
  /^(desc|description|name|remark|username|enable|password|secret|key|key-string|snmp-server|tacacs-server|radius-server)$/i;

/** The shape that IOS, NX-OS and EOS share: indented blocks, `!` before comments, no quotes. */
const GRAMMAR: IndentedGrammar = {
  quotes: '',
  escapes: false,
  comments: '!',
  freeText: (words) => words.some((word) => FREE_TEXT.test(word)),
  flat: flatRole,
};

/** Reads a running-config of IOS, NX-OS or EOS, a terminal's log of one, or commands as people note them down. */
export function parseCiscoLike(source: SourceText): ParsedText {
  const clean = cleanTerminalText(source.text, source.path);
  const { statements, diagnostics } = parseIndented(clean.text, source.path, GRAMMAR);
  return { statements, diagnostics: [...clean.diagnostics, ...diagnostics] };
}

/** Whether a typed word is `keyword`, perhaps abbreviated to two letters or more, as every Cisco-like prompt takes it. */
export function means(word: string | undefined, keyword: string): boolean {
  return word !== undefined && (word === keyword || (word.length >= 2 && keyword.startsWith(word.toLowerCase())));
}

/** First words of statements that open a section, and what the second word must be where that decides. */
const OPENERS: readonly (readonly [RegExp, RegExp?])[] = [
  [/^vlan$/, /^[\d,-]+$|^conf/],
  [/^vrf$/, /^(context|definition|instance)$/],
  [/^key$/, /^chain$/],
  [/^ip$/, /^(access-list|sla|vrf|dhcp)$/],
  [/^vpc$/, /^dom/],
  [/^mlag$/, /^conf/],
  [/^switch$/, /^virtual$/],
  [/^spanning-tree$/, /^mst$/],
  [/^aaa$/, /^group$/],
  [/^(router|line|track|policy-map|class-map|route-map|redundancy|stackwise-virtual|control-plane|port-profile|template|fex)$/],
  [/^(monitor|crypto|archive|call-home|daemon|event|management|peer-filter|object-group|system)$/],
];

/** What stands in an interface and nowhere else. */
const INTERFACE_WORDS = wordSet(
  'switchport standby glbp hsrp vrrp vrrpv3 channel-group description encapsulation shutdown mtu speed duplex bandwidth delay',
  'negotiation load-interval storm-control mlag vpc medium autostate carrier-delay keepalive cdp lldp udld bfd service-policy',
  'priority-flow-control power inherit stackwise-virtual dual-active port-channel flowcontrol beacon mac-address arp l2protocol',
  'isis pim cts dampening logging',
);
/** Those of them that people shorten. */
const OFTEN_SHORTENED = ['switchport', 'description', 'encapsulation', 'shutdown', 'channel-group', 'standby'];
/** What stands after `ip` or `ipv6` in an interface. */
const INTERFACE_IP_WORDS = wordSet(
  'address helper-address ospf router pim igmp redirects unreachables proxy-arp arp directed-broadcast vrf mtu tcp policy',
  'access-group verify attached-host virtual-reassembly flow split-horizon authentication rip eigrp port unnumbered nd enable',
  'local-proxy-arp',
);
const GROUP_WORDS = wordSet(
  'ip ipv6 address priority preempt timers track authentication name mac-address advertisement-interval vrrpv2 vrrs',
  'match-address object-track delay bfd shutdown description follow',
);
const SECTION_WORDS = {
  vlan: wordSet('name state vn-segment trunk private-vlan remote-span media mtu mode shutdown'),
  vpc: wordSet(
    'role system-priority system-mac peer-keepalive peer-switch peer-gateway auto-recovery delay dual-active graceful ip ipv6',
    'track layer3 fast-convergence virtual mac shutdown reload',
  ),
  mlag: wordSet(
    'domain-id local-interface peer-address peer-link reload-delay heartbeat-interval dual-primary primary-priority shutdown lacp',
  ),
  track: wordSet('object threshold delay default-state ip description name carrier-delay'),
  sla: wordSet(
    'icmp-echo icmp-jitter udp-jitter udp-echo tcp-connect http dns path-echo path-jitter frequency timeout threshold tag vrf',
    'owner tos history request-data-size verify-data source',
  ),
  key: wordSet('key key-string accept-lifetime send-lifetime cryptographic-algorithm'),
};

function wordSet(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

/** What an unindented line is to the section before it, so that notes typed without indentation read as they would at the prompt. */
function flatRole(written: readonly string[], section: Statement | undefined): FlatRole {
  const negated = written[0] === 'no' || written[0] === 'default';
  const words = negated ? written.slice(1) : written;
  const first = (words[0] ?? '').toLowerCase();
  if (first === 'exit' || first === 'quit') return 'closes';
  if (first === 'end' || /^conf(ig(u(re?)?)?)?$/.test(first)) return 'alone';
  const kind = section && sectionKind(section);
  if (kind === 'group') return groupRole(first, words, section as Statement);
  if (kind === 'interface' && opensGroup(first, words)) return 'nests';
  if (kind !== undefined && belongs(kind, first, words)) return 'belongs';
  if (negated) return 'apart';
  const second = (words[1] ?? '').toLowerCase();
  const isInterface = first.length > 2 && means(first, 'interface');
  const opens = isInterface || OPENERS.some(([head, next]) => head.test(first) && (next?.test(second) ?? true));
  return opens ? 'opens' : 'apart';
}

type SectionKind = 'interface' | 'group' | 'vlan' | 'vpc' | 'mlag' | 'track' | 'sla' | 'key' | 'other';

function sectionKind(section: Statement): SectionKind {
  const [first = '', second = ''] = section.words.map((word) => word.toLowerCase());
  if (section.parent) return 'group';
  if (first.startsWith('int') || first === 'port-profile') return 'interface';
  if (first === 'vlan' || first === 'vpc' || first === 'mlag' || first === 'track' || first === 'key') return first;
  return first === 'ip' && second === 'sla' ? 'sla' : 'other';
}

/** `hsrp 10`, `vrrp 10` and `vrrp 10 address-family ipv4` open a block; `vrrp 10 ip 10.0.0.1` does not. */
function opensGroup(first: string, words: readonly string[]): boolean {
  if (!/^(hsrp|vrrp|vrrpv3)$/.test(first) || !/^\d+$/.test(words[1] ?? '')) return false;
  return words.length === 2 || words[2] === 'address-family' || (first === 'hsrp' && /^ipv[46]$/.test(words[2] ?? ''));
}

function groupRole(first: string, words: readonly string[], section: Statement): FlatRole {
  const second = (words[1] ?? '').toLowerCase();
  const isVrrp = (section.words[0] ?? '').startsWith('vrrp');
  if (first === 'shutdown' || first === 'description') return isVrrp ? 'belongs' : 'leaves';
  if (first === 'ip' && !/^[\d:]|^sec/.test(second) && words.length > 1) return 'leaves';
  if (first === 'track' && words.length > 2 && !/^(decrement|shutdown|priority)$/.test((words[2] ?? '').toLowerCase())) return 'leaves';
  if (/^exit-/.test(first)) return 'closes';
  return GROUP_WORDS.has(first) ? 'belongs' : 'leaves';
}

function belongs(kind: SectionKind, first: string, words: readonly string[]): boolean {
  const second = (words[1] ?? '').toLowerCase();
  if (kind === 'interface') return belongsToInterface(first, second, words);
  if (kind === 'other' || kind === 'group' || !SECTION_WORDS[kind].has(first)) return false;
  if (kind === 'vpc') return (first !== 'ip' && first !== 'ipv6') || second === 'arp' || second === 'nd';
  if (kind === 'track') return first !== 'ip' || second === 'vrf';
  return kind !== 'key' || second !== 'chain';
}

function belongsToInterface(first: string, second: string, words: readonly string[]): boolean {
  switch (first) {
    case 'vpc':
    case 'mlag':
      return !/^(dom|conf)/.test(second);
    case 'ip':
    case 'ipv6':
      if (second === 'virtual-router') return words[2] === 'address';
      if (second === 'nat') return words.length === 3;
      if (second === 'dhcp') return words[2] === 'relay' || words[2] === 'snooping';
      if (second === 'vrf') return words[2] === 'forwarding';
      return INTERFACE_IP_WORDS.has(second) || means(second, 'address');
    case 'vrf':
      return words.length === 2 || second === 'member' || second === 'forwarding';
    case 'spanning-tree':
      return /^(port|portfast|bpdu|guard|cost|link)/.test(second) && words.at(-1) !== 'default';
    case 'lacp':
      return words.length > 1;
    case 'sh':
      // `sh run` is something else.
      return words.length === 1;
    case 'switch':
      return false;
    default:
      return INTERFACE_WORDS.has(first) || OFTEN_SHORTENED.some((keyword) => means(first, keyword));
  }
}
