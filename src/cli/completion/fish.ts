import type { CommandWords, OptionWords } from './words.ts';

/** A script that makes fish complete halint's command lines. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = commands.flatMap((command) => {
    // What stands behind no command is for lint.
    const isHere =
      command.name === 'lint'
        ? `not __fish_seen_subcommand_from ${names.replace('lint ', '')}`
        : `__fish_seen_subcommand_from ${command.name}`;
    const itself = `complete -c halint -n 'not __fish_seen_subcommand_from ${names}' -a ${command.name} -d ${quoted(command.description)}`;
    const argumentsOf =
      command.arguments === 'path'
        ? []
        : [`complete -c halint -n '${isHere}' -f${command.arguments ? ` -a ${quoted(command.arguments.join(' '))}` : ''}`];
    return [itself, ...argumentsOf, ...command.options.map((option) => `complete -c halint -n '${isHere}' ${optionLine(option)}`)];
  });
  return `# halint completion for fish: halint completion fish > ~/.config/fish/completions/halint.fish\n${lines.join('\n')}\n`;
}

function optionLine({ flags, description, value }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
  const values = value === undefined ? '' : value === 'path' ? ' -r -F' : value === 'free' ? ' -x' : ` -x -a ${quoted(value.join(' '))}`;
  return `${names}${values} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
