const TMSH = 'https://clouddocs.f5.com/cli/tmsh-reference/latest/modules';

/** F5's pages that document defaults. */
export const PAGES = {
  device: `${TMSH}/cm/cm_device.html`,
  deviceGroup: `${TMSH}/cm/cm_device-group.html`,
  failover: 'https://my.f5.com/manage/s/article/K7249',
  failoverPort: 'https://my.f5.com/manage/s/article/K9057',
  self: `${TMSH}/net/net_self.html`,
  vlan: `${TMSH}/net/net_vlan.html`,
  ntp: `${TMSH}/sys/sys_ntp.html`,
  interface: `${TMSH}/net/net_interface.html`,
  trunk: `${TMSH}/net/net_trunk.html`,
  haGroup: `${TMSH}/sys/sys_ha-group.html`,
  pool: `${TMSH}/ltm/ltm_pool.html`,
  node: `${TMSH}/ltm/ltm_node.html`,
  virtual: `${TMSH}/ltm/ltm_virtual.html`,
  monitor: (type: string): string => `${TMSH}/ltm/ltm_monitor_${type}.html`,
} as const;
