import type { PlatformId } from '../model/platform-id.ts';
import type { Statement } from '../syntax/statement.ts';

/** What became of one file. */
export interface FileReport {
  readonly path: string;
  /** Absent: no platform's config. */
  readonly platform?: PlatformId;
  readonly why: string;
  readonly statements: StatementCounts;
}

/** Statements used for the model, known to be of no concern to HA, and not recognised. */
export interface StatementCounts {
  readonly read: number;
  readonly ignored: number;
  readonly unknown: number;
}

/** Counts statements, blocks included, by what their reader made of them. */
export function countStatements(statements: readonly Statement[]): StatementCounts {
  const count = { read: 0, ignored: 0, unknown: 0 };
  const stack = [...statements];
  for (let s = stack.pop(); s; s = stack.pop()) {
    count[s.use ?? 'unknown']++;
    for (const child of s.children) stack.push(child);
  }
  return count;
}
