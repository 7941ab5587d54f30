import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { AnalyseOptions, InputText } from '../lint.ts';
import type { Wiring } from '../network/network.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import { archiveOf } from '../project/archive-path.ts';
import { type Contents, type Discovered, type DiscoverOptions, discover, isWanted, shown, textsBeside } from '../project/discover.ts';
import { errorCode } from '../project/error-code.ts';
import type { ProjectPart } from '../project/extends.ts';
import { findProjectFile, globsOf, type ProjectFile, readProjectText } from '../project/project-file.ts';
import type { Diagnostic } from '../syntax/statement.ts';
import { type Io, UserError } from './io.ts';
import { didYouMean } from './suggest.ts';

/** A project file that was found, and what it says. */
export interface Project {
  /** Folder of the project file; the working directory where there is none. */
  readonly root: string;
  readonly file: ProjectFile;
  /** The files that it is made of: itself and what it extends. */
  readonly parts: readonly ProjectPart[];
  readonly wirings: readonly Wiring[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What holds where there is no project file. */
export function noProject(io: Io): Project {
  return { root: io.cwd, file: {}, parts: [], wirings: [], diagnostics: [] };
}

/** Reads the project file that `--config` names, or the nearest one from the working directory upward. */
export async function loadProject(io: Io, config: string | undefined): Promise<Project> {
  const path = config === undefined ? findProjectFile(io.cwd) : resolve(io.cwd, config);
  if (path === undefined) return noProject(io);
  if (!existsSync(path)) throw new UserError(`the project file ${config} does not exist`);
  const { checkProjectFile } = await import('../project/check-project-file.ts');
  const name = shown(path, io.cwd);
  const text = readText(path, name);
  const checked = checkProjectFile(name, text);
  if ('problems' in checked) throw new UserError(checked.problems.join('\n'));
  const { withExtends } = await import('../project/extends.ts');
  const extended = withExtends(path, text, checked.project, io.cwd);
  if ('problems' in extended) throw new UserError(extended.problems.join('\n'));
  const { project, parts } = extended;
  const root = dirname(path);
  if (project.topology === undefined) return { root, file: project, parts, wirings: [], diagnostics: [] };
  const { readContainerlab } = await import('../project/wiring/containerlab.ts');
  const { wiring, diagnostics } = readContainerlab(name, text, 'project-file', ['topology']);
  return { root, file: project, parts, wirings: wiring ? [wiring] : [], diagnostics };
}

function readText(path: string, name: string): string {
  try {
    return readProjectText(path);
  } catch (error) {
    throw new UserError(`the project file ${name} cannot be read (${errorCode(error)})`);
  }
}

/** The texts under the paths, and how they are to be read. */
export interface Workspace {
  readonly texts: readonly InputText[];
  readonly options: AnalyseOptions;
  readonly diagnostics: readonly Diagnostic[];
  readonly textOf: (path: string) => string | undefined;
  /** Whether a path, there or gone, is among those that are read. */
  readonly covers: (path: string) => boolean;
}

/** Reads every file under the paths; a path that does not exist is the user's mistake. */
export async function loadWorkspace(
  io: Io,
  paths: readonly string[],
  project: Project,
  commands: readonly string[],
  contents?: Contents,
): Promise<Workspace> {
  const where = { ...whereOf(io, project), ...(contents ? { contents } : {}) };
  const found = await discover(paths.length > 0 ? paths : ['.'], where);
  const [missing] = found.missing;
  if (missing !== undefined) throw new UserError(`${missing} does not exist${didYouMean(missing, commands)}`);
  return workspaceOf(io, project, found, paths.length > 0 ? paths : ['.'], where);
}

/** A workspace of no texts: for facts that were read elsewhere. */
export function workspaceWithout(io: Io, project: Project): Workspace {
  return workspaceOf(io, project, { files: [], diagnostics: [] }, [], whereOf(io, project));
}

function whereOf({ cwd }: Io, { root, file }: Project): DiscoverOptions {
  return { cwd, root, include: globsOf(file.include), exclude: globsOf(file.exclude) };
}

function workspaceOf(
  io: Io,
  project: Project,
  found: Pick<Discovered, 'files' | 'diagnostics'>,
  paths: readonly string[],
  where: DiscoverOptions,
): Workspace {
  const { root, file } = project;
  const texts = new Map(found.files.map((one) => [one.path, one]));
  const named = new Set(found.files.flatMap((one) => (one.named ? [one.path] : [])));
  const devices = Object.entries(file.devices ?? {}).map(([name, { files, platform }]) => {
    if (platform !== undefined && !PLATFORMS.some((known) => known.id === platform)) {
      const ids = PLATFORMS.map((known) => known.id);
      throw new UserError(`device ${name} of the project file names the unknown platform '${platform}'${didYouMean(platform, ids)}`);
    }
    return [name, { files: globsOf(files), ...(platform === undefined ? {} : { platform }) }] as const;
  });
  return {
    texts: found.files,
    diagnostics: [...found.diagnostics, ...project.diagnostics],
    textOf: (path) => texts.get(path)?.text,
    covers: coverage(paths, where),
    options: {
      platforms: PLATFORMS,
      wirings: project.wirings,
      top: basename(io.cwd) || 'host',
      projectPath: (path) => projectPath(io.cwd, root, path),
      // A folder that is read whole has nothing beside what was read.
      beside: (path) => (named.has(path) ? textsBeside(path, new Set(texts.keys()), where) : []),
      ...(devices.length > 0 ? { devices: Object.fromEntries(devices) } : {}),
    },
  };
}

/** Whether a shown path is one of `paths`, lies below one of them or fits one that is a glob. */
function coverage(paths: readonly string[], where: DiscoverOptions): (path: string) => boolean {
  const wanted = isWanted(where);
  const tests = paths.map((one) => {
    const root = resolve(where.cwd, one);
    const fits = picomatch(one || '.');
    return (path: string) => {
      const below = relative(root, resolve(where.cwd, path));
      return below === '' || fits(path) || fits(archiveOf(path) ?? path) || (!isAbsolute(below) && below.split(sep)[0] !== '..');
    };
  });
  return (path) => wanted(resolve(where.cwd, path)) && tests.some((test) => test(path));
}

/** A shown path as the project file's globs see it: relative to the project's folder, with `/`. */
export function projectPath(cwd: string, root: string, path: string): string {
  return cwd === root ? path : relative(root, join(cwd, path)).replaceAll('\\', '/');
}
