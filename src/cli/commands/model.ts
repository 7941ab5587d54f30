import type { Command } from 'commander';
import { analyse } from '../../lint.ts';
import { jsonText } from '../../reporters/json-text.ts';
import type { AddCommand } from '../command.ts';
import { debugLines } from '../debug.ts';
import { nothingFound } from '../io.ts';
import { modelJson } from '../model-json.ts';
import { commandNames } from '../suggest.ts';
import { loadProject, loadWorkspace } from '../workspace.ts';

interface ModelFlags {
  readonly config?: string;
  readonly allowEmpty?: boolean;
  readonly debug?: boolean;
}

/** `halint model [PATH...]`. */
export const addModel: AddCommand = (program, io, exit) => {
  program
    .command('model')
    .description('print the vendor-neutral HA model as JSON, each fact with its file and line')
    .argument('[paths...]', 'files, folders or globs')
    .option('--allow-empty', 'pass where there is nothing to read')
    .option('-c, --config <file>', 'project file (default: the nearest halint.yaml)')
    .option('--debug', 'say on standard error what each file was taken for, and what was joined to what')
    .action(async (paths: string[], flags: ModelFlags, command: Command) => {
      const project = await loadProject(io, flags.config);
      const commands = commandNames(command);
      const workspace = await loadWorkspace(io, paths, project, commands);
      const analysis = analyse(workspace.texts, workspace.options);
      if (flags.debug)
        io.stderr.write(
          debugLines(analysis)
            .map((line) => `${line}\n`)
            .join(''),
        );
      if (!flags.allowEmpty && !analysis.files.some((file) => file.platform)) throw nothingFound();
      io.stdout.write(`${jsonText(modelJson(analysis), 2)}\n`);
      exit(0);
    });
};
