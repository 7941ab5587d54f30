import type { Fact, Place } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import { scalar } from '../../syntax/tree.ts';
import type { noFacts } from '../entity.ts';
import { classOf, isRuntimeInit, objectsOfClass, text } from '../f5-json.ts';

export const PAGE = 'https://clouddocs.f5.com/products/extensions/f5-declarative-onboarding/latest/schema-reference.html';

/** An object of the Common tenant. */
export interface Item {
  readonly name: string;
  readonly class: string;
  readonly statement: Statement;
}

/** What is gathered while reading a host's declarations. */
export interface Context {
  readonly device: string;
  readonly facts: ReturnType<typeof noFacts>;
  /** The Device objects' members, where pointers start. */
  readonly roots: readonly Statement[];
  readonly items: readonly Item[];
  readonly hostname?: Fact<string>;
}

/** The fields every entity has. */
export function entity(context: Context, at: Place): { at: Place; device: string; platform: 'f5-do' } {
  return { at, device: context.device, platform: 'f5-do' };
}

/** Every object of a class. */
export function ofClass(context: Context, name: string): Item[] {
  return context.items.filter((item) => item.class === name);
}

/** The Device objects of a file, each as its members: the whole file, its documents, or below other keys. */
export function devicesOf(statements: readonly Statement[]): (readonly Statement[])[] {
  return objectsOfClass(statements, 'Device')
    .flatMap(documentsOf)
    .filter((members) => members.some((s) => s.words[0] === 'class' && s.words[1] === 'Device'));
}

/** Documents of one file follow each other in one list: a key that was there before begins the next. */
function documentsOf(statements: readonly Statement[]): Statement[][] {
  const documents: Statement[][] = [];
  let keys = new Set<string>();
  for (const s of statements) {
    const name = s.words[0] ?? '';
    if (documents.length === 0 || keys.has(name)) {
      documents.push([]);
      keys = new Set();
    }
    keys.add(name);
    documents.at(-1)?.push(s);
  }
  return documents;
}

/**
 * The members of the first Device object, of several that a device gets one after the other the last; of a part without
 * one, what stands in `declaration` or in the file.
 */
export function rootsOf(statements: readonly Statement[]): readonly Statement[] {
  const devices = devicesOf(statements);
  const one = isRuntimeInit(statements) ? devices.at(-1) : devices[0];
  if (one) return one;
  const declaration = statements.find((s) => s.words[0] === 'declaration');
  return declaration ? rootsOf(declaration.children) : statements;
}

/** Objects with a class in the tenants of the roots. */
export function itemsOf(roots: readonly Statement[]): Item[] {
  return roots
    .filter((s) => s.children.length > 0 && classOf(s) === 'Tenant')
    .flatMap((tenant) =>
      tenant.children.flatMap((s): Item[] => {
        const kind = classOf(s);
        return kind === undefined ? [] : [{ name: s.words[0] as string, class: kind, statement: s }];
      }),
    );
}

/** A value that may be a pointer (`/Common/internal-self/address`); the fact keeps the place where it is used. */
export function pointed(context: Context, fact: Fact<string> | undefined): Fact<string> | undefined {
  if (!fact?.value.startsWith('/')) return fact;
  let list = context.roots;
  let found: Statement | undefined;
  for (const part of fact.value.slice(1).split('/')) {
    found = /^\d{1,4}$/.test(part) && list.some((s) => s.words[0] === '-') ? list[Number(part)] : list.find((s) => s.words[0] === part);
    if (!found) return undefined;
    list = found.children;
  }
  const value = scalar(found);
  return value && { ...fact, value: value.value };
}

/** A member of an object, pointers followed. */
export function value(context: Context, s: Statement, name: string): Fact<string> | undefined {
  return pointed(context, text(s, name));
}
