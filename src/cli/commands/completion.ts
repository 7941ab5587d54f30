import { Argument } from 'commander';
import type { AddCommand } from '../command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** `halint completion SHELL`. */
export const addCompletion: AddCommand = (program, io, exit) => {
  program
    .command('completion')
    .description('print a script that makes a shell complete commands, options, formats and rules')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionWords } = await import('../completion/words.ts');
      const { bashCompletion, zshCompletion } = await import('../completion/bash.ts');
      const { fishCompletion } = await import('../completion/fish.ts');
      const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
      io.stdout.write(scripts[shell](await completionWords(program)));
      exit(0);
    });
};
