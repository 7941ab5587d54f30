import type { Source } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';
import { flag } from '../../syntax/tree.ts';
import { classOf, key, objectsOfClass, shownName } from '../f5-json.ts';
import type { Item } from './context.ts';

/** Applications' objects of every tenant of the declarations of a file. */
export function itemsOf({ statements, template }: Source): Item[] {
  const whole = objectsOfClass(statements, 'ADC');
  if (whole.length === 0)
    return applicationsAlone(statements).flatMap((list) => itemsInTenant(undefined, list, { template, partial: true }));
  return whole.flatMap((members) => {
    const declaration = { template, partial: false };
    return members.filter((t) => classOf(t) === 'Tenant').flatMap((tenant) => itemsInTenant(tenant, tenant.children, declaration));
  });
}

/** How deep below other keys applications without a tenant are looked for. */
const MAX_NESTING = 10;

/** Applications that are declared without their tenant, which the request names. */
function applicationsAlone(statements: readonly Statement[], depth = 0): (readonly Statement[])[] {
  if (depth > MAX_NESTING) return [];
  const found = statements.some((s) => s.words[0] === 'schemaVersion') && statements.some((s) => classOf(s) === 'Application');
  return found ? [statements] : statements.flatMap((s) => applicationsAlone(s.children, depth + 1));
}

function itemsInTenant(tenant: Statement | undefined, members: readonly Statement[], declaration: Item['declaration']): Item[] {
  const applications = members.filter((a) => classOf(a) === 'Application');
  return applications.flatMap((application) => itemsIn(tenant, application, declaration));
}

function itemsIn(tenant: Statement | undefined, application: Statement, declaration: Item['declaration']): Item[] {
  const folder = shownName(`/${tenant?.words[0] ?? '…'}/${application.words[0]}`);
  const off = [tenant, application].map((s) => flag(key(s, 'enable'))).find((enable) => enable?.value === false);
  const filledIn = key(application, 'schemaOverlay') !== undefined || [tenant, application].some((s) => key(s, 'include'));
  return application.children.flatMap((statement): Item[] => {
    const kind = classOf(statement);
    if (kind === undefined) return [];
    const name = shownName(`${folder}/${statement.words[0]}`);
    const open = filledIn || key(statement, 'include') !== undefined;
    return [{ name, folder, class: kind, statement, declaration, ...(off ? { off } : {}), ...(open ? { open } : {}) }];
  });
}
