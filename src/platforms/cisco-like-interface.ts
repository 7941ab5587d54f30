import { ipVersion, prefixOfMask } from '../model/address.ts';
import type { Interface, PortMode } from '../model/interface.ts';
import { means } from '../syntax/cisco-like.ts';
import type { HandlerTable } from '../syntax/handlers.ts';
import { canonicalInterface } from '../syntax/interface-name.ts';
import { ALL_VLANS, type NumberRange, parseRanges, subtractRanges, uniteRanges } from '../syntax/number-ranges.ts';
import type { Statement } from '../syntax/statement.ts';
import { table } from '../syntax/table.ts';
import { isUnknown } from '../syntax/template.ts';
import { type InterfaceDraft, listOpen, put, type Reading, restFact, unsay } from './cisco-like-reading.ts';
import { headFact, numberFact, wholePlace, wordFact } from './entity.ts';

/** What the statements inside an interface's block are read with. */
export interface InterfaceScope {
  readonly reading: Reading;
  readonly port: InterfaceDraft;
}

type Table = HandlerTable<InterfaceScope>;

const LAG_MODES: Readonly<Record<string, NonNullable<Interface['lagMode']>['value']>> = table({
  active: 'lacp-active',
  passive: 'lacp-passive',
  on: 'static',
  desirable: 'pagp',
  auto: 'pagp',
});

/** The statements of an interface that IOS, NX-OS and EOS have in common. */
export const INTERFACE_TABLE: Table = {
  description: (s, { port }) => put(port, 'description', restFact(s, 1)),
  shutdown: (s, { port }) => {
    // `sh run` in a log is not `shutdown`.
    if (s.words.length === 1) put(port, 'enabled', headFact(s, false));
  },
  'no shutdown': (s, { port }) => put(port, 'enabled', headFact(s, true)),
  'shutdown force': (s, { port }) => put(port, 'enabled', headFact(s, false)),
  switchport: (s, { port }) => {
    if (s.words.length === 1 && port.entity.mode?.value === 'routed') unsay(port, 'mode');
  },
  'no switchport': (s, { port }) => {
    if (s.words.length === 2) put(port, 'mode', headFact(s, 'routed'));
  },
  'switchport mode *': (s, { port }) => put(port, 'mode', modeFact(s)),
  'switchport access vlan *': (s, { port }) => {
    port.access = numberFact(s, 3);
  },
  'switchport trunk native vlan *': (s, { port }) => {
    port.native = numberFact(s, 4);
  },
  'switchport trunk allowed vlan *': readAllowed,
  'channel-group *': readChannelGroup,
  'mtu *': (s, { port }) => put(port, 'mtu', numberFact(s, 1)),
  'vrf forwarding *': (s, { port }) => put(port, 'vrf', wordFact(s, 2)),
  'vrf member *': (s, { port }) => put(port, 'vrf', wordFact(s, 2)),
  'ip vrf forwarding *': (s, { port }) => put(port, 'vrf', wordFact(s, 3)),
  'ip address *': readAddress,
  'ipv6 address *': readAddress,
  'no ip address': (_, { port }) => {
    port.entity.addresses = port.entity.addresses.filter((a) => ipVersion(a.address) !== 4);
  },
  'encapsulation dot1q *': (s, { port }) => put(port, 'vlan', numberFact(s, s.words[2] === 'vlan' ? 3 : 2)),
  'encapsulation dot1Q *': (s, { port }) => put(port, 'vlan', numberFact(s, 2)),
  'lacp rate *': (s, { port }) => put(port, 'lacpRate', rateFact(s)),
  'lacp timer *': (s, { port }) => put(port, 'lacpRate', rateFact(s)),
  'port-channel min-links *': (s, { port }) => put(port, 'minLinks', numberFact(s, 2)),
  'lacp min-links *': (s, { port }) => put(port, 'minLinks', numberFact(s, 2)),
};

