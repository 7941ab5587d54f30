import { byDefault } from '../../model/fact.ts';
import type { Defaults } from '../cisco-like-finish.ts';

const UNICAST =
  'https://www.cisco.com/c/en/us/td/docs/dcn/nx-os/nexus9000/104x/unicast-routing-configuration/cisco-nexus-9000-series-nx-os-unicast-routing-configuration-guide-release-104x';
const INTERFACES =
  'https://www.cisco.com/c/en/us/td/docs/dcn/nx-os/nexus9000/104x/configuration/interfaces/cisco-nexus-9000-series-nx-os-interfaces-configuration-guide-release-104x';
const LAYER2 =
  'https://www.cisco.com/c/en/us/td/docs/dcn/nx-os/nexus9000/104x/configuration/layer-2-switching/cisco-nexus-9000-series-nx-os-layer-2-switching-configuration-guide-104x';

export const VPC_PAGE = `${INTERFACES}/m_configuring_vpcs_9x.html`;
/** mgmt0 is in the VRF `management` from the start and cannot leave it. */
export const MANAGEMENT_PAGE = `${UNICAST}/m-n9k-configuring-layer3-virtualization-104x.html`;
export const VRRP_PAGE = `${UNICAST}/m-n9k-configuring-vrrp-104x.html`;

/** What NX-OS does where the config says nothing. */
export const DEFAULTS: Defaults = {
  members: {
    hsrp: {
      source: `${UNICAST}/m-n9k-configuring-hsrp-104x.html`,
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
    return port.mode?.value === 'routed' ? undefined : byDefault(true, `${INTERFACES}/m_configuring_basic_interface_parameters_9x.html`);
  },
  edge: { source: `${LAYER2}/m-configuring-stp-extensions.html` },
  spanningTree: { source: `${LAYER2}/m-configuring-rapid-pvst.html`, mode: 'rapid-pvst', primary: 24_576, secondary: 28_672 },
};
