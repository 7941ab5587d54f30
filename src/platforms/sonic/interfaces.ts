import { stated } from '../../model/fact.ts';
import type { Interface, InterfaceKind, VlanRange } from '../../model/interface.ts';
import { uniteRanges } from '../../syntax/number-ranges.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { items, scalar } from '../../syntax/tree.ts';
import type { Growing } from '../entity.ts';
import { present } from '../tree-facts.ts';
import { type Context, cidrOf, entityAt, field, keyOf, numberField, rows } from './context.ts';

/** Interfaces by name while they are gathered from several tables. */
export type Ports = Map<string, Growing<Interface>>;

/** Tables whose rows are interfaces (`NAME`) and their addresses (`NAME|CIDR`). */
const ADDRESS_TABLES = [
  'INTERFACE',
  'PORTCHANNEL_INTERFACE',
  'VLAN_INTERFACE',
  'VLAN_SUB_INTERFACE',
  'LOOPBACK_INTERFACE',
  'MGMT_INTERFACE',
];

/** Reads ports, port channels, VLANs, their members and addresses. */
export function readInterfaces(context: Context): Ports {
  const ports: Ports = new Map();
  for (const table of ['PORT', 'PORTCHANNEL'])
    for (const row of rows(context, table)) settle(portOf(row, keyOf(row)[0] ?? '', ports, context), row);
  for (const row of rows(context, 'PORTCHANNEL')) {
    for (const member of items(row.children, 'members')) joinLag(row, row, scalar(member)?.value, ports, context);
  }
  for (const row of rows(context, 'PORTCHANNEL_MEMBER')) joinLag(row, undefined, keyOf(row)[1], ports, context);
  readVlans(ports, context);
  for (const table of ADDRESS_TABLES) for (const row of rows(context, table)) readAddress(row, ports, context);
  return ports;
}

function kindOf(name: string): InterfaceKind {
  if (/\.\d+$/.test(name)) return 'subinterface';
  if (name.startsWith('PortChannel')) return 'lag';
  if (name.startsWith('Vlan')) return 'vlan';
  if (name.startsWith('Loopback')) return 'loopback';
  return /^(?:eth\d|Management)/.test(name) ? 'management' : 'physical';
}

function portOf(row: Statement, name: string, ports: Ports, context: Context): Growing<Interface> {
  const known = ports.get(name);
  if (known) return known;
  const kind = kindOf(name);
  const tag = kind === 'vlan' ? /^Vlan(\d{1,4})$/.exec(name)?.[1] : undefined;
  const port: Growing<Interface> = {
    ...entityAt(row, context),
    name,
    kind,
    addresses: [],
    members: [],
    ...(tag === undefined ? {} : { vlan: stated(Number(tag), placeOfWord(row, 0)) }),
  };
  ports.set(name, port);
  return port;
}

function settle(port: Growing<Interface>, row: Statement): void {
  const status = field(row, 'admin_status');
  const fast = field(row, 'fast_rate');
  Object.assign(
    port,
    present({
      description: field(row, 'description'),
      mtu: numberField(row, 'mtu'),
      minLinks: numberField(row, 'min_links'),
      enabled: status && { ...status, value: status.value === 'up' },
      lacpRate: fast && { ...fast, value: fast.value === 'true' ? ('fast' as const) : ('slow' as const) },
    }),
  );
}

function joinLag(row: Statement, lagRow: Statement | undefined, member: string | undefined, ports: Ports, context: Context): void {
  const name = keyOf(row)[0] ?? '';
  if (member === undefined || member === '') return;
  const lag = portOf(lagRow ?? row, name, ports, context);
  portOf(row, member, ports, context).lag = stated(name, placeOfWord(row, 0));
  if (!lag.members.some((known) => known.value === member)) lag.members.push(stated(member, placeOfWord(row, 0)));
}

function readVlans(ports: Ports, context: Context): void {
  for (const row of rows(context, 'VLAN')) {
    const id = numberField(row, 'vlanid')?.value ?? Number(/^Vlan(\d{1,4})$/.exec(keyOf(row)[0] ?? '')?.[1]);
    if (Number.isInteger(id)) context.facts.vlans.push({ ...entityAt(row, context), id });
    for (const member of items(row.children, 'members')) member.use = 'read';
  }
  const carried = new Map<string, VlanRange[]>();
  for (const row of rows(context, 'VLAN_MEMBER')) {
    const [vlan = '', name = ''] = keyOf(row);
    const id = Number(/^Vlan(\d{1,4})$/.exec(vlan)?.[1]);
    const tagging = field(row, 'tagging_mode');
    if (!Number.isInteger(id) || name === '' || !tagging) continue;
    const port = portOf(row, name, ports, context);
    const tagged = tagging.value === 'tagged';
    if (!tagged) port.untaggedVlan = { ...tagging, value: id };
    if (tagged || !port.mode) port.mode = { ...tagging, value: tagged ? 'trunk' : 'access' };
    const ranges = [...(carried.get(name) ?? []), { from: id, to: id }];
    carried.set(name, ranges);
    port.allowedVlans = stated(uniteRanges(ranges), placeOfHead(row));
  }
  for (const port of ports.values()) if (port.mode?.value === 'access') delete port.allowedVlans;
}

function readAddress(row: Statement, ports: Ports, context: Context): void {
  const [name = '', text] = keyOf(row);
  if (name === '') return;
  const port = portOf(row, name, ports, context);
  const vrf = field(row, 'vrf_name');
  if (vrf) port.vrf = vrf;
  const cidr = cidrOf(text);
  if (cidr) port.addresses.push({ ...entityAt(row, context), ...cidr, secondary: field(row, 'secondary')?.value === 'true' });
  const gateway = field(row, 'gwaddr');
  if (cidr && gateway)
    context.facts.routes.push({
      ...entityAt(row, context),
      prefix: gateway.value.includes(':') ? '::/0' : '0.0.0.0/0',
      nextHop: gateway,
      vrf: stated('mgmt', placeOfWord(row, 0)),
    });
}
