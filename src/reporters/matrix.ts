import { Chalk, type ChalkInstance } from 'chalk';
import type { Service } from '../network/network.ts';
import type { FaultResult } from '../simulation/simulate.ts';
import type { ServiceVerdict, Verdict } from '../simulation/verdict.ts';
import { told } from './told.ts';
import { wrap } from './wrap.ts';

export interface MatrixOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Also the rows in which every service is ok. */
  readonly all: boolean;
}

/** Words, not colours, tell the verdicts apart; `+` marks more than one active member. */
const CELLS: Readonly<Record<Verdict, string>> = { ok: 'ok', degraded: 'part', outage: 'DOWN', unknown: '?' };
const TINTS: Readonly<Record<Verdict, (paint: ChalkInstance) => ChalkInstance>> = {
  ok: (paint) => paint.green,
  degraded: (paint) => paint.yellow,
  outage: (paint) => paint.red.bold,
  unknown: (paint) => paint.magenta,
};

/**
 * A simulation for people, piece by piece: faults by services, then the reasons of every verdict that is not ok. What
 * a fault does not touch stands as in the healthy network and is explained there.
 */
export function* faultMatrix(services: readonly Service[], results: readonly FaultResult[], options: MatrixOptions): Generator<string> {
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  if (services.length === 0) {
    yield 'no service is known: nothing among the inputs has a virtual address or a virtual server\n';
    return;
  }
  const rows = results.filter((r) => options.all || r.fault.name === 'none' || r.services.some(isNotable));
  yield `${legend(services, options)}\n\n`;
  for (const table of tables(services, rows, options, paint)) yield `${table}\n\n`;
  for (const chain of chains(rows, options, paint)) yield `${chain}\n\n`;
  yield `${summary(results, paint)}\n`;
}

function isNotable({ verdict, splitBrain }: ServiceVerdict): boolean {
  return verdict !== 'ok' || splitBrain;
}

function label(index: number): string {
  return `S${index + 1}`;
}

function legend(services: readonly Service[], { width }: MatrixOptions): string {
  return ['Services', ...services.map((s, i) => wrap(`${label(i).padEnd(5)}${told(s.name)}`, width, 2))].join('\n');
}

/** As many columns as fit side by side; more services make more tables. */
function* tables(
  services: readonly Service[],
  rows: readonly FaultResult[],
  options: MatrixOptions,
  paint: ChalkInstance,
): Generator<string> {
  const first = Math.min(Math.max(5, ...rows.map((r) => told(r.fault.name).length)), Math.max(20, options.width - 20));
  const perTable = Math.max(1, Math.floor((options.width - first) / COLUMN));
  for (let from = 0; from < services.length; from += perTable) {
    const shown = services.slice(from, from + perTable);
    const head = `${'Fault'.padEnd(first)}${shown.map((_, i) => label(from + i).padStart(COLUMN)).join('')}`;
    const lines = rows.map(
      (row) =>
        `${cut(told(row.fault.name), first).padEnd(first)}${row.services
          .slice(from, from + perTable)
          .map((s) => cell(s, paint))
          .join('')}`,
    );
    yield [paint.bold(head), ...lines].join('\n');
  }
}

const COLUMN = 7;

function cell({ verdict, splitBrain }: ServiceVerdict, paint: ChalkInstance): string {
  const text = `${CELLS[verdict]}${splitBrain ? '+' : ''}`;
  return ' '.repeat(COLUMN - text.length) + TINTS[verdict](paint)(text);
}

function* chains(rows: readonly FaultResult[], { width }: MatrixOptions, paint: ChalkInstance): Generator<string> {
  const healthy = rows.find(({ fault }) => fault.name === 'none')?.services ?? [];
  for (const { fault, services, touched } of rows) {
    const own = new Set(touched);
    for (const [index, s] of services.entries()) {
      const isTold = own.has(s) || healthy[index] === undefined || healthy[index].verdict !== s.verdict;
      if (!isNotable(s) || !isTold) continue;
      const active =
        s.active.length === 0 ? 'nobody is active' : `${told(s.active.join(' and '))} ${s.active.length > 1 ? 'are' : 'is'} active`;
      const head = `${told(fault.name)}, ${label(index)}: ${s.verdict}; ${active}`;
      const reasons = s.because.map(({ text, at }) => wrap(`${at ? `${told(at.file)}:${at.line}  ` : ''}${told(text)}`, width, 4));
      yield [paint.bold(wrap(head, width, 0)), ...reasons].join('\n');
    }
  }
}

function summary(results: readonly FaultResult[], paint: ChalkInstance): string {
  const counts: Record<Verdict, number> = { ok: 0, degraded: 0, outage: 0, unknown: 0 };
  let split = 0;
  for (const { services } of results) {
    for (const { verdict, splitBrain } of services) {
      counts[verdict]++;
      if (splitBrain) split++;
    }
  }
  const all = counts.ok + counts.degraded + counts.outage + counts.unknown;
  const words = [
    `${counts.ok} ok`,
    `${counts.degraded} degraded (part)`,
    `${counts.outage} outage (DOWN)`,
    `${counts.unknown} unknown (?)`,
  ];
  return paint.bold(`${results.length} faults, ${all} verdicts: ${words.join(', ')}; ${split} with more than one active (+)`);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
