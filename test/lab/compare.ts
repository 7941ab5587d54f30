/** What halint said beforehand beside what the daemons did. */
import { join } from 'node:path';
import type { FaultOutcome, Outcome } from './judge.ts';
import type { Scenario } from './scenario.ts';
import { run } from './shell.ts';

/** One point on which halint and the lab differ. */
export interface Disagreement {
  scenario: string;
  fault: string;
  service: string;
  halint: string;
  lab: string;
}

/** Asks halint for its simulation of a scenario. @throws when it cannot say (exit code 2, no JSON) */
export const simulated = async (root: string, { folder }: Scenario): Promise<FaultOutcome[]> => {
  const { code, stdout, stderr } = await run(process.execPath, [join(root, 'bin/halint.js'), 'simulate', '--format', 'json', folder]);
  if (code !== 0 && code !== 1) throw new Error(`halint simulate ${folder} exited ${code}: ${stderr}`);
  return (JSON.parse(stdout) as { faults: FaultOutcome[] }).faults;
};

const view = (outcome: Outcome | undefined): string => {
  if (outcome === undefined) return 'says nothing of it';
  const { verdict, active, splitBrain, because } = outcome;
  const reasons = because.map(({ text }) => text).join('; ');
  return `${verdict}, active: ${active.join(', ') || 'none'}${splitBrain ? ', split brain' : ''}${reasons === '' ? '' : ` (${reasons})`}`;
};

const same = (a: Outcome, b: Outcome): boolean =>
  a.verdict === b.verdict && a.splitBrain === b.splitBrain && [...a.active].sort().join() === [...b.active].sort().join();

/** Every point on which the two differ; a service or fault that only one of them knows is one too. */
export const disagreements = (
  scenario: string,
  lab: readonly FaultOutcome[],
  halint: readonly FaultOutcome[],
  only = '',
): Disagreement[] => {
  const names = new Set([...lab, ...halint].map(({ fault }) => fault).filter((name) => name.includes(only)));
  return [...names].flatMap((fault) => {
    const seen = lab.find((other) => other.fault === fault)?.services ?? [];
    const said = halint.find((other) => other.fault === fault)?.services ?? [];
    const keys = new Map([...seen, ...said].map(({ address, port }) => [`${address} ${port}`, { address, port }]));
    return [...keys.values()].flatMap(({ address, port }) => {
      const [mine, theirs] = [seen, said].map((list) => list.find((other) => other.address === address && other.port === port));
      if (mine !== undefined && theirs !== undefined && same(mine, theirs)) return [];
      return [{ scenario, fault, service: port === null ? address : `${address}:${port}`, halint: view(theirs), lab: view(mine) }];
    });
  });
};
