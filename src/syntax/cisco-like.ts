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

/** First words of statements that open a section; a number says how many words there must be. */
const OPENERS: readonly (readonly [RegExp, RegExp?])[] = [
  [/^int(e(r(f(a(c(es?)?)?)?)?)?)?$/],
  [/^vlan$/, /^[\d,-]+$/],
  [/^vlan$/, /^conf/],
  [/^router$/],
  [/^line$/],
  [/^vrf$/, /^(context|definition|instance)$/],
  [/^track$/],
  [/^key$/, /^chain$/],
  [/^(policy|class|route)-map$/],
  [/^ip$/, /^(access-list|sla|vrf|dhcp)$/],
  [/^vpc$/, /^dom/],
  [/^mlag$/, /^conf/],
  [/^(redundancy|stackwise-virtual|control-plane|port-profile|template|fex|monitor|crypto|archive|call-home|daemon|event)$/],
  [/^switch$/, /^virtual$/],
  [/^spanning-tree$/, /^mst$/],
  [/^aaa$/, /^group$/],
  [/^(management|peer-filter|control-plane|object-group|system)$/],
];

const INTERFACE_WORDS =
  /^(sw(i(t(c(h(p(o(rt?)?)?)?)?)?)?)?|standby|glbp|hsrp|vrrp|vrrpv3|channel-gr(o(up?)?)?|desc(r(i(p(t(i(on?)?)?)?)?)?)?|encap(s(u(l(a(t(i(on?)?)?)?)?)?)?)?|shut(d(o(wn?)?)?)?|sh|mtu|speed|duplex|bandwidth|delay|negotiation|load-interval|storm-control|lacp|mlag|vpc|medium|autostate|carrier-delay|keepalive|cdp|lldp|udld|bfd|service-policy|priority-flow-control|power|no-switchport|inherit|stackwise-virtual|dual-active|port-channel|flowcontrol|beacon|mac-address|arp|inherit|l2protocol|isis|pim|cts|dampening|logging)$/i;
const INTERFACE_IP_WORDS =
  /^(add(r(e(ss?)?)?)?|helper-address|ospf|router|pim|igmp|redirects|unreachables|proxy-arp|arp|directed-broadcast|vrf|mtu|tcp|policy|access-group|verify|nat|dhcp|attached-host|virtual-router|virtual-reassembly|flow|split-horizon|authentication|rip|eigrp|port|unnumbered|nd|enable|local-proxy-arp)$/i;
const GROUP_WORDS =
  /^(ip|ipv6|address|priority|preempt|timers|track|authentication|name|mac-address|advertisement-interval|vrrpv2|vrrs|match-address|object-track|delay|bfd|shutdown|description|follow)$/i;
const VLAN_WORDS = /^(name|state|vn-segment|trunk|private-vlan|remote-span|media|mtu|mode|shutdown)$/i;
const VPC_WORDS =
  /^(role|system-priority|system-mac|peer-keepalive|peer-switch|peer-gateway|auto-recovery|delay|dual-active|graceful|ip|ipv6|track|layer3|fast-convergence|virtual|mac|shutdown|reload)$/i;
const MLAG_WORDS =
  /^(domain-id|local-interface|peer-address|peer-link|reload-delay|heartbeat-interval|dual-primary|primary-priority|shutdown|lacp)$/i;
const TRACK_WORDS = /^(object|threshold|delay|default-state|ip|description|name|carrier-delay)$/i;
const SLA_WORDS =
  /^(icmp-echo|icmp-jitter|udp-jitter|udp-echo|tcp-connect|http|dns|path-echo|path-jitter|frequency|timeout|threshold|tag|vrf|owner|tos|history|request-data-size|verify-data|source)$/i;

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
  const opens =
    !negated && OPENERS.some(([head, second]) => head.test(first) && (second === undefined || second.test((words[1] ?? '').toLowerCase())));
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
  return GROUP_WORDS.test(first) ? 'belongs' : 'leaves';
}

function belongs(kind: SectionKind, first: string, words: readonly string[]): boolean {
  const second = (words[1] ?? '').toLowerCase();
  switch (kind) {
    case 'interface':
      if (first === 'vpc' || first === 'mlag') return !/^(dom|conf)/.test(second);
      if (first === 'ip' && second === 'virtual-router') return words[2] === 'address';
      if (first === 'ip' && second === 'nat') return words.length === 3;
      if (first === 'ip' && second === 'dhcp') return words[2] === 'relay' || words[2] === 'snooping';
      if (first === 'ip' || first === 'ipv6') return INTERFACE_IP_WORDS.test(second) && !(second === 'vrf' && words[2] !== 'forwarding');
      if (first === 'vrf') return words.length === 2 || second === 'member' || second === 'forwarding';
      if (first === 'spanning-tree')
        return /^(port|portfast|bpdu|guard|cost|link)/.test(second) && words[2] !== 'default' && words[3] !== 'default';
      if (first === 'lacp') return words.length > 1;
      return INTERFACE_WORDS.test(first);
    case 'vlan':
      return VLAN_WORDS.test(first);
    case 'vpc':
      return VPC_WORDS.test(first) && !((first === 'ip' || first === 'ipv6') && second !== 'arp' && second !== 'nd');
    case 'mlag':
      return MLAG_WORDS.test(first);
    case 'track':
      return TRACK_WORDS.test(first) && !(first === 'ip' && second !== 'vrf' && second !== 'sla');
    case 'sla':
      return SLA_WORDS.test(first);
    case 'key':
      return /^(key|key-string|accept-lifetime|send-lifetime|cryptographic-algorithm)$/.test(first) && second !== 'chain';
    default:
      return false;
  }
}
