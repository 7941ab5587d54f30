import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import picomatch from 'picomatch';
import { errorCode } from '../project/error-code.ts';
import { escapeLines } from '../reporters/escape.ts';
import { type Io, UserError } from './io.ts';

/** Editors write a file in several steps; what comes within this time is one change. */
const TOGETHER_MS = 150;

const SKIPPED = /(?:^|[\\/])(?:\.git|node_modules)(?:[\\/]|$)/;

/**
 * Runs `lint` now and after every change under the paths, until the user interrupts. What fails once is told and
 * tried again after the next change.
 * @returns when the user interrupts
 */
export async function watchPaths(io: Io, paths: readonly string[], lint: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(async () => {
        if (io.stdout.isTTY) io.stdout.write('\u001b[2J\u001b[3J\u001b[H');
        await lint().catch((error: unknown) =>
          io.stderr.write(`halint: ${escapeLines(error instanceof Error ? error.message : String(error))}\n`),
        );
        io.stderr.write('watching for changes, Ctrl-C ends\n');
      });
    }, TOGETHER_MS);
  };
  const watchers = (paths.length > 0 ? paths : ['.']).map((path) => watcherOf(resolve(io.cwd, rootOf(io.cwd, path)), path, again));
  await lint();
  io.stderr.write('watching for changes, Ctrl-C ends\n');
  await new Promise<void>((stop) => io.onInterrupt?.(stop));
  clearTimeout(timer);
  for (const one of watchers) one.close();
  await running;
}

/** The folder that a glob starts from; any other path as it is. */
function rootOf(cwd: string, path: string): string {
  return existsSync(resolve(cwd, path)) ? path : picomatch.scan(path).base;
}

function watcherOf(path: string, name: string, changed: () => void): FSWatcher {
  try {
    const isFile = existsSync(path) && statSync(path).isFile();
    // Editors put a new file in the place of the old one: what lasts is the folder.
    const watcher = watch(isFile ? dirname(path) : path, { recursive: !isFile }, (_, other) => {
      if (isFile ? other === basename(path) : !SKIPPED.test(String(other))) changed();
    });
    // A folder that is taken away ends its watcher, not the others.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch (error) {
    throw new UserError(`${name} cannot be watched (${errorCode(error)})`);
  }
}
