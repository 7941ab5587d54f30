import type { Statement } from '../../syntax/statement.ts';
import { elements, key } from '../f5-json.ts';
import { type Context, type Item, refersTo } from './context.ts';

/** The pools that policies forward to, each where it is named. */
export interface PolicyPools {
  readonly pools: readonly { readonly s: Statement; readonly from: Item }[];
  /** One of the policies is not seen here. */
  readonly open: boolean;
}

/** The pools that the rules of a service's `policyEndpoint` forward to. */
export function policyPools(context: Context, item: Item): PolicyPools {
  const said = key(item.statement, 'policyEndpoint');
  const list = elements(item.statement, 'policyEndpoint');
  const policies = (list.length > 0 || !said ? list : [said]).map((s) => refersTo(context, item, s, 'Endpoint_Policy').item);
  const pools = policies.flatMap((from) => {
    const actions = elements(from?.statement, 'rules').flatMap((rule) => elements(rule, 'actions'));
    return actions.map((action) => key(key(action, 'select'), 'pool')).flatMap((s) => (from && s ? [{ s, from }] : []));
  });
  return { pools, open: said?.maybe === true || policies.includes(undefined) || (policies.length === 0 && said !== undefined) };
}
