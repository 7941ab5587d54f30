import type { Device } from '../model/device.ts';
import { isHalfKnown } from '../network/build.ts';
import { type DeviceKeys, keysOf } from '../network/domain-keys.ts';
import type { Wiring } from '../network/network.ts';
import type { Platform } from '../platforms/platform.ts';
import { readDevice } from '../platforms/read.ts';
import { countStatements, type FileReport } from '../project/file-report.ts';
import { type Draft, draftsIn, type HostFolder, type HostOptions, hostKey, type KnownFile, likelyName } from '../project/hosts.ts';
import { type Suppression, suppressionsIn } from '../rules/suppressions.ts';
import type { Source } from '../syntax/source.ts';
import type { Diagnostic, Statement } from '../syntax/statement.ts';
import { type AnalyseOptions, AT_A_TIME, type InputText } from './input.ts';
import { parseAgain, readAgain, readText } from './read-text.ts';

/** What is remembered of a host while the others are read. */
export interface HostNotes {
  /** Characters of its configs. */
  readonly size: number;
  readonly role: Device['role'];
  /** A template leaves open what interfaces it has. */
  readonly isOpen: boolean;
  /** It may have peers and groups that are not seen. */
  readonly isHalfKnown: boolean;
  /** By what it may be joined with others. */
  readonly keys: DeviceKeys;
  /** Comments in its configs that keep findings back. */
  readonly comments: readonly Suppression[];
  /** Those of its configs that are templates. */
  readonly templates: readonly string[];
}

/** A host that has no name yet. */
export interface DraftNotes extends HostNotes {
  readonly draft: Draft;
}

/** What is remembered of a host's folder: plain data, so that it can be kept from one run to the next. */
export interface FolderNotes {
  readonly hosts: readonly DraftNotes[];
  readonly files: readonly FileReport[];
  readonly diagnostics: readonly Diagnostic[];
  /** Configs of platforms that halint does not read, with the names of these. */
  readonly foreign: readonly { readonly path: string; readonly title: string }[];
  readonly topologies: readonly { readonly path: string; readonly wiring: Wiring }[];
}

/** Reads the texts of a folder; `keep` is given each device as it is read, under its likely name. */
export function notesOf(
  folder: HostFolder<InputText>,
  options: AnalyseOptions,
  keep: (device: Device, host: DraftNotes) => void,
): FolderNotes {
  const { notes, configs, taken } = readFolder(folder, options);
  const hosts: DraftNotes[] = [];
  const counted = new Set<Statement>();
  for (const draft of draftsIn({ ...folder, files: configs.files }, hostOptionsOf(options))) {
    const sources = draft.files.map((file) => ({ source: configs.sourceOf(file), platform: platformOf(file, options) }));
    const device = readDevice({ name: likelyName(draft), sources });
    // Readers have marked the statements that they use.
    for (const { source } of sources) {
      const own = source.statements.filter((s) => !counted.has(s));
      for (const s of own) counted.add(s);
      notes.files.push({ path: source.path, ...(taken.get(source.path) as Taken), statements: countStatements(own) });
    }
    const host: DraftNotes = {
      draft,
      size: sources.reduce((sum, { source }) => sum + source.text.length, 0),
      role: device.role,
      isOpen: device.open?.includes('interfaces') ?? false,
      isHalfKnown: isHalfKnown(device),
      keys: keysOf(device),
      comments: sources.flatMap(({ source: { path, text }, platform: { id, comment } }, index) =>
        // Of a file with several hosts the first has the comments: they hold for the file.
        draft.files[index]?.piece ? [] : suppressionsIn({ path, text, comment, platform: id, device: device.name }),
      ),
      templates: sources.flatMap(({ source }) => (source.template ? [source.path] : [])),
    };
    hosts.push(host);
    keep(device, host);
  }
  return { hosts, ...notes, files: oneEach(notes.files) };
}

/** One report a file, with the statements of all hosts in it. */
function oneEach(reports: readonly FileReport[]): FileReport[] {
  const byPath = new Map<string, FileReport>();
  for (const report of reports) {
    const known = byPath.get(report.path);
    const { read, ignored, unknown } = known?.statements ?? NO_STATEMENTS;
    const { statements: own } = report;
    byPath.set(report.path, {
      ...(known ?? report),
      statements: { read: read + own.read, ignored: ignored + own.ignored, unknown: unknown + own.unknown },
    });
  }
  return [...byPath.values()];
}

/** The platform that took a file. */
export function platformOf({ platform }: KnownFile, { platforms }: AnalyseOptions): Platform {
  const found = platforms.find(({ id }) => id === platform);
  if (!found) throw new Error(`no platform ${platform}`);
  return found;
}

/** How the texts of a run become hosts. */
export function hostOptionsOf(options: AnalyseOptions): HostOptions {
  return {
    top: options.top ?? 'host',
    ...(options.devices ? { overrides: options.devices } : {}),
    ...(options.projectPath ? { projectPath: options.projectPath } : {}),
    beside: (path) => configsBeside(path, options),
  };
}

const NO_STATEMENTS = { read: 0, ignored: 0, unknown: 0 };

type Taken = Required<Pick<FileReport, 'platform' | 'why'>>;

/** The configs of a folder, and notes on all that is none. */
function readFolder({ files: inputs }: HostFolder<InputText>, options: AnalyseOptions) {
  const notes = {
    files: [] as FileReport[],
    diagnostics: [] as Diagnostic[],
    foreign: [] as { path: string; title: string }[],
    topologies: [] as { path: string; wiring: Wiring }[],
  };
  const files: KnownFile[] = [];
  const sources = new Map<string, Source>();
  const taken = new Map<string, Taken>();
  let held = 0;
  for (const input of inputs) {
    const { path } = input;
    const read = readText(input, options);
    for (const one of read.diagnostics) notes.diagnostics.push(one);
    if (read.is === 'config') {
      taken.set(path, { platform: read.platform, why: read.why });
      held += input.text.length;
      for (const { file, source } of read.pieces) {
        files.push(file);
        // A folder may hold the configs of thousands of hosts: those are parsed again, host by host.
        if (held <= (options.atATime ?? AT_A_TIME)) sources.set(hostKey([file]), source);
      }
      continue;
    }
    if (read.is === 'topology' && read.wiring) notes.topologies.push({ path, wiring: read.wiring });
    if (read.is === 'other' && read.title !== undefined) notes.foreign.push({ path, title: read.title });
    notes.files.push({ path, why: read.why, statements: NO_STATEMENTS });
  }
  const byPath = new Map(inputs.map((one) => [one.path, one]));
  // Platforms that share a file share its statements, which they mark.
  let last: Source | undefined;
  const sourceOf = (file: KnownFile): Source => {
    const kept = sources.get(hostKey([file]));
    if (kept) return kept;
    const input = byPath.get(file.path) as InputText;
    const platform = platformOf(file, options);
    if (!platform.sharesFiles || last?.path !== file.path) last = parseAgain(input, platform);
    return readAgain(input, file, platform, last);
  };
  return { notes, configs: { files, sourceOf }, taken };
}

/** Read only as far as they are asked for; what is wrong with them is not this run's concern. */
function* configsBeside(path: string, options: AnalyseOptions): Generator<KnownFile> {
  for (const { path: other, text } of options.beside?.(path) ?? []) {
    const read = readText({ path: other, text }, options);
    if (read.is === 'config') for (const { file } of read.pieces) yield file;
  }
}
