import type { DeviceFacts } from '../../model/device.ts';
import { stated } from '../../model/fact.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { noFacts } from '../entity.ts';
import type { HostSources } from '../platform.ts';
import { readVirtualServers } from './frontends.ts';
import { markAll } from './mark.ts';
import { readPeers } from './peers.ts';
import { readPool } from './pools.ts';
import { type Context, entityAt, isKnown, type ProxySection, readProxies, sectionsOf } from './proxy.ts';
import { readReferences } from './references.ts';
import { noteProxy } from './remarks.ts';
import { readServers } from './servers.ts';

/** Reads one host's HAProxy configuration; several files are one, as with several `-f`. */
export function read(host: HostSources): DeviceFacts {
  const sections = host.sources.flatMap((source) => source.statements);
  const facts = noFacts('load-balancer');
  const fragment = isFragment(sections);
  const backendsUsed = new Set(
    sections.flatMap((section) =>
      section.children.filter((line) => /^(?:use|default)_backend$/.test(line.words[0] as string)).map((line) => line.words[1] ?? ''),
    ),
  );
  const context: Context = { device: host.device, facts, sections, proxies: readProxies(sections), fragment, backendsUsed };
  markAll(context);
  for (const proxy of context.proxies) {
    if (proxy.section.maybe || !isKnown(proxy.name)) continue;
    const servers = proxy.kind === 'frontend' ? [] : readServers(proxy);
    for (const one of readVirtualServers(proxy, servers.length > 0, context)) facts.virtualServers.push(one);
    if (proxy.kind === 'backend' ? !answersAlone(proxy, context) : servers.length > 0) facts.pools.push(readPool(proxy, servers, context));
    noteProxy(proxy, context);
  }
  noteDuplicates(context);
  for (const section of sectionsOf(context, 'peers')) {
    if (!section.maybe && isKnown(section.words[1])) facts.peerings.push(readPeers(section, context));
  }
  for (const one of readReferences(context)) facts.references.push(one);
  const main = sections.find((section) => section.words[0] === 'global' || section.words[0] === 'defaults');
  if (main) facts.settings.push({ ...entityAt(main, context), name: 'haproxy-defaults-shown', value: stated(true, placeOfHead(main)) });
  return fragment ? { ...facts, fragment: true } : facts;
}

/** Whether sections lack all that a whole configuration has: `global`, `defaults`, or a frontend in a file of the usual name. */
export function isFragment(sections: readonly Statement[]): boolean {
  const whole = /haproxy[^/]*\.cfg(?:\.[^/]*)?$/;
  return !sections.some(({ words, file }) => {
    const kind = words[0] as string;
    return kind === 'global' || kind === 'defaults' || ((kind === 'frontend' || kind === 'listen') && whole.test(file));
  });
}

/** A backend without servers that redirects or answers is no pool, nor is one that only holds a stick table and gets no requests. */
function answersAlone({ own: lines, name }: ProxySection, { backendsUsed }: Context): boolean {
  if (lines.some((line) => line.words[0] === 'server' || line.words[0] === 'server-template')) return false;
  return lines.some(
    (line) =>
      (line.words[0] === 'stick-table' && !backendsUsed.has(name)) ||
      /^(?:redirect|stats|dispatch|use-fcgi-app|errorfile|errorloc\d*|http-error)$/.test(line.words[0] as string) ||
      (line.words[0] === 'http-request' && /^(?:return|redirect|deny|use-service|tarpit|reject)$/.test(line.words[1] ?? '')) ||
      (line.words[0] === 'option' && line.words[1] === 'transparent') ||
      (line.words[0] === 'option' && /^http_?-?proxy$/.test(line.words[1] ?? '')),
  );
}

/** Two proxies of one name with a capability in common, or one server name twice: HAProxy refuses or warns. */
function noteDuplicates(context: Context): void {
  const seen = new Map<string, Statement>();
  for (const proxy of context.proxies) {
    if (proxy.section.maybe || !isKnown(proxy.name)) continue;
    const sides = proxy.kind === 'listen' ? ['front', 'back'] : [proxy.kind === 'frontend' ? 'front' : 'back'];
    const earlier = sides.map((side) => seen.get(`${side} ${proxy.name}`)).find((s) => s !== undefined);
    if (earlier) {
      const text = `'${proxy.name}' is defined twice, which HAProxy refuses`;
      context.facts.remarks.push({
        ...entityAt(proxy.section, context),
        at: placeOfHead(proxy.section),
        kind: 'duplicate-definition',
        subject: proxy.name,
        text,
        other: placeOfHead(earlier),
      });
    }
    for (const side of sides) if (!seen.has(`${side} ${proxy.name}`)) seen.set(`${side} ${proxy.name}`, proxy.section);
    noteTwins(proxy.own, context);
  }
}

function noteTwins(lines: readonly Statement[], context: Context): void {
  const seen = new Map<string, Statement>();
  for (const line of lines) {
    const name = line.words[1];
    if (line.words[0] !== 'server' || line.maybe || !isKnown(name)) continue;
    const earlier = seen.get(name);
    if (!earlier) seen.set(name, line);
    else {
      const text = `server '${name}' is defined twice in this section, which HAProxy refuses`;
      context.facts.remarks.push({
        ...entityAt(line, context),
        at: placeOfHead(line),
        kind: 'duplicate-definition',
        subject: `server ${name}`,
        text,
        other: placeOfHead(earlier),
      });
    }
  }
}