/** Statements of an interface that no question of HA depends on, in any of the dialects. */
export const INTERFACE_NOISE: Table = Object.fromEntries(
  [
    ...'speed,duplex,bandwidth,delay,negotiation,load-interval,storm-control,cdp,lldp,udld,bfd,service-policy,power,medium,beacon'.split(
      ',',
    ),
    ...'flowcontrol,carrier-delay,keepalive,logging,snmp,priority-flow-control,dampening,isis,mpls,auto,media-type,hold-queue'.split(','),
    ...'mdix,macsec,cts,dot1x,authentication,mab,device-tracking,trust,qos,priority-queue,mls,tx-queue,exit,no,default,crypto'.split(','),
    ...'arp,l2protocol,load-balance,hardware,link,transceiver,phy,error-correction,access-session,nat,zone-member,ptp,evpn,pim'.split(','),
    ...'ip helper-address,ip dhcp,ip ospf,ip router,ip pim,ip igmp,ip redirects,ip unreachables,ip proxy-arp,ip arp,ip nat'.split(','),
    ...'ip virtual-reassembly,ip tcp,ip policy,ip access-group,ip verify,ip flow,ip mtu,ip directed-broadcast,ip local-proxy-arp'.split(
      ',',
    ),
    ...'ip attached-host,ip split-horizon,ip authentication,ip rip,ip eigrp,ip port,ip nbar,ip rsvp,ip icmp,ip sticky-arp,ip enable'.split(
      ',',
    ),
    ...'ip accounting,ip route-cache,ip load-sharing,ip summary-address,ip bandwidth-percent,ip hello-interval,ip hold-time'.split(','),
    ...'ipv6 enable,ipv6 nd,ipv6 ospf,ipv6 router,ipv6 dhcp,ipv6 redirects,ipv6 traffic-filter,ipv6 mtu,ipv6 link-local,ipv6 pim,ipv6 eigrp'.split(
      ',',
    ),
    ...'switchport nonegotiate,switchport voice,switchport port-security,switchport block,switchport host,switchport dot1q'.split(','),
    ...'switchport trunk encapsulation,switchport trunk pruning,switchport monitor,switchport priority,switchport vlan'.split(','),
    ...'spanning-tree bpduguard,spanning-tree bpdufilter,spanning-tree guard,spanning-tree cost,spanning-tree link-type'.split(','),
    ...'spanning-tree mst,spanning-tree vlan,spanning-tree port-priority,spanning-tree rootguard,spanning-tree loopguard'.split(','),
    ...'mac,mac-address,tunnel,ppp,dialer,clock,ntp,monitor,lacp port-priority,lacp graceful-convergence,lacp suspend-individual'.split(
      ',',
    ),
    ...'port-channel port,port-channel load-defer,port-channel load-balance,port-channel standalone,port-channel lacp'.split(','),
    ...'poe,service-profile,sflow,link-debounce,multicast,dhcp,tcp,shape,node-segment,traffic-policy,sync-e,address,bgp,pvlan'.split(','),
    ...'lacp system-id,vlan id,EOF,client,encapsulation vlan,lacp max-bundle,channel-protocol,negotiate,host-reachability,source-interface,global,autostate,max-reserved-bandwidth,mka,full-duplex,half-duplex,dynamic,nmsp,wrr-queue,rcv-queue'.split(
      ',',
    ),
    ...'no ip,no ipv6,no cdp,no lldp,no logging,no snmp,no spanning-tree,no mdix,no keepalive,no autostate,no lacp,no bfd,no negotiation'.split(
      ',',
    ),
  ].map((path) => [path, 'ignore' as const]),
);

function modeFact(s: Statement): Interface['mode'] {
  const word = s.words[2];
  const mode: PortMode | undefined = means(word, 'access') ? 'access' : means(word, 'trunk') ? 'trunk' : undefined;
  return mode && headFact(s, mode);
}

function rateFact(s: Statement): Interface['lacpRate'] {
  const word = s.words[2];
  if (word === 'fast') return headFact(s, 'fast');
  return word === 'normal' || word === 'slow' ? headFact(s, 'slow') : undefined;
}

function readAllowed(s: Statement, { port }: InterfaceScope): void {
  const rest = s.words.slice(4);
  const operation = ['add', 'remove', 'except', 'all', 'none'].find((word) => rest[0] === word);
  const list = parseRanges(rest.slice(operation ? 1 : 0).join(''));
  const before: readonly NumberRange[] | undefined = port.allowed === 'unknown' ? undefined : (port.allowed?.ranges ?? ALL_VLANS);
  const after = allowedAfter(operation, list, before);
  port.allowed = after === undefined || s.maybe || rest.some(isUnknown) ? 'unknown' : { ranges: after, at: s };
}

/** `add` before any list adds to all VLANs, as the switch does; undefined where the outcome is unknown. */
function allowedAfter(
  operation: string | undefined,
  list: readonly NumberRange[] | undefined,
  before: readonly NumberRange[] | undefined,
): readonly NumberRange[] | undefined {
  if (operation === 'all') return ALL_VLANS;
  if (operation === 'none') return [];
  if (operation === 'except') return list && subtractRanges(ALL_VLANS, list);
  if (operation === 'add') return list && before && uniteRanges([...before, ...list]);
  if (operation === 'remove') return list && before && subtractRanges(before, list);
  return list;
}

function readChannelGroup(s: Statement, { reading, port }: InterfaceScope): void {
  const id = wordFact(s, 1);
  put(port, 'lag', id && { ...id, value: canonicalInterface(`port-channel${id.value}`, reading.dialect) });
  const mode = s.words.findIndex((word) => means(word, 'mode'));
  const value = LAG_MODES[s.words[mode + 1] ?? ''];
  if (mode < 0) put(port, 'lagMode', headFact(s, 'static'));
  else put(port, 'lagMode', value && headFact(s, value));
}

function readAddress(s: Statement, { reading, port }: InterfaceScope): void {
  const at = 2;
  const written = s.words[at] ?? '';
  if (written === 'dhcp' || written === 'negotiated' || written === 'autoconfig') {
    put(port, 'dynamicAddress', headFact(s, true));
    return;
  }
  const [address = '', length] = written.split('/');
  if (s.maybe || isUnknown(written)) {
    listOpen(port.entity, 'addresses');
    return;
  }
  const version = ipVersion(address);
  if (version === 0) return;
  const prefix = length === undefined ? prefixOfMask(s.words[at + 1] ?? '') : /^\d{1,3}$/.test(length) ? Number(length) : undefined;
  const secondary = s.words.some((word, i) => i > at && (word === 'secondary' || means(word, 'secondary')));
  // Without `secondary` a second address takes the first one's place, as on the switch.
  if (!secondary && version === 4) port.entity.addresses = port.entity.addresses.filter((a) => a.secondary || ipVersion(a.address) === 6);
  port.entity.addresses.push({
    at: wholePlace(s),
    device: reading.device,
    platform: reading.platform,
    address,
    ...(prefix === undefined ? {} : { prefix }),
    secondary,
  });
}
