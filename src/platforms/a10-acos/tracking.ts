import { prefixOfLength, prefixOfMask, subnetOf } from '../../model/address.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Trigger, Watched } from '../../model/redundancy.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact } from '../entity.ts';
import { type Context, entity, refer } from './context.ts';
import { PAGES } from './pages.ts';

const WATCHED: Readonly<Record<string, Watched>> = table({
  interface: 'interface',
  trunk: 'trunk',
  vlan: 'vlan',
  gateway: 'gateway',
  route: 'route',
  bgp: 'reachability',
});

/** What a line of `tracking-options` or of a fail-over policy template watches. */
export function watchedBy(s: Statement): Watched | undefined {
  return WATCHED[s.words[0] ?? ''];
}

/** `tracking-options`: each line takes its `priority-cost` from the priority while what it watches is down. */
export function trackingTriggers(context: Context, options: Statement): Trigger[] {
  return options.children.flatMap((s) => {
    s.use = 'read';
    const cost = after(s, 'priority-cost');
    const made = trigger(context, s, headFact(s, 'priority'), cost);
    return made ? [made] : [];
  });
}

/** `fail-over-policy-template NAME`: any of its events lowers the weight, which counts before the priority, and so moves the group. */
export function policyTriggers(context: Context, use: Statement): Trigger[] {
  const name = use.words[1] ?? '';
  refer(context, use, 1, 'trigger', 'vrrp-a fail-over-policy-template', context.policies);
  const template = context.policies.get(name);
  if (!template) return [];
  return template.children.flatMap((s) => {
    s.use = 'read';
    const made = trigger(context, s, headFact(s, 'failover'), undefined);
    return made ? [made] : [];
  });
}

function trigger(
  context: Context,
  s: Statement,
  effect: Fact<Trigger['effect']['value']> | undefined,
  penalty: Fact<number> | undefined,
): Trigger | undefined {
  const watches = watchedBy(s);
  if (watches === undefined || !effect) return undefined;
  const target = targetOf(s);
  const ports = watches === 'interface' || watches === 'trunk' ? [target] : watches === 'vlan' ? [] : undefined;
  const defined =
    ports?.length === 1
      ? definedPort(context, target)
      : watches === 'vlan'
        ? context.facts.vlans.some((v) => `vlan ${v.id}` === target) || undefined
        : undefined;
  const seconds = watches === 'vlan' ? after(s, 'timeout', 1000) : undefined;
  const delay = byDefault(3000, PAGES.common);
  const cannotFire = penalty?.value === 0 ? stated('its priority-cost is 0', placeOfHead(s)) : undefined;
  return {
    ...entity(context, placeOfHead(s)),
    watches,
    target,
    ...(defined === undefined ? {} : { defined }),
    interfaces: ports ?? [],
    processes: [],
    addresses: watches === 'gateway' || watches === 'reachability' ? [s.words[1] ?? ''] : [],
    effect,
    ...(penalty ? { penalty } : {}),
    ...(seconds ? { detection: seconds } : watches === 'interface' || watches === 'trunk' ? { detection: delay } : {}),
    ...(cannotFire ? { cannotFire } : {}),
  };
}

function targetOf(s: Statement): string {
  const [kind, first = '', second = ''] = s.words;
  if (kind === 'interface') return `${first} ${second}`;
  if (kind === 'trunk' || kind === 'vlan') return `${kind} ${first}`;
  if (kind !== 'route') return first;
  const length = second.startsWith('/') ? prefixOfLength(second.slice(1)) : prefixOfMask(second);
  return first.includes('/') ? first : (subnetOf(first, length) ?? first);
}

/** Whether the config has the port; a config that lists no ports cannot tell. */
function definedPort(context: Context, name: string): boolean | undefined {
  const ports = context.facts.interfaces.filter((i) => i.kind === 'physical' || i.kind === 'lag');
  return ports.some((i) => i.name === name) ? true : ports.length > 0 ? false : undefined;
}

function after(s: Statement, keyword: string, scale = 1): Fact<number> | undefined {
  const at = s.words.indexOf(keyword);
  return at < 0 ? undefined : numberFact(s, at + 1, scale);
}
