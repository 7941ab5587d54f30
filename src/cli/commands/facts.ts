import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeFacts } from '../../lint/facts.ts';
import { errorCode } from '../../project/error-code.ts';
import { told } from '../../reporters/told.ts';
import type { AddCommand } from '../command.ts';
import { factsWriter, sealOf } from '../facts-file.ts';
import { type Io, nothingFound, UserError } from '../io.ts';
import { commandNames } from '../suggest.ts';
import { loadProject, loadWorkspace } from '../workspace.ts';

interface FactsFlags {
  readonly config?: string;
  readonly outputFile?: string;
  readonly allowEmpty?: boolean;
}

/** `halint facts [PATH...]`. */
export const addFacts: AddCommand = (program, io, exit) => {
  program
    .command('facts')
    .description('write what each device says as lines of JSON, for halint lint --facts to join')
    .argument('[paths...]', 'files, folders or globs')
    .option('--allow-empty', 'pass where there is nothing to read')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .option('-o, --output-file <file>', 'write the facts there')
    .addHelpText(
      'after',
      '\nPasswords are left out. With the same HALINT_FACTS_KEY in all jobs they are sealed with it, so that peers can be compared.',
    )
    .action(async (paths: string[], flags: FactsFlags, command: Command) => {
      const project = await loadProject(io, flags.config);
      const { texts, options, diagnostics } = await loadWorkspace(io, paths, project, commandNames(command));
      for (const one of diagnostics) io.stderr.write(`${told(one.file)}:${one.line}: ${told(one.message)}\n`);
      const out = output(io, flags.outputFile);
      const facts = factsWriter(io, out.write);
      let devices = 0;
      writeFacts(
        texts,
        options,
        (record) => {
          if ('device' in record) devices++;
          facts.record(record);
        },
        sealOf(io),
      );
      facts.end();
      out.close();
      if (devices === 0 && !flags.allowEmpty) throw nothingFound();
      exit(0);
    });
};

/** Where the facts go, line by line: they may be larger than what fits into memory. */
function output(io: Io, name: string | undefined): { write: (line: string) => void; close: () => void } {
  if (name === undefined) return { write: io.stdout.write, close: () => {} };
  try {
    const fd = openSync(resolve(io.cwd, name), 'w');
    return { write: (line) => void writeSync(fd, line), close: () => closeSync(fd) };
  } catch (error) {
    throw new UserError(`${name} cannot be written (${errorCode(error)})`);
  }
}
