import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { TarHeader } from 'modern-tar';
import { errorCode } from './error-code.ts';

/** What an archive holds that halint reads, and what is wrong with it. */
export interface Unpacked {
  /** Paths within the archive, in their order, and contents. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly problems: readonly string[];
}

/** The configs among a unit's files; keys, users and databases are nobody's business. */
const CONFIG = /^config\/(?:partitions\/[^/]+\/)?bigip(?:_base)?\.conf$/;

/** Beyond these, in bytes and files, it is no unit's archive, or one that was made to fill the memory. */
const MOST = { unpacked: 2 ** 30, config: 2 ** 26, entries: 200_000 };

/**
 * Unpacks the configs of an F5 archive (gzip'd tar) in memory. Nothing is written, links are not followed, a path that leads out of
 * the archive is left out. Never throws: what was read before the archive turned out broken is kept.
 */
export async function unpack(packed: Uint8Array | Readable, most: typeof MOST = MOST): Promise<Unpacked> {
  const found = new Map<string, Uint8Array>();
  const problems: string[] = [];
  const given = { up: '' };
  try {
    await readEntries(packed, most, found, problems, given);
  } catch (error) {
    problems.push(given.up || brokenBy(error));
  }
  if (found.size === 0 && problems.length === 0) problems.push('holds no config of a BIG-IP (config/bigip.conf, config/bigip_base.conf)');
  const files = [...found].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, problems };
}

/** `given.up` says why reading was ended, for an error that is thrown in a stream comes out as another one. */
async function readEntries(
  packed: Uint8Array | Readable,
  most: typeof MOST,
  found: Map<string, Uint8Array>,
  problems: string[],
  given: { up: string },
): Promise<void> {
  const { createTarDecoder } = await import('modern-tar');
  const source = packed instanceof Uint8Array ? Readable.from([packed]) : packed;
  await pipeline(source, createGunzip({ chunkSize: 2 ** 18 }), async (chunks: AsyncIterable<Uint8Array>) => {
    let count = 0;
    for await (const { header, body } of ReadableStream.from(limited(chunks, most.unpacked, given)).pipeThrough(
      createTarDecoder({ strict: true }),
    )) {
      if (++count > most.entries) giveUp(given, `holds more than ${most.entries} files`);
      const path = header.name.replace(/^(?:\.\/)+/, '');
      const problem = problemWith(path, header, most.config);
      if (problem !== undefined) problems.push(problem);
      // The next entry comes once this one's bytes are taken or refused.
      if (problem === undefined && CONFIG.test(path)) found.set(path, new Uint8Array(await new Response(body).arrayBuffer()));
      else await body.cancel();
    }
  });
}

function giveUp(given: { up: string }, why: string): never {
  given.up = why;
  throw new Error(why);
}

async function* limited(chunks: AsyncIterable<Uint8Array>, most: number, given: { up: string }): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) giveUp(given, `unpacks to more than ${most / 2 ** 20} MiB`);
    yield chunk;
  }
}

function problemWith(path: string, { type = 'file', size }: TarHeader, most: number): string | undefined {
  if (path.startsWith('/') || path.split('/').includes('..')) return `holds a path that leads out of it ('${path}'), which is left out`;
  if (!CONFIG.test(path)) return undefined;
  if (type !== 'file') return `holds ${path} as a ${type}, which is not followed`;
  return size > most ? `holds ${path}, which is larger than ${most / 2 ** 20} MiB` : undefined;
}

function brokenBy(error: unknown): string {
  const code = errorCode(error);
  if (code === 'Z_DATA_ERROR') return "is no gzip'd tar: encrypted with a passphrase, or damaged";
  if (code === 'Z_BUF_ERROR') return 'ends too early: what it held before is read';
  if (code.startsWith('E')) return `cannot be read (${code})`;
  return "is damaged: its gzip'd content is no whole tar";
}
