import type { Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, wordFact } from '../entity.ts';
import { type Gathered, namesIn, type Port, portNamed, portPlace, settingOf } from './ports.ts';

/** NCLU's words for an interface's options, and the option's name in /etc/network/interfaces. */
const OPTIONS: Readonly<Record<string, string>> = table({
  'bond slaves': 'bond-slaves',
  'bond mode': 'bond-mode',
  'bond lacp-rate': 'bond-lacp-rate',
  'bond min-links': 'bond-min-links',
  'clag id': 'clag-id',
  'clag peer-ip': 'clagd-peer-ip',
  'clag backup-ip': 'clagd-backup-ip',
  'clag priority': 'clagd-priority',
  'clag sys-mac': 'clagd-sys-mac',
  'clag args': 'clagd-args',
  'clag enable': 'clagd-enable',
  'bridge access': 'bridge-access',
  'bridge vids': 'bridge-vids',
  'bridge pvid': 'bridge-pvid',
  'ip address': 'address',
  'ipv6 address': 'address',
  'ip address-virtual': 'address-virtual',
  'ipv6 address-virtual': 'address-virtual',
  'ip gateway': 'gateway',
  'stp portadminedge': 'mstpctl-portadminedge',
  'link down': 'link-down',
  vrf: 'vrf',
  mtu: 'mtu',
  alias: 'alias',
  'vlan-id': 'vlan-id',
  'vlan-raw-device': 'vlan-raw-device',
  'vxlan id': 'vxlan-id',
  ports: 'bridge-ports',
  vids: 'bridge-vids',
  pvid: 'bridge-pvid',
  'vlan-aware': 'bridge-vlan-aware',
});

/** Index of the word `net` in `net add …`, behind a prompt or `sudo`; -1 where the line is no such command. */
export function ncluAt(s: Statement): number {
  const at = s.words.indexOf('net');
  return at >= 0 && at < 3 && /^(?:add|del)$/.test(s.words[at + 1] ?? '') ? at : -1;
}

/** Gathers `net add …` commands. */
export function gatherNclu(statements: readonly Statement[], into: Gathered): void {
  for (const s of statements) {
    const net = ncluAt(s);
    s.use = 'ignored';
    if (net < 0 || s.words[net + 1] !== 'add') continue;
    gatherCommand(s, net + 2, into);
  }
}

function gatherCommand(s: Statement, at: number, into: Gathered): void {
  const [what, name = ''] = s.words.slice(at);
  if (what === 'hostname') {
    const hostname = wordFact(s, at + 1);
    s.use = 'read';
    if (hostname) into.hostname = hostname;
  } else if (what === 'time' && s.words.includes('ntp')) {
    const synced = headFact(s, true);
    s.use = 'read';
    if (synced) into.timeSync = synced;
  } else if (what === 'clag') {
    gatherClag(s, at + 1, into);
  } else if (what === 'vlan') {
    for (const port of portsOf(namesIn(`vlan${name}`), s, into)) {
      port.settings.push(settingOf({ ...s, words: s.words.slice(0, at + 2) }, at + 1, 'vlan-id'));
      gatherOption(s, at + 2, port);
    }
  } else if (/^(?:interface|bond|bridge|loopback|vxlan)$/.test(what ?? '')) {
    for (const port of portsOf(namesIn(name), s, into)) gatherOption(s, at + 2, port);
  }
}

function portsOf(names: readonly string[], s: Statement, into: Gathered): Port[] {
  return names.map((name) => portNamed(into.ports, name, portPlace(s)));
}

function gatherOption(s: Statement, at: number, port: Port): void {
  const two = OPTIONS[s.words.slice(at, at + 2).join(' ')];
  const key = two ?? OPTIONS[s.words[at] ?? ''];
  if (key === undefined) return;
  s.use = 'read';
  port.settings.push(
    key === 'address' && s.words.at(-1) === 'dhcp' ? settingOf(s, s.words.length, 'dhcp') : settingOf(s, at + (two ? 2 : 1), key),
  );
}

/** `net add clag peer …` and `net add clag port …` each set up several interfaces at once. */
function gatherClag(s: Statement, at: number, into: Gathered): void {
  const after = (word: string, key: string, count = 1) => {
    const index = s.words.indexOf(word, at) + 1;
    return index === 0 ? [] : [settingOf({ ...s, words: s.words.slice(0, index + count) }, index, key)];
  };
  s.use = 'read';
  if (s.words[at] === 'peer') {
    const [link, control] = portsOf(['peerlink', 'peerlink.4094'], s, into) as [Port, Port];
    for (const one of after('interface', 'bond-slaves')) link.settings.push(one);
    control.settings.push(...after('sys-mac', 'clagd-sys-mac'), ...after('backup-ip', 'clagd-backup-ip', 3));
    control.settings.push({ ...settingOf(s, s.words.length, 'clagd-peer-ip') });
  } else if (s.words[at] === 'port') {
    const [name] = after('bond', 'name');
    for (const port of portsOf(name?.values.map((value) => value.value) ?? [], s, into))
      port.settings.push(...after('interface', 'bond-slaves'), ...after('clag-id', 'clag-id'));
  }
}
