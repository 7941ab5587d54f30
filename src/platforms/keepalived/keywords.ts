import { table } from '../../syntax/table.ts';

/**
 * keepalived's grammar is closed: what a block may hold, as the manual page keepalived.conf(5) and
 * the keyword tables of keepalived 2.2.7 to 2.4 list it. `read`: used for a fact; `ignore`: known, of
 * no concern to HA; `free`: the block's lines are names or addresses, not keywords.
 */
export interface Block {
  readonly read: readonly string[];
  readonly ignore: readonly string[];
  readonly free?: boolean;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const NOTIFY = 'notify_master notify_backup notify_fault notify_stop notify_deleted notify notify_priority_changes smtp_alert';
const TRACKS = 'track_interface track_script track_file track_process track_bfd';
const CHECKED = 'retry delay_before_retry warmup connect_timeout delay_loop alpha inhibit_on_failure';
const CONNECTION = 'connect_ip connect_port bindto bind_port bind_if fwmark log_all_failures';
const CHECKERS = words('HTTP_GET SSL_GET TCP_CHECK SMTP_CHECK DNS_CHECK MISC_CHECK BFD_CHECK UDP_CHECK PING_CHECK FILE_CHECK');
const FORWARDING =
  'lb_algo lvs_sched hashed ops flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback lb_kind lvs_method persistence_engine persistence_granularity ha_suspend smtp_alert virtualhost snmp_name nat_mask omega quorum_up quorum_down hysteresis ip_family sorry_server_inhibit sorry_server_lvs_method';

function checker(read: string, ignore = ''): Block {
  return {
    read: words(`retry delay_before_retry connect_timeout delay_loop connect_ip connect_port nb_get_retry ${read}`),
    ignore: words(`${CONNECTION} warmup alpha inhibit_on_failure ${ignore}`),
  };
}

const FREE: Block = { read: [], ignore: [], free: true };

/** Blocks by name; those that mean different things in different places carry the outer one in front. */
export const BLOCKS: Readonly<Record<string, Block>> = table({
  '': {
    read: words(
      'global_defs vrrp_instance vrrp_script vrrp_sync_group vrrp_track_process vrrp_track_file track_file bfd_instance virtual_server virtual_server_group static_ipaddress include includer includem includew includeb includea',
    ),
    ignore: words(
      'static_routes static_rules track_group garp_group interface_up_down_delays linkbeat_interfaces net_namespace net_namespace_ipvs namespace_with_ipsets instance use_pid_dir child_wait_time linkbeat_use_polling SSL vrrp_garp_interval vrrp_gna_interval',
    ),
  },
  global_defs: {
    read: words(
      'router_id vrrp_version vrrp_strict vrrp_garp_master_repeat vrrp_garp_master_delay vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert vrrp_down_timer_adverts vrrp_check_unicast_src default_interface enable_script_security lvs_sync_daemon vrrp_mcast_group4 vrrp_mcast_group6 vrrp_startup_delay dynamic_interfaces',
    ),
    ignore: words(
      `process_names process_name vrrp_process_name checker_process_name lvs_process_name bfd_process_name notification_email_from smtp_server smtp_helo_name smtp_connect_timeout notification_email smtp_alert startup_script startup_script_timeout shutdown_script shutdown_script_timeout max_auto_priority min_auto_priority_delay smtp_alert_vrrp smtp_alert_checker checker_log_all_failures no_email_faults disable_local_igmp lvs_timeouts lvs_flush lvs_flush_on_stop lvs_flush_onstop
      vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_garp_interval vrrp_gna_interval vrrp_min_garp vrrp_garp_extra_if vrrp_vmac_garp_intvl vrrp_iptables vrrp_ipsets nftables nftables_priority nftables_ifindex nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark nftables_counters vrrp_skip_check_adv_addr vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity vrrp_rlimit_rttime vrrp_rlimit_rtime
      notify_fifo notify_fifo_script vrrp_notify_fifo vrrp_notify_fifo_script vrrp_notify_priority_changes fifo_write_vrrp_states_on_reload lvs_notify_fifo lvs_notify_fifo_script checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity checker_rlimit_rttime checker_rlimit_rtime bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime bfd_rlimit_rtime
      snmp_socket enable_traps enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3 enable_snmp_checker enable_dbus dbus_service_name dbus_no_interface_name script_user vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs process_monitor_rcv_bufs_force lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force
      rs_init_notifies no_checker_emails vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier log_unknown_vrids vmac_prefix vmac_addr_prefix umask random_seed reload_check_config reload_time_file reload_repeat reload_file include_check config_save_dir tmp_config_directory data_use_instance iproute_etc_dir iproute_usr_dir json_dump_file json_version set_supplementary_groups snmp_rs_stats_update_interval snmp_vs_stats_update_interval state_dump_file stats_dump_file use_symlink_paths plugin_dir v3_checksum_as_v2 vrrp_delay_after_boot vrrp_owner_ignore_adverts
      linkbeat_use_polling net_namespace net_namespace_ipvs namespace_with_ipsets use_pid_dir instance child_wait_time`,
    ),
  },
  vrrp_instance: {
    read: words(
      `${TRACKS} state interface virtual_router_id priority advert_int version preempt nopreempt preempt_delay authentication virtual_ipaddress virtual_ipaddress_excluded virtual_routes unicast_src_ip unicast_peer unicast_fault_no_peer check_unicast_src unicast_ttl mcast_src_ip mcast_dst_ip track_src_ip dont_track_primary native_ipv6 accept no_accept strict_mode use_vmac use_ipvlan vmac_xmit_base garp_master_repeat garp_master_delay lower_prio_no_advert higher_prio_send_advert down_timer_adverts`,
    ),
    ignore: words(
      `${NOTIFY} notify_master_rx_lower_pri use_vmac_addr old_unicast_checksum vrf promote_secondaries linkbeat_use_polling virtual_rules skip_check_adv_addr debug lvs_sync_daemon_interface garp_master_refresh garp_master_refresh_repeat garp_lower_prio_delay garp_lower_prio_repeat garp_extra_if vmac_garp_intvl kernel_rx_buf_size active_key anti_replay auth_hmac key mode no_virtual_ipaddress owner_ignore_adverts thread_timer_expired time_window timer_expired_backup v3_checksum_as_v2`,
    ),
  },
  authentication: { read: words('auth_type auth_pass'), ignore: [] },
  vrrp_sync_group: { read: words(`group ${TRACKS} global_tracking sync_group_tracking_weight`), ignore: words(NOTIFY) },
  vrrp_script: { read: words('script interval timeout weight rise fall init_fail'), ignore: ['user'] },
  vrrp_track_process: {
    read: words('process weight quorum quorum_max delay terminate_delay'),
    ignore: words('fork_delay full_command param_match'),
  },
  track_file: { read: words('file weight'), ignore: ['init_file'] },
  bfd_instance: {
    read: words('neighbor_ip neighbour_ip min_rx multiplier weight'),
    ignore: words('source_ip min_tx idle_tx passive ttl hoplimit max_hops vrrp checker multihop'),
  },
  virtual_server: {
    read: words(`${CHECKED} real_server sorry_server quorum protocol persistence_timeout`),
    ignore: words(`${FORWARDING} weight`),
  },
  real_server: {
    read: [...words(`${CHECKED} weight`), ...CHECKERS],
    ignore: words('lvs_method lb_kind uthreshold lthreshold notify_up notify_down smtp_alert virtualhost snmp_name'),
  },
  HTTP_GET: checker('url', 'virtualhost http_protocol fast_recovery enable_sni tls_compliant'),
  SSL_GET: checker('url', 'virtualhost http_protocol fast_recovery enable_sni tls_compliant'),
  url: {
    read: words('path digest status_code regex'),
    ignore: words('virtualhost regex_no_match regex_options regex_min_offset regex_max_offset regex_stack'),
  },
  TCP_CHECK: checker('', ''),
  PING_CHECK: checker('', ''),
  SMTP_CHECK: checker('', 'helo_name host'),
  DNS_CHECK: checker('name', 'type'),
  MISC_CHECK: checker('misc_path misc_timeout', 'misc_dynamic user'),
  UDP_CHECK: checker('require_reply', 'payload min_reply_length max_reply_length'),
  BFD_CHECK: { read: ['name'], ignore: ['alpha'] },
  FILE_CHECK: { read: ['track_file'], ignore: words('weight dynamic') },
  ...Object.fromEntries(
    words(
      `${TRACKS} group virtual_ipaddress virtual_ipaddress_excluded virtual_routes unicast_peer static_ipaddress virtual_server_group`,
    ).map((name) => [name, FREE]),
  ),
});

/** The block that a statement opens, by where it stands: `track_file` names a block at the root and a list inside others. */
export function blockName(keyword: string, outer: string): string {
  if (keyword === 'track_file' && outer !== '') return 'group';
  return keyword === 'vrrp_track_file' ? 'track_file' : keyword;
}
