import { table } from '../../syntax/table.ts';

/** Statements of no concern to HA: whole modules, and kinds within the others. */
const MODULES = 'analytics api-protection apm asm auth cli gtm ilx pem saas security util vcmp wom';
const KINDS: Readonly<Record<string, string>> = table({
  cm: 'add-to-trust cert key remove-from-trust sniff-updates trust-domain',
  ltm: 'alg-log-profile auth cipher classification clientssl-proxy data-group default-node-monitor dns eviction-policy global-settings html-rule ifile lsn-log-profile lsn-pool message-routing nat policy policy-strategy profile rule snat snat-translation snatpool tacdb traffic-class traffic-matching-criteria virtual-location persistence',
  net: 'address-list arp bwc bwc-policy cmetrics cos dag-globals dns-resolver fdb ike-evt-stat interface-cos ipsec lldp-globals lldp-neighbors mroute multicast-globals ndp packet-filter packet-filter-trusted packet-tester port-list port-mirror rate-shaping route-domain router-advertisement routing rst-cause self-allow service-policy sfc stp stp-globals timer-policy tunnels vlan-allowed vlan-group wccp',
  sys: 'alert application aom autoscale-group clock cluster compatibility-level config config-diff console core crypto daemon-ha daemon-log-settings datastor diags disk dns dynad ecm failover feature-module file fpga geoip hardware host-info httpd icall icmp-stat icontrol-soap internal-proxy ip-address iprep-status ipfix-element license log-config log-rotate mac-address management-dhcp management-ovsdb management-proxy-config management-route mcp-state memory outbound-smtp performance pptp-call-info proc-info provision ready raid scriptd service sflow smtp-server snmp software sshd state-mirroring sync-sys-files syslog tmm-info tmm-traffic traffic turboflex ucs update url-db version',
});

/** Commands that change no setting, or only when they are run. */
const COMMANDS =
  'bash cd cp edit exit generate install list load publish quit reboot reset-stats restart run save send-mail show start stop submit tmsh';

/** Paths of the words of ignored statements. */
export const IGNORED: readonly string[] = [
  ...MODULES.split(' '),
  ...Object.entries(KINDS).flatMap(([module, kinds]) => kinds.split(' ').map((kind) => `${module} ${kind}`)),
  ...COMMANDS.split(' '),
  'partition',
  'shell',
];
