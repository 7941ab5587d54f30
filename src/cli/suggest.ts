import type { Command } from 'commander';
import { closest, distance } from 'fastest-levenshtein';

/** `, did you mean 'x'?` for the nearest of the candidates, or the only one that goes on from what is written; empty where none is near. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return '';
  const longer = candidates.filter((candidate) => candidate.startsWith(written));
  if (written.length > 3 && longer.length === 1) return `, did you mean '${longer[0]}'?`;
  const near = closest(written, [...candidates]);
  return distance(written, near) <= Math.max(2, Math.floor(written.length / 3)) ? `, did you mean '${near}'?` : '';
}

/** The names of all commands: what a path that does not exist may have been meant to be. */
export function commandNames(command: Command): readonly string[] {
  return command.parent?.commands.map((one) => one.name()) ?? [];
}
