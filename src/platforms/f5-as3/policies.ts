import type { Statement } from '../../syntax/statement.ts';
import { elements, key } from '../f5-json.ts';
import { type Context, type Item, refersTo } from './context.ts';

/** The pools that the rules of a service's `policyEndpoint` forward to, each where it is named. */
export function policyPools(context: Context, item: Item): { readonly s: Statement; readonly from: Item }[] {
  const said = key(item.statement, 'policyEndpoint');
  const policies = said ? [said, ...elements(item.statement, 'policyEndpoint')] : [];
  return policies.flatMap((policy) => {
    const from = refersTo(context, item, policy, 'Endpoint_Policy').item;
    const actions = elements(from?.statement, 'rules').flatMap((rule) => elements(rule, 'actions'));
    const pools = actions.map((action) => key(key(action, 'select'), 'pool'));
    return pools.flatMap((s) => (from && s ? [{ s, from }] : []));
  });
}
