import { type Fact, stated } from '../../model/fact.ts';
import type { Heartbeat } from '../../model/peering.ts';
import { placeOfStatement } from '../../syntax/statement.ts';
import { whole } from '../../syntax/tree.ts';
import { elements, key, text, wholeOr } from '../f5-json.ts';
import { FAILOVER_PORT } from '../f5-lockdown.ts';
import { withoutRouteDomain } from '../f5-names.ts';
import { type Context, entity, ofClass, PAGE, value } from './context.ts';
import { allowedOn, MANAGEMENT, managementAddresses, selfIps } from './network.ts';

/** An address without prefix length and route domain. */
export function plain(address: string): string {
  return withoutRouteDomain(address).split('/')[0] as string;
}

/** Paths over which the peers hear this unit live. */
export function heartbeatsOf(context: Context): Heartbeat[] {
  return [...unicast(context), ...multicast(context)];
}

/** Whether there may be other paths: what a template decides, and several objects of a class that a device has one of. */
export function heartbeatsOpen(context: Context): boolean {
  const unicasts = ofClass(context, 'FailoverUnicast').map((item) => item.statement);
  const multicasts = ofClass(context, 'FailoverMulticast').map((item) => item.statement);
  const entries = unicasts.flatMap((s) => [key(s, 'address'), key(s, 'addressPorts'), ...elements(s, 'addressPorts')]);
  return (
    unicasts.length > 1 ||
    [...unicasts, ...multicasts, ...entries].some((s) => s?.maybe) ||
    multicasts.some((s) => ['interface', 'address'].some((name) => key(s, name) && !text(s, name)))
  );
}

function unicast(context: Context): Heartbeat[] {
  return ofClass(context, 'FailoverUnicast').flatMap(({ statement }) => {
    const list = elements(statement, 'addressPorts');
    return (list.length > 0 ? list : [statement]).flatMap((item): Heartbeat[] => {
      const address = value(context, item, 'address');
      if (address?.value === 'none') return [];
      const port = wholeOr(item, 'port', FAILOVER_PORT, PAGE);
      const own = address && plain(address.value);
      const self = selfIps(context).find((s) => s.address === own);
      const allowed = self && port && allowedOn(self, port.value);
      const at = placeOfStatement(item);
      const management = managementAddresses(context).some((m) => m.address === own);
      const way = management ? MANAGEMENT : self?.vlan;
      return [
        {
          ...entity(context, at),
          ...(address && own !== undefined ? { source: { ...address, value: own } } : {}),
          ...(way === undefined ? {} : { interface: stated(way, at) }),
          ...(port ? { port } : {}),
          transport: stated('unicast', at),
          ...(management ? { management } : {}),
          ...(allowed ? { allowed } : {}),
        },
      ];
    });
  });
}

/** Multicast failover is set up by an interface and an address; `none` and `any6`, the defaults, are neither. */
function multicast(context: Context): Heartbeat[] {
  return ofClass(context, 'FailoverMulticast').flatMap(({ statement }): Heartbeat[] => {
    const at = placeOfStatement(statement);
    const from = text(statement, 'interface');
    const address = text(statement, 'address');
    const port = whole(key(statement, 'port'));
    if (!isSet(from, 'none') || !isSet(address, 'any6')) return [];
    const management = from.value === 'eth0';
    return [
      {
        ...entity(context, at),
        destination: address,
        interface: management ? { ...from, value: MANAGEMENT } : from,
        ...(port && port.value > 0 ? { port } : {}),
        transport: stated('multicast', at),
        ...(management ? { management } : {}),
      },
    ];
  });
}

function isSet(fact: Fact<string> | undefined, off: string): fact is Fact<string> {
  return fact !== undefined && fact.value !== off && fact.value !== 'none';
}
