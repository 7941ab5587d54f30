import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { scalar } from '../../syntax/tree.ts';
import { elements, flagOr, key, text } from '../f5-json.ts';
import { type Context, type Item, PAGE, refersTo } from './context.ts';
import type { PoolUse } from './pools.ts';

/** `persistenceMethods` where a service leaves it out. */
const USUAL: Readonly<Record<string, string>> = table({
  Service_HTTP: 'cookie',
  Service_HTTPS: 'cookie',
  Service_TCP: 'source-address',
  Service_UDP: 'source-address',
  Service_L4: 'source-address',
});

/** Methods that keep a table on the unit; a cookie is kept by the client. */
const TABLES = /^(?:destination-address|msrdp|sip-info|source-address|tls-session-id|universal)$/;

/** What a service says of how clients stay with a server, and whether the peer knows, too. */
export function persistenceOf(context: Context, item: Item): Pick<PoolUse, 'persistence' | 'persistenceShared'> {
  const s = item.statement;
  const said = key(s, 'persistenceMethods');
  const usual = said || key(s, 'include') ? undefined : USUAL[item.class];
  if (usual !== undefined) return { persistence: byDefault(usual, PAGE) };
  const fallback = key(s, 'fallbackPersistenceMethod');
  const methods = [...elements(s, 'persistenceMethods').slice(0, 1), ...(fallback ? [fallback] : [])];
  const first = methods[0];
  const name = first && (scalar(first) ?? text(first, 'use') ?? text(first, 'bigip'));
  const shared = methods.map((method) => isShared(context, item, method));
  const kept = shared.find((fact) => fact?.value === false) ?? shared.find((fact) => fact !== undefined);
  return { ...(name ? { persistence: stated(name.value, placeOfHead(first)) } : {}), ...(kept ? { persistenceShared: kept } : {}) };
}

/** Whether the table of a `Persist` object is mirrored; undefined for what the device has from elsewhere, and where there is no table. */
function isShared(context: Context, item: Item, method: Statement): Fact<boolean> | undefined {
  const own = method.children.length > 0 ? refersTo(context, item, method, 'Persist').item?.statement : undefined;
  const kind = text(own, 'persistenceMethod')?.value;
  return own && kind !== undefined && TABLES.test(kind) ? flagOr(own, 'mirror', false, PAGE) : undefined;
}
