import type { Monitor, MonitorType } from '../../model/balancing.ts';
import { byDefault, type Fact, type Place, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { isUnknown } from '../../syntax/template.ts';
import { optionDuration, optionFact, optionIndex, optionNumber, optionSwitch } from './command.ts';
import { type Context, entity, refer } from './context.ts';
import { type Definition, latest, lookUp } from './definition.ts';
import { PAGES } from './pages.ts';

/** Monitors that ship with the appliance and their types; `add` is not needed to bind them. */
const BUILT_IN: Readonly<Record<string, MonitorType>> = table({
  'ping-default': 'icmp',
  'tcp-default': 'tcp',
  ping: 'icmp',
  tcp: 'tcp',
  http: 'http',
  'tcp-ecv': 'tcp',
  'http-ecv': 'http',
  'udp-ecv': 'udp',
  dns: 'dns',
  ftp: 'other',
  tcps: 'tls',
  https: 'https',
  'tcps-ecv': 'tls',
  'https-ecv': 'https',
  arp: 'other',
  nd6: 'other',
  xdm: 'other',
  xnc: 'other',
  mqtt: 'other',
  'mqtt-tls': 'other',
  http2direct: 'http',
  http2ssl: 'https',
  'ldns-ping': 'icmp',
  'ldns-tcp': 'tcp',
  'ldns-dns': 'dns',
  stasecure: 'other',
  sta: 'other',
});

export const BUILT_IN_MONITORS: readonly string[] = Object.keys(BUILT_IN);

const TYPES: Readonly<Record<string, MonitorType>> = table({
  PING: 'icmp',
  'LDNS-PING': 'icmp',
  TCP: 'tcp',
  'TCP-ECV': 'tcp',
  'LDNS-TCP': 'tcp',
  HTTP: 'http',
  'HTTP-ECV': 'http',
  'HTTP-INLINE': 'http',
  'UDP-ECV': 'udp',
  DNS: 'dns',
  'DNS-TCP': 'dns',
  'LDNS-DNS': 'dns',
  MYSQL: 'sql',
  'MYSQL-ECV': 'sql',
  'MSSQL-ECV': 'sql',
  'ORACLE-ECV': 'sql',
  USER: 'script',
});

/** Types that become another one with `-secure YES`. */
const SECURE: Readonly<Partial<Record<MonitorType, MonitorType>>> = { http: 'https', tcp: 'tls' };

/** The monitor of that name with what is in force: as added, else as shipped; undefined where there is none. */
export function monitorNamed(context: Context, name: string, at: Place): Monitor | undefined {
  const definition = lookUp(context.definitions, 'lb monitor', name);
  if (definition?.added) return definedMonitor(context, definition);
  return BUILT_IN[name.toLowerCase()] === undefined ? undefined : builtInMonitor(context, name, at);
}

/** The monitor that a command binds (the word at `word`), and the reference to it. */
export function boundMonitor(context: Context, s: Statement, word: number): Monitor | undefined {
  refer(context, s, word, 'lb monitor', BUILT_IN_MONITORS);
  const name = s.words[word];
  return name === undefined || isUnknown(name) ? undefined : monitorNamed(context, name, placeOfHead(s));
}

/** A monitor that ships with the appliance; `set lb monitor` may have changed its timing. */
export function builtInMonitor(context: Context, name: string, at: Place): Monitor {
  const type = BUILT_IN[name.toLowerCase()] ?? 'other';
  const changed = lookUp(context.definitions, 'lb monitor', name);
  const http = type === 'http' || type === 'https';
  const expects = name.includes('ecv') || !http ? undefined : byDefault(true, PAGES.defaultMonitors);
  return {
    ...entity(context, changed?.statements[0] ? placeOfHead(changed.statements[0]) : at),
    name,
    type: byDefault(type, PAGES.defaultMonitors),
    ...timing(changed),
    ...(expects ? { expects } : {}),
    builtIn: true,
  };
}

/** Every monitor that the config adds; a whole config also tells which of them nothing refers to. */
export function buildMonitors(context: Context, statements: readonly Statement[]): void {
  const added = [...context.definitions['lb monitor'].values()].filter((definition) => definition.added);
  const used = context.complete ? mentioned(new Set(added.map(({ name }) => name.toLowerCase())), statements) : undefined;
  for (const definition of added) {
    const monitor = definedMonitor(context, definition);
    context.facts.monitors.push(used ? { ...monitor, used: used.has(definition.name.toLowerCase()) } : monitor);
  }
}

/** Which of the names occur in any command that is not about the monitor itself. */
function mentioned(names: ReadonlySet<string>, statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (names.size === 0) return found;
  for (const s of statements) {
    const own = /^(?:add|set|unset|enable|disable) lb monitor$/i.test(s.words.slice(0, 3).join(' ')) ? 3 : -1;
    s.words.forEach((word, index) => {
      const name = word.toLowerCase();
      if (index !== own && names.has(name)) found.add(name);
    });
  }
  return found;
}

function definedMonitor(context: Context, definition: Definition): Monitor {
  const s = definition.statements[0] as Statement;
  const type = typeOf(definition, s);
  const port = latest(definition, (c) => optionNumber(c, '-destport'));
  const destination = latest(definition, (c) => optionFact(c, '-destip'));
  const expects = expectation(definition, s);
  const enabled = definition.enabled ?? byDefault(true, PAGES.lbMonitor);
  return {
    ...entity(context, placeOfHead(s)),
    name: definition.name,
    ...(type ? { type } : {}),
    ...timing(definition),
    ...(expects ? { expects } : {}),
    ...(destination && destination.value !== '0.0.0.0' ? { destination } : {}),
    ...(port && port.value > 0 ? { port } : {}),
    enabled,
  };
}

function typeOf(definition: Definition, s: Statement): Fact<MonitorType> | undefined {
  const word = s.words[4];
  if (word === undefined || isUnknown(word) || s.maybe) return undefined;
  const plain = TYPES[word.toUpperCase()] ?? 'other';
  const secure = latest(definition, (c) => optionSwitch(c, '-secure'));
  const type = secure?.value ? (SECURE[plain] ?? plain) : plain;
  return stated(type, placeOfWord(s, 4));
}

/** Whether the answer is judged: HTTP by its code (200 by default), ECV by `-recv`. */
function expectation(definition: Definition, s: Statement): Fact<boolean> | undefined {
  const type = s.words[4]?.toUpperCase() ?? '';
  if (type === 'HTTP' || type === 'HTTP-INLINE') {
    const code = latest(definition, (c) => optionIndex(c, '-respcode') && c);
    return code ? stated(true, placeOfWord(code, optionIndex(code, '-respcode') ?? 0)) : byDefault(true, PAGES.defaultMonitors);
  }
  if (!type.endsWith('-ECV')) return undefined;
  const expected = latest(definition, (c) => optionFact(c, '-recv') ?? optionFact(c, '-evalrule'));
  return expected && 'at' in expected ? stated(expected.value !== '', expected.at) : byDefault(false, PAGES.lbMonitor);
}

/** Interval, probe timeout and counts, in milliseconds, with the documented defaults of 5 s, 2 s, 3 and 1. */
function timing(
  definition: Definition | undefined,
): Pick<Monitor, 'interval' | 'timeout' | 'timeoutCovers' | 'fall' | 'rise' | 'detection'> {
  const given = <T>(read: (s: Statement) => T | undefined): T | undefined => definition && latest(definition, read);
  const interval = given((s) => optionDuration(s, '-interval')) ?? byDefault(5000, PAGES.lbMonitor);
  const timeout = given((s) => optionDuration(s, '-resptimeout')) ?? byDefault(2000, PAGES.lbMonitor);
  const failures = given((s) => optionNumber(s, '-failureretries'));
  const retries = given((s) => optionNumber(s, '-retries')) ?? byDefault(3, PAGES.lbMonitor);
  const fall = failures && failures.value > 0 ? failures : retries;
  const rise = given((s) => optionNumber(s, '-successretries')) ?? byDefault(1, PAGES.lbMonitor);
  // Dead right after a good probe: the next probes start an interval apart, and the last one times out.
  const milliseconds = fall.value * interval.value + timeout.value;
  const detection = 'at' in interval ? stated(milliseconds, interval.at) : byDefault(milliseconds, PAGES.lbMonitor);
  return { interval, timeout, timeoutCovers: 'probe', fall, rise, detection };
}
