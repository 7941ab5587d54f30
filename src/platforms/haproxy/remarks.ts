import type { Remark } from '../../model/device.ts';
import type { Place } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { checkOption } from './checks.ts';
import { type Context, entityAt, type ProxySection } from './proxy.ts';
import { readServers, type Server, trackedServer } from './servers.ts';

type Note = (at: Statement, kind: Remark['kind'], subject: string, text: string, place?: Place, other?: Place) => void;

/** What a proxy says without effect. */
export function noteProxy(proxy: ProxySection, context: Context): void {
  const note: Note = (at, kind, subject, text, place, other) => {
    if (at.maybe) return;
    context.facts.remarks.push({
      ...entityAt(at, context),
      ...(place ? { at: place } : {}),
      kind,
      subject,
      text,
      ...(other ? { other } : {}),
    });
  };
  if (proxy.kind === 'frontend') {
    noteWrongPlace(proxy, BACKEND_ONLY, 'frontend', note);
    return;
  }
  if (proxy.kind === 'backend') noteWrongPlace(proxy, FRONTEND_ONLY, 'backend', note);
  const servers = readServers(proxy);
  noteUnusedCheck(proxy, servers, note);
  for (const server of servers) noteServer(proxy, server, servers, context, note);
}

const BACKEND_ONLY =
  /^(?:server|server-template|default-server|balance|cookie|dispatch|retries|timeout (?:server|connect|check|queue)|option (?:httpchk|redispatch|allbackups|tcp-check|mysql-check|pgsql-check|redis-check|ldap-check|smtpchk|ssl-hello-chk|external-check)|http-check|tcp-check|stick)(?: |$)/;
const FRONTEND_ONLY = /^(?:bind|default_backend|use_backend|monitor-uri|monitor fail|timeout client)(?: |$)/;

/** The matrix of section 4.1: a keyword that its section does not support. */
function noteWrongPlace(proxy: ProxySection, only: RegExp, kind: string, note: Note): void {
  for (const line of proxy.own) {
    const match = only.exec(`${line.words.slice(0, 2).join(' ')} `);
    if (!match) continue;
    const subject = match[0].trim();
    note(line, 'wrong-place', subject, `'${subject}' has no effect in a ${kind}: HAProxy ignores or refuses it there`, placeOfHead(line));
  }
}

function noteUnusedCheck(proxy: ProxySection, servers: readonly Server[], note: Note): void {
  const option = checkOption(proxy.own);
  const checked = servers.some(
    (server) => server.param('check') || server.param('agent-check') || server.param('track') || server.line.maybe,
  );
  if (option && servers.length > 0 && !checked) {
    note(
      option,
      'ineffective',
      `option ${option.words[1]}`,
      `no server of '${proxy.name}' has 'check', so no check is ever sent`,
      placeOfHead(option),
      placeOfHead((servers[0] as Server).line),
    );
  }
  const inForce = checkOption(proxy.lines);
  const rule = proxy.own.find(
    (line) => line.words[0] === 'http-check' && line.words[1] !== 'disable-on-404' && line.words[1] !== 'send-state',
  );
  if (rule && inForce?.words[1] !== 'httpchk' && !inForce?.maybe) {
    note(
      rule,
      'ineffective',
      'http-check',
      "'http-check' rules count only with 'option httpchk', which is not in force here",
      placeOfHead(rule),
    );
  }
  const tcp = proxy.own.find((line) => line.words[0] === 'tcp-check');
  if (tcp && inForce?.words[1] !== 'tcp-check' && !inForce?.maybe) {
    note(
      tcp,
      'ineffective',
      'tcp-check',
      "'tcp-check' rules count only with 'option tcp-check', which is not in force here",
      placeOfHead(tcp),
    );
  }
}

const CHECK_SETTINGS = ['inter', 'fastinter', 'downinter', 'fall', 'rise', 'port', 'check-ssl', 'check-sni', 'observe'];

function noteServer(proxy: ProxySection, server: Server, servers: readonly Server[], context: Context, note: Note): void {
  if (server.param('check')) return;
  const track = server.param('track');
  if (track && track.line === server.line) {
    const target = trackedServer(track, proxy, servers, context);
    if (
      target &&
      !target.server.param('check') &&
      !target.server.param('agent-check') &&
      !target.server.param('track') &&
      !target.server.line.maybe
    ) {
      note(
        server.line,
        'ineffective',
        'track',
        `'${target.server.name}', whose state it tracks, is not checked itself: HAProxy refuses that`,
        placeOfWord(track.line, track.index),
        placeOfHead(target.server.line),
      );
    }
    return;
  }
  if (server.param('agent-check')) return;
  for (const name of CHECK_SETTINGS) {
    const param = server.param(name);
    if (!param || param.line !== server.line) continue;
    note(
      server.line,
      'ineffective',
      name,
      `'${name}' does nothing without 'check' on server '${server.name}'`,
      placeOfWord(param.line, param.index),
    );
    return;
  }
}
