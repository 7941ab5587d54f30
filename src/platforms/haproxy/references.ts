import type { Reference } from '../../model/device.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { type Context, entityAt, isKnown, type ProxySection, sectionsOf } from './proxy.ts';
import { readServers } from './servers.ts';

interface Use {
  readonly to: Reference['to'];
  readonly noun: string;
  readonly line: Statement;
  readonly index: number;
  readonly name: string;
  readonly candidates: readonly string[];
}

/** Every name that the configuration uses, and whether it is defined. */
export function readReferences(context: Context): Reference[] {
  const uses = [...context.proxies.flatMap((proxy) => usesOfProxy(proxy, context)), ...usesOfDefaults(context)];
  return uses.flatMap(({ to, noun, line, index, name, candidates }) => {
    if (line.maybe || !isKnown(name)) return [];
    const defined = candidates.includes(name);
    // What a fragment lacks may stand in the file that it belongs to.
    if (!defined && (context.fragment || candidates.some((candidate) => !isKnown(candidate)))) return [];
    return [{ ...entityAt(line, context), at: placeOfWord(line, index), to, noun, name, defined, candidates: candidates.filter(isKnown) }];
  });
}

function names(context: Context, kind: string): string[] {
  return sectionsOf(context, kind).map((section) => section.words[1] ?? '');
}

function usesOfDefaults(context: Context): Use[] {
  return sectionsOf(context, 'defaults').flatMap((section) => [
    ...after(section.children, 'default-server', 'resolvers', 'resolvers', names(context, 'resolvers')),
    ...section.children.flatMap((line) => backendUse(line, context)),
  ]);
}

function usesOfProxy(proxy: ProxySection, context: Context): Use[] {
  const { own } = proxy;
  const servers = proxy.kind === 'frontend' ? [] : readServers(proxy).map((server) => server.name);
  return [
    ...own.flatMap((line) => backendUse(line, context)),
    ...after(own, 'server', 'resolvers', 'resolvers', names(context, 'resolvers')),
    ...after(own, 'server-template', 'resolvers', 'resolvers', names(context, 'resolvers')),
    ...after(own, 'default-server', 'resolvers', 'resolvers', names(context, 'resolvers')),
    ...after(own, 'stick-table', 'peers', 'peers section', names(context, 'peers')),
    ...after(own, 'email-alert', 'mailers', 'mailers section', names(context, 'mailers')),
    ...own.flatMap((line) => tracked(line, proxy, context)),
    ...own
      .filter((line) => line.words[0] === 'use-server')
      .map((line): Use => ({ to: 'server', noun: 'server', line, index: 1, name: line.words[1] ?? '', candidates: servers })),
    ...own.flatMap((line) => userlists(line, context)),
  ];
}

function backendUse(line: Statement, context: Context): Use[] {
  if (line.words[0] !== 'use_backend' && line.words[0] !== 'default_backend') return [];
  const candidates = context.proxies.filter((proxy) => proxy.kind !== 'frontend').map((proxy) => proxy.name);
  return [{ to: 'pool', noun: 'backend', line, index: 1, name: line.words[1] ?? '', candidates }];
}

/** A name behind a word, on lines that begin with `keyword`. */
function after(lines: readonly Statement[], keyword: string, word: string, noun: string, candidates: readonly string[]): Use[] {
  return lines.flatMap((line): Use[] => {
    if (line.words[0] !== keyword) return [];
    const at = line.words.indexOf(word);
    const name = line.words[at + 1];
    return at < 1 || name === undefined ? [] : [{ to: 'other', noun, line, index: at + 1, name, candidates }];
  });
}

function tracked(line: Statement, proxy: ProxySection, context: Context): Use[] {
  const at = line.words[0] === 'server' ? line.words.indexOf('track') : -1;
  const name = line.words[at + 1];
  if (at < 3 || name === undefined) return [];
  const of = (owner: ProxySection, prefix: string): string[] => readServers(owner).map((server) => prefix + server.name);
  const candidates = [...of(proxy, ''), ...context.proxies.filter((p) => p.kind !== 'frontend').flatMap((p) => of(p, `${p.name}/`))];
  return [{ to: 'server', noun: 'server', line, index: at + 1, name, candidates }];
}

function userlists(line: Statement, context: Context): Use[] {
  return line.words.flatMap((word, index): Use[] => {
    const name = /http_auth(?:_group)?\(([\w.-]{1,100})\)/.exec(word)?.[1];
    return name === undefined ? [] : [{ to: 'other', noun: 'userlist', line, index, name, candidates: names(context, 'userlist') }];
  });
}
