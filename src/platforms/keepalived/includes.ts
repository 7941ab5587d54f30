import type { Source } from '../../syntax/source.ts';
import type { Statement } from '../../syntax/statement.ts';

/** A host's files as one list of blocks. */
export interface Joined {
  readonly roots: readonly Statement[];
  /** An include names a file that is not among the inputs. */
  readonly missing: boolean;
}

const INCLUDE = /^include[rmwba]?$/;

/**
 * Puts a host's files together as `include` does. A file that no include names is read where it
 * stands among the inputs. An include inside a block is left where it is: its lines are not seen.
 */
export function joinIncludes(sources: readonly Source[]): Joined {
  const used = new Set<Source>();
  let missing = false;
  const take = (source: Source): Statement[] => {
    used.add(source);
    return source.statements.flatMap((statement) => {
      if (statement.children.some(hasInclude)) missing = true;
      if (!INCLUDE.test(statement.words[0] as string)) return [statement];
      const found = sources.filter((other) => !used.has(other) && matches(statement.words[1] ?? '', other.path));
      const before = sources.some((other) => other !== source && used.has(other) && matches(statement.words[1] ?? '', other.path));
      if (found.length === 0 && !before) missing = true;
      return [statement, ...found.flatMap(take)];
    });
  };
  const named = new Set(
    sources.filter((source) =>
      sources.some((other) => other !== source && includesOf(other).some((pattern) => matches(pattern, source.path))),
    ),
  );
  const first = sources.filter((source) => !named.has(source));
  const roots = (first.length > 0 ? first : sources).flatMap((source) => (used.has(source) ? [] : take(source)));
  return { roots, missing };
}

function hasInclude(statement: Statement): boolean {
  return INCLUDE.test(statement.words[0] as string) || statement.children.some(hasInclude);
}

function includesOf(source: Source): string[] {
  return source.statements.filter((s) => INCLUDE.test(s.words[0] as string)).map((s) => s.words[1] ?? '');
}

/**
 * Whether an include's pattern, which is a path on the host, names a file of the repo: what the repo
 * has of the path must be an end of it. `*` and `?` stand for characters of one name.
 */
function matches(pattern: string, path: string): boolean {
  const want = pattern.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const have = path.split('/');
  if (want.length === 0 || (have.length < 2 && /\.d$/.test(want.at(-2) ?? ''))) return false;
  const count = Math.min(want.length, have.length, 2);
  for (let back = 1; back <= count; back++) {
    const file = have.at(-back) as string;
    const glob = want.at(-back) as string;
    if (!globFits(glob, file)) return back > 1 && !glob.endsWith('.d');
  }
  return true;
}

function globFits(glob: string, name: string): boolean {
  if (!/[*?[{]/.test(glob)) return glob === name;
  const prefix = glob.slice(0, glob.search(/[*?[{]/));
  const suffix = glob.slice(
    glob.length -
      [...glob]
        .reverse()
        .join('')
        .search(/[*?\]}]/),
  );
  return name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
}
