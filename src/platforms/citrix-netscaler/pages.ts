/** The vendor's pages that document defaults. */
const REFERENCE = 'https://developer-docs.citrix.com/projects/netscaler-command-reference/en/12.0';
const DOCS = 'https://docs.netscaler.com/en-us/citrix-adc/current-release';

export const PAGES = {
  haNode: `${REFERENCE}/ha/ha-node/ha-node/`,
  interface: `${REFERENCE}/network/interface/interface/`,
  lbMonitor: `${REFERENCE}/lb/lb-monitor/lb-monitor/`,
  lbVserver: `${REFERENCE}/lb/lb-vserver/lb-vserver/`,
  service: `${REFERENCE}/basic/service/service/`,
  serviceGroup: `${REFERENCE}/basic/servicegroup/servicegroup/`,
  server: `${REFERENCE}/basic/server/server/`,
  vlan: `${REFERENCE}/network/vlan/vlan/`,
  ntp: `${REFERENCE}/ntp/ntp-sync/ntp-sync/`,
  defaultMonitors: `${DOCS}/load-balancing/load-balancing-builtin-monitors/monitor-tcp.html`,
  ha: `${DOCS}/system/high-availability-introduction.html`,
  heartbeat: `${DOCS}/system/high-availability-introduction/managing-ha-heartbeat-messages.html`,
  fis: `${DOCS}/system/high-availability-introduction/configuring-failover-interface-set.html`,
} as const;
