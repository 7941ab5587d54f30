import type { Device } from '../model/device.ts';
import { isSecret, type Secret } from '../model/entity.ts';
import { keysOf } from '../network/domain-keys.ts';
import { hostFolders, hostKey } from '../project/hosts.ts';
import { maskMessage, maskValue } from '../syntax/secrets.ts';
import { type DraftNotes, type FolderNotes, hostOptionsOf, notesOf } from './folder-notes.ts';
import type { AnalyseOptions, InputText } from './input.ts';
import { joined, type Survey } from './survey.ts';

/** What one host's configs say, apart from all others: made anywhere, joined elsewhere. */
export interface DeviceRecord {
  readonly device: Device;
  readonly host: Omit<DraftNotes, 'keys'>;
}

/** What became of the files of a folder. */
export interface FolderRecord {
  readonly folder: Omit<FolderNotes, 'hosts'>;
}

export type FactsRecord = DeviceRecord | FolderRecord;

/**
 * Reads texts into facts, one record after the other, without secrets. `seal` makes of a secret's digest what may be
 * compared with others that it made; without it no two secrets can be compared, and what depends on that is unknown.
 */
export function writeFacts(
  texts: readonly InputText[],
  options: AnalyseOptions,
  write: (record: FactsRecord) => void,
  seal?: (digest: string) => string,
): void {
  const inputs = [...texts].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const folder of hostFolders(inputs, hostOptionsOf(options))) {
    const { hosts: _, ...about } = notesOf(folder, options, (device, { keys: __, ...host }) =>
      write({ device: safe(device, seal) as Device, host: safe(host, seal) as DeviceRecord['host'] }),
    );
    if (about.files.length > 0) write({ folder: safe(about, seal) as FolderRecord['folder'] });
  }
}

/** A record, and where to find it again. */
export interface Stored {
  readonly record: FactsRecord;
  readonly again: () => FactsRecord;
}

/** What the records of one or more runs come to; of a device no more is kept than of a text. */
export function surveyOf(records: Iterable<Stored>, options: Pick<AnalyseOptions, 'wirings'>): Survey {
  const hosts: DraftNotes[] = [];
  const folders: FolderNotes[] = [];
  const again = new Map<string, () => FactsRecord>();
  for (const stored of records) {
    const { record } = stored;
    if ('folder' in record) {
      folders.push({ hosts: [], ...record.folder });
      continue;
    }
    hosts.push({ ...record.host, keys: keysOf(record.device) });
    again.set(hostKey(record.host.draft.files), stored.again);
  }
  // Names go to the first that asks: whoever made the records, the order is that of paths.
  hosts.sort((a, b) => (firstPath(a) < firstPath(b) ? -1 : 1));
  return {
    ...joined([{ hosts, files: [], diagnostics: [], foreign: [], topologies: [] }, ...folders], options),
    deviceOf: ({ name, files }) => {
      const record = again.get(hostKey(files))?.();
      if (!record || !('device' in record)) throw new Error(`no facts of ${name}`);
      return named(record.device, name);
    },
  };
}

function firstPath({ draft }: DraftNotes): string {
  return draft.files[0]?.path ?? '';
}

/** The device under another name, which all that is its says, too. */
function named(device: Device, name: string): Device {
  if (device.name === name) return device;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'device' ? name : walk(part)]));
  };
  return { ...(walk(device) as Device), name };
}

/** Fields that hold a sentence of halint's own, in which `password` is just a word. */
const SENTENCES: ReadonlySet<string> = new Set(['text', 'message', 'why', 'reason', 'cannotFire']);
/** Fields that hold paths, which are none of a config's words. */
const PATHS: ReadonlySet<string> = new Set(['file', 'files', 'path', 'templates']);

/** The same without secrets. */
function safe(value: unknown, seal: ((digest: string) => string) | undefined, field = ''): unknown {
  if (typeof value === 'string') return PATHS.has(field) ? value : SENTENCES.has(field) ? maskMessage(value) : maskValue(value);
  if (Array.isArray(value)) return value.map((part) => safe(part, seal, field));
  if (typeof value !== 'object' || value === null) return value;
  const said: Record<string, unknown> = {};
  const open: string[] = [];
  for (const [key, part] of Object.entries(value)) {
    if (!isSecretFact(part)) said[key] = safe(part, seal, key === 'value' ? field : key);
    else if (seal) said[key] = { ...part, value: { secret: true, digest: seal(part.value.digest) } };
    else open.push(key);
  }
  if (open.length > 0) said.open = [...((said.open as string[] | undefined) ?? []), ...open];
  return said;
}

function isSecretFact(part: unknown): part is { readonly value: Secret } {
  return typeof part === 'object' && part !== null && 'value' in part && isSecret(part.value);
}
