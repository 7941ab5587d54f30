import { byDefault, type Fact } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';

/** The kernel's bonding driver: its modes by name and number, and which it takes where none is named. */
export const BOND_PAGE = 'https://www.kernel.org/doc/Documentation/networking/bonding.txt';

type LagMode = NonNullable<Interface['lagMode']>;

/** How a bond's ports are used, by the mode's name or number; undefined for modes of other drivers. */
export function bondMode(mode: Fact<string> | undefined): LagMode | undefined {
  if (!mode) return undefined;
  if (/^(?:802\.3ad|4)$/i.test(mode.value)) return { ...mode, value: 'lacp-active' };
  if (/^(?:active-backup|1)$/.test(mode.value)) return { ...mode, value: 'active-backup' };
  if (/^(?:balance-xor|2)$/.test(mode.value)) return { ...mode, value: 'static' };
  return /^(?:balance-(?:rr|tlb|alb)|broadcast|0|3|5|6)$/.test(mode.value) ? { ...mode, value: 'balance' } : undefined;
}

/** Bonds without a mode send round robin. */
export const UNNAMED_MODE: LagMode = byDefault('balance', BOND_PAGE);

/** How often LACP speaks: `fast` or 1, `slow` or 0. */
export function lacpRate(rate: Fact<string> | undefined): Interface['lacpRate'] {
  if (!rate) return undefined;
  if (/^(?:fast|1)$/.test(rate.value)) return { ...rate, value: 'fast' };
  return /^(?:slow|0)$/.test(rate.value) ? { ...rate, value: 'slow' } : undefined;
}
