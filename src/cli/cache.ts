import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { PartResult } from '../lint/check-part.ts';
import type { FolderNotes } from '../lint/folder-notes.ts';
import { contentHash, type Memory } from '../lint/memory.ts';
import type { Contents } from '../project/discover.ts';
import { maskMessage } from '../syntax/secrets.ts';
import { VERSION } from './version.ts';

/** Where a cache lies unless `--cache-location` says so. */
export const CACHE_FOLDER = '.halint-cache';

/** What halint found out in earlier runs, in one file of a folder that may be deleted at any time. */
export interface Cache {
  readonly contents: Contents;
  readonly memory: Memory;
  /** Keeps what this run used and found out; in vain where the folder cannot be written. */
  readonly save: () => void;
}

/** A file by what its file system says of it. */
interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  readonly hash: string;
}

interface Kept {
  readonly files: Map<string, Stamp>;
  readonly notes: Map<string, FolderNotes>;
  readonly results: Map<string, PartResult>;
}

/** A file that changed later than this before it was read may change again without a trace: clocks of file systems are coarse. */
const SETTLED_MS = 2000;
const UNUSED_DAYS = 30;

/** Opens the cache of a run that is told apart from others by `about`: what it looks at, with which rules and settings. */
export function openCache(folder: string, about: unknown): Cache {
  const name = createHash('sha1')
    .update(JSON.stringify([buildOf(), about]))
    .digest('hex')
    .slice(0, 16);
  const file = join(folder, name);
  const before = load(file);
  const now: Kept = { files: new Map(), notes: new Map(), results: new Map() };
  let isNew = false;
  let isSound = true;
  const use = <T>(kind: 'notes' | 'results', key: string): T | undefined => {
    const known = now[kind].get(key) ?? before?.[kind].get(key);
    if (known) (now[kind] as Map<string, unknown>).set(key, known);
    return known as T | undefined;
  };
  const learn = <T>(kind: 'notes' | 'results', key: string, value: T): T => {
    isNew = true;
    const safe = masked(value) as T;
    (now[kind] as Map<string, unknown>).set(key, safe);
    return safe;
  };
  return {
    contents: {
      hashOf: (path, stat) => {
        const known = before?.files.get(path);
        if (!known || !sameStat(known, stat)) return undefined;
        now.files.set(path, known);
        return known.hash;
      },
      note: (path, stat, text) => {
        const { size, mtimeMs, ctimeMs, ino } = stat;
        const hash = contentHash(text);
        const known = now.files.get(path);
        if (known) isSound &&= known.hash === hash;
        else if (Date.now() - Math.max(mtimeMs, ctimeMs) > SETTLED_MS) {
          now.files.set(path, { size, mtimeMs, ctimeMs, ino, hash });
          isNew = true;
        }
        return hash;
      },
    },
    memory: {
      notes: (key, make) => use<FolderNotes>('notes', key) ?? learn('notes', key, make()),
      recall: (key) => use<PartResult>('results', key),
      remember: (key, result) => void learn('results', key, result),
    },
    save: () => {
      if (isSound && isNew) store(folder, file, now);
      else if (before) touch(file);
    },
  };
}

/** What makes another halint of this one: its version, how it was built, and what V8 it runs on. */
function buildOf(): readonly unknown[] {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return [VERSION, size, mtimeMs, process.versions.v8];
}

function sameStat(known: Stamp, stat: Stats): boolean {
  return known.size === stat.size && known.mtimeMs === stat.mtimeMs && known.ctimeMs === stat.ctimeMs && known.ino === stat.ino;
}

/** Nothing where there is no such file, or it is not whole. */
function load(file: string): Kept | undefined {
  try {
    const bytes = readFileSync(file);
    const [digest, body] = [bytes.subarray(0, 20), bytes.subarray(20)];
    return createHash('sha1').update(body).digest().equals(digest) ? (deserialize(body) as Kept) : undefined;
  } catch {
    return undefined;
  }
}

function store(folder: string, file: string, kept: Kept): void {
  const body = serialize(kept);
  const half = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    writeFileSync(half, Buffer.concat([createHash('sha1').update(body).digest(), body]));
    renameSync(half, file);
    sweep(folder);
  } catch {
    remove(half);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove.
  }
}

/** Marks a cache as used today. */
function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // It may be another user's.
  }
}

/** Takes away what nobody has used for long: other versions' caches, and other settings'. */
function sweep(folder: string): void {
  const long = Date.now() - UNUSED_DAYS * 86_400_000;
  for (const name of readdirSync(folder)) {
    const path = resolve(folder, name);
    if (name !== '.gitignore' && statSync(path).mtimeMs < long) rmSync(path, { force: true });
  }
}

/** Fields that hold sentences about a config, or words of it. */
const TEXTS: ReadonlySet<string> = new Set(['message', 'fix', 'title', 'text', 'reason']);

/** The same without secrets: they are masked before they are printed, and so before they are kept. */
function masked(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return TEXTS.has(field) ? maskMessage(value) : value;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map((item) => masked(item, field));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, masked(part, key)]));
}
