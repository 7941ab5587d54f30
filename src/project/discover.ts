import { createReadStream, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Diagnostic } from '../syntax/statement.ts';
import { archiveOf, isArchive } from './archive-path.ts';
import { decode } from './decode.ts';
import { errorCode } from './error-code.ts';

/** A file as text, before anything is known of it. `named`: given by the user, not found in a folder. */
export interface RawFile {
  readonly path: string;
  /** Read when it is first asked for, where `DiscoverOptions.contents` knows it. */
  readonly text: string;
  readonly named: boolean;
  /** Of its text, where `DiscoverOptions.contents` is given. */
  readonly hash?: string;
}

/** What is known of files from an earlier run. */
export interface Contents {
  /** The hash of the text of a file that has not changed since it was read. */
  readonly hashOf: (file: string, stat: Stats) => string | undefined;
  /** Is told of a text that was read, and tells its hash. */
  readonly note: (file: string, stat: Stats, text: string) => string;
}

/** What the paths hold, what could not be read, and the paths that do not exist. */
export interface Discovered {
  readonly files: readonly RawFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly missing: readonly string[];
}

export interface DiscoverOptions {
  readonly cwd: string;
  /** Globs, relative to `root`, that a file found in a folder must match. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Folder of the project file, which the globs are relative to. */
  readonly root?: string;
  readonly contents?: Contents;
}

/** Larger files are no configs of one device; reading them whole would only fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Never worth a look inside a folder: halint is run on whole repos. */
const SKIPPED_FOLDERS = ['**/.git/**', '**/node_modules/**', '**/.halint-cache/**', '**/.terraform/**', '**/.venv/**'];
const SKIPPED_ENDINGS =
  /\.(?:md|rst|adoc|html?|css|s?[jt]sx?|[cm][jt]s|py|go|rb|java|c|h|cpp|rs|php|png|jpe?g|gif|svg|webp|ico|pdf|zip|gz|tgz|bz2|xz|7z|tar|exe|bin|iso|img|so|jar|woff2?|ttf|eot|mp4|lock|pem|crt|key|csr|pcap|drawio|pptx?|docx?|xlsx?|gitignore|gitattributes|golden)$/i;

/** Reads every file under the paths (files, folders or globs), in the order of their names. */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovered> {
  const found = new Map<string, boolean>();
  const missing: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const kind = kindOf(resolve(options.cwd, path));
    if (kind === 'file') found.set(resolve(options.cwd, path), true);
    else if (kind === 'folder')
      for (const file of await listFolder(resolve(options.cwd, path), options)) found.set(file, found.get(file) ?? false);
    else if (kind === 'other')
      diagnostics.push({
        kind: 'unsupported',
        file: shown(resolve(options.cwd, path), options.cwd),
        line: 1,
        message: 'is neither a file nor a folder',
      });
    else {
      const matches = /[*?[\]{}]/.test(path) ? await expandGlob(path, options) : [];
      if (matches.length === 0) missing.push(path);
      for (const file of matches) found.set(file, true);
    }
  }
  const files: RawFile[] = [];
  const wanted = isWanted(options);
  for (const [file, named] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = shown(file, options.cwd);
    if (isArchive(file)) {
      const { files: inside, diagnostics: told } = await readArchive(file, path);
      files.push(...inside.filter((one) => named || wanted(resolve(options.cwd, one.path))).map((one) => ({ ...one, named })));
      diagnostics.push(...told);
      continue;
    }
    const read = options.contents ? readKnown(file, options.contents) : readText(file);
    if ('text' in read) files.push(Object.assign(read, { path, named }));
    else if (named || read.kind === 'unreadable') diagnostics.push({ kind: read.kind, file: path, line: 1, message: read.message });
  }
  return { files, diagnostics, missing };
}

/** The configs of a unit's archive, as if it were a folder. */
async function readArchive(file: string, path: string): Promise<Pick<Discovered, 'files' | 'diagnostics'>> {
  const { unpack } = await import('./archive.ts');
  const { files, problems } = await unpack(createReadStream(file));
  const told = (file: string, message: string): Diagnostic => ({ kind: 'unsupported', file, line: 1, message });
  const diagnostics = problems.map((message) => told(path, message));
  const texts: RawFile[] = [];
  for (const inside of files) {
    const decoded = decode(inside.bytes);
    const name = `${path}/${inside.path}`;
    if ('text' in decoded) texts.push({ path: name, text: decoded.text, named: false });
    else diagnostics.push(told(name, decoded.refused));
  }
  return { files: texts, diagnostics };
}

