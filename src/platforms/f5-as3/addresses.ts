import { ipVersion } from '../../model/address.ts';
import type { VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact } from '../../model/fact.ts';
import type { Statement } from '../../syntax/statement.ts';
import { scalar } from '../../syntax/tree.ts';
import { elements, key, text } from '../f5-json.ts';
import { baseName, fullPath, withoutRouteDomain } from '../f5-names.ts';
import { type Context, type Item, refersTo } from './context.ts';

/** Where a virtual server listens, and what moves the address. */
export type Where = Pick<VirtualServer, 'address' | 'group' | 'floating' | 'open'>;

/** What moves the address is not said here. */
const UNKNOWN: Where = { open: ['group'] };

/** The addresses of a service; one that is not known still makes a virtual server. */
export function addressesOf(context: Context, item: Item): Where[] {
  const said = key(item.statement, 'virtualAddresses');
  const list = said && refersTo(context, item, said, 'Net_Address_List', 'Firewall_Address_List').item;
  const found = list
    ? elements(list.statement, 'addresses').map((s): Where => ({ ...addressFact(scalar(s)), ...UNKNOWN }))
    : elements(item.statement, 'virtualAddresses').map((s): Where => whereOf(context, item, s));
  return found.length > 0 ? found : [UNKNOWN];
}

/** An entry of `virtualAddresses`: an address, a `Service_Address`, or a pair of either and the clients' subnet. */
function whereOf(context: Context, item: Item, s: Statement): Where {
  const entry = s.children.find((c) => c.words[0] === '-') ?? s;
  if (entry.children.length === 0) return { ...addressFact(scalar(entry)), ...USUAL };
  const { item: target, bigip } = refersTo(context, item, entry, 'Service_Address');
  if (target) return serviceAddress(target.statement);
  return { ...addressFact(bigip && { ...bigip, value: baseName(bigip.value) }), ...UNKNOWN };
}

const FOLDERS = 'https://support.f5.com/content/kb/en-us/products/big-ip_ltm/manuals/product/tmos-redundant-systems-config-11-2-0/4.html';

/** The group that all folders have from the root folder, where nobody gave the tenant's another one. */
const USUAL: Where = { group: byDefault('/Common/traffic-group-1', FOLDERS), floating: byDefault(true, FOLDERS) };

function serviceAddress(s: Statement): Where {
  return { ...addressFact(text(s, 'virtualAddress')), ...groupOf(s) };
}

/** `default`, and nothing said, is the group of the tenant's folder; with `none` what moves the address is not said here. */
function groupOf(s: Statement): Where {
  const said = text(s, 'trafficGroup');
  if (!said) return key(s, 'trafficGroup') ? UNKNOWN : USUAL;
  if (said.value === 'default') return USUAL;
  if (said.value === 'none') return UNKNOWN;
  const group = { ...said, value: fullPath(said.value) };
  return { group, floating: { ...group, value: baseName(group.value) !== 'traffic-group-local-only' } };
}

function addressFact(fact: Fact<string> | undefined): { address?: Fact<string> } {
  const plain = fact && withoutRouteDomain(fact.value).replace(/\/(?:32|128)$/, '');
  return fact && plain !== undefined && ipVersion(plain) !== 0 ? { address: { ...fact, value: plain } } : {};
}
