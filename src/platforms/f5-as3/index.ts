import type { Source, SourceText } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { flag, ignoreRest } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import { classOf, isApiDescription, key, objectsOfClass, parseDeclaration, shownName, statesClass } from '../f5-json.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import type { Context, Item } from './context.ts';
import { buildGslb } from './gslb.ts';
import { definedMonitor } from './monitors.ts';
import { agreed, type PoolUse, poolOf } from './pools.ts';
import { serviceOf } from './services.ts';

/** Classes that are no virtual servers, though their names begin like those. */
const NO_SERVICES: ReadonlySet<string> = new Set(['Service_Address', 'Service_Profile']);

function recognise(source: SourceText): Recognition | undefined {
  if (!statesClass(source.text, 'AS3|ADC') || isApiDescription(source)) return undefined;
  return { score: 0.95, why: 'has an object of class ADC or AS3' };
}

/** Applications' objects of every tenant of the declarations. */
function itemsOf({ statements, template }: Source): Item[] {
  return objectsOfClass(statements, 'ADC').flatMap((members) => {
    const declaration = { template };
    return members
      .filter((t) => classOf(t) === 'Tenant')
      .flatMap((tenant) => tenant.children.filter((a) => classOf(a) === 'Application').map((application) => [tenant, application] as const))
      .flatMap(([tenant, application]) => itemsIn(tenant, application, declaration));
  });
}

function itemsIn(tenant: Statement, application: Statement, declaration: Item['declaration']): Item[] {
  const folder = shownName(`/${tenant.words[0]}/${application.words[0]}`);
  const off = [tenant, application].map((s) => flag(key(s, 'enable'))).find((enable) => enable?.value === false);
  return application.children.flatMap((statement): Item[] => {
    const kind = classOf(statement);
    if (kind === undefined) return [];
    const name = shownName(`${folder}/${statement.words[0]}`);
    return [{ name, folder, class: kind, statement, declaration, ...(off ? { off } : {}) }];
  });
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const items = host.sources.flatMap(itemsOf);
  const context: Context = { device: host.device, facts: noFacts('load-balancer'), items };
  const { facts } = context;
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
  recognise,
  parse: parseDeclaration,
  hostname: () => undefined,
  extent: () => 'part',
  read,
};
