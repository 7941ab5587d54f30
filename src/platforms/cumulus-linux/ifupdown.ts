import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { type Gathered, portNamed, portPlace, settingOf } from './ports.ts';

/** Gathers ifupdown2's `iface` stanzas (interfaces(5)); several stanzas of one name add up. */
export function gatherStanzas(statements: readonly Statement[], into: Gathered): void {
  for (const stanza of statements) {
    const name = stanza.words[0] === 'iface' ? stanza.words[1] : undefined;
    stanza.use = name === undefined ? 'ignored' : 'read';
    for (const option of stanza.children) option.use = READ.has(keyOf(option)) ? 'read' : 'ignored';
    if (name === undefined || stanza.maybe) continue;
    const port = portNamed(into.ports, name, portPlace(stanza));
    if (stanza.words[3] === 'dhcp') port.settings.push({ key: 'dhcp', values: [], open: false, maybe: false, at: placeOfHead(stanza) });
    for (const option of stanza.children) port.settings.push(settingOf(option, 1, keyOf(option)));
  }
}

function keyOf(option: Statement): string {
  return (option.words[0] as string).replaceAll('_', '-');
}

const READ: ReadonlySet<string> = new Set(
  'address,address-virtual,alias,bond-lacp-rate,bond-min-links,bond-mode,bond-slaves,bridge-access,bridge-ports,bridge-pvid,bridge-vids,bridge-vlan-aware,clag-id,clagd-args,clagd-backup-ip,clagd-enable,clagd-peer-ip,clagd-priority,clagd-sys-mac,gateway,link-down,mstpctl-portadminedge,mtu,netmask,vlan-id,vlan-raw-device,vrf,vrf-table,vxlan-id'.split(
    ',',
  ),
);
