/** How long to wait until every timer of a scenario has run out. Generous sums of plain readings: waiting too long harms nobody. */
import type { Scenario } from './scenario.ts';

const seconds = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m)?$/.exec(text);
  if (match === null) return 0;
  const unit = { us: 1e-6, ms: 1e-3, s: 1, m: 60 }[match[2] ?? 'ms'] ?? 1;
  return Number(match[1]) * unit;
};

const numbers = (text: string, word: string): number[] =>
  [...text.matchAll(new RegExp(`^\\s*${word}\\s+(\\d+(?:\\.\\d+)?)`, 'gm'))].map((match) => Number(match[1]));

const most = (values: readonly number[], otherwise: number): number => (values.length === 0 ? otherwise : Math.max(...values));

const keepalivedSeconds = (conf: string): number => {
  const master = 4 * most(numbers(conf, 'advert_int'), 1);
  const scripts = /vrrp_script/.test(conf)
    ? most(numbers(conf, 'interval'), 1) * (Math.max(most(numbers(conf, 'fall'), 1), most(numbers(conf, 'rise'), 1)) + 1) +
      most(numbers(conf, 'timeout'), 0)
    : 0;
  return master + scripts + most(numbers(conf, 'preempt_delay'), 0) + most(numbers(conf, 'vrrp_startup_delay'), 0);
};

const haproxySeconds = (conf: string): number => {
  if (!/\bcheck\b/.test(conf)) return 0;
  const words = (word: string) => [...conf.matchAll(new RegExp(`\\b${word}\\s+(\\S+)`, 'g'))].map((match) => match[1] ?? '');
  const inter = most(words('inter').map(seconds), 2);
  const times = Math.max(most(words('fall').map(Number), 3), most(words('rise').map(Number), 2));
  const timeout = most([...words('timeout\\s+check'), ...words('timeout\\s+connect')].map(seconds), 1);
  // A check that gets no answer takes its timeout before the interval to the next one begins.
  return (inter + Math.min(inter, timeout)) * times + inter;
};

/**
 * Seconds until a scenario is at rest, spanning tree apart: after its start (health checks take a server for well until they know
 * better), and after a fault. Elections and health checks run side by side, unless a script may wait for what a check finds.
 */
export const restSeconds = ({ nodes }: Scenario, after: 'start' | 'fault'): number => {
  const texts = (name: string) => nodes.map(({ files }) => files.get(name) ?? '').filter((text) => text !== '');
  const election = Math.max(0, ...texts('keepalived.conf').map(keepalivedSeconds));
  if (after === 'start') return election;
  const checks = Math.max(0, ...texts('haproxy.cfg').map(haproxySeconds));
  const asksTheProxy = nodes.some(({ files }) => [...files.keys()].some((name) => name.endsWith('.sh')));
  return asksTheProxy ? election + checks : Math.max(election, checks);
};
