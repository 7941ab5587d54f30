import type { Interface } from '../../model/interface.ts';
import { means } from '../../syntax/cisco-like.ts';
import { expandInterfaces } from '../../syntax/interface-name.ts';
import { type NumberRange, parseRanges, subtractRanges } from '../../syntax/number-ranges.ts';
import type { Statement } from '../../syntax/statement.ts';

/**
 * Takes from every trunk the VLANs whose trunk groups it is not in: a VLAN with a trunk group passes
 * only ports of that group, whatever their allowed list says (the MLAG peer VLAN stays on the peer link so).
 */
export function withTrunkGroups(interfaces: readonly Interface[], statements: readonly Statement[]): readonly Interface[] {
  const grouped = statements
    .filter((s) => s.words[0] === 'vlan')
    .flatMap((s) => {
      const groups = s.children.filter((c) => c.words[0] === 'trunk' && c.words[1] === 'group').map((c) => c.words[2] ?? '');
      const vlans = parseRanges(s.words.slice(1).join(''));
      return groups.length > 0 && vlans ? [{ vlans, groups }] : [];
    });
  if (grouped.length === 0) return interfaces;
  const groupsOf = portGroups(statements);
  return interfaces.map((port) => {
    if (!port.allowedVlans) return port;
    const own = groupsOf.get(port.lag?.value ?? port.name) ?? [];
    const kept = grouped
      .filter(({ groups }) => !groups.some((group) => own.includes(group)))
      .reduce((left: readonly NumberRange[], { vlans }) => subtractRanges(left, vlans), port.allowedVlans.value);
    return { ...port, allowedVlans: { ...port.allowedVlans, value: kept } };
  });
}

function portGroups(statements: readonly Statement[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const s of statements) {
    if (!means(s.words[0], 'interface')) continue;
    const named = s.children.filter((c) => c.words.slice(0, 3).join(' ') === 'switchport trunk group').map((c) => c.words[3] ?? '');
    if (named.length > 0)
      for (const name of expandInterfaces(s.words.slice(1), 'eos')) groups.set(name, [...(groups.get(name) ?? []), ...named]);
  }
  return groups;
}
