import type { VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { readAddress } from './address.ts';
import { type Context, entityAt, isKnown, lastLine, linesOf, MANUAL, type ProxySection, present } from './proxy.ts';

/** An address that a frontend listens on, and the words behind it. */
interface Bind {
  readonly line: Statement;
  readonly index: number;
  readonly word: string;
}

/** Every `bind` address of a proxy; HAProxy 1.x also takes one behind the section's name. */
function bindsOf(proxy: ProxySection): Bind[] {
  const binds: Bind[] = [];
  const add = (line: Statement, index: number): void => {
    for (const word of (line.words[index] ?? '').split(',')) if (word !== '') binds.push({ line, index, word });
  };
  const old = proxy.section.words[2];
  if (proxy.kind !== 'backend' && old !== undefined && old !== 'from') add(proxy.section, 2);
  for (const line of linesOf(proxy.own, 'bind')) add(line, 1);
  return binds;
}

/** What clients talk to at a frontend or listen section: one virtual server an address. */
export function readVirtualServers(proxy: ProxySection, hasServers: boolean, context: Context): VirtualServer[] {
  if (proxy.kind === 'backend') return [];
  const binds = bindsOf(proxy).filter((bind) => !bind.line.maybe);
  const { pools, open } = poolsOf(proxy, hasServers);
  const common = present({ enabled: enabledOf(proxy), answersItself: answersItself(proxy) });
  return binds.map((bind) => {
    const address = readAddress(bind.word);
    const at = placeOfWord(bind.line, bind.index);
    const sectionBind = bind.line === proxy.section;
    return {
      ...entityAt(proxy.section, context),
      ...(sectionBind ? {} : { at: placeOfHead(bind.line) }),
      name: binds.length === 1 ? proxy.name : `${proxy.name} ${bind.word}`.replace(/[\uE000-\uE002]+/g, '…'),
      process: 'haproxy',
      pools,
      ...common,
      ...(open ? { open: ['pools'] } : {}),
      ...present({
        address: address.host === undefined ? undefined : stated(address.host === '::' ? '*' : address.host, at),
        port: address.port === undefined ? undefined : stated(address.port, at),
        protocol: protocolOf(proxy, bind, context),
        bindsAnywhere: bindsAnywhere(bind, address.host),
      }),
    };
  });
}

/** A wildcard or `transparent` needs no address to be there; any other address does, unless the kernel is told otherwise. */
function bindsAnywhere(bind: Bind, host: string | undefined): Fact<boolean> | undefined {
  const transparent = bind.line.words.indexOf('transparent');
  if (transparent > 0) return stated(true, placeOfWord(bind.line, transparent));
  if (host === undefined) return undefined;
  return stated(host === '*' || host === '::', placeOfWord(bind.line, bind.index));
}

/** `mode`, with TLS where the bind line has it. */
function protocolOf(proxy: ProxySection, bind: Bind, context: Context): Fact<'http' | 'https' | 'tcp'> | undefined {
  const mode = modeOf(proxy, context);
  if (!mode) return undefined;
  const ssl = bind.line.words.includes('ssl') && bind.line !== proxy.section;
  return { ...mode, value: mode.value === 'http' && ssl ? 'https' : mode.value };
}

/** `mode`; TCP where nothing says otherwise (section 4.2). Absent for the modes that are neither. */
export function modeOf(proxy: ProxySection, context: Context): Fact<'http' | 'tcp'> | undefined {
  const s = lastLine(proxy.lines, 'mode');
  if (!s) return context.fragment ? undefined : byDefault('tcp', MANUAL);
  const word = s.words[1];
  return !s.maybe && (word === 'http' || word === 'tcp') ? stated(word, placeOfWord(s, 1)) : undefined;
}

/** `disabled` stops a proxy, `enabled` cancels one that was inherited. */
export function enabledOf(proxy: ProxySection): Fact<boolean> | undefined {
  const s = proxy.lines.findLast((line) => line.words[0] === 'disabled' || line.words[0] === 'enabled');
  if (!s) return byDefault(true, MANUAL);
  return s.maybe ? undefined : stated(s.words[0] === 'enabled', placeOfHead(s));
}

function poolsOf(proxy: ProxySection, hasServers: boolean): { pools: Fact<string>[]; open: boolean } {
  const pools: Fact<string>[] = hasServers ? [stated(proxy.name, placeOfWord(proxy.section, 1))] : [];
  let open = false;
  for (const line of [
    ...linesOf(proxy.lines, 'use_backend'),
    ...[lastLine(proxy.lines, 'default_backend')].filter((s) => s !== undefined),
  ]) {
    const name = line.words[1];
    if (line.maybe || !isKnown(name)) open = true;
    else pools.push(stated(name, placeOfWord(line, 1)));
  }
  return { pools, open };
}

const ANSWERS = new Set(['return', 'redirect', 'deny', 'reject', 'use-service', 'tarpit']);

/** Redirects, `http-request return`, the statistics page, a monitor address: answers that need no server. */
function answersItself(proxy: ProxySection): Fact<boolean> | undefined {
  const s = proxy.lines.find(
    (line) =>
      !isConditional(line, proxy) &&
      ((line.words[0] === 'http-request' && ANSWERS.has(line.words[1] ?? '')) ||
        line.words[0] === 'redirect' ||
        line.words[0] === 'monitor-uri' ||
        (line.words[0] === 'stats' && /^(?:enable|uri)$/.test(line.words[1] ?? '')) ||
        (line.words[0] === 'tcp-request' && line.words.includes('use-service'))),
  );
  return s && !s.maybe ? stated(true, placeOfHead(s)) : undefined;
}

/** What is not answered here goes to the servers. Where nothing is encrypted, a condition that asks for it has one outcome. */
function isConditional(line: Statement, proxy: ProxySection): boolean {
  const at = line.words.findIndex((word, index) => index > 0 && (word === 'if' || word === 'unless'));
  if (at < 0) return false;
  const named = new Set(line.words.slice(at + 1).map((word) => word.replace(/^!/, '')));
  const asked = [line.words.slice(at), ...linesOf(proxy.own, 'acl').flatMap(({ words }) => (named.has(words[1] ?? '') ? [words] : []))];
  const encrypts = linesOf(proxy.own, 'bind').some((bind) => bind.words.includes('ssl'));
  return encrypts || !asked.flat().some((word) => /^!?ssl_/.test(word));
}
