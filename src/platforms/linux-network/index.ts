import type { DeviceFacts } from '../../model/device.ts';
import { stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import { parseYaml } from '../../syntax/data.ts';
import { parseFlat } from '../../syntax/flat.ts';
import type { Source, SourceText } from '../../syntax/source.ts';
import { parseStanzas } from '../../syntax/stanzas.ts';
import type { ParsedText } from '../../syntax/statement.ts';
import { withoutMarks } from '../../syntax/template.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { readInterfaces } from './ifupdown.ts';
import { parseIni } from './ini.ts';
import { isNetplan, readNetplan } from './netplan.ts';
import { isNetworkd, readNetworkd } from './networkd.ts';
import { isSysctl, readSysctl, SYSCTL } from './sysctl.ts';

/** Addresses, bonds, bridges and routes of a Linux host, in whichever language: ifupdown, netplan, systemd-networkd; and sysctl.conf. */
export const linuxNetwork: Platform = {
  id: 'linux-network',
  title: 'Linux networking (ifupdown, netplan, systemd-networkd)',
  comment: '#',
  host: 'daemons',
  recognise,
  parse,
  hostname: () => undefined,
  extent: () => 'part',
  read,
};

type Form = 'sysctl' | 'ifupdown' | 'netplan' | 'networkd';

function formOf(text: string): Form | undefined {
  if (isSysctl(text)) return 'sysctl';
  if (isNetplan(text)) return 'netplan';
  if (isNetworkd(text)) return 'networkd';
  return /^[ \t]*iface[ \t]+\S+[ \t]+inet6?[ \t]+\w+/m.test(text) ? 'ifupdown' : undefined;
}

const WHY: Readonly<Record<Form, string>> = {
  sysctl: 'assigns kernel parameters, as sysctl.conf does',
  ifupdown: 'has `iface … inet …` stanzas of ifupdown',
  netplan: 'has the `network` of netplan',
  networkd: 'has the sections of a .network or .netdev file',
};

function recognise({ text }: SourceText): Recognition | undefined {
  const form = formOf(text);
  return form && { score: 0.8, why: WHY[form] };
}

function parse({ text, path }: SourceText): ParsedText {
  switch (formOf(text)) {
    case 'sysctl':
      return parseFlat(text, path, SYSCTL);
    case 'netplan':
      return parseYaml(withoutMarks(text), path);
    case 'networkd':
      return parseIni(text, path);
    default:
      return parseStanzas(text, path);
  }
}

function read({ device, sources }: HostSources): DeviceFacts {
  const facts = noFacts('host');
  const inForm = (form: Form): Source[] => sources.filter((s) => (formOf(s.text) ?? 'ifupdown') === form);
  const statements = (form: Form) => inForm(form).flatMap((s) => s.statements);
  const all = [
    readInterfaces(statements('ifupdown'), device),
    readNetplan(statements('netplan'), device),
    readNetworkd(inForm('networkd'), device),
  ];
  const interfaces = all.flatMap((links) => links.interfaces);
  const routes = all.flatMap((links) => links.routes);
  const lagOf = new Map(interfaces.filter((i) => i.kind === 'lag').flatMap((lag) => lag.members.map((m) => [m.value, lag] as const)));
  const enslaved = (port: Interface): Interface => {
    const lag = lagOf.get(port.name);
    return lag ? { ...port, lag: stated(lag.name, lag.at) } : port;
  };
  const ports = [...lagOf]
    .filter(([name]) => !interfaces.some((i) => i.name === name))
    .map(
      ([name, lag]): Interface => ({
        at: lag.at,
        device,
        platform: 'linux-network',
        name,
        kind: 'physical',
        addresses: [],
        members: [],
        lag: stated(lag.name, lag.at),
      }),
    );
  return { ...facts, interfaces: [...interfaces.map(enslaved), ...ports], routes, settings: readSysctl(statements('sysctl'), device) };
}
