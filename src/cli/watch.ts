import { type FSWatcher, watch } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io.ts';

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
        await lint().catch((error: unknown) => io.stderr.write(`halint: ${error instanceof Error ? error.message : String(error)}\n`));
        io.stderr.write('watching for changes, Ctrl-C ends\n');
      });
    }, TOGETHER_MS);
  };
  const watchers = (paths.length > 0 ? paths : ['.']).flatMap((path) => watcherOf(resolve(io.cwd, path), again) ?? []);
  await lint();
  io.stderr.write('watching for changes, Ctrl-C ends\n');
  await new Promise<void>((stop) => io.onInterrupt?.(stop));
  clearTimeout(timer);
  for (const one of watchers) one.close();
  await running;
}

function watcherOf(path: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, { recursive: true }, (_, name) => {
      if (!SKIPPED.test(String(name))) changed();
    });
    // A folder that is taken away ends its watcher, not the others.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
