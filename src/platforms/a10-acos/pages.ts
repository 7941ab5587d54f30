/** The vendor's pages and published schemas that document defaults. */
const SCHEMA = 'https://github.com/a10networks/a10-acos-axapi/blob/main/plugins/modules';

export const PAGES = {
  defaultChecks:
    'https://nettools.net.berkeley.edu/tools/docs/a10/thunder/ACOS_4_1_0/html/slb-Responsive%20HTML5/slb/Additional_Features/slb-feat-health-monitoring/slb-feat-health-monitoring.htm',
  monitor: `${SCHEMA}/a10_health_monitor.py`,
  vrid: `${SCHEMA}/a10_vrrp_a_vrid.py`,
  common: `${SCHEMA}/a10_vrrp_a_common.py`,
  server: `${SCHEMA}/a10_slb_server.py`,
  virtualServer: `${SCHEMA}/a10_slb_virtual_server.py`,
} as const;
