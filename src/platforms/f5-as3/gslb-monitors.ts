import type { Monitor } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { elements, key, text, wholeOr } from '../f5-json.ts';
import { canExpect, monitorType } from '../f5-monitors.ts';
import { endpoint } from '../f5-names.ts';
import { type Context, entity, type Item, PAGE, refer, refersTo } from './context.ts';
import type { Bound } from './monitors.ts';

/** The monitors of a GSLB pool, server or virtual server. */
export function boundGslbMonitors(context: Context, item: Item, owner: Statement): Bound {
  const list = elements(owner, 'monitors');
  const found = list.map((s): Monitor | undefined => {
    const { item: target, bigip, missing } = refersTo(context, item, s, 'GSLB_Monitor');
    if (missing !== undefined) refer(context, s, 'monitor', 'GSLB_Monitor', missing, false);
    if (target) return gslbMonitor(context, target);
    return bigip && { ...entity(context, placeOfStatement(s)), name: bigip.value };
  });
  const said = key(owner, 'monitors');
  return {
    list: found.filter((m) => m !== undefined),
    said,
    open: said?.maybe === true || list.some((s) => s.maybe) || found.includes(undefined),
  };
}

/**
 * A `GSLB_Monitor`: interval 30 s and timeout 120 s where it does not say. How fast clients turn to another
 * site hangs on the answers' time to live, too, so nothing is said of the time to detect a failure.
 */
export function gslbMonitor(context: Context, item: Item): Monitor {
  const s = item.statement;
  const kind = text(s, 'monitorType');
  const seconds = (name: string, usual: number): Fact<number> | undefined => {
    const fact = wholeOr(s, name, usual, PAGE);
    return fact && { ...fact, value: fact.value * 1000 };
  };
  const interval = seconds('interval', 30);
  const timeout = seconds('timeout', 120);
  const expects = kind && canExpect(kind.value) ? expectation(s) : undefined;
  const target = text(s, 'target');
  const where = target && endpoint(target.value);
  return {
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    ...(kind ? { type: { ...kind, value: monitorType(kind.value) } } : {}),
    ...(interval ? { interval } : {}),
    ...(timeout ? { timeout } : {}),
    ...(expects ? { expects } : {}),
    ...(target && where && where.host !== '*' ? { destination: { ...target, value: where.host } } : {}),
    ...(target && where?.port ? { port: { ...target, value: where.port } } : {}),
  };
}

/** HTTP monitors look for `HTTP/1.` unless told otherwise, which any answer has. */
function expectation(s: Statement): Fact<boolean> | undefined {
  const codes = key(s, 'receiveStatusCodes');
  if (codes && codes.children.length > 0) return stated(true, placeOfHead(codes));
  const said = text(s, 'receive');
  if (codes || (key(s, 'receive') && !said)) return undefined;
  return said ? { ...said, value: !/^(?:|none|HTTP\/[12]\.?)$/.test(said.value) } : byDefault(false, PAGE);
}
