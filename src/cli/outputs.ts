import { InvalidArgumentError } from 'commander';
import { REPORTERS } from '../reporters/registry.ts';
import type { Report, ReportContext } from '../reporters/reporter.ts';
import { type Io, UserError, wantsColor } from './io.ts';
import { didYouMean } from './suggest.ts';
import { writeFile } from './write-file.ts';

/** A format, and the file that it goes to; without one, standard output. */
export interface Output {
  readonly format: string;
  readonly file?: string;
}

/** Reads `FORMAT` or `FORMAT:FILE`. */
export function parseOutput(text: string, earlier: readonly Output[] = []): readonly Output[] {
  const [format = '', ...rest] = text.split(':');
  const names = Object.keys(REPORTERS);
  if (!Object.hasOwn(REPORTERS, format)) throw new InvalidArgumentError(`Formats are ${names.join(', ')}${didYouMean(format, names)}`);
  const file = rest.join(':');
  if (rest.length > 0 && file === '') throw new InvalidArgumentError(`A file is missing behind ${format}:`);
  return [...earlier, file === '' ? { format } : { format, file }];
}

/** The outputs that are asked for: `-o FILE` is for the one format that names no file. */
export function outputsOf(asked: readonly Output[], outputFile: string | undefined): readonly Output[] {
  const outputs = asked.length > 0 ? asked : [{ format: 'stylish' }];
  const open = outputs.filter(({ file }) => file === undefined);
  if (open.length > 1)
    throw new UserError(`only one format can go to standard output; write the others to files, as in --format ${open.at(-1)?.format}:FILE`);
  if (outputFile === undefined) return outputs;
  if (open.length === 0) throw new UserError('--output-file is for a format without a file of its own');
  return outputs.map((output) => (output.file === undefined ? { ...output, file: outputFile } : output));
}

/** Prints a report in every format asked for. Files come first, so that a pipe that closes early loses none of them. */
export function printOutputs(
  io: Io,
  outputs: readonly Output[],
  report: Report,
  context: Omit<ReportContext, 'color' | 'columns' | 'hyperlinks'>,
): void {
  for (const { format, file } of [...outputs].sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined))) {
    const color = file === undefined && wantsColor(io, io.stdout);
    const columns = file === undefined ? Math.min(io.stdout.columns ?? 80, 120) : 80;
    const text = REPORTERS[format]?.(report, { ...context, color, columns, hyperlinks: color && showsHyperlinks(io) }) ?? '';
    if (file === undefined) io.stdout.write(text);
    else writeFile(io, file, text);
  }
}

/** Whether the terminal is known to show OSC 8 links (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). */
function showsHyperlinks({ env, stdout }: Io): boolean {
  if (!stdout.isTTY || env.CI || env.TMUX || env.STY) return false;
  const vte = Number(env.VTE_VERSION ?? 0);
  const programs = ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'tabby'];
  return (
    vte >= 5000 ||
    programs.includes(env.TERM_PROGRAM ?? '') ||
    env.WT_SESSION !== undefined ||
    env.KONSOLE_VERSION !== undefined ||
    /^xterm-(?:kitty|ghostty)$|^alacritty/.test(env.TERM ?? '')
  );
}
