import type { AddCommand } from '../command.ts';
import { addBaseline } from './baseline.ts';
import { addCompletion } from './completion.ts';
import { addExplain } from './explain.ts';
import { addFacts } from './facts.ts';
import { addFix } from './fix.ts';
import { addInit } from './init.ts';
import { addLint } from './lint.ts';
import { addModel } from './model.ts';
import { addRules } from './rules.ts';
import { addSimulate } from './simulate.ts';
import { addTestRules } from './test-rules.ts';

/** Every command: one file and one line each. */
export const COMMANDS: readonly AddCommand[] = [
  addLint,
  addSimulate,
  addModel,
  addFacts,
  addFix,
  addInit,
  addBaseline,
  addExplain,
  addRules,
  addTestRules,
  addCompletion,
];
