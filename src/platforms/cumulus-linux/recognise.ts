import type { SourceText } from '../../syntax/source.ts';
import type { Recognition } from '../platform.ts';

/** Which of Cumulus Linux's forms a text is written in. */
export type Form = 'ifupdown' | 'nclu' | 'nvue' | 'nvue-yaml';

const PROMPT = '^[ \\t]*(?:\\S{1,80}[$#][ \\t]+|- )?(?:sudo[ \\t]+)?';
const NCLU = new RegExp(
  `${PROMPT}net add (?:bond|bridge|bgp|clag|dns|evpn|hostname|interface|loopback|ospf|routing|time|vlan|vrf|vxlan)[ \\t]`,
  'm',
);
const NVUE = new RegExp(`${PROMPT}nv set (?:acl|bridge|evpn|interface|mlag|nve|platform|qos|router|service|system|vrf)[ \\t]`, 'm');

/** The form of a text, undefined where it is none of Cumulus Linux's. */
export function formOf(text: string): Form | undefined {
  if (NVUE.test(text)) return 'nvue';
  if (NCLU.test(text)) return 'nclu';
  if (/^-[ \t]+set:[ \t]*(?:#.*)?$/m.test(text) && /^[ \t]+(?:interface|mlag|bridge|system|vrf):/m.test(text)) return 'nvue-yaml';
  if (!/^[ \t]*iface[ \t]/m.test(text)) return undefined;
  if (/^[ \t]*(?:clagd?-[\w-]+|address-virtual|mstpctl-\w+|iface[ \t]+swp\d)/m.test(text)) return 'ifupdown';
  return /^[ \t]*bridge-vlan-aware[ \t]+yes/m.test(text) && !/^[ \t]*iface[ \t]+vmbr/m.test(text) ? 'ifupdown' : undefined;
}

const WHY: Readonly<Record<Form, string>> = {
  ifupdown: 'has `iface` stanzas with the options of a Cumulus switch (clagd-…, bridge-vlan-aware, swp…)',
  nclu: 'has `net add …` commands of NCLU',
  nvue: 'has `nv set …` commands of NVUE',
  'nvue-yaml': 'is a list with a `set` of NVUE',
};

/** Recognises Cumulus Linux; plain ifupdown and Proxmox's bridges are not it. */
export function recognise({ text }: SourceText): Recognition | undefined {
  const form = formOf(text);
  return form && { score: 0.95, why: WHY[form] };
}
