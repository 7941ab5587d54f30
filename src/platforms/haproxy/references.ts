import type { Reference } from '../../model/device.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { type Context, entityAt, isKnown, type ProxySection, sectionsOf } from './proxy.ts';
import { readServers } from './servers.ts';

/** The names of one kind that the configuration defines. */
interface Defined {
  readonly to: Reference['to'];
  readonly noun: string;
  readonly names: ReadonlySet<string>;
  readonly list: readonly string[];
  /** Some name is a placeholder's. */
  readonly open: boolean;
}

interface Use {
  readonly of: Defined;
  readonly line: Statement;
  readonly index: number;
  readonly name: string;
}

/** Every name that the configuration uses, and whether it is defined. */
export function readReferences(context: Context): Reference[] {
  return usesOf(context).flatMap(({ of, line, index, name }) => {
    if (line.maybe || !isKnown(name)) return [];
    const defined = of.names.has(name);
    // What a fragment lacks may stand in the file that it belongs to.
    if (!defined && (context.fragment || of.open)) return [];
    return [
      {
        ...entityAt(line, context),
        at: placeOfWord(line, index),
        to: of.to,
        noun: of.noun,
        name,
        defined,
        candidates: defined ? [] : of.list,
      },
    ];
  });
}

function defined(to: Reference['to'], noun: string, names: readonly string[]): Defined {
  return { to, noun, names: new Set(names), list: names.filter(isKnown), open: !names.every(isKnown) };
}

function usesOf(context: Context): Use[] {
  const sections = (kind: string): string[] => sectionsOf(context, kind).map((section) => section.words[1] ?? '');
  const pools = context.proxies.filter((proxy) => proxy.kind !== 'frontend');
  const backends = defined(
    'pool',
    'backend',
    pools.map((proxy) => proxy.name),
  );
  const resolvers = defined('other', 'resolvers', sections('resolvers'));
  const peers = defined('other', 'peers section', sections('peers'));
  const mailers = defined('other', 'mailers section', sections('mailers'));
  const userlists = defined('other', 'userlist', sections('userlist'));
  const everyServer = pools.flatMap((proxy) => readServers(proxy).map((server) => `${proxy.name}/${server.name}`));
  const tracked = defined('server', 'server', everyServer);

  const useOf = (line: Statement, proxy: ProxySection | undefined): Use[] => {
    switch (line.words[0]) {
      case 'use_backend':
      case 'default_backend':
        return [{ of: backends, line, index: 1, name: line.words[1] ?? '' }];
      case 'use-server':
        return proxy ? [{ of: ownServers(proxy), line, index: 1, name: line.words[1] ?? '' }] : [];
      case 'server':
      case 'server-template':
      case 'default-server':
        return [...behind(line, 'resolvers', resolvers), ...behind(line, 'track', tracked).map((use) => inProxy(use, proxy))];
      case 'stick-table':
        return behind(line, 'peers', peers);
      case 'email-alert':
        return behind(line, 'mailers', mailers);
      default:
        return line.words.flatMap((word, index): Use[] => {
          const name = /http_auth(?:_group)?\(([\w.-]{1,100})\)/.exec(word)?.[1];
          return name === undefined ? [] : [{ of: userlists, line, index, name }];
        });
    }
  };
  return [
    ...sectionsOf(context, 'defaults').flatMap((section) => section.children.flatMap((line) => useOf(line, undefined))),
    ...context.proxies.flatMap((proxy) => proxy.own.flatMap((line) => useOf(line, proxy))),
  ];
}

/** The name behind a word of a line. */
function behind(line: Statement, word: string, of: Defined): Use[] {
  const index = line.words.indexOf(word) + 1;
  const name = line.words[index];
  return index < 2 || name === undefined ? [] : [{ of, line, index, name }];
}

/** `track web1` means a server of the same section. */
function inProxy(use: Use, proxy: ProxySection | undefined): Use {
  return proxy && !use.name.includes('/') ? { ...use, of: ownServers(proxy) } : use;
}

function ownServers(proxy: ProxySection): Defined {
  const servers = readServers(proxy);
  const { open, ...rest } = defined(
    'server',
    'server',
    servers.map((server) => server.name),
  );
  return { ...rest, open: open || servers.some((server) => server.line.maybe) };
}
