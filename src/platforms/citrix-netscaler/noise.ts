/** Commands that are known and of no concern to HA, by their first words in lower case. */
const NOISE: readonly string[] = [
  ...'aaa adm analytics apiprofile api appalgparam appflow appfw application appqoe arp audit authentication authorization autoscale azure bfd bot bridgegroup bridgetable ca cache callhome capacityplan cli cloud cloudtunnel cloudparameter cmp connectiontable contentinspection cr cs db dbsprofile dns dos dynamicrouting extendedmemoryparam feo filter forwardingsession gslb icalatencyprofile ica inat inatparam ip6tunnel ip6tunnelparam ipset iptunnel iptunnelparam ipsec l2param l3param l4param lacp lb linkset lldp location locationfile locationparameter lsn mapbmr mapdomain mapdomainparam metricstable mediaclassification nat64 nat64param nd6 nd6ravariables netbridge netprofile nitro ns nslimitidentifier ntp onlinkipv6prefix pcp policy policymap portqos protocol ptp pq qos quic quicbridge rdp rediscluster reporting responder rewrite rise rnat rnat6 rnatglobal rnatparam rsskeytype router sc security server sf skystone slbvserver smpp snmp spillover ssl stream sslprofile subscriber sure system tm traceroute tracedomain transform tunnel uiinternal urlfiltering userlicense utility vpathparam vpath vpn vrid vrid6 vridparam vserver vxlan vxlanvlanmap videooptimization weblogparam wi xmlserver'.split(
    ' ',
  ),
].map((word) => `* ${word}`);

/** `save`, `show` and the like, which scripts carry. */
const VERBS =
  'save show sh stat sync ping shell exit quit config clear flush force reboot shutdown import export link unlink update create convert batch source alias unalias diff count install'.split(
    ' ',
  );

/** The table's entries for what is known and ignored. */
export const IGNORED: Readonly<Record<string, 'ignore'>> = Object.fromEntries(
  [...NOISE, ...VERBS].map((path) => [path, 'ignore' as const]),
);

/** What the first word of a command can be; a line that begins otherwise is no command. */
const COMMANDS = new Set([...VERBS, 'add', 'set', 'unset', 'bind', 'unbind', 'enable', 'disable', 'rename', 'rm']);

/** Whether a line begins as a command does. */
export function isCommand(word: string | undefined): boolean {
  return COMMANDS.has(word?.toLowerCase() ?? '');
}
