import { Command, CommanderError } from 'commander';
import { escapeLines } from '../reporters/escape.ts';
import { TooManySteps } from '../rules/cel/steps.ts';
import { addColorOptions, withColorAsked } from './color.ts';
import { COMMANDS } from './commands/all.ts';
import { type Io, UserError } from './io.ts';
import { VERSION } from './version.ts';

/** Where people tell of bugs. */
const REPORT_TO = 'https://github.com/halint/halint/issues';

/** Runs the command line `argv` (without node and the script) and gives the exit code. Never throws. */
export async function run(argv: readonly string[], given: Io): Promise<number> {
  const io: Io = { ...given, env: withColorAsked(argv, given.env) };
  let code = 0;
  const program = new Command('halint')
    .description('Says, before the merge, what will fail when something dies.')
    .version(VERSION, '-V, --version')
    .enablePositionalOptions(false)
    .showHelpAfterError('(halint --help shows all commands and options)')
    .configureOutput({
      writeOut: io.stdout.write,
      // Its errors say again what was typed.
      writeErr: (text) => io.stderr.write(escapeLines(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  for (const add of COMMANDS) {
    add(program, io, (result) => {
      code = result;
    });
  }
  for (const command of program.commands) {
    command.copyInheritedSettings(program).allowExcessArguments(false);
    addColorOptions(command);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError || error instanceof TooManySteps) {
      io.stderr.write(`halint: ${escapeLines(error.message)}\n`);
      return 2;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`${escapeLines(stack)}\n\nThis is a bug in halint ${VERSION}. Please report it, with the lines above: ${REPORT_TO}\n`);
    return 2;
  }
}
