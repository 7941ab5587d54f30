import { byDefault } from '../../model/fact.ts';
import type { Defaults } from '../cisco-like-finish.ts';

const FHRP = 'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/ipapp_fhrp/configuration/xe-16/fhp-xe-16-book';
export const HSRP_PAGE = `${FHRP}/fhp-hsrp.html`;
export const GLBP_PAGE = `${FHRP}/fhp-glbp.html`;
const VRRP_PAGE = `${FHRP}/fhp-vrrp.html`;
const CATALYST = 'https://www.cisco.com/c/en/us/td/docs/switches/lan/catalyst9500/software/release/17-1/configuration_guide';
const SPANNING_TREE_PAGE =
  'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/lanswitch/configuration/xe-16-9/lanswitch-xe-16-9-book/lsw-span-tree-prot.html';
const INTERFACE_PAGE = `${CATALYST}/int_hw/b_171_int_and_hw_9500_cg/configuring_interface_characteristics.html`;

/** What IOS and IOS-XE do where the config says nothing. The running-config always shows `shutdown`, so a port without it is up. */
export const DEFAULTS: Defaults = {
  members: {
    hsrp: { source: HSRP_PAGE, priority: 100, preempt: false, advertInterval: 3000, holdTime: 10_000, version: 1, penalty: 10 },
    vrrp: { source: VRRP_PAGE, priority: 100, preempt: true, advertInterval: 1000, version: 2, penalty: 10 },
    glbp: { source: GLBP_PAGE, priority: 100, preempt: false, advertInterval: 3000, holdTime: 10_000, penalty: 10 },
  },
  switchport: { source: `${CATALYST}/vlan/b_171_vlan_9500_cg/configuring_vlan_trunks.html`, vlan: 1 },
  enabled: () => byDefault(true, INTERFACE_PAGE),
  edge: { source: `${CATALYST}/lyr2/b_171_lyr2_9500_cg/configuring_optional_spanning_tree_features.html` },
  spanningTree: { source: SPANNING_TREE_PAGE, mode: 'rapid-pvst', primary: 24_576, secondary: 28_672 },
};
