/** A stream that text is written to. */
export interface Out {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Width of the terminal, where it is one. */
  readonly columns?: number;
}

/** All that a command has of the world, so that tests can give it another one. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input. */
  readonly stdin?: () => Promise<Uint8Array>;
  /** Calls back when the user interrupts. */
  readonly onInterrupt?: (stop: () => void) => void;
  readonly stdout: Out;
  readonly stderr: Out;
}

/** What a user can put right: printed as it is, without a stack, exit code 2. */
export class UserError extends Error {}

/** Nothing among the inputs is a config: mostly a path that is wrong, so a run that says "all is well" would deceive. */
export function nothingFound(): UserError {
  return new UserError('no config found; name other paths, or pass --allow-empty if that is what you expect');
}

/** Whether to colour: `FORCE_COLOR`, then `NO_COLOR`, then whether the stream is a terminal. */
export function wantsColor(io: Io, out: Out): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = io.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return out.isTTY && TERM !== 'dumb';
}
