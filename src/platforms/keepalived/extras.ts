import { byDefault, type Fact, stated } from '../../model/fact.ts';
import type { Member } from '../../model/redundancy.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { boolWord, type Context, globalSetting, last, MANUAL } from './context.ts';

type Extra = Fact<string | number | boolean>;

/** Keywords whose presence alone says something. */
const FLAGS = ['nopreempt', 'dont_track_primary', 'track_src_ip', 'unicast_fault_no_peer', 'check_unicast_src', 'vmac_xmit_base'];
const NUMBERS: Readonly<Record<string, number>> = table({
  preempt_delay: 1000,
  unicast_ttl: 1,
  down_timer_adverts: 1,
  garp_master_repeat: 1,
  garp_master_delay: 1000,
});
const WORDS = ['mcast_src_ip', 'mcast_dst_ip'];
const BOOLS: Readonly<Record<string, string>> = table({
  lower_prio_no_advert: 'vrrp_lower_prio_no_advert',
  higher_prio_send_advert: 'vrrp_higher_prio_send_advert',
  strict_mode: 'vrrp_strict',
});

/**
 * What only keepalived has, by its own keywords, as written: `nopreempt` is here even where
 * keepalived clears it. Times in milliseconds.
 */
export function readExtras(instance: Statement, context: Context): NonNullable<Member['extra']> {
  const extra: Record<string, Extra> = {};
  const put = (name: string, fact: Extra | undefined): void => {
    if (fact) extra[name] = fact;
  };
  for (const name of FLAGS) {
    const s = last(instance, name);
    if (s) put(name, headFact(s, true));
  }
  for (const [name, scale] of Object.entries(NUMBERS)) {
    const s = last(instance, name);
    if (s) put(name, numberFact(s, 1, scale));
  }
  if (!last(instance, 'down_timer_adverts') && !globalSetting(context, 'vrrp_down_timer_adverts'))
    put('down_timer_adverts', byDefault(3, MANUAL));
  for (const name of WORDS) {
    const s = last(instance, name);
    if (s) put(name, wordFact(s, 1));
  }
  for (const [name, global] of Object.entries(BOOLS)) {
    const s = last(instance, name) ?? globalSetting(context, global);
    const value = boolWord(s, 1);
    if (s && value !== undefined && !s.maybe) put(name, stated(value, placeOfHead(s)));
  }
  for (const name of ['use_vmac', 'use_ipvlan', 'unicast_peer']) {
    const s = last(instance, name);
    if (s) put(name, headFact(s, true));
  }
  return extra;
}
