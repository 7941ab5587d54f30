import type { Stage } from '../lint.ts';
import type { Io } from './io.ts';

/** Sooner than this nobody wonders. */
const QUIET_MS = 1000;
const EVERY_MS = 100;

/** A line on standard error that says how far a long run is, where a person watches; `done` takes it away. */
export interface Progress {
  readonly tell: (stage: Stage, done: number, all: number) => void;
  readonly done: () => void;
}

/** Progress of a run that began at `started`. */
export function progressOn(io: Io, started: number): Progress {
  if (!io.stderr.isTTY || io.env.CI || io.env.TERM === 'dumb') return { tell: () => {}, done: () => {} };
  let last = started + QUIET_MS - EVERY_MS;
  let shown = false;
  return {
    tell: (stage, done, all) => {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      shown = true;
      io.stderr.write(`\r\u001b[2K${`${stage}, ${done} of ${all}`.slice(0, (io.stderr.columns ?? 80) - 1)}`);
    },
    done: () => {
      if (shown) io.stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}

/** The milliseconds that each stage took, in the order in which they began; `next` begins one, or ends the last. */
export interface StageClock {
  readonly times: ReadonlyMap<Stage, number>;
  readonly next: (stage?: Stage) => void;
}

/** A clock that stands still until the first stage begins. */
export function stageClock(): StageClock {
  const times = new Map<Stage, number>();
  let running: Stage | undefined;
  let since = 0;
  return {
    times,
    next: (stage) => {
      if (stage === running) return;
      const now = performance.now();
      if (running) times.set(running, (times.get(running) ?? 0) + now - since);
      running = stage;
      since = now;
    },
  };
}
