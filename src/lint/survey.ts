import type { Device } from '../model/device.ts';
import { type DeviceKeys, keysOf } from '../network/domain-keys.ts';
import type { Wiring } from '../network/network.ts';
import { scopeFinder } from '../network/scopes.ts';
import { readDevice } from '../platforms/read.ts';
import { countStatements, type FileReport } from '../project/file-report.ts';
import {
  type Draft,
  draftsIn,
  type HostFolder,
  type HostOptions,
  hostFolders,
  type KnownFile,
  likelyName,
  nameDrafts,
} from '../project/hosts.ts';
import type { Source } from '../syntax/source.ts';
import type { Diagnostic } from '../syntax/statement.ts';
import { type AnalyseOptions, AT_A_TIME, type InputText } from './input.ts';
import { type ReadText, readAgain, readText } from './read-text.ts';

/** A host among the inputs, and what is remembered of it while the others are read. */
export interface Host {
  readonly name: string;
  readonly files: readonly KnownFile[];
  /** Folder of the topology that it belongs to; see `splitScopes`. */
  readonly scope: string;
  /** Characters of its configs. */
  readonly size: number;
  readonly role: Device['role'];
  /** A template leaves open what interfaces it has. */
  readonly isOpen: boolean;
  /** By what it may be joined with others. */
  readonly keys: DeviceKeys;
}

/** What the texts are: a first look at all of them, which keeps little of each. */
export interface Survey {
  /** In the order of their first files. */
  readonly hosts: readonly Host[];
  readonly wirings: readonly Wiring[];
  readonly files: readonly FileReport[];
  readonly diagnostics: readonly Diagnostic[];
  /** Configs of platforms that halint does not read, with the names of these. */
  readonly foreign: readonly { readonly path: string; readonly title: string }[];
  /** What a host's configs say; they are read anew where there was too much to keep. */
  readonly deviceOf: (host: Host) => Device;
}

/** Looks at every text: which host's it is, and by what the host may be joined with others. */
export function survey(texts: readonly InputText[], options: AnalyseOptions): Survey {
  const inputs = new Map([...texts].sort(byPath).map((one) => [one.path, one]));
  const hostOptions = hostOptionsOf(options);
  const notes = notebook(options);
  const read = (input: InputText): ReadText => {
    options.onStage?.('reading configs', notes.count(), inputs.size);
    return notes.read(input);
  };
  const atATime = options.atATime ?? AT_A_TIME;
  const devices = new Map<string, Device>();
  const drafts: Drafted[] = [];
  let kept = 0;
  for (const folder of hostFolders([...inputs.values()], hostOptions)) {
    for (const { draft, sources } of hostsIn(folder, hostOptions, read, atATime)) {
      const device = readDevice({ name: likelyName(draft), sources });
      notes.understood(sources);
      const size = sizeOf(draft.files, inputs);
      drafts.push({ draft, size, role: device.role, isOpen: device.open?.includes('interfaces') ?? false, keys: keysOf(device) });
      kept += size;
      if (kept <= atATime) devices.set(device.at.file, device);
    }
  }
  const wirings = [...(options.wirings ?? []), ...notes.wirings()];
  const scopeOf = scopeFinder(wirings);
  const names = nameDrafts(
    drafts.map(({ draft }) => draft),
    scopeOf,
  );
  const hosts = drafts
    .map(
      ({ draft: { files }, ...about }, index): Host => ({ ...about, name: names[index] as string, files, scope: scopeOf(pathOf(files)) }),
    )
    .sort((a, b) => compare(pathOf(a.files), pathOf(b.files)));
  return {
    hosts,
    wirings,
    ...notes.reports(),
    deviceOf: ({ name, files }) => {
      const known = devices.get(pathOf(files));
      return known?.name === name ? known : readDevice({ name, sources: files.map((file) => sourceAgain(file, inputs)) });
    },
  };
}

