import { byDefault } from '../../model/fact.ts';
import type { Defaults } from '../cisco-like-finish.ts';

const CISCO = 'https://www.cisco.com/c/en/us/td/docs';
const INTERFACES = `${CISCO}/dcn/nx-os/nexus9000/104x/configuration/interfaces/cisco-nexus-9000-series-nx-os-interfaces-configuration-guide-release-104x`;
const HSRP_PAGE = `${CISCO}/switches/datacenter/sw/6_x/nx-os/unicast/configuration/guide/b-7k-Cisco-Nexus-7000-Series-NX-OS-Unicast-Routing-Configuration-Guide-Release-6x/m_7k_configuring_hsrp.html`;
const BASIC_PAGE = `${CISCO}/dcn/nx-os/nexus9000/105x/configuration/interfaces/cisco-nexus-9000-series-nx-os-interfaces-configuration-guide-release-105x/m_configuring_basic_interface_parameters_93x.html`;
const STP_EXTENSIONS_PAGE = `${CISCO}/dcn/nexus3550/3550-t/sw/101x/configuration/cisco-nexus-3550t-configuration-guide/m-configuring-stp-extensions-using-cisco-nx-os.html`;
/** Cisco's Layer 2 Switching Configuration Guide for Nexus 9000, release 7.x, page 102. */
const RAPID_PVST_PAGE = 'https://www.manualslib.com/manual/1345951/Cisco-Nexus-9000-Series.html?page=116';

/** Also says that mgmt0 is the management VRF's interface. */
export const VPC_PAGE = `${INTERFACES}/m_configuring_vpcs_9x.html`;
export const VRRP_PAGE = `${CISCO}/switches/datacenter/sw/5_x/nx-os/unicast/configuration/guide/l3_cli_nxos/l3_vrrp.html`;

/** What NX-OS does where the config says nothing. */
export const DEFAULTS: Defaults = {
  members: {
    hsrp: {
      source: HSRP_PAGE,
      priority: 100,
      preempt: false,
      advertInterval: 3000,
      holdTime: 10_000,
      version: 1,
      penalty: 10,
    },
    vrrp: { source: VRRP_PAGE, priority: 100, preempt: true, advertInterval: 1000, version: 2 },
  },
  switchport: { source: `${INTERFACES}/m_configuring_layer_2_interfaces_9x.html`, mode: 'access', vlan: 1 },
  // SVIs start shut down, and what ports do depends on `system default switchport`.
  enabled: (port, reading) => {
    if (port.kind === 'vlan' || port.kind === 'subinterface' || reading.flags.has('ports-start-shut')) return undefined;
    return port.mode?.value === 'routed' ? undefined : byDefault(true, BASIC_PAGE);
  },
  edge: { source: STP_EXTENSIONS_PAGE },
  spanningTree: { source: RAPID_PVST_PAGE, mode: 'rapid-pvst', primary: 24_576, secondary: 28_672 },
};
