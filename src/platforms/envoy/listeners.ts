import type { VirtualServer } from '../../model/balancing.ts';
import { type Fact, stated } from '../../model/fact.ts';
import { placeOfHead, placeOfStatement, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { at, descendants, flag, scalar, whole } from '../../syntax/tree.ts';
import { type Context, entity } from './context.ts';

/** A listener with the clusters that its filter chains send to. */
export function readListener(context: Context, s: Statement): VirtualServer {
  const socket = at(s.children, 'address', 'socket_address');
  const bind = socket && scalar(at(socket.children, 'address'));
  const port = socket && whole(at(socket.children, 'port_value'));
  const udp = socket && at(socket.children, 'protocol')?.words[1] === 'UDP';
  const all = descendants(s.children);
  const routes = routing(all);
  const wild = bind?.value === '0.0.0.0' || bind?.value === '::';
  const free = flag(at(s.children, 'freebind')) ?? flag(at(s.children, 'transparent'));
  const tls = all.some((c) => c.words[0] === 'transport_socket');
  const http = all.some((c) => c.words[0] === '@type' && (c.words[1] ?? '').includes('HttpConnectionManager'));
  const name = scalar(at(s.children, 'name'))?.value ?? `listener ${bind?.value ?? ''}:${port?.value ?? ''}`;
  const answers = all.find((c) => c.words[0] === 'direct_response' || c.words[0] === 'redirect');
  return {
    ...entity(context, placeOfStatement(s)),
    name,
    ...(bind && 'at' in bind ? { address: stated(wild ? '*' : bind.value, bind.at) } : {}),
    ...(port ? { port } : {}),
    protocol: stated(udp ? 'udp' : http ? (tls ? 'https' : 'http') : 'tcp', placeOfHead(s)),
    pools: routes.names,
    ...(answers ? { answersItself: stated(true, placeOfHead(answers)) } : {}),
    ...(free?.value ? { bindsAnywhere: free } : bind && 'at' in bind ? { bindsAnywhere: stated(wild, bind.at) } : {}),
    process: 'envoy',
    ...(routes.open || s.maybe ? { open: ['pools'] } : {}),
  };
}

/** Clusters by name, and whether others are decided at run time (a header, a route table from elsewhere). */
function routing(all: readonly Statement[]): { names: Fact<string>[]; open: boolean } {
  const names = new Map<string, Fact<string>>();
  let open = false;
  for (const s of all) {
    const key = s.words[0];
    if (key === 'rds' || key === 'scoped_routes' || key === 'cluster_header' || key === 'cluster_specifier_plugin') open = true;
    const weighted =
      key === 'name' &&
      s.parent?.words[0] === '-' &&
      s.parent.parent?.words[0] === 'clusters' &&
      s.parent.parent.parent?.words[0] === 'weighted_clusters';
    const direct = key === 'cluster' && s.words.length > 1 && !isMirror(s);
    const value = s.words[1];
    if ((weighted || direct) && value !== undefined) {
      s.use = 'read';
      const fact = scalar(s);
      if (fact) names.set(value, stated(value, placeOfWord(s, 1)));
      else open = true;
    }
  }
  return { names: [...names.values()], open };
}

/** Mirrored requests are copies: nobody waits for their answers. */
function isMirror(s: Statement): boolean {
  for (let up = s.parent; up; up = up.parent) if (/mirror_polic/.test(up.words[0] ?? '')) return true;
  return false;
}
