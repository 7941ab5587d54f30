import { stated } from '../../model/fact.ts';
import { type ConfigNode, emptyTree, follow, ignoreBelow, leaf, listed, nodePlace, plant, wordPlace } from '../../syntax/config-tree.ts';
import type { Statement } from '../../syntax/statement.ts';
import { isPlain, nodeFact } from '../tree-facts.ts';
import { type Gathered, namesIn, type Port, portNamed, type Setting } from './ports.ts';

/** Index of the word `nv` in `nv set …`, behind a prompt or `sudo`; -1 where the line is no such command. */
export function nvueAt(s: Statement): number {
  const at = s.words.indexOf('nv');
  return at >= 0 && at < 3 && /^(?:set|unset|config)$/.test(s.words[at + 1] ?? '') ? at : -1;
}

/** Gathers `nv set …` commands. */
export function gatherNvue(statements: readonly Statement[], into: Gathered): void {
  const root = emptyTree();
  for (const s of statements) {
    const nv = nvueAt(s);
    if (nv >= 0 && s.words[nv + 1] === 'set') plant(root, s, nv + 2);
    else s.use = 'ignored';
  }
  gatherTree(root, into);
}

/** Gathers NVUE's YAML (`startup.yaml`, `nv config patch`): a list with one `set` of the same tree. */
export function gatherYaml(statements: readonly Statement[], into: Gathered): void {
  const root = emptyTree();
  for (const item of statements) {
    item.use = 'read';
    for (const part of item.children) {
      part.use = part.words[0] === 'set' ? 'read' : 'ignored';
      if (part.words[0] === 'set') for (const s of part.children) plantData(root, s, 0);
      else for (const s of part.children) s.use = 'ignored';
    }
  }
  gatherTree(root, into);
}

/** NVUE's trees are less deep than this. */
const MAX_DEPTH = 40;

function plantData(parent: ConfigNode, s: Statement, depth: number): void {
  const node = plant(parent, s);
  if (depth < MAX_DEPTH) for (const inner of s.children) plantData(node, inner, depth + 1);
}

const KNOWN = new Set('acl,bridge,evpn,interface,mlag,nve,platform,qos,router,service,system,vrf,header'.split(','));

function gatherTree(root: ConfigNode, into: Gathered): void {
  const hostname = nodeFact(leaf(root, 'system', 'hostname'));
  if (hostname) into.hostname = hostname;
  const mac = nodeFact(leaf(root, 'system', 'global', 'fabric-mac'));
  if (mac) into.fabricMac = mac;
  const [ntp] = listed(root, 'service', 'ntp');
  if (ntp && isPlain(ntp)) into.timeSync = stated(true, wordPlace(ntp));
  for (const domain of listed(root, 'bridge', 'domain')) gatherDomain(domain, into);
  for (const node of listed(root, 'interface')) {
    if (isPlain(node)) for (const name of namesIn(node.word)) gatherInterface(node, portNamed(into.ports, name, nodePlace(node)), into);
  }
  const mlag = follow(root, 'mlag');
  if (mlag) gatherMlag(mlag, root, into);
  gatherRoutes(root, into);
  for (const top of root.children.values()) if (KNOWN.has(top.word)) ignoreBelow(top);
}

function setting(key: string, nodes: readonly (ConfigNode | undefined)[]): Setting[] {
  const [first] = nodes;
  if (!first) return [];
  const values = nodes.flatMap((node) => nodeFact(node) ?? []);
  return [{ key, values, open: values.length < nodes.length, maybe: first.maybe, at: wordPlace(first) }];
}

function gatherDomain(domain: ConfigNode, into: Gathered): void {
  if (!isPlain(domain)) return;
  const port = portNamed(into.ports, domain.word, nodePlace(domain));
  port.settings.push(
    ...setting('bridge-vlan-aware', [domain]),
    ...setting('bridge-vids', listed(domain, 'vlan')),
    ...setting('bridge-pvid', [leaf(domain, 'untagged')]),
  );
}

