import type { DeviceFacts } from '../../model/device.ts';
import { stated } from '../../model/fact.ts';
import type { Interface } from '../../model/interface.ts';
import { parseFlat } from '../../syntax/flat.ts';
import type { SourceText } from '../../syntax/source.ts';
import { parseStanzas } from '../../syntax/stanzas.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { readInterfaces } from './ifupdown.ts';
import { isSysctl, readSysctl, SYSCTL } from './sysctl.ts';

/** Addresses, bonds, bridges and routes of a Linux host: ifupdown's /etc/network/interfaces, and sysctl.conf. */
export const linuxNetwork: Platform = {
  id: 'linux-network',
  title: 'Linux networking (ifupdown)',
  comment: '#',
  recognise: ({ text }: SourceText) => {
    if (isSysctl(text)) return { score: 0.8, why: 'assigns kernel parameters, as sysctl.conf does' };
    if (!/^[ \t]*iface[ \t]+\S+[ \t]+inet6?[ \t]+\w+/m.test(text)) return undefined;
    return { score: 0.8, why: 'has `iface … inet …` stanzas of ifupdown' };
  },
  parse: ({ text, path }) => (isSysctl(text) ? parseFlat(text, path, SYSCTL) : parseStanzas(text, path)),
  hostname: () => undefined,
  extent: () => 'part',
  read,
};

function read({ device, sources }: HostSources): DeviceFacts {
  const facts = noFacts('host');
  const [sysctls, stanzas] = [true, false].map((wanted) => sources.filter((s) => isSysctl(s.text) === wanted).flatMap((s) => s.statements));
  const { interfaces, routes } = readInterfaces(stanzas ?? [], device);
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
  return { ...facts, interfaces: [...interfaces.map(enslaved), ...ports], routes, settings: readSysctl(sysctls ?? [], device) };
}
