import type { Fact } from '../model/fact.ts';

/**
 * What a database variable says of the device, by the names that every platform shares. `failover.standby.linkdowntime`
 * (Link Down Time on Failover): for how long a unit that goes to standby takes its links down, 0 by default.
 */
export function standardSetting(name: string, value: Fact<string>): { readonly name: string; readonly value: Fact<boolean> } | undefined {
  if (name !== 'failover.standby.linkdowntime' || !/^\d{1,6}(?:\.\d{1,6})?$/.test(value.value)) return undefined;
  return { name: 'standby-links-down', value: { ...value, value: Number(value.value) > 0 } };
}
