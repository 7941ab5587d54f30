import { byDefault } from '../../model/fact.ts';
import type { Defaults } from '../cisco-like-finish.ts';

const MANUAL = 'https://www.arista.com/en/um-eos';
export const MLAG_PAGE = `${MANUAL}/eos-multi-chassis-link-aggregation`;
const VRRP_PAGE = `${MANUAL}/eos-vrrp-and-varp`;

/** What EOS does where the config says nothing. */
export const DEFAULTS: Defaults = {
  members: { vrrp: { source: VRRP_PAGE, priority: 100, preempt: true, advertInterval: 1000, version: 2 } },
  switchport: { source: `${MANUAL}/eos-virtual-lans-vlans`, mode: 'access', vlan: 1 },
  enabled: () => byDefault(true, `${MANUAL}/eos-ethernet-ports`),
  edge: { source: `${MANUAL}/eos-spanning-tree-protocol` },
  spanningTree: { source: `${MANUAL}/eos-spanning-tree-protocol`, mode: 'mst', primary: 8192, secondary: 16_384 },
};
