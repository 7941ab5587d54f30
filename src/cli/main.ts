import { run } from './run.ts';

async function readStdin(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The process's own world around `run`. A reader that goes away (`halint | head`) ends it quietly. */
export async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  const out = (stream: NodeJS.WriteStream) => ({
    write: (text: string): void => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    ...(stream.columns ? { columns: stream.columns } : {}),
  });
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: readStdin,
    onInterrupt: (stop) => void process.once('SIGINT', stop),
    stdout: out(process.stdout),
    stderr: out(process.stderr),
  });
}
