import type { Source } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';

/** What a block holds once its includes are put in their places. */
export interface Contents {
  readonly list: readonly Statement[];
  /** An include of some weight names files that are not among the inputs. */
  readonly missing: boolean;
}

/** Puts a host's files together. */
export interface Includes {
  readonly contents: (statements: readonly Statement[]) => Contents;
  /** Files that no other file includes. */
  readonly roots: readonly Source[];
}

/** Includes that never hold upstreams, servers or timeouts: types, parameters, TLS settings, headers. */
const HARMLESS_FILE = /(?:mime\.types|_params|fastcgi(?:-php)?\.conf|win-utf)$|koi-\w|ssl|letsencrypt|headers?|gzip|log|naxsi|cloudflare/;
const HARMLESS_FOLDER = /modules?[-_.\w]{0,60}$/;

/** Prepares the includes of one host's files; a pattern is compared with the ends of the files' paths. */
export function includesOf(sources: readonly Source[]): Includes {
  const named = new Set<Source>();
  for (const source of sources) {
    for (const pattern of patternsIn(source.statements)) {
      for (const other of sources) if (other !== source && matches(pattern, other.path, source.path)) named.add(other);
    }
  }
  const roots = sources.filter((source) => !named.has(source));
  // A block takes each file in once: files that include each other would else grow without end.
  const expand = (statements: readonly Statement[], taken: Set<Source>): Contents => {
    const list: Statement[] = [];
    let missing = false;
    for (const s of statements) {
      list.push(s);
      const pattern = s.words[1];
      if (s.words[0] !== 'include' || pattern === undefined) continue;
      const found = sources.filter((source) => source.path !== s.file && matches(pattern, source.path, s.file));
      if (found.length === 0 && !isHarmless(pattern)) missing = true;
      for (const source of found) {
        if (taken.has(source)) continue;
        taken.add(source);
        const inner = expand(source.statements, taken);
        for (const one of inner.list) list.push(one);
        if (inner.missing) missing = true;
      }
    }
    return { list, missing };
  };
  return { contents: (statements) => expand(statements, new Set()), roots: roots.length > 0 ? roots : sources };
}

function isHarmless(pattern: string): boolean {
  const [file = '', folder = ''] = pattern.slice(-200).split('/').reverse();
  return HARMLESS_FILE.test(file) || HARMLESS_FOLDER.test(folder);
}

function patternsIn(statements: readonly Statement[]): string[] {
  return statements.flatMap((s) => (s.words[0] === 'include' && s.words[1] !== undefined ? [s.words[1]] : patternsIn(s.children)));
}

/**
 * Whether an include's pattern names a file of the repo. A pattern is a path on the host
 * (`/etc/nginx/conf.d/*.conf`), a file's path one in the repo: file names must fit, and the folder
 * too where the pattern has one below `/etc/nginx` and the file does not lie beside the including one.
 */
function matches(pattern: string, path: string, from: string): boolean {
  const want = pattern
    .replace(/^\/?(?:usr\/local\/)?(?:etc\/)(?:nginx|openresty)\//, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const have = path.split('/');
  const file = want.at(-1);
  if (file === undefined || !globFits(file, have.at(-1) ?? '')) return false;
  const folder = want.at(-2);
  if (folder === undefined) return folderOf(path) === folderOf(from);
  const parent = have.at(-2);
  return parent !== undefined && globFits(folder, parent);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A file name against a glob of at most one `*` before or after fixed parts. */
function globFits(glob: string, name: string): boolean {
  const star = glob.indexOf('*');
  if (star < 0) return glob === name;
  const last = glob.lastIndexOf('*');
  const prefix = glob.slice(0, star);
  const suffix = glob.slice(last + 1);
  return name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
}
