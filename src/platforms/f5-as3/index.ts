import type { Pool } from '../../model/balancing.ts';
import type { SourceText } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { ignoreRest } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import { classOf, isApiDescription, objectsOfClass, parseDeclaration, shownName, statesClass } from '../f5-json.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import type { Context, Item } from './context.ts';
import { definedMonitor } from './monitors.ts';
import { poolOf } from './pools.ts';
import { serviceOf } from './services.ts';

function recognise(source: SourceText): Recognition | undefined {
  if (!statesClass(source.text, 'AS3|ADC') || isApiDescription(source)) return undefined;
  return { score: 0.95, why: 'has an object of class ADC or AS3' };
}

/** Applications' objects of every tenant of the declarations. */
function itemsOf(statements: readonly Statement[]): Item[] {
  return objectsOfClass(statements, 'ADC')
    .flatMap((members) => [...members])
    .filter((t) => classOf(t) === 'Tenant')
    .flatMap((tenant) =>
      tenant.children
        .filter((a) => classOf(a) === 'Application')
        .flatMap((application) => {
          const folder = shownName(`/${tenant.words[0]}/${application.words[0]}`);
          return application.children.flatMap((s): Item[] => {
            const kind = classOf(s);
            return kind === undefined ? [] : [{ name: shownName(`${folder}/${s.words[0]}`), folder, class: kind, statement: s }];
          });
        }),
    );
}

function read(host: HostSources): ReturnType<Platform['read']> {
  const items = host.sources.flatMap((source) => itemsOf(source.statements));
  const context: Context = { device: host.device, facts: noFacts('load-balancer'), items };
  const { facts } = context;
  const users = new Map<string, Pool['protocol'][]>();
  for (const item of items.filter((i) => i.class.startsWith('Service_') && i.class !== 'Service_Address')) {
    const service = serviceOf(context, item);
    for (const one of service.servers) facts.virtualServers.push(one);
    for (const pool of service.pools) users.set(pool, [...(users.get(pool) ?? []), service.inside]);
  }
  for (const item of items) {
    const using = users.get(item.name);
    const agreed = using?.every((p) => p?.value === using[0]?.value) ? using[0] : undefined;
    if (item.class === 'Pool') facts.pools.push(poolOf(context, item, agreed, using !== undefined));
    else if (item.class === 'Monitor') facts.monitors.push(definedMonitor(context, item));
  }
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
