import type { Pool, PoolMember, VirtualServer } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { childrenOf } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { numberFact, wordFact } from '../entity.ts';
import { mayHaveCheckers, readCheckers } from './checkers.ts';
import { CODE, type Context, entityAt, globalSetting, last, MANUAL, present } from './context.ts';

/** The kernel takes what comes to an address that the host holds: nothing is bound. */
const IPVS = 'https://docs.kernel.org/networking/ipvs-sysctl.html';

/** Reads a `virtual_server`: the addresses it serves and the pool behind them. */
export function readVirtualServer(s: Statement, context: Context): { servers: VirtualServer[]; pool: Pool } {
  const pool = readPool(s, context);
  const mirrored = mirroring(context);
  const server = (at: Statement, name: string, address: Fact<string> | undefined, port: Fact<number> | undefined): VirtualServer => ({
    ...entityAt(s, context),
    at: entityAt(at, context).at,
    name,
    pools: [stated(pool.name, placeOfHead(s))],
    enabled: stated(true, placeOfHead(s)),
    bindsAnywhere: byDefault(true, IPVS),
    ...present({ address, port, protocol: pool.protocol, mirrored }),
  });
  if (s.words[1] === 'fwmark') return { servers: [server(s, pool.name, undefined, undefined)], pool };
  if (s.words[1] !== 'group') return { servers: [server(s, pool.name, wordFact(s, 1), portFact(s, 2))], pool };
  const group = context.roots.find((root) => root.words[0] === 'virtual_server_group' && root.words[1] === s.words[2]);
  noteGroup(s, group, context);
  const lines = (group?.children ?? []).filter((line) => /^[\da-fA-F.:]+$/.test(line.words[0] as string));
  return {
    servers: lines.map((line) => server(line, `${line.words[0]}:${line.words[1] ?? 0}`, wordFact(line, 0), portFact(line, 1))),
    pool,
  };
}

function noteGroup(s: Statement, group: Statement | undefined, context: Context): void {
  const name = s.words[2];
  if (name === undefined || isUnknown(name) || (!group && context.partial)) return;
  const candidates = context.roots.filter((root) => root.words[0] === 'virtual_server_group').map((root) => root.words[1] ?? '');
  context.facts.references.push({
    ...entityAt(s, context),
    at: placeOfWord(s, 2),
    to: 'virtual-server',
    noun: 'virtual_server_group',
    name,
    defined: group !== undefined,
    candidates: group ? [] : candidates,
  });
}

/** The port behind an address; none is every port, which IPVS allows for persistent services. */
function portFact(s: Statement, index: number): Fact<number> | undefined {
  return s.words[index] === undefined ? byDefault(0, MANUAL) : numberFact(s, index);
}

/** Established connections survive where the IPVS sync daemon runs. */
function mirroring(context: Context): Fact<boolean> | undefined {
  const s = globalSetting(context, 'lvs_sync_daemon');
  if (s) return s.maybe ? undefined : stated(true, placeOfHead(s));
  return context.partial ? undefined : byDefault(false, MANUAL);
}

function readPool(s: Statement, context: Context): Pool {
  const name =
    s.words[1] === 'fwmark' || s.words[1] === 'group' ? s.words.slice(1, 3).join(' ') : `${s.words[1] ?? '?'}:${s.words[2] ?? 0}`;
  const reals = childrenOf(s, 'real_server');
  const members = reals.filter((real) => !real.maybe).map((real) => readReal(s, real, name, context));
  const hidden = members.length < reals.length || s.children.some((c) => (c.words[0] as string).startsWith('include'));
  const sorry = last(s, 'sorry_server');
  const persistence = last(s, 'persistence_timeout');
  const known = members.map((member) => member.monitored?.value);
  const monitored =
    hidden || members.length === 0 || known.includes(undefined) ? undefined : stated(!known.includes(false), placeOfHead(s));
  return {
    ...entityAt(s, context),
    name,
    members,
    monitors: [],
    used: true,
    ...(hidden ? { open: ['members'] } : {}),
    ...present({
      protocol: protocolOf(s),
      monitored,
      minimumActive: minimumOf(s, members),
      fallback: sorry && wordFact(sorry, 1),
      persistence: persistence && !persistence.maybe ? stated('source address', placeOfHead(persistence)) : undefined,
      persistenceShared: persistence ? mirroring(context) : undefined,
    }),
  };
}

function protocolOf(s: Statement): Fact<'tcp' | 'udp' | 'other'> | undefined {
  const line = last(s, 'protocol');
  const word = line && wordFact(line, 1);
  if (!line) return s.words[1] === 'fwmark' ? undefined : byDefault('udp', `${CODE}/check/check_data.c`);
  if (!word) return undefined;
  return { ...word, value: word.value === 'TCP' ? 'tcp' : word.value === 'UDP' ? 'udp' : 'other' };
}

/** `quorum` counts weights; it says a number of servers only where all weigh the same. */
function minimumOf(s: Statement, members: readonly PoolMember[]): Fact<number> | undefined {
  const line = last(s, 'quorum');
  if (!line) return byDefault(1, MANUAL);
  const quorum = numberFact(line, 1);
  const weights = new Set(members.map((member) => member.weight?.value));
  const weight = [...weights][0];
  if (!quorum || weights.size !== 1 || !weight || weight < 1) return undefined;
  return { ...quorum, value: Math.ceil(quorum.value / weight) };
}

function readReal(virtual: Statement, real: Statement, pool: string, context: Context): PoolMember {
  const monitors = readCheckers(virtual, real, context);
  const weight = last(real, 'weight');
  return {
    ...entityAt(real, context),
    name: [real.words[1], real.words[2]].filter((word) => word !== undefined).join(':'),
    pool,
    monitors,
    enabled: stated(true, placeOfHead(real)),
    ...present({
      address: wordFact(real, 1),
      port: real.words[2] === undefined ? undefined : numberFact(real, 2),
      weight: weight ? numberFact(weight, 1) : byDefault(1, MANUAL),
      monitored:
        monitors.length > 0
          ? stated(true, monitors[0]?.at ?? placeOfHead(real))
          : mayHaveCheckers(real)
            ? undefined
            : stated(false, placeOfHead(real)),
    }),
  };
}
