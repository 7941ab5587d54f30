import type { Command, Option } from 'commander';
import { REPORTERS } from '../../reporters/registry.ts';
import { builtinRules } from '../builtin-rules.ts';
import { FAIL_ON } from '../exit-code.ts';

/** An option as a shell completes it. */
export interface OptionWords {
  /** As written, shortest first: `-f`, `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What may follow it: one of these words, a file or folder, or something that nobody can complete. Absent: nothing. */
  readonly value?: readonly string[] | 'path' | 'free';
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its arguments may be; absent: it takes none. */
  readonly arguments?: readonly string[] | 'path';
}

/** Everything that can be completed behind `halint`. */
export async function completionWords(program: Command): Promise<readonly CommandWords[]> {
  const rules = (await builtinRules()).map(({ id }) => id).sort();
  const topics = [...new Set(rules.map((id) => `${id.split('/')[0]}/*`))];
  const values: Readonly<Record<string, OptionWords['value']>> = {
    '--only': [...topics, ...rules],
    '--rule': rules.map((id) => `${id}=`),
    '--changed': 'free',
    '--max-warnings': 'free',
    '--fault': 'free',
  };
  const wordsBehind = (option: Option): OptionWords['value'] => {
    if (!option.required && !option.optional) return undefined;
    if (option.long === '--format' && !option.argChoices) return Object.keys(REPORTERS);
    if (option.long === '--fail-on' && !option.argChoices) return FAIL_ON;
    return option.argChoices ?? values[option.long ?? ''] ?? 'path';
  };
  const names = program.commands.map((one) => one.name()).filter((name) => name !== 'help');
  const known: Readonly<Record<string, readonly string[]>> = { rule: rules, command: names };
  const help = program.createHelp();
  return help.visibleCommands(program).map((command) => {
    const [argument] = command.registeredArguments;
    const options = help.visibleOptions(command).map((option) => {
      const value = wordsBehind(option);
      const flags = [option.short, option.long].filter((flag) => flag !== undefined);
      return { flags, description: option.description, ...(value === undefined ? {} : { value }) };
    });
    return {
      name: command.name(),
      description: command.description(),
      options,
      ...(argument ? { arguments: argument.argChoices ?? known[argument.name()] ?? 'path' } : {}),
    };
  });
}
