import type { DeviceFacts } from '../../model/device.ts';
import type { Fact } from '../../model/fact.ts';
import { parseJson } from '../../syntax/data.ts';
import type { SourceText } from '../../syntax/source.ts';
import { type ParsedText, placeOfHead, type Statement } from '../../syntax/statement.ts';
import { withoutMarks } from '../../syntax/template.ts';
import { at, ignoreRest, scalar } from '../../syntax/tree.ts';
import { noFacts } from '../entity.ts';
import type { HostSources, Platform, Recognition } from '../platform.ts';
import { type Context, entityAt, field, keyOf, rows } from './context.ts';
import { readInterfaces } from './interfaces.ts';
import { readMclag } from './mclag.ts';
import { readVrrp } from './vrrp.ts';

/** SONiC: `config_db.json`, or some of its tables. */
export const sonic: Platform = {
  id: 'sonic',
  title: 'SONiC',
  comment: '',
  data: true,
  recognise,
  parse,
  hostname: ({ statements }) => hostnameOf(statements),
  extent: () => 'main',
  read,
};

const TABLES =
  /"(?:MCLAG_DOMAIN|MCLAG_INTERFACE|MCLAG_UNIQUE_IP|PORTCHANNEL_MEMBER|PORTCHANNEL_INTERFACE|VLAN_MEMBER|VLAN_INTERFACE|LOOPBACK_INTERFACE|MGMT_INTERFACE|DEVICE_METADATA|VRRP)"[ \t\r\n]*:[ \t\r\n]*\{/g;

function recognise({ text }: SourceText): Recognition | undefined {
  if (!/^\s*[{"]/.test(text)) return undefined;
  const found = new Set([...text.matchAll(TABLES)].map(([name]) => name.slice(0, name.indexOf('"', 1) + 1)));
  if (found.size === 0 || (found.size === 1 && found.has('"VRRP"'))) return undefined;
  return { score: found.size > 1 ? 0.95 : 0.8, why: `has ${[...found].slice(0, 3).join(', ')} of SONiC's config database` };
}

/** People show tables without the braces around them; one is put where a blank is, so that places hold (else that line's columns are one too high). */
function parse({ text, path }: SourceText): ParsedText {
  const plain = withoutMarks(text);
  const start = plain.search(/\S/);
  if (plain[start] !== '"') return parseJson(plain, path);
  const blank = /[ \t]/.test(plain[start - 1] ?? '') ? start - 1 : start;
  return parseJson(`${plain.slice(0, blank)}{${plain.slice(start)}}`, path);
}

function hostnameOf(statements: readonly Statement[]): Fact<string> | undefined {
  return scalar(at(statements, 'DEVICE_METADATA', 'localhost', 'hostname'));
}

/** Tables that say nothing of HA. */
const NOISE =
  /^(?:ACL|AAA|AUTO_TECHSUPPORT|BGP|BUFFER|BREAKOUT|CABLE|CONSOLE|COPP|CRM|DEBUG|DEFAULT|DEVICE|DHCP|DNS|DSCP|DOT1P|ECMP|FEATURE|FLEX|KDUMP|LLDP|LOGGER|LOOPBACK|MAP|MGMT|MIRROR|NAT|NTP|PASSW|PEER|PFC|POLICER|PORT|QUEUE|RESTAPI|ROUTE|SCHEDULER|SFLOW|SNMP|SSH|STP|SYSLOG|SYSTEM|TACPLUS|TC_|TELEMETRY|TUNNEL|VERSIONS|VLAN|VRF|VXLAN|WRED|XCVR)/;

function read({ device, sources }: HostSources): DeviceFacts {
  const tables = sources.flatMap((source) => source.statements);
  const facts = noFacts('switch');
  const context: Context = { device, tables, facts };
  const hostname = hostnameOf(tables);
  const ports = readInterfaces(context);
  readMclag(ports, context);
  readVrrp(context);
  readRoutes(context);
  const [server] = rows(context, 'NTP_SERVER');
  for (const one of ports.values()) facts.interfaces.push(one);
  for (const table of tables) if (table.use || NOISE.test(table.words[0] ?? '')) ignoreRest([table]);
  return {
    ...facts,
    ...(hostname ? { hostname } : {}),
    ...(server ? { timeSync: { value: true, at: placeOfHead(server) } } : {}),
    ...(tables.some((s) => s.words[0] === 'DEVICE_METADATA') ? {} : { fragment: true }),
  };
}

/** `STATIC_ROUTE`: `VRF|PREFIX`, or the prefix alone. */
function readRoutes(context: Context): void {
  for (const row of rows(context, 'STATIC_ROUTE')) {
    const key = keyOf(row);
    const prefix = key.at(-1) ?? '';
    const nextHop = field(row, 'nexthop');
    if (!nextHop || !/^[\da-f.:]+\/\d{1,3}$/i.test(prefix)) continue;
    for (const value of nextHop.value.split(','))
      context.facts.routes.push({ ...entityAt(row, context), prefix, nextHop: { ...nextHop, value } });
  }
}
