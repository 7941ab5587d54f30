import { createHash, createHmac } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FactsRecord, Stored } from '../lint/facts.ts';
import { errorCode } from '../project/error-code.ts';
import { type Io, UserError } from './io.ts';
import { VERSION } from './version.ts';

/** The environment variable with the key that passwords are sealed with, so that facts made apart can be compared. */
const KEY = 'HALINT_FACTS_KEY';

/** The first line of a file of facts. */
interface Head {
  readonly halint: string;
  /** Tells keys apart and nothing of them; null: no password can be compared. */
  readonly key: string | null;
}

/** The last line: whether all is there, as it was written. */
interface Tail {
  readonly records: number;
  readonly sha256: string;
}

/** Seals digests of passwords with the user's key; undefined where there is none. */
export function sealOf({ env }: Io): ((digest: string) => string) | undefined {
  const key = env[KEY];
  return key ? (digest) => createHmac('sha256', key).update(digest).digest('hex') : undefined;
}

/** Writes records as lines of JSON, with a line before and one behind them. */
export function factsWriter(io: Io, write: (line: string) => void): { record: (one: FactsRecord) => void; end: () => void } {
  const hash = createHash('sha256');
  let records = 0;
  const line = (value: object): void => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    write(text);
  };
  line({ halint: VERSION, key: sealOf(io)?.('halint').slice(0, 8) ?? null } satisfies Head);
  return {
    record: (one) => {
      records++;
      line(one);
    },
    end: () => write(`${JSON.stringify({ end: { records, sha256: hash.copy().digest('hex') } satisfies Tail })}\n`),
  };
}

/** The records of files that `halint facts` wrote; what is not whole, or another version's, is the user's to put right. */
export function* readFacts(io: Io, names: readonly string[]): Generator<Stored> {
  const keys = new Map<string | null, string>();
  for (const name of names) keys.set((yield* readFile(io, name)).key, name);
  const [first, second] = keys.values();
  if (second !== undefined) throw new UserError(`${first} and ${second} were made with different ${KEY}s, so passwords cannot be compared`);
}

/** The records of one file; returns its first line. */
function* readFile(io: Io, name: string): Generator<Stored, Head> {
  const hash = createHash('sha256');
  let head: Head | undefined;
  let tail: Tail | undefined;
  let records = 0;
  let number = 0;
  for (const { bytes, at } of linesOf(io, name)) {
    number++;
    if (bytes.at(-1) !== NEWLINE) break;
    if (tail) throw new UserError(`${name}:${number}: more stands behind the end of the facts`);
    const value = parsed(bytes, `${name}:${number}`);
    if (!head) head = headOf(value, name);
    else if ('end' in value) {
      tail = value.end as Tail;
      continue;
    } else {
      records++;
      yield { record: value as FactsRecord, again: () => parsed(bytesAt(io, name, at, bytes.length), name) as FactsRecord };
    }
    hash.update(bytes);
  }
  if (!head || !tail) throw new UserError(`${name} is cut off: it ends before the facts do`);
  if (tail.records !== records || tail.sha256 !== hash.digest('hex'))
    throw new UserError(`${name} is not as halint facts wrote it; make it again`);
  return head;
}

function headOf(value: object, name: string): Head {
  if (!('halint' in value && 'key' in value)) throw new UserError(`${name} is no file of facts (halint facts writes them)`);
  if (value.halint !== VERSION) throw new UserError(`${name} was made by halint ${value.halint}, this is ${VERSION}; make it again`);
  return value as Head;
}

function parsed(bytes: Buffer, place: string): object {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new UserError(`${place}: is no record of facts`);
}

function opened(io: Io, name: string): number {
  try {
    return openSync(resolve(io.cwd, name), 'r');
  } catch (error) {
    throw new UserError(`${name} cannot be read (${errorCode(error)})`);
  }
}

const CHUNK = 1 << 20;
const NEWLINE = 10;

/** The lines of a file with their line ends, and where each begins. */
function* linesOf(io: Io, name: string): Generator<{ bytes: Buffer; at: number }> {
  const fd = opened(io, name);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let at = 0;
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const read = readSync(fd, chunk, 0, CHUNK, at + rest.length);
      if (read === 0) break;
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
        yield { bytes: rest.subarray(start, end + 1), at: at + start };
        start = end + 1;
      }
      at += start;
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield { bytes: rest, at };
  } finally {
    closeSync(fd);
  }
}

function bytesAt(io: Io, name: string, at: number, length: number): Buffer {
  const fd = opened(io, name);
  try {
    const bytes = Buffer.alloc(length);
    readSync(fd, bytes, 0, length, at);
    return bytes;
  } finally {
    closeSync(fd);
  }
}
