import { explainRule } from '../../rules/explain.ts';
import type { AddCommand } from '../command.ts';
import { allRules } from '../rule-sources.ts';
import { knownRule } from '../settings.ts';

/** `halint explain RULE`. */
export const addExplain: AddCommand = (program, io, exit) => {
  program
    .command('explain')
    .description('say what a rule means, why it matters and how to fix it')
    .argument('<rule>', 'id of the rule')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .action(async (id: string, flags: { config?: string }) => {
      io.stdout.write(explainRule(knownRule(id, await allRules(io, flags.config))));
      exit(0);
    });
};
