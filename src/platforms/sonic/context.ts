import { ipVersion } from '../../model/address.ts';
import type { Entity } from '../../model/entity.ts';
import type { Fact } from '../../model/fact.ts';
import { placeOfStatement, type Statement } from '../../syntax/statement.ts';
import { at, scalar } from '../../syntax/tree.ts';
import type { noFacts } from '../entity.ts';

/** SONiC's design of MCLAG: tables, and keepalive and timeout where none is configured. */
export const MCLAG_PAGE = 'https://github.com/sonic-net/SONiC/blob/master/doc/mclag/MCLAG_Enhancements_HLD.md';
/** SONiC's design of VRRP: table and defaults. */
export const VRRP_PAGE = 'https://github.com/sonic-net/SONiC/blob/master/doc/vrrp/VRRP_Adaptation_HLD.md';

/** What reading one switch builds up. */
export interface Context {
  readonly device: string;
  /** The tables of all its files. */
  readonly tables: readonly Statement[];
  readonly facts: ReturnType<typeof noFacts>;
}

/** Entity fields of a thing that a row defines. */
export function entityAt(s: Statement, context: Context): Entity {
  return { at: placeOfStatement(s), device: context.device, platform: 'sonic' };
}

/** The rows of a table, from all files, marked as read. */
export function rows(context: Context, table: string): Statement[] {
  return context.tables
    .filter((s) => s.words[0] === table)
    .flatMap((s) => {
      s.use = 'read';
      for (const row of s.children) row.use = 'read';
      return s.children.filter((row) => !row.maybe);
    });
}

/** A field of a row. */
export function field(row: Statement, name: string): Fact<string> | undefined {
  return scalar(at(row.children, name));
}

/** As `field`, for a whole number; `scale` turns the table's unit into the model's. */
export function numberField(row: Statement, name: string, scale = 1): Fact<number> | undefined {
  const text = field(row, name);
  return text && /^\d{1,9}$/.test(text.value) ? { ...text, value: Number(text.value) * scale } : undefined;
}

/** The parts of a row's key: `Vlan10|192.0.2.1/24`. */
export function keyOf(row: Statement): string[] {
  return (row.words[0] ?? '').split('|');
}

/** Address and prefix length in a text, undefined where it is none. */
export function cidrOf(text: string | undefined): { address: string; prefix?: number } | undefined {
  const [address = '', length = ''] = (text ?? '').trim().split('/');
  if (ipVersion(address) === 0) return undefined;
  return /^\d{1,3}$/.test(length) ? { address, prefix: Number(length) } : { address };
}
