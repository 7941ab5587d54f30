import type { Monitor, MonitorType } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { type Context, entityAt, isKnown, lastLine, linesOf, MANUAL, type ProxySection, present, timeFact } from './proxy.ts';
import type { Server } from './servers.ts';

const OPTIONS: Readonly<Record<string, MonitorType>> = table({
  httpchk: 'http',
  'tcp-check': 'tcp',
  'mysql-check': 'sql',
  'pgsql-check': 'sql',
  'redis-check': 'other',
  'ldap-check': 'other',
  smtpchk: 'other',
  'ssl-hello-chk': 'tls',
  'spop-check': 'other',
  'external-check': 'script',
});

/** The check option in force: HAProxy has one a proxy, and the last one written prevails. */
export function checkOption(lines: readonly Statement[]): Statement | undefined {
  const s = lines.findLast((line) => {
    const at = line.words[0] === 'option' ? 1 : line.words[0] === 'no' && line.words[1] === 'option' ? 2 : 0;
    return at > 0 && OPTIONS[line.words[at] ?? ''] !== undefined;
  });
  return s?.words[0] === 'option' ? s : undefined;
}

/** The check that a proxy's option describes, whether or not a server uses it; `enabled` tells. */
export function readProxyMonitor(proxy: ProxySection, servers: readonly Server[], context: Context): Monitor[] {
  const option = checkOption(proxy.own);
  if (!option || option.maybe) return [];
  const used = servers.some((server) => server.param('check') !== undefined);
  const unsure = servers.length === 0 || servers.some((server) => server.line.maybe);
  return [
    {
      ...entityAt(option, context),
      name: option.words[1] as string,
      type: stated(OPTIONS[option.words[1] as string] as MonitorType, placeOfWord(option, 1)),
      ...(used || unsure ? {} : { enabled: stated(false, placeOfHead(option)) }),
    },
  ];
}

/** The checks in force for a server. */
export function readServerMonitors(proxy: ProxySection, server: Server, context: Context): Monitor[] {
  const monitors: Monitor[] = [];
  const check = server.param('check');
  if (check) monitors.push(readCheck(proxy, server, context));
  const agent = server.param('agent-check');
  if (agent) {
    const interval = paramTime(server, 'agent-inter') ?? byDefault(2000, MANUAL);
    monitors.push({
      ...entityAt(server.line, context),
      at: placeOfWord(agent.line, agent.index),
      name: 'agent-check',
      type: stated('other', placeOfWord(agent.line, agent.index)),
      interval,
    });
  }
  return monitors;
}

function readCheck(proxy: ProxySection, server: Server, context: Context): Monitor {
  const at = server.param('check');
  const option = checkOption(proxy.lines);
  const interval = paramTime(server, 'inter') ?? (server.param('inter') ? undefined : byDefault(2000, MANUAL));
  const fall = paramNumber(server, 'fall') ?? (server.param('fall') ? undefined : byDefault(3, MANUAL));
  const rise = paramNumber(server, 'rise') ?? (server.param('rise') ? undefined : byDefault(2, MANUAL));
  const timeout = probeTimeout(proxy, interval);
  return {
    ...entityAt(server.line, context),
    ...(at ? { at: placeOfWord(at.line, at.index) } : {}),
    name: option?.words[1] ?? 'check',
    timeoutCovers: 'probe',
    ...present({
      type: typeOf(proxy, option, server),
      interval,
      timeout,
      fall,
      rise,
      detection: detectionOf(interval, fall, paramTime(server, 'fastinter'), timeout),
      expects: expectsOf(proxy, option),
      destination: paramWord(server, 'addr'),
      port: paramNumber(server, 'port') ?? connectPort(proxy, option),
    }),
  };
}

/** Without `timeout check` a probe may take as long as the interval; with it, that is the time for the answer alone. */
function probeTimeout(proxy: ProxySection, interval: Fact<number> | undefined): Fact<number> | undefined {
  const s = lastLine(proxy.lines, 'timeout', 'check');
  if (s) return timeFact(s, 2);
  return interval && byDefault(interval.value, MANUAL);
}

/** A server that dies just after a probe: an interval, the probes that follow, and the last one's timeout. */
function detectionOf(interval?: Fact<number>, fall?: Fact<number>, fast?: Fact<number>, timeout?: Fact<number>): Fact<number> | undefined {
  if (!interval || !fall || !timeout) return undefined;
  return { ...interval, value: interval.value + (fall.value - 1) * (fast ?? interval).value + timeout.value };
}

function typeOf(proxy: ProxySection, option: Statement | undefined, server: Server): Fact<MonitorType> | undefined {
  if (option?.maybe) return undefined;
  const elsewhere = server.param('port') ?? server.param('addr');
  const encrypted = server.param('check-ssl') ?? (elsewhere || server.param('no-check-ssl') ? undefined : server.param('ssl'));
  const check = server.param('check');
  const place = option ? placeOfHead(option) : check ? placeOfWord(check.line, check.index) : placeOfHead(server.line);
  const type = option ? (OPTIONS[option.words[1] as string] as MonitorType) : 'tcp';
  const rules = option?.words[1] === 'httpchk' ? 'http-check' : 'tcp-check';
  const connects = linesOf(proxy.lines, rules, 'connect');
  const ssl = connects.length > 0 ? connects.some((line) => line.words.includes('ssl')) : encrypted !== undefined;
  if (!ssl) return stated(type, place);
  return stated(type === 'http' ? 'https' : type === 'tcp' ? 'tls' : type, place);
}

/** HTTP checks want a status of 2xx or 3xx unless told otherwise; a TCP check wants an answer only where `expect` says so. */
function expectsOf(proxy: ProxySection, option: Statement | undefined): Fact<boolean> | undefined {
  const name = option?.words[1];
  if (name === undefined) return byDefault(false, MANUAL);
  const expect = lastLine(proxy.lines, name === 'httpchk' ? 'http-check' : 'tcp-check', 'expect');
  if ((name === 'httpchk' || name === 'tcp-check') && expect) return expect.maybe ? undefined : stated(true, placeOfHead(expect));
  return byDefault(name !== 'tcp-check', MANUAL);
}

/** The port of `http-check connect` or `tcp-check connect`, where there is just one. */
function connectPort(proxy: ProxySection, option: Statement | undefined): Fact<number> | undefined {
  const rules = option?.words[1] === 'httpchk' ? 'http-check' : 'tcp-check';
  const ports = linesOf(proxy.lines, rules, 'connect').filter((line) => line.words.includes('port'));
  const line = ports[0];
  if (!option || ports.length !== 1 || !line || line.maybe) return undefined;
  const index = line.words.indexOf('port') + 1;
  return /^\d{1,5}$/.test(line.words[index] ?? '') ? stated(Number(line.words[index]), placeOfWord(line, index)) : undefined;
}

function paramTime(server: Server, name: string): Fact<number> | undefined {
  const param = server.param(name);
  return param && timeFact(param.line, param.index + 1);
}

function paramNumber(server: Server, name: string): Fact<number> | undefined {
  const param = server.param(name);
  const word = param?.line.words[param.index + 1] ?? '';
  return param && /^\d{1,6}$/.test(word) ? stated(Number(word), placeOfWord(param.line, param.index + 1)) : undefined;
}

function paramWord(server: Server, name: string): Fact<string> | undefined {
  const param = server.param(name);
  const word = param?.line.words[param.index + 1];
  return param && isKnown(word) ? stated(word, placeOfWord(param.line, param.index + 1)) : undefined;
}
