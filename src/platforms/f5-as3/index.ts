import type { SourceText } from '../../syntax/source.ts';
import { ignoreRest } from '../../syntax/tree.ts';
import { isRuntimeInit, objectsOfClass, onlyQuotes, parseDeclaration, statesClass } from '../f5-json.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { contextOf } from './context.ts';
import { itemsOf } from './declarations.ts';
import { buildGslb } from './gslb.ts';
import { definedMonitor } from './monitors.ts';
import { agreed, type PoolUse, poolOf } from './pools.ts';
import { serviceOf } from './services.ts';

/** Classes that are no virtual servers, though their names begin like those. */
const NO_SERVICES: ReadonlySet<string> = new Set(['Service_Address', 'Service_Profile']);

function recognise(source: SourceText): Recognition | undefined {
  if (onlyQuotes(source)) return undefined;
  if (statesClass(source.text, 'AS3|ADC')) return { score: 0.95, why: 'has an object of class ADC or AS3' };
  const alone = statesClass(source.text, 'Application') && statesClass(source.text, 'Service_\\w+|Pool|GSLB_\\w+');
  return alone && /schemaVersion["']?[ \t]{0,40}:/.test(source.text) ? { score: 0.9, why: 'has an AS3 application' } : undefined;
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const context = contextOf(host.device, host.sources.flatMap(itemsOf));
  const { facts, items } = context;
  const uses = new Map<string, PoolUse>();
  for (const item of items.filter((i) => i.class.startsWith('Service_') && !NO_SERVICES.has(i.class))) {
    const service = serviceOf(context, item);
    for (const one of service.servers) facts.virtualServers.push(one);
    for (const pool of service.pools) uses.set(pool, agreed(uses.get(pool), service.use));
  }
  for (const item of items) {
    if (item.class === 'Pool') facts.pools.push(poolOf(context, item, uses.get(item.name)));
    else if (item.class === 'Monitor') facts.monitors.push(definedMonitor(context, item));
  }
  buildGslb(context);
  // A declaration says what runs on a device, not what the device is.
  facts.fragment = true;
  for (const source of host.sources) ignoreRest(source.statements);
  return facts;
}

/** F5 BIG-IP AS3: a declaration of applications in JSON or YAML. */
export const f5As3: Platform = {
  id: 'f5-as3',
  title: 'F5 AS3',
  comment: '',
  host: 'f5',
  data: true,
  sharesFiles: true,
  recognise,
  parse: parseDeclaration,
  hostname: () => undefined,
  // Where DO stands in it, too, that is the main part.
  extent: ({ statements }) => (isRuntimeInit(statements) && objectsOfClass(statements, 'Device').length === 0 ? 'main' : 'part'),
  read,
};
