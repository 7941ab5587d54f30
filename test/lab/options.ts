/** The lab's options. */
import { parseArgs } from 'node:util';

/** What `--help` prints. */
export const HELP = `Usage: npm run lab -- [options] [SCENARIO...]

Runs scenarios (names, or folders elsewhere; default: all) on real daemons in network namespaces and compares each fault's verdict,
active members and split brain with \`halint simulate\`. Exits 1 on any disagreement, 2 when the lab cannot run.

  --observe FOLDER   do not compare; write what was observed to FOLDER/SCENARIO.json
  --recorded FOLDER  do not run anything; compare with what --observe wrote
  --fault TEXT       only the faults whose name contains TEXT
  --jobs N           networks at once (default 112)
  --keep             keep the daemons' logs, and say where
  --help             this text
`;

/** The options as given. */
export interface Options {
  names: string[];
  observe?: string;
  recorded?: string;
  fault: string;
  jobs: number;
  keep: boolean;
  help: boolean;
}

/** Reads the command line. @throws on an option that does not exist */
export const parseOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      observe: { type: 'string' },
      recorded: { type: 'string' },
      fault: { type: 'string', default: '' },
      jobs: { type: 'string', default: '112' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { observe, recorded, fault, jobs, keep, help } = values;
  return {
    names: positionals,
    ...(observe === undefined ? {} : { observe }),
    ...(recorded === undefined ? {} : { recorded }),
    fault,
    jobs: Number(jobs),
    keep,
    help,
  };
};
