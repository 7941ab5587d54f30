import type { CommandWords, OptionWords } from './words.ts';

/** The command where none is named. */
const DEFAULT = 'lint';

/** A script that makes bash complete halint's command lines; zsh reads it, too, through its bashcompinit. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# halint completion for bash: put  eval "$(halint completion bash)"  into ~/.bashrc
_halint() {
  local cur prev cmd=${DEFAULT} first=1 i
  COMPREPLY=()
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  # Bash cuts words at '=': --format=js is three of them, and RULE=off is not done with its sign.
  if [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $cur == '=' ]]; then cur=; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${commands.map(({ name }) => name).join('|')}) cmd=\${COMP_WORDS[i]}; first=0; break ;;
    esac
  done
  local words= files=
  case $cmd:$prev in
${commands.flatMap((command) => command.options.filter(({ value }) => value !== undefined).map((option) => `    ${optionCase(command, option)}`)).join('\n')}
    *)
      if [[ $cur == -* ]]; then
        case $cmd in
${commands.map((command) => `          ${command.name}) words='${command.options.flatMap(({ flags }) => flags).join(' ')}' ;;`).join('\n')}
        esac
      else
        case $cmd in
${commands.map((command) => `          ${command.name}) ${argumentWords(command)} ;;`).join('\n')}
        esac
        if [[ $first == 1 ]]; then words="$words ${names}"; fi
      fi
      ;;
  esac
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$cur")
  if [[ -n $files ]]; then
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
    compopt -o filenames 2>/dev/null
  fi
  if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _halint halint
`;
}

/** The same for zsh. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const [, ...script] = bashCompletion(commands).split('\n');
  return `# halint completion for zsh: put  eval "$(halint completion zsh)"  into ~/.zshrc, after compinit
autoload -U +X compinit bashcompinit
(( $+functions[compdef] )) || compinit
bashcompinit
${script.join('\n')}`;
}

function optionCase({ name }: CommandWords, { flags, value }: OptionWords): string {
  const pattern = flags.map((flag) => `${name}:${flag}`).join('|');
  if (value === 'path') return `${pattern}) files=1 ;;`;
  if (value === 'free') return `${pattern}) ;;`;
  return `${pattern}) words='${value?.join(' ')}' ;;`;
}

function argumentWords(command: CommandWords): string {
  if (command.arguments === 'path') return 'files=1';
  return `words='${command.arguments?.join(' ') ?? ''}'`;
}
