import type { DeviceFacts } from '../../model/device.ts';
import type { Fact } from '../../model/fact.ts';
import { parseYaml } from '../../syntax/data.ts';
import { parseFlat } from '../../syntax/flat.ts';
import type { Source, SourceText } from '../../syntax/source.ts';
import { parseStanzas } from '../../syntax/stanzas.ts';
import type { ParsedText } from '../../syntax/statement.ts';
import { withoutMarks } from '../../syntax/template.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import { readGateways } from './gateways.ts';
import { gatherStanzas } from './ifupdown.ts';
import { readInterfaces } from './interfaces.ts';
import { readMlag } from './mlag.ts';
import { gatherNclu } from './nclu.ts';
import { gatherNvue, gatherYaml } from './nvue.ts';
import { firstOf, type Gathered, gathered, type Port } from './ports.ts';
import { formOf, recognise } from './recognise.ts';

/** Cumulus Linux: /etc/network/interfaces of ifupdown2, NCLU's `net add`, and NVUE as commands or YAML. */
export const cumulusLinux: Platform = {
  id: 'cumulus-linux',
  title: 'Cumulus Linux',
  comment: '#',
  recognise,
  parse,
  hostname: (source) => gather([source]).hostname,
  extent: ({ path }) => (/interfaces\.d\//.test(path) ? 'part' : 'main'),
  read,
};

const COMMANDS = { comments: '#', quotes: '"\'', escapes: false } as const;

function parse({ text, path }: SourceText): ParsedText {
  const form = formOf(text);
  if (form === 'nvue-yaml') return parseYaml(withoutMarks(text), path);
  return form === 'ifupdown' ? parseStanzas(text, path) : parseFlat(text, path, COMMANDS);
}

function gather(sources: readonly Source[]): Gathered {
  const into = gathered();
  for (const { text, statements } of sources) {
    const form = formOf(text);
    if (form === 'nvue-yaml') gatherYaml(statements, into);
    else if (form === 'nvue') gatherNvue(statements, into);
    else if (form === 'nclu') gatherNclu(statements, into);
    else gatherStanzas(statements, into);
  }
  return into;
}

/** Lines of dots stand for what somebody left out; Mako's `%` lines make stanzas that are not seen here. */
function isPartial({ text }: Source): boolean {
  return /^[ \t]*(?:\.{3,}|%[ \t]*(?:for|if)\b)/m.test(text);
}

function read({ device, sources }: HostSources): DeviceFacts {
  const all = gather(sources);
  const facts = noFacts('switch');
  const fragment = sources.some(isPartial);
  const ports = [...all.ports.values()];
  const interfaces = readInterfaces(all.ports, device);
  return {
    ...facts,
    interfaces,
    members: ports.flatMap((port) => readGateways(port, device, all.fabricMac)),
    peerings: ports.flatMap((port) => readMlag(port, { device, interfaces, fragment }) ?? []),
    routes: [
      ...ports.flatMap((port) => gatewayOf(port, device)),
      ...all.routes.map((route) => ({ ...route, device, platform: 'cumulus-linux' as const })),
    ],
    ...(all.hostname ? { hostname: all.hostname } : {}),
    ...(all.timeSync ? { timeSync: all.timeSync } : {}),
    // Every switch has a management port: where it is not shown, neither are all addresses.
    ...(fragment || !interfaces.some((port) => port.kind === 'management') ? { fragment: true } : {}),
  };
}

function gatewayOf(port: Port, device: string): DeviceFacts['routes'] {
  const nextHop: Fact<string> | undefined = firstOf(port, 'gateway');
  if (!nextHop || !('at' in nextHop)) return [];
  const vrf = firstOf(port, 'vrf');
  const prefix = nextHop.value.includes(':') ? '::/0' : '0.0.0.0/0';
  return [{ at: nextHop.at, device, platform: 'cumulus-linux', prefix, nextHop, ...(vrf ? { vrf } : {}) }];
}
