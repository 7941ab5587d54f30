import { ipVersion } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Member, Trigger, VirtualAddress } from '../../model/redundancy.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { at, items, scalar } from '../../syntax/tree.ts';
import { present } from '../tree-facts.ts';
import { type Context, cidrOf, entityAt, field, keyOf, numberField, rows, VRRP_PAGE } from './context.ts';

/** Reads `VRRP|INTERFACE|VRID`, and `VRRP6` of builds that keep IPv6 apart. */
export function readVrrp(context: Context): void {
  for (const row of [...rows(context, 'VRRP'), ...rows(context, 'VRRP6')]) {
    const [port = '', id = ''] = keyOf(row);
    if (!/^\d{1,3}$/.test(id)) continue;
    const all = addressesOf(row, context);
    for (const family of ['ipv4', 'ipv6'] as const) {
      const virtualAddresses = all.filter((one) => ipVersion(one.address) === (family === 'ipv4' ? 4 : 6));
      if (virtualAddresses.length > 0) context.facts.members.push(memberOf(row, port, id, family, virtualAddresses, context));
    }
  }
}

/** Values of a field that is a list, or a text with commas. */
function listOf(row: Statement, name: string): Fact<string>[] {
  const listed = items(row.children, name).flatMap((item) => scalar(item) ?? []);
  const text = scalar(at(row.children, name));
  return [...listed, ...(text ? text.value.split(',').map((value) => ({ ...text, value: value.trim() })) : [])];
}

function addressesOf(row: Statement, context: Context): VirtualAddress[] {
  return listOf(row, 'vip').flatMap((fact) => {
    const cidr = cidrOf(fact.value);
    return cidr ? [{ ...entityAt(row, context), at: 'at' in fact ? fact.at : placeOfHead(row), ...cidr }] : [];
  });
}

function memberOf(
  row: Statement,
  port: string,
  id: string,
  family: Member['addressFamily'],
  virtualAddresses: VirtualAddress[],
  context: Context,
): Member {
  // Two builds of SONiC write the table differently: `preempt` with milliseconds, `pre_empt` with seconds.
  const older = field(row, 'pre_empt') !== undefined;
  const preempt = field(row, 'preempt') ?? field(row, 'pre_empt');
  const status = field(row, 'admin_status');
  const known = <T>(value: T): Fact<T> | undefined => (older ? undefined : byDefault(value, VRRP_PAGE));
  return {
    ...entityAt(row, context),
    protocol: 'vrrp',
    name: `${port} group ${id}`,
    id: stated(id, placeOfWord(row, 0)),
    interface: stated(port, placeOfWord(row, 0)),
    addressFamily: family,
    virtualAddresses,
    unicastPeers: [],
    triggers: triggersOf(row, context),
    ...present({
      priority: numberField(row, 'priority') ?? known(100),
      preempt: preempt ? { ...preempt, value: /^(?:enabled|true)$/i.test(preempt.value) } : known(true),
      advertInterval: numberField(row, 'adv_interval', older ? 1000 : 1) ?? known(1000),
      version: numberField(row, 'version') ?? known(3),
      enabled: status && { ...status, value: status.value === 'up' },
    }),
  };
}

/** `track_interface`: names, or `NAME|weight|N`; `priority_decrement` where the name has no weight, 20 by default. */
function triggersOf(row: Statement, context: Context): Trigger[] {
  return listOf(row, 'track_interface').flatMap((fact): Trigger[] => {
    const [target = '', , weight = ''] = fact.value.split('|');
    if (target === '') return [];
    const own: Fact<number> | undefined = /^\d{1,3}$/.test(weight) ? { ...fact, value: Number(weight) } : undefined;
    return [
      {
        ...entityAt(row, context),
        watches: 'interface',
        target,
        interfaces: [target],
        processes: [],
        addresses: [],
        effect: { ...fact, value: 'priority' },
        penalty: own ?? numberField(row, 'priority_decrement') ?? byDefault(20, VRRP_PAGE),
      },
    ];
  });
}
