import { byDefault } from '../../model/fact.ts';
import type { Defaults } from '../cisco-like-finish.ts';

const FHRP = 'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/ipapp_fhrp/configuration/xe-16/fhp-xe-16-book';
export const HSRP_PAGE = `${FHRP}/fhp-hsrp.html`;
export const GLBP_PAGE = `${FHRP}/fhp-glbp.html`;
const VRRP_PAGE = `${FHRP}/fhp-vrrp.html`;
const VLAN_PAGE =
  'https://www.cisco.com/c/en/us/td/docs/switches/lan/catalyst9300/software/release/17-3/configuration_guide/vlan/b_173_vlan_9300_cg/configuring_vlan_trunks.html';
const STP =
  'https://www.cisco.com/c/en/us/td/docs/switches/lan/catalyst9300/software/release/17-3/configuration_guide/lyr2/b_173_lyr2_9300_cg';
const INTERFACE_PAGE =
  'https://www.cisco.com/c/en/us/td/docs/switches/lan/catalyst9300/software/release/17-3/configuration_guide/int_hw/b_173_int_and_hw_9300_cg/configuring_interface_characteristics.html';

/** What IOS and IOS-XE do where the config says nothing. The running-config always shows `shutdown`, so a port without it is up. */
export const DEFAULTS: Defaults = {
  members: {
    hsrp: { source: HSRP_PAGE, priority: 100, preempt: false, advertInterval: 3000, holdTime: 10_000, version: 1, penalty: 10 },
    vrrp: { source: VRRP_PAGE, priority: 100, preempt: true, advertInterval: 1000, version: 2, penalty: 10 },
    glbp: { source: GLBP_PAGE, priority: 100, preempt: false, advertInterval: 3000, holdTime: 10_000, penalty: 10 },
  },
  switchport: { source: VLAN_PAGE, vlan: 1 },
  enabled: () => byDefault(true, INTERFACE_PAGE),
  edge: { source: `${STP}/configuring_optional_spanning_tree_features.html` },
  spanningTree: { source: `${STP}/configuring_spanning___tree_protocol.html`, mode: 'rapid-pvst', primary: 24_576, secondary: 28_672 },
};
