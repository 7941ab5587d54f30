/** What a check script looks at, as far as its command line tells. */
export interface ScriptView {
  /** Daemons whose death makes it fail. */
  readonly processes: readonly string[];
  readonly addresses: readonly string[];
  readonly interfaces: readonly string[];
  /** It may look at more: what a script file does stands in the file. */
  readonly open: boolean;
  /** Why it can never fail. */
  readonly cannotFire?: string;
}

const DAEMONS = ['haproxy', 'nginx', 'envoy', 'traefik', 'varnish', 'apache2', 'httpd', 'caddy', 'squid', 'openresty', 'angie'];
const WRAPPERS = new Set(['sudo', 'env', 'nice', 'ionice', 'exec', 'command', 'nohup', 'setsid']);
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh']);
const NOTHING: ScriptView = { processes: [], addresses: [], interfaces: [], open: false };
const UNKNOWN: ScriptView = { ...NOTHING, open: true };

/** Judges a `script` line's command: the words behind the keyword, quotes taken off. */
export function viewOfScript(command: string): ScriptView {
  const words = command.split(/\s+/).filter((word) => word !== '');
  return viewOfWords(words, 0);
}

function viewOfWords(words: readonly string[], depth: number): ScriptView {
  const program = base(words[0] ?? '');
  const args = words.slice(1);
  if (depth > 5 || program === '') return UNKNOWN;
  if (WRAPPERS.has(program)) return viewOfWords(args.slice(args.findIndex((arg) => !arg.startsWith('-') && !arg.includes('='))), depth + 1);
  if (program === 'timeout') return viewOfWords(args.filter((arg) => !arg.startsWith('-')).slice(1), depth + 1);
  if (SHELLS.has(program)) return viewOfShell(args, depth);
  if (program === 'true' || program === ':') return { ...NOTHING, cannotFire: `'${program}' always succeeds` };
  if (program === 'exit')
    return args[0] === '0' || args[0] === undefined ? { ...NOTHING, cannotFire: "'exit 0' always succeeds" } : UNKNOWN;
  if (program === 'echo' || program === 'printf') return { ...NOTHING, cannotFire: `'${program}' always succeeds` };
  return viewOfProgram(program, args) ?? viewOfFile(words);
}

/** `sh -c "…"`: one simple command can be judged, a pipeline or list is left open; one that ends in success never fails. */
function viewOfShell(args: readonly string[], depth: number): ScriptView {
  const flag = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (flag < 0) return viewOfFile(args.filter((arg) => !arg.startsWith('-')));
  const text = args
    .slice(flag + 1)
    .join(' ')
    .replace(/^['"]|['"]$/g, '')
    .trim();
  if (/(?:\|\||;)\s*(?:true|:|exit 0)$/.test(text))
    return { ...NOTHING, cannotFire: 'its command line ends in success whatever came before' };
  const parts = text.split(/&&|\|\||[;|]/).map((part) =>
    viewOfWords(
      part
        .trim()
        .split(/\s+/)
        .filter((w) => w !== ''),
      depth + 1,
    ),
  );
  if (parts.length === 1) return parts[0] as ScriptView;
  return {
    processes: unique(parts.flatMap((part) => part.processes)),
    addresses: unique(parts.flatMap((part) => part.addresses)),
    interfaces: unique(parts.flatMap((part) => part.interfaces)),
    open: true,
  };
}

function viewOfProgram(program: string, args: readonly string[]): ScriptView | undefined {
  const names = args.filter((arg) => !arg.startsWith('-'));
  switch (program) {
    case 'killall':
    case 'killall5':
      return processes(names.filter((name) => name !== '0'));
    case 'pidof':
    case 'pgrep':
    case 'pkill':
      return processes(names.filter((name) => !/^\d+$/.test(name)));
    case 'systemctl':
      return /^(?:is-active|status|is-failed)$/.test(names[0] ?? '') ? processes(names.slice(1)) : undefined;
    case 'service':
    case 'rc-service':
      return processes(names.slice(0, 1));
    case 'ping':
    case 'ping6':
    case 'fping':
    case 'arping': {
      const target = args.filter((arg, index) => !arg.startsWith('-') && !/^-[cwWiIst]$/.test(args[index - 1] ?? '')).at(-1);
      return target === undefined ? UNKNOWN : { ...NOTHING, addresses: [target] };
    }
    default:
      return undefined;
  }
}

/** Anything else is a file whose inside is not seen; its name and arguments often say what it looks at. */
function viewOfFile(words: readonly string[]): ScriptView {
  const text = words.join(' ');
  const init = /^\/etc\/init\.d\/(\S+)\s+status/.exec(text)?.[1];
  if (init !== undefined) return processes([init]);
  const named = DAEMONS.filter((daemon) => new RegExp(`(?:^|[^a-z])${daemon}(?:[^a-z]|$)`, 'i').test(text));
  const addresses = [...text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)]
    .map((match) => match[0])
    .filter((address) => !address.startsWith('127.'));
  const interfaces = [...text.matchAll(/\/sys\/class\/net\/([\w.-]+)\//g)].map((match) => match[1] as string);
  return { processes: named, addresses: unique(addresses), interfaces: unique(interfaces), open: true };
}

/** Only the first name can be judged where several are given: one of them alive may be enough. */
function processes(names: readonly string[]): ScriptView {
  const found = unique(names.map((name) => base(trimmed(name)).replace(/\.service$/, ''))).filter((name) => /^[\w.@+-]+$/.test(name));
  return { ...NOTHING, processes: found, open: found.length !== 1 };
}

/** A process's name without quotes and anchors of a pattern. */
function trimmed(name: string): string {
  let end = name.length;
  while (end > 0 && `"'$:`.includes(name[end - 1] as string)) end--;
  return name.slice(0, end).replace(/^["'^]+/, '');
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
