import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { TarHeader } from 'modern-tar';
import { errorCode } from './error-code.ts';
import { notGzip } from './not-gzip.ts';

/** What an archive holds that halint reads, and what is wrong with it. */
export interface Unpacked {
  /** Paths within the archive, in their order, and contents. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly problems: readonly string[];
}

/** The configs among a unit's files; keys, users and databases are nobody's business. */
const CONFIG = /^config\/(?:partitions\/[^/\\\p{Cc}]{1,255}\/)?bigip(?:_base)?\.conf$/u;

/** Beyond these it is no unit's archive, or one that was made to fill the memory: bytes and entries in all, bytes and files of configs. */
const MOST = { unpacked: 2 ** 30, entries: 200_000, configs: 2 ** 26, files: 2_000 };

/** One who reads ten sentences of what is wrong with an archive reads no eleventh. */
const MOST_TOLD = 10;

/** Longest part of an entry's name that is shown. */
const MOST_SHOWN = 100;

/** An archive that is being read. */
interface Reading {
  readonly most: typeof MOST;
  readonly found: Map<string, Uint8Array>;
  readonly problems: string[];
  /** Bytes in `found`. */
  size: number;
  /** Why reading was given up: an error that is thrown in a stream comes out of it as another one. */
  givenUp?: string;
}

/**
 * Unpacks the configs of an F5 archive (gzip'd tar) in memory. Nothing is written, links are not followed, a path that leads out of
 * the archive is left out. Never throws: what was read before the archive turned out broken is kept, and its problem says so.
 */
export async function unpack(packed: Uint8Array | Readable, most: typeof MOST = MOST): Promise<Unpacked> {
  const reading: Reading = { most, found: new Map(), problems: [], size: 0 };
  try {
    await readEntries(packed, reading);
  } catch (error) {
    reading.problems.push(reading.givenUp ?? brokenBy(error, [...reading.found.keys()]));
  }
  const { found, problems } = reading;
  if (found.size === 0 && problems.length === 0) problems.push('holds no config of a BIG-IP (config/bigip.conf, config/bigip_base.conf)');
  const files = [...found].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, problems };
}

async function readEntries(packed: Uint8Array | Readable, reading: Reading): Promise<void> {
  const { createTarDecoder } = await import('modern-tar');
  const source = packed instanceof Uint8Array ? Readable.from([packed]) : packed;
  const gzipped = (chunks: AsyncIterable<Uint8Array>) => startingAsGzip(chunks, reading);
  await pipeline(source, gzipped, createGunzip({ chunkSize: 2 ** 18 }), async (chunks: AsyncIterable<Uint8Array>) => {
    const tar = ReadableStream.from(limited(chunks, reading)).pipeThrough(createTarDecoder({ strict: true }));
    let count = 0;
    for await (const { header, body } of tar) {
      if (++count > reading.most.entries) giveUp(reading, `holds more than ${reading.most.entries} files: it is read no further`);
      const path = header.name.replace(/^(?:\.\/)+/, '');
      const problem = problemWith(path, header, reading);
      if (problem !== undefined) tell(reading, problem);
      // The next entry comes once this one's bytes are taken or refused.
      if (problem === undefined && CONFIG.test(path)) keep(reading, path, new Uint8Array(await new Response(body).arrayBuffer()));
      else await body.cancel();
    }
  });
}

/** Of two files of one name the later counts, as where an archive is unpacked. */
function keep(reading: Reading, path: string, bytes: Uint8Array): void {
  reading.size += bytes.length - (reading.found.get(path)?.length ?? 0);
  reading.found.set(path, bytes);
}

function giveUp(reading: Reading, why: string): never {
  reading.givenUp = why;
  throw new Error(why);
}

function tell({ problems }: Reading, problem: string): void {
  if (problems.length < MOST_TOLD) problems.push(problem);
  else if (problems.length === MOST_TOLD) problems.push('holds more of that kind');
}

async function* startingAsGzip(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Uint8Array> {
  let begun = false;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const problem = begun ? undefined : notGzip(chunk);
    if (problem !== undefined) giveUp(reading, problem);
    begun = true;
    yield chunk;
  }
  if (!begun) giveUp(reading, 'is empty');
}

async function* limited(chunks: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<Uint8Array> {
  const { unpacked } = reading.most;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > unpacked) giveUp(reading, `unpacks to more than ${unpacked / 2 ** 20} MiB: it is read no further`);
    yield chunk;
  }
}

function problemWith(path: string, { type = 'file', size }: TarHeader, reading: Reading): string | undefined {
  const { most, found } = reading;
  if (path.startsWith('/') || path.split('/').includes('..'))
    return `holds a path that leads out of it ('${path.slice(0, MOST_SHOWN)}'), which is left out`;
  if (!CONFIG.test(path)) return undefined;
  if (type !== 'file') return `holds ${path} as a ${type}, which is not followed`;
  const isOver = reading.size - (found.get(path)?.length ?? 0) + size > most.configs;
  if (isOver) return `holds more than ${most.configs / 2 ** 20} MiB of configs: ${path} is left out`;
  return found.size < most.files || found.has(path) ? undefined : `holds more than ${most.files} configs: ${path} is left out`;
}

function brokenBy(error: unknown, read: readonly string[]): string {
  const code = errorCode(error);
  const what = code === 'Z_BUF_ERROR' ? 'ends too early' : code.startsWith('E') ? `cannot be read (${code})` : 'is damaged';
  if (read.length === 0) return what === 'is damaged' ? "is damaged, or no gzip'd tar" : what;
  return `${what}: of its configs, only those before that are read (${read.slice(0, MOST_TOLD).join(', ')})`;
}
