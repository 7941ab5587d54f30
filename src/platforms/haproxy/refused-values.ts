import type { Statement } from '../../syntax/statement.ts';
import { table } from '../../syntax/table.ts';
import { firstParam, paramsOf } from './params.ts';

/** What is wrong with a value, if it is; `word` is undefined where the line ends before it. */
type Check = (name: string, word: string | undefined) => string | undefined;

const LONGEST_MS = 2_147_483_647;
const UNITS: Readonly<Record<string, number>> = table({ u: 0.001, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 });

/** A time as HAProxy reads it: digits and a unit, of which it looks at the first letter; behind that anything may stand. */
const isTime: Check = (name, word) => {
  if (word === undefined) return `'${name}' has no time`;
  const match = /^(\d+)(?:ms|us|[smhd]|$)/.exec(word);
  if (!match) return `'${word}' is no time: HAProxy counts in us, ms, s, m, h and d`;
  const unit = word.slice((match[1] as string).length);
  const ms = Number(match[1]) * (unit === '' || unit.startsWith('ms') ? 1 : (UNITS[unit[0] as string] as number));
  return ms > LONGEST_MS ? `${word} is longer than the 24.8 days that HAProxy can count` : undefined;
};

const isTimeOverZero: Check = (name, word) =>
  isTime(name, word) ?? (/^0+(?:\D|$)/.test(word ?? '') ? `'${name}' must be more than 0` : undefined);

const isCount: Check = (name, word) =>
  word === undefined || Number(/^-?\d+/.exec(word)?.[0] ?? 0) <= 0 ? `'${name}' wants a number over 0` : undefined;

const isWeight: Check = (_, word) =>
  /^-?\d+$/.test(word ?? '') && (Number(word) < 0 || Number(word) > 256) ? `a weight of ${word} is not within 0 and 256` : undefined;

const isOneOf =
  (...known: readonly string[]): Check =>
  (name, word) =>
    known.includes(word ?? '') ? undefined : `'${name}' wants ${known.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;

const CHECKS: Readonly<Record<string, Check>> = table({
  inter: isTimeOverZero,
  fastinter: isTimeOverZero,
  downinter: isTimeOverZero,
  slowstart: isTime,
  rise: isCount,
  fall: isCount,
  'error-limit': isCount,
  weight: isWeight,
  observe: isOneOf('none', 'layer4', 'layer7'),
  'on-error': isOneOf('fastinter', 'fail-check', 'sudden-death', 'mark-down'),
  'on-marked-down': isOneOf('shutdown-sessions'),
  'on-marked-up': isOneOf('shutdown-backup-sessions'),
});

/** What is wrong with the settings of a `server`, `server-template` or `default-server` line. */
export function refusedParam(line: Statement): string | undefined {
  const params = paramsOf(line, firstParam(line) ?? line.words.length);
  for (const { name, param } of params) {
    const message = CHECKS[name]?.(name, line.words[param.index + 1]);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** What is wrong with the number of servers in a `server-template` line: `3`, or `1-3`. */
export function refusedRange(word: string): string | undefined {
  const [low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(word)?.slice(1) ?? [];
  const isRange = low !== undefined && high !== undefined && Number(high) >= Number(low) && Number(high) > 0;
  return isRange ? undefined : `'server-template' wants a number of servers, as in 3 or 1-3, not '${word}'`;
}

const TIMEOUTS: ReadonlySet<string> = new Set(
  'connect client server check queue http-request http-keep-alive tunnel client-fin server-fin tarpit'.split(' '),
);

/** What is wrong with a `timeout` of a proxy. */
export function refusedTimeout([, name = '', word, extra]: readonly string[]): string | undefined {
  if (!TIMEOUTS.has(name)) return undefined;
  return isTime(`timeout ${name}`, word) ?? (extra === undefined ? undefined : `'${extra}' stands behind the time of 'timeout ${name}'`);
}
