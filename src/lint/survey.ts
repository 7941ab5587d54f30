import type { Device } from '../model/device.ts';
import type { Wiring } from '../network/network.ts';
import { scopeFinder } from '../network/scopes.ts';
import { readDevice } from '../platforms/read.ts';
import { hostFolders, hostKey, type KnownFile, nameDrafts } from '../project/hosts.ts';
import type { Diagnostic } from '../syntax/statement.ts';
import { type FolderNotes, type HostNotes, hostOptionsOf, notesOf, platformOf } from './folder-notes.ts';
import { type AnalyseOptions, AT_A_TIME, type InputText } from './input.ts';
import { keyOfFiles, type Memory } from './memory.ts';
import { readAgain } from './read-text.ts';

/** A host among the inputs. */
export interface Host extends HostNotes {
  readonly name: string;
  readonly files: readonly KnownFile[];
  /** Folder of the topology that it belongs to; see `splitScopes`. */
  readonly scope: string;
}

/** What the texts are: a first look at all of them, which keeps little of each. */
export interface Survey extends Pick<FolderNotes, 'files' | 'diagnostics' | 'foreign'> {
  /** In the order of their first files. */
  readonly hosts: readonly Host[];
  readonly wirings: readonly Wiring[];
  /** What a host's configs say; they are read anew where there was too much to keep. */
  readonly deviceOf: (host: Host) => Device;
}

/** Looks at every text: which host's it is, and by what the host may be joined with others. */
export function survey(texts: readonly InputText[], options: AnalyseOptions, memory?: Memory): Survey {
  const inputs = new Map([...texts].sort(byPath).map((one) => [one.path, one]));
  const devices = keeper(options.atATime ?? AT_A_TIME);
  let done = 0;
  const notes = hostFolders([...inputs.values()], hostOptionsOf(options)).map((folder) => {
    options.onStage?.('reading configs', done, inputs.size);
    done += folder.files.length;
    const look = () => notesOf(folder, options, (device, { draft, size }) => devices.keep(hostKey(draft.files), device, size));
    return memory ? memory.notes(keyOfFiles([folder.name ?? '', folder.folder], folder.files), look) : look();
  });
  return {
    ...joined(notes, options),
    deviceOf: ({ name, files }) =>
      devices.kept(hostKey(files), name) ??
      readDevice({
        name,
        sources: files.map((file) => {
          const platform = platformOf(file, options);
          return { platform, source: readAgain(inputs.get(file.path) as InputText, file, platform) };
        }),
      }),
  };
}

/** What the notes on all folders come to. */
export function joined(notes: readonly FolderNotes[], { wirings: given = [] }: Pick<AnalyseOptions, 'wirings'>): Omit<Survey, 'deviceOf'> {
  const all = <T>(list: (one: FolderNotes) => readonly T[]): T[] => notes.flatMap(list);
  const topologies = all((one) => one.topologies).sort(byPath);
  const wirings = [...given, ...topologies.map(({ wiring }) => wiring)];
  return {
    hosts: hostsOf(
      all((one) => one.hosts),
      scopeFinder(wirings),
    ),
    wirings,
    files: all((one) => one.files).sort(byPath),
    diagnostics: all((one) => one.diagnostics).sort(byFileAndLine),
    foreign: all((one) => one.foreign).sort(byPath),
  };
}

function hostsOf(drafts: FolderNotes['hosts'], scopeOf: (path: string) => string): Host[] {
  const names = nameDrafts(
    drafts.map(({ draft }) => draft),
    scopeOf,
  );
  return drafts
    .map(({ draft, ...about }, index): Host => {
      const name = names[index] as string;
      const comments = about.comments.map((comment) => ({ ...comment, device: name }));
      return { ...about, name, files: draft.files, scope: scopeOf(pathOf(draft.files)), comments };
    })
    .sort((a, b) => compare(pathOf(a.files), pathOf(b.files)));
}

/** Keeps devices up to a number of characters of their configs. */
function keeper(most: number) {
  const devices = new Map<string, Device>();
  let held = 0;
  return {
    keep: (key: string, device: Device, size: number): void => {
      held += size;
      // One that is larger than all that is kept takes no more room than working on it does.
      if (held <= most || devices.size === 0) devices.set(key, device);
    },
    /** The device of a host, if it is kept and got that name. */
    kept: (key: string, name: string): Device | undefined => {
      const device = devices.get(key);
      return device?.name === name ? device : undefined;
    },
  };
}

function pathOf(files: readonly KnownFile[]): string {
  return files[0]?.path ?? '';
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compare(a.path, b.path);
}

function byFileAndLine(a: Diagnostic, b: Diagnostic): number {
  return compare(a.file, b.file) || a.line - b.line;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
