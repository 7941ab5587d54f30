import type { Defaults } from '../cisco-like-finish.ts';

/** SmartFabric OS10 User Guide, release 10.5.0: VLT domain, backup link, delay-restore timer. */
export const VLT_PAGE = 'https://www.manualowl.com/m/Dell/PowerSwitch-S4128F-ON/Manual/591966?page=1238';

/** What OS10 does where the config says nothing, as far as Dell's pages say it. */
export const DEFAULTS: Defaults = {
  members: {},
  switchport: { source: VLT_PAGE, vlan: 1 },
  enabled: () => undefined,
  edge: { source: VLT_PAGE },
  spanningTree: { source: VLT_PAGE, mode: 'rapid-pvst', primary: 24_576, secondary: 28_672 },
};
