import type { DeviceFacts } from '../../model/device.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { ignoreAll } from '../../syntax/handlers.ts';
import type { Source } from '../../syntax/source.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform } from '../platform.ts';
import type { Context } from './context.ts';
import { parse } from './grammar.ts';
import { menusOf, setting, textOf } from './menu.ts';
import { buildNetwork } from './network.ts';
import { recognise } from './recognise.ts';
import { buildBalancing } from './slb.ts';
import { buildRedundancy } from './vrrp.ts';

const READ = /^\/c(?:fg)?\/(?:slb\/(?:real|group|virt|sync|advhc\/health)|l3\/(?:vrrp|if|gw|ha|hamode)|l2\/vlan|port |sys\/(?:ssnmp|ntp))/;
const KNOWN = /^\/c(?:fg)?\/(?:sys|slb|l2|l3|port|security|bwm|setup|oam|dns|wan|virt|gslb|appshape|snmp)\b/;

/** Marks menus as read or known; texts that are imported between them (certificates) are of no concern. */
function mark(statements: readonly Statement[]): void {
  for (const s of statements) {
    const head = s.words.slice(0, 2).join(' ');
    if (READ.test(head)) {
      s.use = 'read';
      for (const line of s.children) {
        line.use = 'read';
        for (const inner of line.children) ignoreAll(inner);
      }
    } else if (KNOWN.test(head) || /^(?:script|\/\*|\/$|-----)/.test(s.words[0] ?? '')) ignoreAll(s);
  }
}

const VERSION = /^\/\* Version ([\w.]{1,30})/m;

/** The release in the head of a dump. */
function software(source: Source): Fact<string> | undefined {
  const found = VERSION.exec(source.text.slice(0, 4096));
  const version = found?.[1];
  if (!found || version === undefined || source.template) return undefined;
  const line = source.text.slice(0, found.index).split('\n').length;
  return stated(version, { file: source.path, line, column: 12, endLine: line, endColumn: 12 + version.length });
}

function read(host: HostSources): DeviceFacts {
  const facts = noFacts('load-balancer');
  const statements = host.sources.flatMap((source) => source.statements);
  const context: Context = { device: host.device, facts, menus: menusOf(statements) };
  mark(statements);
  const hostname = textOf(context.menus.at('sys', 'ssnmp'), 'name');
  if (hostname) facts.hostname = hostname;
  const version = host.sources.map(software).find((fact) => fact !== undefined);
  if (version) facts.software = version;
  const time = setting(context.menus.at('sys', 'ntp'), 'prisrv');
  if (time) facts.timeSync = stated(true, placeOfHead(time));
  buildNetwork(context);
  buildBalancing(context);
  buildRedundancy(context);
  return facts;
}

/** Radware Alteon: a configuration dump (`/cfg/dump`). */
export const radwareAlteon: Platform = {
  id: 'radware-alteon',
  title: 'Radware Alteon',
  comment: '',
  recognise,
  parse,
  hostname: (source) => textOf(menusOf(source.statements).at('sys', 'ssnmp'), 'name'),
  extent: () => 'main',
  read,
};
