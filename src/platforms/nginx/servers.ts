import { distance } from 'fastest-levenshtein';
import type { VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { headFact } from '../entity.ts';
import { type Context, entity, type ServerBlock } from './context.ts';
import { PAGES } from './pages.ts';
import { type Handling, handlingOf, type Target } from './passes.ts';
import { inForce, scopeOf } from './scope.ts';
import { literalPool, splitAddress } from './upstreams.ts';

/** Reads every server block: notes which upstreams it uses, and makes a virtual server of each address that it listens on. */
export function buildServers(context: Context): void {
  for (const block of context.servers) {
    const handling = handlingOf(block.statement.children, block.scope, block.stream, context.includes, context.variables);
    const pools = poolsOf(context, handling);
    const { list, missing } = context.includes.contents(block.statement.children);
    const listens = list.filter((s) => s.words[0] === 'listen');
    const common = { context, block, list, handling, pools };
    if (listens.length === 0) {
      if (!missing && !block.stream) context.facts.virtualServers.push(virtualServer(common, undefined));
      continue;
    }
    for (const listen of listens) context.facts.virtualServers.push(virtualServer(common, listen));
  }
}

interface Read {
  readonly names: readonly Fact<string>[];
  readonly open: boolean;
}

/** The pools that a server block passes to; literal hosts become pools of one. */
function poolsOf(context: Context, handling: Handling): Read {
  const names = new Map<string, Fact<string>>();
  let open = handling.missing;
  for (const pass of handling.passes) {
    if (pass.open) open = true;
    for (const target of pass.targets) {
      const name = target.text;
      if (context.upstreams.has(name)) {
        const users = context.users.get(name);
        if (users) users.push(pass);
        else context.users.set(name, [pass]);
        names.set(name, stated(name, target.at));
        continue;
      }
      misspelt(context, target, name);
      const pool = literalPool(context, target, pass);
      if (!pool) {
        open = true;
        continue;
      }
      if (!context.literals.has(pool.name)) context.facts.pools.push(pool);
      context.literals.add(pool.name);
      names.set(pool.name, stated(pool.name, target.at));
    }
  }
  return { names: [...names.values()], open };
}

/** A bare name that is no upstream but nearly one is a slip of the pen; others may be hosts that DNS knows. */
function misspelt(context: Context, target: Target, name: string): void {
  if (!/^[A-Za-z][\w-]{2,}$/.test(name) || isUnknown(name) || name === 'localhost') return;
  const candidates = [...context.upstreams.keys()];
  const near = !candidates.some(isUnknown) && candidates.some((candidate) => distance(candidate, name) <= (name.length > 5 ? 2 : 1));
  if (!near) return;
  context.facts.references.push({ ...entity(context, target.at), to: 'pool', noun: 'upstream', name, defined: false, candidates });
}

interface Common {
  readonly context: Context;
  readonly block: ServerBlock;
  readonly list: readonly Statement[];
  readonly handling: Handling;
  readonly pools: Read;
}

function virtualServer({ context, block, list, handling, pools }: Common, listen: Statement | undefined): VirtualServer {
  const named = list.find((s) => s.words[0] === 'server_name')?.words[1];
  const place = listen ? addressOf(listen) : { address: byDefault('*', PAGES.core), port: byDefault(80, PAGES.core) };
  const answers = answersItself(block, list, handling);
  const wild = place.address?.value === '*';
  const open = pools.open;
  const label = listen?.words[1] ?? '80';
  return {
    ...entity(context, placeOfStatement(block.statement)),
    name: named === undefined || named === '_' ? `server ${label}` : `${named} ${label}`,
    ...(place.address ? { address: place.address } : {}),
    ...(place.port ? { port: place.port } : {}),
    protocol: protocolOf(block, list, listen),
    pools: pools.names,
    ...(answers ? { answersItself: answers } : {}),
    ...(listen && place.address && 'at' in place.address
      ? { bindsAnywhere: stated(wild, place.address.at) }
      : wild
        ? { bindsAnywhere: byDefault(true, PAGES.core) }
        : {}),
    process: 'nginx',
    ...(open || block.statement.maybe ? { open: ['pools'] } : {}),
  };
}

/** `80`, `10.0.0.1:80`, `10.0.0.1`, `[::]:80`, `*:80`, `unix:/path`. */
function addressOf(listen: Statement): { address?: Fact<string>; port?: Fact<number> } {
  const text = listen.words[1] ?? '';
  if (isUnknown(text) || listen.maybe || text.startsWith('unix:')) return {};
  const at = placeOfWord(listen, 1);
  if (/^\d{1,5}$/.test(text)) return { address: stated('*', at), port: stated(Number(text), at) };
  const { host, port } = splitAddress(text);
  const address = host === '0.0.0.0' || host === '::' ? '*' : host;
  return { address: stated(address, at), port: port === undefined ? byDefault(80, PAGES.core) : stated(port, at) };
}

function protocolOf(
  block: ServerBlock,
  list: readonly Statement[],
  listen: Statement | undefined,
): Fact<NonNullable<VirtualServer['protocol']>['value']> {
  const at = placeOfHead(listen ?? block.statement);
  if (block.stream) return stated(listen?.words.includes('udp') ? 'udp' : 'tcp', at);
  const old = inForce(scopeOf(list, false, block.scope), 'ssl');
  const secure = listen?.words.includes('ssl') || listen?.words.includes('quic') || old?.words[1] === 'on';
  return stated(secure ? 'https' : 'http', at);
}

/** Static files, redirects; a server without any pass serves files (`root html` by default). */
function answersItself(block: ServerBlock, list: readonly Statement[], handling: Handling): Fact<boolean> | undefined {
  const root = inForce(scopeOf(list, false, block.scope), 'root');
  const line = handling.answers ?? (handling.passes.length === 0 ? root : undefined);
  if (line) return headFact(line, true);
  if (block.stream || handling.missing || handling.passes.length > 0) return undefined;
  return byDefault(true, PAGES.core);
}
