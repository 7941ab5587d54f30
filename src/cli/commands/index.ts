import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { addExplain } from './explain.ts';
import { addLint } from './lint.ts';
import { addModel } from './model.ts';
import { addRules } from './rules.ts';

/** Adds a command to the program; the command tells its exit code. */
export type AddCommand = (program: Command, io: Io, exit: (code: number) => void) => void;

/** Every command: one file and one line each. */
export const COMMANDS: readonly AddCommand[] = [addLint, addModel, addExplain, addRules];
