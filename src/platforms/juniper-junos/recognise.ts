import type { SourceText } from '../../syntax/source.ts';
import { type Sign, weigh } from '../cisco-like-recognise.ts';
import type { Recognition } from '../platform.ts';

const SET = '^[ \\t]*(?:\\S{1,80}[#>%] ?)?set ';
const PORT = '(?:(?:ge|xe|et|fe|mge|lt|gr|so|xle|fte)-\\d|(?:ae|reth|irb|lo0|fxp0|em0|me0|vme|st0|fab[01]|vlan)\\b)';

const SIGNS: readonly Sign[] = [
  [new RegExp(`${SET}[^\\n]{1,120}? family (?:inet6?|ethernet-switching|bridge|iso|mpls)\\b`, 'm'), 0.9, 'set … family'],
  [new RegExp(`${SET}(?:interfaces ${PORT}|interfaces interface-range )`, 'm'), 0.95, 'set interfaces with Junos names'],
  [new RegExp(`${SET}(?:interfaces (?:ae|reth)\\d+ )`, 'm'), 0.95, 'set interfaces ae or reth'],
  [
    new RegExp(
      `${SET}(?:chassis (?:cluster|aggregated-devices|fpc) |routing-options |policy-options |groups \\S+ |apply-groups |bridge-domains |security (?:zones|policies) |vlans \\S+ (?:vlan-id|l3-interface) |protocols (?:iccp|rstp|lldp interface|bgp group) )`,
      'm',
    ),
    0.8,
    'set commands of Junos',
  ],
  [new RegExp(`${SET}(?:version \\d|system (?:host-name|root-authentication|ntp) )`, 'm'), 0.4, 'set system'],
  [/^version "?\d\d?\.\d\S{0,20};/m, 0.8, 'a version statement'],
  [/^[ \t]*family (?:inet6?|ethernet-switching|bridge) \{/m, 0.8, 'a family block'],
  [
    /^(?:inactive: )?(?:system|chassis|interfaces|routing-options|policy-options|protocols|vlans|bridge-domains|groups|security|routing-instances) \{$/m,
    0.6,
    'a top-level block',
  ],
  [/^[ \t]*unit \d{1,6} \{/m, 0.6, 'a unit block'],
  [/^[^\S\n]{0,8}(?:host-name|vlan-id|redundancy-group|apply-groups) [^;\n]{1,80};/m, 0.4, 'Junos statements'],
  [
    /^[ \t]*(?:set (?:interfaces (?:ethernet|bonding|bridge|loopback|dataplane) |high-availability )|(?:ethernet|bonding|loopback) \w+ \{)/m,
    -0.9,
    'VyOS',
  ],
];

/** Weighs what speaks for Junos; a brace language without `;` is none. */
export function recognise(source: SourceText): Recognition | undefined {
  return weigh(source, SIGNS);
}
