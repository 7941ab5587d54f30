import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { compileHandlers, ignoreAll } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { headFact, noFacts, wordFact } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { type Context, entity } from './context.ts';
import { parse } from './grammar.ts';
import { readMonitor } from './health.ts';
import { buildInterfaces, defaultGateways, readRoute } from './interfaces.ts';
import { recognise } from './recognise.ts';
import { buildBalancing } from './slb.ts';
import { buildVrrp } from './vrrp.ts';

interface Reading extends Context {
  readonly interfaces: Statement[];
}

/** Known and of no concern to HA. */
const NOISE =
  'multi-config terminal configure exit end write wr access-list ipv6-access-list aflex aam admin audit authentication authorization accounting backup banner boot-block-fix bootimage class-list clock cgnv6 coredump debug delete disable-management enable-management enable-core enable-password event export fail-safe file fw glm glid gslb hd-monitor icmp-rate-limit icmpv6-rate-limit import interface-mode ipv4-in-ipv6 license license-manager lldp locale logging login mirror-port monitor no netflow netlink object-group overlay-tunnel partition ping pki power-on-self-test privilege radius-server rba repeat run-hw-diag scaleout session-filter sflow show sync smtp snmp-server ssh-login-grace-time sshd syn-cookie syslog system system-jumbo-global tacacs-server techreport template timezone traffic-map trunk-load-balance tftp threat-intel tx-congestion-ctrl upgrade url vpn waf web-category web-service write visibility bfd cpu-usage ddos delete health-test key l3-vlan-fwd-disable mac-address mac-age-time maximum-paths poap qos-marking rate-limit ruleset user-tag zone active-partition big-buff-pool automatic-update'.split(
    ' ',
  );

const collect =
  (list: 'common' | 'vrids' | 'heartbeats' | 'peerGroups' | 'sessionSync' | 'vcs' | 'vlans' | 'virtuals' | 'interfaces') =>
  (s: Statement, context: Reading): void => {
    context[list].push(s);
  };

/** Keeps a named block; the later of two of one name adds to the earlier on the device, and says so here by its lines. */
const named =
  (map: 'servers' | 'groups' | 'policies', index: number) =>
  (s: Statement, context: Reading): void => {
    const name = s.words[index];
    const earlier = name === undefined ? undefined : context[map].get(name);
    if (earlier) for (const one of s.children) earlier.children.push(one);
    else if (name !== undefined) context[map].set(name, s);
  };

const { run } = compileHandlers<Reading>({
  ...Object.fromEntries(NOISE.map((word) => [word, 'ignore' as const])),
  hostname: (s, context) => {
    const hostname = wordFact(s, 1);
    if (hostname) context.facts.hostname = hostname;
  },
  'device-context': (s, context) => run(s.children, context),
  ip: 'ignore',
  ipv6: 'ignore',
  'ip route': readRoute,
  'ipv6 route': readRoute,
  interface: collect('interfaces'),
  vlan: collect('vlans'),
  vcs: (s, context) => {
    context.vcs.push(s);
    for (const line of s.children) ignoreAll(line);
  },
  slb: 'ignore',
  'slb server': named('servers', 2),
  'slb service-group': named('groups', 2),
  'slb virtual-server': collect('virtuals'),
  health: 'ignore',
  'health monitor': readMonitor,
  'vrrp-a common': collect('common'),
  'vrrp-a enable': collect('common'),
  'vrrp-a set-id': collect('common'),
  'vrrp-a device-id': collect('common'),
  'vrrp-a hello-interval': collect('common'),
  'vrrp-a dead-timer': collect('common'),
  'vrrp-a vrid': collect('vrids'),
  'vrrp-a interface': collect('heartbeats'),
  'vrrp-a peer-group': collect('peerGroups'),
  'vrrp-a session-sync': collect('sessionSync'),
  'vrrp-a fail-over-policy-template': named('policies', 2),
  'vrrp-a vrid-lead': 'ignore',
  'vrrp-a preferred-session-sync-port': 'ignore',
  'vrrp-a force-self-standby': (s, context) => {
    context.facts.settings.push({ ...entity(context, placeOfHead(s)), name: 'force-self-standby', value: stated(true, placeOfHead(s)) });
  },
  router: (s, context) => {
    ignoreAll(s);
    const routes = headFact(s, true);
    if (routes) context.facts.settings.push({ ...entity(context, placeOfHead(s)), name: 'dynamic-routing', value: routes });
  },
  ntp: 'ignore',
  'ntp server': (s, context) => {
    context.facts.timeSync = stated(true, placeOfHead(s));
  },
});

const VERSION = /\(ACOS\) version ([\w.-]{1,40})/;

/** The release that the comment at the head of a running-config states. */
function software(source: Source): Fact<string> | undefined {
  const found = VERSION.exec(source.text.slice(0, 4096));
  const version = found?.[1];
  if (!found || version === undefined || source.template) return undefined;
  const before = source.text.slice(0, found.index + found[0].length - version.length).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return stated(version, { file: source.path, line, column, endLine: line, endColumn: column + version.length });
}

/** `exit` closes a block and says nothing else. */
function markExits(statements: readonly Statement[]): void {
  for (const s of statements) {
    if (s.words[0] === 'exit') s.use = 'ignored';
    markExits(s.children);
  }
}

function read(host: HostSources): DeviceFacts {
  const facts = noFacts('load-balancer');
  const context: Reading = {
    device: host.device,
    facts,
    monitors: new Map(),
    servers: new Map(),
    groups: new Map(),
    virtuals: [],
    common: [],
    vrids: [],
    heartbeats: [],
    peerGroups: [],
    policies: new Map(),
    sessionSync: [],
    vcs: [],
    vlans: [],
    interfaces: [],
  };
  for (const source of host.sources) {
    run(source.statements, context);
    markExits(source.statements);
  }
  const version = host.sources.map(software).find((fact) => fact !== undefined);
  if (version) facts.software = version;
  // Commands to type in, as guides print them: what they leave out stands in the device already.
  else if (context.interfaces.length === 0) facts.fragment = true;
  buildInterfaces(context, context.interfaces);
  defaultGateways(context, context.interfaces);
  buildBalancing(context);
  buildVrrp(context);
  return facts;
}

/** A10 Thunder and AX: a running-config of ACOS 2.7 and later, as printed or as typed. */
export const a10Acos: Platform = {
  id: 'a10-acos',
  title: 'A10 ACOS',
  comment: '!',
  recognise,
  parse,
  hostname: (source) => {
    const line = source.statements.find((s) => s.words[0] === 'hostname');
    return line && wordFact(line, 1);
  },
  extent: () => 'main',
  read,
};
