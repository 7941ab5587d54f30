import { ipVersion } from '../../model/address.ts';
import type { Pool, VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';
import { scalar, whole } from '../../syntax/tree.ts';
import { elements, key, text } from '../f5-json.ts';
import { baseName, withoutRouteDomain } from '../f5-names.ts';
import { availability, type Context, entity, type Item, PAGE, resolve } from './context.ts';

type Protocol = NonNullable<VirtualServer['protocol']>['value'];

const PROTOCOLS: Readonly<Record<string, Protocol>> = table({
  Service_HTTP: 'http',
  Service_HTTPS: 'https',
  Service_TCP: 'tcp',
  Service_UDP: 'udp',
  Service_L4: 'tcp',
  Service_SCTP: 'other',
});

const PORTS: Readonly<Record<string, number>> = table({ Service_HTTP: 80, Service_HTTPS: 443 });

/** A service: one virtual server an address, the pools it sends to and what it speaks to them. */
export interface Service {
  readonly servers: readonly VirtualServer[];
  readonly pools: readonly string[];
  readonly inside?: Pool['protocol'];
}

/** Reads a `Service_…` object. */
export function serviceOf(context: Context, item: Item): Service {
  const s = item.statement;
  const at = placeOfStatement(s);
  const pool = poolPointer(context, item);
  const name = PROTOCOLS[item.class];
  const layer4 = text(s, 'layer4')?.value;
  const protocol = item.class === 'Service_L4' && layer4 !== undefined && layer4 !== 'tcp' ? (layer4 === 'udp' ? 'udp' : 'other') : name;
  const said = key(s, 'class');
  const port = whole(key(s, 'virtualPort')) ?? (key(s, 'virtualPort') ? undefined : defaultPort(item.class));
  // `none` where it is left out (schema, Service_Core).
  const mirroring = text(s, 'mirroring') ?? (key(s, 'mirroring') ? undefined : byDefault('none', PAGE));
  const enabled = availability(s);
  const chosen = ['iRules', 'policyEndpoint'].some((list) => key(s, list) !== undefined);
  const open = chosen || pool.open;
  const shared = {
    ...(port ? { port } : {}),
    ...(protocol && said ? { protocol: stated(protocol, placeOfStatement(said)) } : {}),
    ...(enabled ? { enabled } : {}),
    pools: pool.pools,
    ...(mirroring ? { mirrored: { ...mirroring, value: mirroring.value === 'L4' } } : {}),
    bindsAnywhere: byDefault(true, PAGE),
    ...(open ? { open: ['pools'] } : {}),
  };
  const servers = addressesOf(context, item).map(
    (address, i): VirtualServer => ({ ...entity(context, at), name: i === 0 ? item.name : `${item.name}-${i}-`, ...shared, ...address }),
  );
  const encrypts = key(s, 'clientTLS') !== undefined;
  const inside = protocol === 'http' || protocol === 'https' ? (encrypts ? 'https' : 'http') : protocol;
  return { servers, pools: pool.pools.map((p) => p.value), ...(inside && said ? { inside: stated(inside, placeOfStatement(said)) } : {}) };
}

function defaultPort(kind: string): Fact<number> | undefined {
  const port = PORTS[kind];
  return port === undefined ? undefined : byDefault(port, PAGE);
}

function poolPointer(context: Context, item: Item): { pools: Fact<string>[]; open: boolean } {
  const said = key(item.statement, 'pool');
  if (!said) return { pools: [], open: false };
  const pointer = scalar(said)?.value ?? text(said, 'use')?.value;
  const onDevice = text(said, 'bigip');
  if (onDevice) return { pools: [onDevice], open: false };
  if (pointer === undefined || isUnknown(pointer)) return { pools: [], open: true };
  const target = resolve(context, item, pointer);
  const at = placeOfHead(said);
  const candidates = context.items.filter((i) => i.class === 'Pool').map((i) => baseName(i.name));
  const reference = { to: 'pool', noun: 'Pool', name: pointer, defined: target !== undefined, candidates } as const;
  context.facts.references.push({ ...entity(context, at), ...reference });
  return { pools: target ? [stated(target.name, at)] : [], open: target === undefined };
}

type Where = Pick<VirtualServer, 'address' | 'group' | 'floating'>;

/** The addresses of a service; one that is not known still makes a virtual server. */
function addressesOf(context: Context, item: Item): Where[] {
  const found = elements(item.statement, 'virtualAddresses').map((s): Where => {
    const first = s.children.find((c) => c.words[0] === '-');
    const pointer = text(s, 'use')?.value ?? text(first, 'use')?.value;
    const target = pointer === undefined ? undefined : resolve(context, item, pointer);
    if (target) return serviceAddress(target.statement);
    return { ...addressFact(scalar(s) ?? scalar(first)) };
  });
  return found.length > 0 ? found : [{}];
}

function serviceAddress(s: Statement): Where {
  const group = text(s, 'trafficGroup');
  const named = group && group.value !== 'default' ? group : undefined;
  return {
    ...addressFact(text(s, 'virtualAddress')),
    ...(named ? { group: { ...named, value: named.value.startsWith('/') ? named.value : `/Common/${named.value}` } } : {}),
    ...(named ? { floating: { ...named, value: baseName(named.value) !== 'traffic-group-local-only' } } : {}),
  };
}

function addressFact(fact: Fact<string> | undefined): { address?: Fact<string> } {
  const plain = fact && withoutRouteDomain(fact.value).replace(/\/(?:32|128)$/, '');
  return fact && plain !== undefined && ipVersion(plain) !== 0 ? { address: { ...fact, value: plain } } : {};
}
