import { ipVersion } from '../../model/address.ts';
import type { Fact } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import { optionFact } from './command.ts';
import type { Context } from './context.ts';

/** The node's own address, from `set ns config -IPAddress`. */
export function nsip(context: Context): Fact<string> | undefined {
  for (let i = context.nsConfig.length - 1; i >= 0; i--) {
    const address = optionFact(context.nsConfig[i] as Statement, '-ipaddress');
    if (address && ipVersion(address.value) !== 0) return address;
  }
  return undefined;
}

/** Of an `add ns ip`: true for a VIP, false for a SNIP (the default type) or MIP, undefined for what belongs to one node or one site. */
export function isVip(s: Statement): boolean | undefined {
  const type = optionFact(s, '-type')?.value.toUpperCase() ?? 'SNIP';
  if (type === 'VIP') return true;
  return type === 'SNIP' || type === 'MIP' ? false : undefined;
}
