import { type FlatRole, parseIndented } from '../../syntax/indented.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { ParsedText, Statement } from '../../syntax/statement.ts';

const GRAMMAR = { quotes: '"', escapes: false, comments: '!', commentsOnlyAtStart: true };

/** Sections by their first words, and the first words of the lines that stand in them. */
const SECTIONS: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^vrrp-a common$/,
    /^(?:device-id|set-id|enable|disable|hello-interval|dead-timer|preemption-delay|track-event-delay|arp-retry|get-ready-time|disable-default-vrid|inline-mode|restart-time|forward-l4-packet-on-standby)\b/,
  ],
  [
    /^vrrp-a vrid(?:-lead)? /,
    /^(?:floating-ip|preempt-mode|blade-parameters|priority|tracking-options|fail-over-policy-template|follow|pair-follow|partition)\b/,
  ],
  [/^vrrp-a peer-group$/, /^peer\b/],
  [/^vrrp-a fail-over-policy-template /, /^(?:interface|gateway|trunk|vlan|route) .*weight\b/],
  [/^slb server /, /^(?:port|health-check|health-check-disable|no health-check|disable|enable|conn-limit|weight|template)\b/],
  [
    /^slb service-group /,
    /^(?:member|method|health-check|health-check-disable|no health-check|min-active-member|priority|reset-on-server-selection-fail|template|disable|enable)\b/,
  ],
  [/^slb virtual-server /, /^(?:port|vrid|ha-group|disable|enable|template|arp-disable)\b/],
  [/^health monitor /, /^(?:method|interval|retry|up-retry|timeout|override-port|override-ipv4|disable-after-down|passive|strict-retry)\b/],
  [
    /^interface /,
    /^(?:ip (?:address|default-gateway)|ipv6 address|enable|disable|mtu|name|trunk-group|lacp|load-interval|ports-threshold|speed|duplexity)\b/,
  ],
  [/^vlan \d+$/, /^(?:tagged|untagged|router-interface|name)\b/],
  [/^blade-parameters\b/, /^(?:priority|tracking-options|fail-over-policy-template)\b/],
  [/^tracking-options\b/, /^(?:interface|trunk|vlan|gateway|route|bgp)\b.*priority-cost/],
  [
    /^port \d+ /,
    /^(?:health-check|health-check-disable|no health-check|disable|enable|conn-limit|weight|service-group|source-nat|ha-conn-mirror|template|aflex|redirect-to-https|no-dest-nat|auto|name)\b/,
  ],
  [/^vcs device /, /^(?:priority|interfaces|enable|unicast-port|affinity-vrrp-a-vrid|management)\b/],
];

/** Lines that open a block of their own within a section. */
const SUBSECTIONS = /^(?:port \d+ |blade-parameters\b|tracking-options\b)/;

/** Reads a running-config, indented as the device prints it or flat as it is typed, closed by `exit`. */
export function parse(source: SourceText): ParsedText {
  return parseIndented(source.text, source.path, { ...GRAMMAR, flat: roleOf });
}

/** What an unindented line is to the section that is open before it. */
function roleOf(words: readonly string[], section: Statement | undefined): FlatRole {
  const line = words.slice(0, 12).join(' ');
  if (section && belongs(section, line)) return SUBSECTIONS.test(line) ? 'nests' : 'belongs';
  if (section && line === 'exit') return 'closes';
  if (section?.parent) return 'leaves';
  return SECTIONS.some(([opener]) => opener.test(line)) ? 'opens' : 'alone';
}

function belongs(section: Statement, line: string): boolean {
  if (section.children.some((c) => c.column > section.column)) return false;
  const head = section.words.slice(0, 4).join(' ');
  return SECTIONS.find(([opener]) => opener.test(head))?.[1].test(line) ?? false;
}
