import type { Command } from 'commander';
import type { Io } from './io.ts';

/** Adds a command to the program; the command tells its exit code. */
export type AddCommand = (program: Command, io: Io, exit: (code: number) => void) => void;

/** For options that may be given again: the values in their order. */
export function gather(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
