import type { VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { whole } from '../../syntax/tree.ts';
import { elements, key, text } from '../f5-json.ts';
import { baseName } from '../f5-names.ts';
import { addressesOf } from './addresses.ts';
import { availability, type Context, entity, type Item, PAGE, pointedPool } from './context.ts';
import { persistenceOf } from './persistence.ts';
import { policyPools } from './policies.ts';
import type { PoolUse } from './pools.ts';

type Protocol = NonNullable<VirtualServer['protocol']>['value'];

const PROTOCOLS: Readonly<Record<string, Protocol>> = table({
  Service_HTTP: 'http',
  Service_HTTPS: 'https',
  Service_TCP: 'tcp',
  Service_UDP: 'udp',
  Service_L4: 'tcp',
  Service_SCTP: 'other',
  Service_Generic: 'other',
});

const PORTS: Readonly<Record<string, number>> = table({ Service_HTTP: 80, Service_HTTPS: 443 });

/** A service: one virtual server an address, and the pools it sends to with what it says of them. */
export interface Service {
  readonly servers: readonly VirtualServer[];
  readonly pools: readonly string[];
  readonly use: PoolUse;
}

/** Reads a `Service_…` object. */
export function serviceOf(context: Context, item: Item): Service {
  const s = item.statement;
  const at = placeOfStatement(s);
  const chosen = poolsOf(context, item);
  const protocol = protocolOf(item);
  const said = key(s, 'class');
  const port = whole(key(s, 'virtualPort')) ?? unlessSaid(item, 'virtualPort', PORTS[item.class]);
  const mirroring = text(s, 'mirroring') ?? unlessSaid(item, 'mirroring', 'none');
  const enabled = item.open ? item.off : availability(s, item.off);
  const shared = {
    ...(port ? { port } : {}),
    ...(protocol && said ? { protocol: stated(protocol, placeOfStatement(said)) } : {}),
    ...(enabled ? { enabled } : {}),
    pools: chosen.pools,
    ...(mirroring ? { mirrored: { ...mirroring, value: mirroring.value === 'L4' } } : {}),
    ...(chosen.redirects ? { answersItself: chosen.redirects } : {}),
    bindsAnywhere: byDefault(true, PAGE),
  };
  const servers = addressesOf(context, item).map(({ open: unknown = [], ...where }, i): VirtualServer => {
    const open = [...(chosen.open ? ['pools'] : []), ...unknown];
    const name = i === 0 ? item.name : `${item.name}-${i}-`;
    return { ...entity(context, at), name, ...shared, ...where, ...(open.length > 0 ? { open } : {}) };
  });
  const encrypts = key(s, 'clientTLS') !== undefined;
  const inside: Protocol | undefined = protocol === 'http' || protocol === 'https' ? (encrypts ? 'https' : 'http') : protocol;
  const spoken: PoolUse = inside && said ? { protocol: stated(inside, placeOfStatement(said)) } : {};
  return { servers, pools: chosen.pools.map((p) => p.value), use: { ...spoken, ...persistenceOf(context, item) } };
}

/** The default of a property that is left out, unless it may be filled in. */
function unlessSaid<T>({ statement, open }: Item, name: string, usual: T | undefined): Fact<T> | undefined {
  return usual === undefined || key(statement, name) || open ? undefined : byDefault(usual, PAGE);
}

function protocolOf(item: Item): Protocol | undefined {
  const layer4 = text(item.statement, 'layer4')?.value;
  const usual = PROTOCOLS[item.class];
  if (usual === 'http' && key(item.statement, 'serverTLS')) return 'https';
  if (layer4 === undefined || (item.class !== 'Service_L4' && item.class !== 'Service_Generic')) return usual;
  return layer4 === 'tcp' || layer4 === 'udp' ? layer4 : 'other';
}

interface Chosen {
  readonly pools: readonly Fact<string>[];
  /** An iRule, or a policy that is not seen here, may choose others. */
  readonly open: boolean;
  /** Its one iRule is the shipped redirect, which only answers. */
  readonly redirects?: Fact<boolean>;
}

function poolsOf(context: Context, item: Item): Chosen {
  const s = item.statement;
  const rules = key(s, 'iRules');
  const names = elements(s, 'iRules').map((rule) => baseName(text(rule, 'bigip')?.value ?? ''));
  const redirects = rules !== undefined && names.length > 0 && names.every((name) => name === '_sys_https_redirect');
  const said = key(s, 'pool');
  const usual = said ? [pointedPool(context, item, said, 'Pool')] : [];
  const policies = policyPools(context, item);
  const named = [...usual, ...policies.pools.map((pool) => pointedPool(context, pool.from, pool.s, 'Pool'))];
  const pools = named.filter((fact) => fact !== undefined);
  const open = (rules !== undefined && !redirects) || policies.open || item.open === true;
  return {
    pools: pools.filter((pool, i) => pools.findIndex((other) => other.value === pool.value) === i),
    open: open || named.includes(undefined),
    ...(redirects ? { redirects: stated(true, placeOfHead(rules)) } : {}),
  };
}