interface Drafted extends Omit<Host, 'name' | 'files' | 'scope'> {
  readonly draft: Draft;
}

interface Config {
  readonly source: Source;
  readonly platform: KnownFile['platform'];
}

/** The hosts of a folder with their statements; those of a folder of thousands are parsed again, host by host. */
function* hostsIn(
  folder: HostFolder<InputText>,
  options: HostOptions,
  read: (input: InputText) => ReadText,
  atATime: number,
): Generator<{ draft: Draft; sources: readonly Config[] }> {
  const sources = new Map<string, Source>();
  const files: KnownFile[] = [];
  let held = 0;
  for (const input of folder.files) {
    const one = read(input);
    if (one.is !== 'config') continue;
    files.push(one.file);
    held += input.text.length;
    if (held <= atATime) sources.set(input.path, one.source);
  }
  const inputs = new Map(folder.files.map((one) => [one.path, one]));
  for (const draft of draftsIn({ ...folder, files }, options)) {
    yield {
      draft,
      sources: draft.files.map((file) => {
        const source = sources.get(file.path);
        return source ? { source, platform: file.platform } : sourceAgain(file, inputs);
      }),
    };
    for (const { path } of draft.files) sources.delete(path);
  }
}

function sourceAgain({ path, platform }: KnownFile, inputs: ReadonlyMap<string, InputText>): Config {
  return { source: readAgain(inputs.get(path) ?? { path, text: '' }, platform), platform };
}

/** What is noted of the texts as they are read, one after the other. */
function notebook(options: AnalyseOptions) {
  const diagnostics: Diagnostic[] = [];
  const files: FileReport[] = [];
  const foreign: { path: string; title: string }[] = [];
  const topologies: { path: string; wiring: Wiring }[] = [];
  const whys = new Map<string, string>();
  const noStatements = { read: 0, ignored: 0, unknown: 0 };
  return {
    count: (): number => whys.size,
    read: (input: InputText): ReadText => {
      const { path } = input;
      const one = readText(input, options);
      whys.set(path, one.why);
      for (const told of one.is === 'config' ? one.source.diagnostics : one.diagnostics) diagnostics.push(told);
      if (one.is === 'topology' && one.wiring) topologies.push({ path, wiring: one.wiring });
      if (one.is === 'other' && one.title !== undefined) foreign.push({ path, title: one.title });
      if (one.is !== 'config') files.push({ path, why: one.why, statements: noStatements });
      return one;
    },
    /** Readers mark the statements that they use. */
    understood: (sources: readonly Config[]): void => {
      for (const { source, platform } of sources)
        files.push({
          path: source.path,
          platform: platform.id,
          why: whys.get(source.path) ?? '',
          statements: countStatements(source.statements),
        });
    },
    wirings: (): Wiring[] => topologies.sort(byPath).map(({ wiring }) => wiring),
    reports: () => ({ files: files.sort(byPath), diagnostics: diagnostics.sort(byFileAndLine), foreign: foreign.sort(byPath) }),
  };
}

function hostOptionsOf(options: AnalyseOptions): HostOptions {
  return {
    top: options.top ?? 'host',
    ...(options.devices ? { overrides: options.devices } : {}),
    ...(options.projectPath ? { projectPath: options.projectPath } : {}),
    beside: (path) => configsBeside(path, options),
  };
}

/** Read only as far as they are asked for; what is wrong with them is not this run's concern. */
function* configsBeside(path: string, options: AnalyseOptions): Generator<KnownFile> {
  for (const { path: other, text } of options.beside?.(path) ?? []) {
    const read = readText({ path: other, text }, options);
    if (read.is === 'config') yield read.file;
  }
}

function sizeOf(files: readonly KnownFile[], inputs: ReadonlyMap<string, InputText>): number {
  return files.reduce((sum, { path }) => sum + (inputs.get(path)?.text.length ?? 0), 0);
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
