import type { Monitor } from '../../model/balancing.ts';
import { byDefault, type Fact } from '../../model/fact.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { scalar, whole } from '../../syntax/tree.ts';
import { elements, key, text, wholeOr } from '../f5-json.ts';
import { canExpect, defaultTiming, isPassive, monitorType, shippedType } from '../f5-monitors.ts';
import { baseName } from '../f5-names.ts';
import { type Context, entity, type Item, PAGE, refer, refersTo } from './context.ts';

/** Monitors bound somewhere; `open` where one of them is not known here. */
export interface Bound {
  readonly list: readonly Monitor[];
  readonly said: Statement | undefined;
  readonly open: boolean;
}

/** Monitors that a declaration may name without defining them. */
const NAMED = ['http', 'https', 'http2', 'icmp', 'tcp', 'tcp-half-open', 'udp'];

/** The monitors of a pool or of a member. */
export function boundMonitors(context: Context, item: Item, owner: Statement): Bound {
  const found = elements(owner, 'monitors').map((s) => monitorOf(context, item, s));
  return {
    list: found.filter((m) => m !== undefined),
    said: key(owner, 'monitors'),
    open:
      (item.open === true && !key(owner, 'monitors')) ||
      key(owner, 'monitors')?.maybe === true ||
      elements(owner, 'monitors').some((s) => s.maybe) ||
      found.includes(undefined),
  };
}

function monitorOf(context: Context, item: Item, s: Statement): Monitor | undefined {
  const name = scalar(s)?.value;
  if (name !== undefined && NAMED.includes(name)) return shipped(context, s, name, `/Common/${name}`);
  const { item: target, bigip, missing } = refersTo(context, item, s, 'Monitor');
  if (target) return definedMonitor(context, target);
  if (missing !== undefined) refer(context, s, 'monitor', 'Monitor', missing, false, NAMED);
  if (!bigip) return undefined;
  const type = bigip.value.startsWith('/Common/') ? shippedType(baseName(bigip.value)) : undefined;
  // A monitor that the device has from elsewhere: it watches, how is not said here.
  return type ? shipped(context, s, type, bigip.value) : { ...entity(context, placeOfStatement(s)), name: bigip.value };
}

function shipped(context: Context, s: Statement, type: string, name: string): Monitor {
  const timing = defaultTiming(type);
  return {
    ...entity(context, placeOfStatement(s)),
    name,
    type: byDefault(monitorType(type), PAGE),
    ...(timing ? { interval: byDefault(timing.interval, PAGE), timeout: byDefault(timing.timeout, PAGE) } : {}),
    ...(timing ? { timeoutCovers: 'decision' as const, detection: byDefault(timing.timeout, PAGE) } : {}),
    builtIn: true,
  };
}

/** A `Monitor` object: interval 5 s and timeout 16 s where it does not say (AS3 schema). */
export function definedMonitor(context: Context, item: Item): Monitor {
  const s = item.statement;
  const kind = text(s, 'monitorType');
  const seconds = (name: string, usual: number): Fact<number> | undefined => {
    const fact = item.open ? whole(key(s, name)) : wholeOr(s, name, usual, PAGE);
    return fact && { ...fact, value: fact.value * 1000 };
  };
  const probes = kind !== undefined && !isPassive(kind.value);
  const interval = probes ? seconds('interval', 5) : undefined;
  const timeout = probes ? seconds('timeout', 16) : undefined;
  const port = whole(key(s, 'targetPort'));
  const address = text(s, 'targetAddress');
  const expects = kind && canExpect(kind.value) && !item.open ? expectation(s, kind.value) : undefined;
  return {
    ...entity(context, placeOfStatement(s)),
    name: item.name,
    ...(kind ? { type: { ...kind, value: monitorType(kind.value) } } : {}),
    ...(interval ? { interval } : {}),
    ...(timeout ? { timeout, timeoutCovers: 'decision' as const, detection: timeout } : {}),
    ...(expects ? { expects } : {}),
    ...(address && address.value !== '' ? { destination: address } : {}),
    ...(port && port.value > 0 ? { port } : {}),
  };
}

/** HTTP monitors expect `HTTP/1.` unless told otherwise, which any answer has; only another text, or one that means "down", judges. */
function expectation(s: Statement, type: string): Fact<boolean> | undefined {
  const down = text(s, 'receiveDown');
  if (down && down.value !== '' && down.value !== 'none') return { ...down, value: true };
  if (key(s, 'receiveDown') && !down) return undefined;
  const said = text(s, 'receive');
  if (!said) return key(s, 'receive') ? undefined : byDefault(false, PAGE);
  const any = said.value === '' || said.value === 'none' || (type.startsWith('http') && /^HTTP\/[12]\.?$/.test(said.value));
  return { ...said, value: !any };
}