/** Enough to tell whether a folder holds one host's configs or several's. */
const MOST_BESIDE = 100;

/** The texts in a file's folder but those that are known, in the order of their names, each read when it is asked for. */
export function* textsBeside(path: string, known: ReadonlySet<string>, options: DiscoverOptions): Generator<RawFile> {
  const folder = dirname(resolve(options.cwd, path));
  const wanted = isWanted(options);
  const others = namesIn(folder)
    .map((name) => resolve(folder, name))
    .filter((file) => wanted(file) && !isArchive(file) && !known.has(shown(file, options.cwd)));
  for (const file of others.slice(0, MOST_BESIDE)) {
    const read = readText(file);
    if ('text' in read) yield { path: shown(file, options.cwd), text: read.text, named: false };
  }
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() && !entry.name.startsWith('.') ? [entry.name] : [])).sort();
  } catch {
    return [];
  }
}

/** Whether a file that is found in a folder, or in an archive there, is to be read, by its ending and the project file's globs. */
export function isWanted(options: DiscoverOptions): (file: string) => boolean {
  const root = options.root ?? options.cwd;
  const included = options.include?.length ? picomatch([...options.include]) : () => true;
  const excluded = options.exclude?.length ? picomatch([...options.exclude]) : () => false;
  return (file) => {
    const path = slashed(relative(root, file));
    const archive = archiveOf(path);
    return !SKIPPED_ENDINGS.test(file) && (included(path) || (archive !== undefined && included(archive))) && !excluded(path);
  };
}

function kindOf(path: string): 'file' | 'folder' | 'other' | 'none' {
  try {
    const stat = statSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'none';
  }
}

async function listFolder(folder: string, options: DiscoverOptions): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const files = glob.sync('**/*', {
    cwd: folder,
    absolute: true,
    dot: false,
    ignore: SKIPPED_FOLDERS,
    followSymbolicLinks: false,
    suppressErrors: true,
  });
  return files.map((file) => resolve(file)).filter(isWanted(options));
}

async function expandGlob(pattern: string, options: DiscoverOptions): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const matches = await glob(slashed(pattern), {
    cwd: options.cwd,
    absolute: true,
    ignore: SKIPPED_FOLDERS,
    followSymbolicLinks: false,
    suppressErrors: true,
    onlyFiles: false,
  });
  const lists = await Promise.all(
    matches.map((match) => (kindOf(match) === 'folder' ? listFolder(match, options) : kindOf(match) === 'file' ? [resolve(match)] : [])),
  );
  return lists.flat();
}

/** A file's text and hash; a text that is known is not read before it is asked for. */
function readKnown(file: string, contents: Contents): Read & { readonly hash?: string } {
  const stat = statOf(file);
  const hash = stat && contents.hashOf(file, stat);
  if (!stat || hash === undefined) {
    const read = readText(file);
    return stat && 'text' in read ? { ...read, hash: contents.note(file, stat, read.text) } : read;
  }
  let text: string | undefined;
  return {
    hash,
    get text() {
      if (text === undefined) {
        const read = readText(file);
        // Changed while halint ran: noted, so that nothing is kept of what was made from it.
        text = 'text' in read ? read.text : '';
        contents.note(file, stat, text);
      }
      return text;
    },
  };
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

type Read = { readonly text: string } | { readonly kind: Diagnostic['kind']; readonly message: string };

function readText(file: string): Read {
  try {
    const stat = statSync(realpathSync(file));
    if (!stat.isFile()) return { kind: 'unsupported', message: 'is not a regular file' };
    if (stat.size > MAX_BYTES) return { kind: 'unsupported', message: `is larger than ${MAX_BYTES / 1024 / 1024} MiB` };
    const decoded = decode(readFileSync(file));
    return 'text' in decoded ? decoded : { kind: 'unsupported', message: decoded.refused };
  } catch (error) {
    return { kind: 'unreadable', message: `cannot be read (${errorCode(error)})` };
  }
}

/** A path as reports show it: relative to where the command ran, with `/`. */
export function shown(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return slashed(path === '' ? '.' : isAbsolute(path) ? file : path);
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
