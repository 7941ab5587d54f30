import type { Monitor, MonitorType } from '../../model/balancing.ts';
import { byDefault, type Fact, stated } from '../../model/fact.ts';
import { childrenOf } from '../../syntax/handlers.ts';
import { placeOfHead, placeOfWord, type Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { headFact, numberFact, wordFact } from '../entity.ts';
import { CODE, type Context, entityAt, last, MANUAL, present } from './context.ts';

interface Kind {
  readonly type: MonitorType;
  /** Further tries after a failure, where nothing is written. */
  readonly retries: number;
  /** Milliseconds before a further try; absent: the checker's interval. */
  readonly delay?: number;
}

const KINDS: Readonly<Record<string, Kind>> = table({
  HTTP_GET: { type: 'http', retries: 1, delay: 3000 },
  SSL_GET: { type: 'https', retries: 1, delay: 3000 },
  TCP_CHECK: { type: 'tcp', retries: 1, delay: 1000 },
  SMTP_CHECK: { type: 'other', retries: 1, delay: 1000 },
  DNS_CHECK: { type: 'dns', retries: 3 },
  MISC_CHECK: { type: 'script', retries: 0, delay: 1000 },
  UDP_CHECK: { type: 'udp', retries: 1, delay: 1000 },
  PING_CHECK: { type: 'icmp', retries: 1, delay: 1000 },
  BFD_CHECK: { type: 'other', retries: 0 },
  FILE_CHECK: { type: 'other', retries: 0 },
});

/** The health checkers of a real server, each with what is in force for it. */
export function readCheckers(virtual: Statement, real: Statement, context: Context): Monitor[] {
  return real.children.flatMap((block) => {
    const kind = KINDS[block.words[0] as string];
    return kind && !block.maybe ? [readChecker(block, kind, [block, real, virtual], context)] : [];
  });
}

/** Whether a block may hold a checker that is not seen: behind a condition, or from an include. */
export function mayHaveCheckers(real: Statement): boolean {
  return real.children.some((c) => (c.maybe && KINDS[c.words[0] as string] !== undefined) || (c.words[0] as string).startsWith('include'));
}

function readChecker(block: Statement, kind: Kind, levels: readonly Statement[], context: Context): Monitor {
  const polled = kind.type !== 'other' || block.words[0] === 'SMTP_CHECK';
  const interval = polled ? inherited(levels, ['delay_loop'], 1000, byDefault(60_000, MANUAL)) : undefined;
  const timeout = !polled
    ? undefined
    : kind.type === 'script'
      ? timeoutOfScript(block, interval)
      : inherited(levels, ['connect_timeout'], 1000, byDefault(5000, MANUAL));
  const retries = polled ? inherited(levels, ['retry', 'nb_get_retry'], 1, byDefault(kind.retries, MANUAL)) : undefined;
  const delay = inherited(levels, ['delay_before_retry'], 1000, kind.delay === undefined ? interval : byDefault(kind.delay, MANUAL));
  const port = last(block, 'connect_port');
  const destination = last(block, 'connect_ip');
  return {
    ...entityAt(block, context),
    name: block.words[0] as string,
    type: stated(kind.type, placeOfWord(block, 0)),
    timeoutCovers: 'probe',
    ...present({
      interval,
      timeout,
      fall: retries && { ...retries, value: retries.value + 1 },
      rise: polled ? byDefault(1, CODE) : undefined,
      detection: detectionOf(interval, timeout, retries, delay),
      expects: expectsOf(block, kind),
      destination: destination && wordFact(destination, 1),
      port: port && numberFact(port, 1),
    }),
  };
}

/** The innermost level that says it; unknown where that is a placeholder, the default where no level says it. */
function inherited(
  levels: readonly Statement[],
  keywords: readonly string[],
  scale: number,
  fallback: Fact<number> | undefined,
): Fact<number> | undefined {
  for (const level of levels) {
    const s = last(level, ...keywords);
    if (s) return numberFact(s, 1, scale);
  }
  return fallback;
}

function timeoutOfScript(block: Statement, interval: Fact<number> | undefined): Fact<number> | undefined {
  const s = last(block, 'misc_timeout');
  return s ? numberFact(s, 1, 1000) : interval && byDefault(interval.value, CODE);
}

/** A server that dies just after a check and answers nothing: an interval, then every try runs into its timeout. */
function detectionOf(
  interval?: Fact<number>,
  timeout?: Fact<number>,
  retries?: Fact<number>,
  delay?: Fact<number>,
): Fact<number> | undefined {
  if (!interval || !timeout || !retries || !delay) return undefined;
  return { ...interval, value: interval.value + (retries.value + 1) * timeout.value + retries.value * delay.value };
}

/** HTTP checks want 200 to 299 unless told otherwise; a UDP check takes silence for an answer unless `require_reply` is said. */
function expectsOf(block: Statement, kind: Kind): Fact<boolean> | undefined {
  if (kind.type === 'udp') {
    const s = last(block, 'require_reply');
    return s ? headFact(s, true) : byDefault(false, MANUAL);
  }
  if (kind.type !== 'http' && kind.type !== 'https') return undefined;
  const s = childrenOf(block, 'url').flatMap((url) =>
    url.children.filter((c) => /^(?:status_code|digest|regex)$/.test(c.words[0] as string)),
  )[0];
  return s ? stated(true, placeOfHead(s)) : byDefault(true, MANUAL);
}