function gatherInterface(node: ConfigNode, port: Port, into: Gathered): void {
  const addresses = listed(node, 'ip', 'address');
  port.settings.push(
    ...setting('bond-slaves', listed(node, 'bond', 'member').flatMap(expanded)),
    ...setting('bond-mode', [leaf(node, 'bond', 'mode')]),
    ...setting('bond-lacp-rate', [leaf(node, 'bond', 'lacp-rate')]),
    ...setting('clag-id', [leaf(node, 'bond', 'mlag', 'id')]),
    ...setting(
      'address',
      addresses.filter((address) => address.word !== 'dhcp'),
    ),
    ...setting(
      'dhcp',
      addresses.filter((address) => address.word === 'dhcp'),
    ),
    ...setting('gateway', listed(node, 'ip', 'gateway')),
    ...setting('vrr-address', listed(node, 'ip', 'vrr', 'address')),
    ...setting('vrr-mac', [leaf(node, 'ip', 'vrr', 'mac-address')]),
    ...setting('vrf', [leaf(node, 'ip', 'vrf')]),
    ...setting('mtu', [leaf(node, 'link', 'mtu')]),
    ...setting('link-state', [leaf(node, 'link', 'state')]),
    ...setting('alias', [leaf(node, 'description')]),
    ...setting('vlan-id', [leaf(node, 'vlan')]),
    ...setting('vlan-raw-device', [leaf(node, 'base-interface')]),
  );
  for (const domain of listed(node, 'bridge', 'domain')) {
    if (!isPlain(domain)) continue;
    portNamed(into.ports, domain.word, nodePlace(domain)).settings.push(
      { key: 'bridge-ports', values: [stated(port.name, wordPlace(domain))], open: false, maybe: false, at: wordPlace(domain) },
      ...setting('bridge-vlan-aware', [domain]),
    );
    port.settings.push(
      ...setting('bridge-access', [leaf(domain, 'access')]),
      ...setting('bridge-pvid', [leaf(domain, 'untagged')]),
      ...setting('bridge-vids', listed(domain, 'vlan')),
      ...setting('mstpctl-portadminedge', [leaf(domain, 'stp', 'admin-edge')]),
    );
  }
}

/** A node whose word is a range of names (`swp49-50`), once for each name. */
function expanded(node: ConfigNode): ConfigNode[] {
  return namesIn(node.word).map((word) => ({ ...node, word }));
}

/** NVUE speaks of MLAG at the top; in /etc/network/interfaces it becomes options of `peerlink.4094`. */
function gatherMlag(mlag: ConfigNode, root: ConfigNode, into: Gathered): void {
  const port = portNamed(into.ports, 'peerlink.4094', nodePlace(mlag));
  const backup = leaf(mlag, 'backup');
  const vrf = leaf(backup, 'vrf');
  const peer = leaf(mlag, 'peer-ip');
  port.settings.push(
    ...setting('clagd-peer-ip', [peer]),
    ...setting('clagd-sys-mac', [leaf(mlag, 'mac-address') ?? leaf(root, 'system', 'global', 'anycast-mac')]),
    ...setting('clagd-priority', [leaf(mlag, 'priority')]),
    ...setting('clagd-init-delay', [leaf(mlag, 'init-delay')]),
    ...setting('clagd-backup-ip', backup ? [backup, ...(vrf ? [follow(backup, 'vrf'), vrf] : [])] : []),
  );
}

function gatherRoutes(root: ConfigNode, into: Gathered): void {
  for (const route of listed(root, 'vrf', 'default', 'router', 'static')) {
    for (const hop of listed(route, 'via')) {
      const nextHop = nodeFact(hop);
      if (nextHop && isPlain(route)) into.routes.push({ prefix: route.word, nextHop, at: nodePlace(hop) });
    }
  }
}
