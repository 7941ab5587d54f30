import { type Command, Option } from 'commander';

/** The environment with what `--color` or `--no-color` says of colour; of several the last counts. */
export function withColorAsked(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): typeof env {
  const end = argv.indexOf('--');
  const asked = argv.slice(0, end < 0 ? argv.length : end).findLast((word) => word === '--color' || word === '--no-color');
  if (asked === undefined) return env;
  return { ...env, FORCE_COLOR: asked === '--color' ? '1' : '0' };
}

/** Lets a command take `--color` and `--no-color`; `withColorAsked` has read them. */
export function addColorOptions(command: Command): void {
  const group = command.options.some((option) => option.helpGroupHeading === 'Output:') ? 'Output:' : 'Options:';
  command.addOption(new Option('--color', 'colour, whatever the output goes to').helpGroup(group));
  command.addOption(new Option('--no-color', 'no colour').helpGroup(group));
}
