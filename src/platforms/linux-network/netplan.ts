import { ipVersion } from '../../model/address.ts';
import { type Fact, stated } from '../../model/fact.ts';
import type { Interface, InterfaceAddress, InterfaceKind, Route } from '../../model/interface.ts';
import { placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { at, ignoreRest, items, scalar, whole } from '../../syntax/tree.ts';
import { present } from '../tree-facts.ts';
import { bondMode, lacpRate, UNNAMED_MODE } from './bond.ts';

/** What the files of one kind say. */
export interface Links {
  readonly interfaces: Interface[];
  readonly routes: Route[];
}

/** Whether a text is netplan's YAML; cloud-init's first version of it has a `config` list instead. */
export function isNetplan(text: string): boolean {
  return /^network:[ \t]*(?:#.*)?$/m.test(text) && /^[ \t]+(?:ethernets|bonds|bridges|vlans|wifis|renderer):/m.test(text);
}

const KINDS: Readonly<Record<string, InterfaceKind>> = table({
  ethernets: 'physical',
  wifis: 'physical',
  bonds: 'lag',
  bridges: 'bridge',
  vlans: 'subinterface',
  tunnels: 'tunnel',
  'dummy-devices': 'loopback',
});

/** Reads netplan's YAML (netplan reference): interfaces, addresses, bonds, VLANs, default and static routes. */
export function readNetplan(statements: readonly Statement[], device: string): Links {
  const links: Links = { interfaces: [], routes: [] };
  for (const [kind, value] of Object.entries(KINDS)) {
    for (const s of at(statements, 'network', kind)?.children ?? []) {
      s.use = 'read';
      if (!s.maybe) readLink(s, value, device, links);
    }
  }
  ignoreRest(statements);
  return links;
}

function readLink(s: Statement, kind: InterfaceKind, device: string, links: Links): void {
  const entity = { device, platform: 'linux-network' as const };
  const name = scalar(at(s.children, 'set-name'))?.value ?? (s.words[0] as string);
  const mode = at(s.children, 'parameters', 'mode');
  const listed = items(s.children, 'addresses');
  const addresses = listed.flatMap((item): InterfaceAddress[] => {
    // An address with options (`lifetime`, `label`) is a map of its own.
    const text = scalar(item)?.value ?? item.children[0]?.words[0] ?? '';
    const [address = '', length = ''] = text.split('/');
    if (ipVersion(address) === 0) return [];
    return [
      {
        ...entity,
        at: placeOfStatement(item),
        address,
        secondary: false,
        ...(/^\d{1,3}$/.test(length) ? { prefix: Number(length) } : {}),
      },
    ];
  });
  const dynamic = [at(s.children, 'dhcp4'), at(s.children, 'dhcp6')].find((one) => /^(?:true|yes|on)$/.test(scalar(one)?.value ?? ''));
  const members = items(s.children, 'interfaces').flatMap((item): Fact<string>[] => {
    const fact = scalar(item);
    return fact ? [fact] : [];
  });
  links.interfaces.push({
    ...entity,
    at: placeOfStatement(s),
    name,
    kind,
    addresses: addresses.map((one, i) => ({ ...one, secondary: i > 0 })),
    members,
    ...(addresses.length < listed.length ? { open: ['addresses'] } : {}),
    ...present({
      dynamicAddress: dynamic && stated(true, placeOfWord(dynamic, 1)),
      mtu: whole(at(s.children, 'mtu')),
      vlan: whole(at(s.children, 'id')),
      parent: scalar(at(s.children, 'link')),
      lagMode: kind !== 'lag' ? undefined : mode ? bondMode(scalar(mode)) : UNNAMED_MODE,
      lacpRate: lacpRate(scalar(at(s.children, 'parameters', 'lacp-rate'))),
      minLinks: whole(at(s.children, 'parameters', 'min-links')),
    }),
  });
  const via = stated(name, placeOfWord(s, 0));
  for (const [key, prefix] of [
    ['gateway4', '0.0.0.0/0'],
    ['gateway6', '::/0'],
  ] as const) {
    const line = at(s.children, key);
    const nextHop = scalar(line);
    if (line && nextHop) links.routes.push({ ...entity, at: placeOfStatement(line), prefix, nextHop, viaInterface: via });
  }
  for (const route of items(s.children, 'routes')) {
    const to = scalar(at(route.children, 'to'))?.value ?? '';
    const nextHop = scalar(at(route.children, 'via'));
    if (!nextHop || to === '' || at(route.children, 'table')) continue;
    const prefix = /^(?:default|0\/0)$/.test(to) ? (nextHop.value.includes(':') ? '::/0' : '0.0.0.0/0') : to;
    links.routes.push({ ...entity, at: placeOfStatement(route), prefix, nextHop, viaInterface: via });
  }
}
