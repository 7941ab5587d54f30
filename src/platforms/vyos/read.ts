import type { DeviceFacts } from '../../model/device.ts';
import type { Fact } from '../../model/fact.ts';
import { type ConfigNode, follow, ignoreBelow, leaf, listed } from '../../syntax/config-tree.ts';
import { configTree } from '../../syntax/set-commands.ts';
import type { Source } from '../../syntax/source.ts';
import { noFacts } from '../entity.ts';
import type { HostSources } from '../platform.ts';
import { isPlain, nodeFact, nodeFlag } from '../tree-facts.ts';
import { type Context, entityAt } from './context.ts';
import { readInterfaces } from './interfaces.ts';
import { readVrrp } from './vrrp.ts';

/** Reads one host. */
export function read(host: HostSources): DeviceFacts {
  const root = configTree(host.sources);
  const facts = noFacts('router');
  const context: Context = { device: host.device, root, facts };
  const hostname = nodeFact(leaf(root, 'system', 'host-name'));
  const time = [...listed(root, 'system', 'ntp', 'server'), ...listed(root, 'service', 'ntp', 'server')][0];
  const timeSync = nodeFlag(time, true);
  if (!root.children.has('system') || [...root.children.values()].some((node) => node.maybe)) facts.fragment = true;
  for (const one of readVrrp(readInterfaces(context), context)) facts.members.push(one);
  readRoutes(context);
  readNat(context);
  readRouting(context);
  for (const top of root.children.values()) markNoise(top);
  return { ...facts, ...(hostname ? { hostname } : {}), ...(timeSync ? { timeSync } : {}) };
}

/** The host name that the config states. */
export function hostnameOf(source: Source): Fact<string> | undefined {
  return nodeFact(leaf(configTree([source]), 'system', 'host-name'));
}

function readRoutes(context: Context): void {
  const { root, facts } = context;
  const gateway = leaf(root, 'system', 'gateway-address');
  const nextHop = nodeFact(gateway);
  if (gateway && nextHop) facts.routes.push({ ...entityAt(gateway, context), prefix: '0.0.0.0/0', nextHop });
  const routes = [...listed(root, 'protocols', 'static', 'route'), ...listed(root, 'protocols', 'static', 'route6')];
  for (const route of routes.filter(isPlain)) {
    for (const hop of listed(route, 'next-hop')) {
      const to = nodeFact(hop);
      if (to) facts.routes.push({ ...entityAt(hop, context), prefix: route.word, nextHop: to });
    }
    for (const port of [...listed(route, 'interface'), ...listed(route, 'next-hop-interface')]) {
      const via = nodeFact(port);
      if (via) facts.routes.push({ ...entityAt(port, context), prefix: route.word, viaInterface: via });
    }
  }
}

/** Address translation: its state lives on one router, so both its sides must be on the same one. */
function readNat(context: Context): void {
  for (const rule of listed(context.root, 'nat', 'source', 'rule')) {
    const out = follow(rule, 'outbound-interface');
    const name = leaf(out, 'name') ?? leaf(out);
    const value = nodeFact(name);
    if (name && value) context.facts.settings.push({ ...entityAt(rule, context), name: 'nat-outbound-interface', value });
  }
}

/** Where a routing protocol runs, routes follow the links, and a router may be active on one side only. */
function readRouting(context: Context): void {
  const protocol = ['bgp', 'ospf', 'ospfv3', 'isis', 'rip'].flatMap((name) => follow(context.root, 'protocols', name) ?? [])[0];
  const value = nodeFlag(protocol, true);
  if (protocol && value) context.facts.settings.push({ ...entityAt(protocol, context), name: 'dynamic-routing', value });
}

/** Parts of the configuration that say nothing of HA, and leaves of the parts that do. */
const IGNORED = new Set(
  'firewall,nat,nat66,nat64,service,system,policy,protocols,vpn,qos,traffic-policy,pki,container,load-balancing,zone-policy,security,resources,vrf,cluster,netns'.split(
    ',',
  ),
);
const LEAVES = new Set(
  'hw-id,duplex,speed,smp_affinity,smp-affinity,mac,offload,ring-buffer,ip,ipv6,firewall,traffic-policy,dhcp-options,dhcpv6-options,policy,mirror,redirect,hash-policy,xmit_hash_policy,primary,mii-mon-interval,garp,notification,router-id,startup-delay,global-parameters,stp,aging,priority,hello-time,forwarding-delay,max-age,peer,port,private-key,public-key,fwmark,encapsulation,remote,local-ip,remote-ip,source-address,parameters,key,local-address,remote-address,mode,server,client-ip-pool,tls,persistent-tunnel,encryption,eapol,per-client-thread,disable-flow-control,disable-link-detect,vxlan,evpn,xdp,virtual-server,vrrp-sync,description'.split(
    ',',
  ),
);

function markNoise(node: ConfigNode): void {
  if (IGNORED.has(node.word)) ignoreBelow(node);
  else markLeaves(node, 0);
}

function markLeaves(node: ConfigNode, depth: number): void {
  for (const s of node.statements) if (s.children.length > 0) s.use ??= 'read';
  for (const child of node.children.values()) {
    if (LEAVES.has(child.word) && depth > 0) ignoreBelow(child);
    else if (depth < 12) markLeaves(child, depth + 1);
  }
}
