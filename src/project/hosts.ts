import picomatch from 'picomatch';
import type { PlatformId } from '../model/platform-id.ts';
import type { Platform } from '../platforms/platform.ts';
import { withoutArchiveEnding } from './archive-path.ts';

/** A file that a platform took, and what it says of whose it is. */
export interface KnownFile {
  readonly path: string;
  readonly platform: PlatformId;
  /** See `Platform.host`. */
  readonly host?: Platform['host'];
  /** The host name that it states. */
  readonly hostname?: string;
  /** See `Platform.extent`. */
  readonly extent: 'main' | 'part';
  /** Which of the hosts in the file, where it describes several: see `Platform.split`. */
  readonly piece?: number;
}

/** What tells the hosts of a run apart, whatever their names: their first file, who wrote it, and which of the hosts in it. */
export function hostKey([first]: readonly KnownFile[]): string {
  return `${first?.path}\n${first?.platform}\n${first?.piece ?? 0}`;
}

/** What the project file says of devices: name to the globs of its files. */
export type DeviceOverrides = Readonly<Record<string, { readonly files: readonly string[]; readonly platform?: string }>>;

export interface HostOptions {
  readonly overrides?: DeviceOverrides;
  /** Name of the folder that relative paths start from, for files at the top. */
  readonly top: string;
  /** A path as the overrides' globs see it. */
  readonly projectPath?: (path: string) => string;
  /** Configs in the folder of a file that are not looked at in this run, but tell whether the folder is one host's. */
  readonly beside?: (path: string) => Iterable<KnownFile>;
}

/** Switch systems that route by FRR, whose frr.conf stands beside their own config. */
const ROUTED_BY_FRR: ReadonlySet<PlatformId> = new Set(['cumulus-linux', 'sonic']);

/** Folders that configs are collected in; one that stands alone in such a folder has no better name. */
const COLLECTIONS = /^(?:conf|configs?|cfg|files|templates)$/i;

/** Folders inside a host's folder, which name no host. */
const CUSTOMARY =
  /^(?:etc|conf|config|configs|cfg|haproxy|keepalived|nginx|envoy|traefik|frr|network|netplan|systemd|sysctl\.d|conf\.d|interfaces\.d|sites-(?:enabled|available)|partitions|rootfs|usr|local|files|templates)$/i;

/** Files that are one host because the project file says so, or that stand in one host's folder and may be one host or several. */
export interface HostFolder<T> {
  /** The project file's name for them. */
  readonly name?: string;
  readonly folder: string;
  readonly files: readonly T[];
}

/** Puts files together by the folder that stands for their host; what the project file's `devices` names goes before. */
export function hostFolders<T extends { readonly path: string }>(files: readonly T[], options: HostOptions): HostFolder<T>[] {
  const { chosen, rest } = takeOverrides(files, options.overrides ?? {}, options.projectPath ?? ((path) => path));
  const byFolder = new Map<string, T[]>();
  for (const one of rest) {
    const folder = hostFolder(one.path);
    const there = byFolder.get(folder);
    if (there) there.push(one);
    else byFolder.set(folder, [one]);
  }
  return [...chosen, ...[...byFolder].map(([folder, here]) => ({ folder, files: here }))];
}

/** Files of one host that has no name yet. */
export interface Draft {
  readonly files: readonly KnownFile[];
  /** Named by the project file. */
  readonly name?: string;
  /** Stated host name; `weak` where people copy it (keepalived's router_id). */
  readonly stated?: { readonly name: string; readonly weak: boolean };
  /** Name to fall back on; a longer path tells equal ones apart. */
  readonly fallback: string;
  readonly path: string;
}

/** The hosts whose files stand in one folder. */
export function draftsIn({ name, folder, files }: HostFolder<KnownFile>, options: HostOptions): Draft[] {
  if (files.length === 0) return [];
  return name === undefined ? draftsOf(folder, files, options) : [{ files, name, fallback: name, path: name }];
}

function draftsOf(folder: string, files: readonly KnownFile[], { top, beside }: HostOptions): Draft[] {
  if (isOneHost(files)) {
    const whole = draft(files, lastPart(withoutArchiveEnding(folder)) || collectionOf(files) || top, folder || top);
    if (whole.stated || !sharesFolder(files, beside)) return [whole];
  }
  const mains = files.filter((f) => f.extent === 'main');
  const parts = files.filter((f) => f.extent === 'part');
  const hosts = mains.map((main) => [main]);
  for (const part of parts) {
    const sameFile = hosts.filter(([main]) => main?.path === part.path);
    const homes = sameFile.length > 0 ? sameFile : hosts.filter(([main]) => main && belongs(part, main));
    if (homes.length === 1) homes[0]?.push(part);
    else hosts.push([part]);
  }
  return hosts.map((own) => draft(own, stem(firstPath(own)), firstPath(own).replace(/\.[^./]*$/, '')));
}

/** Whether the folder also holds configs of other hosts, so that it can name none of them. */
function sharesFolder(files: readonly KnownFile[], beside: HostOptions['beside']): boolean {
  for (const { path } of files) {
    for (const other of beside?.(path) ?? []) if (!isOneHost([...files, other])) return true;
  }
  return false;
}

/** The folder of a collection that all files stand in. */
function collectionOf(files: readonly KnownFile[]): string | undefined {
  const names = new Set(files.map(({ path }) => lastPart(path.split('/').slice(0, -1).join('/'))));
  const [name = ''] = names;
  return names.size === 1 && COLLECTIONS.test(name) ? name : undefined;
}

/** A part and a main file of one platform that state no two host names. */
function belongs(part: KnownFile, main: KnownFile): boolean {
  if (part.platform !== main.platform) return false;
  const [a, b] = [part.hostname, main.hostname];
  return a === undefined || b === undefined || a === b;
}

function isOneHost(files: readonly KnownFile[]): boolean {
  const mains = files.filter((f) => f.extent === 'main').map((f) => f.platform);
  if (new Set(mains).size !== mains.length) return false;
  const hasRouting = files.some((f) => ROUTED_BY_FRR.has(f.platform));
  const own = files.filter((f) => !(hasRouting && f.platform === 'frr'));
  const kinds = new Set(own.map((f) => f.host ?? f.platform));
  if (kinds.size > 1) return false;
  const names = files.filter((f) => f.platform !== 'keepalived').map((f) => f.hostname);
  return new Set(names.filter((name) => name !== undefined)).size <= 1;
}

function draft(files: readonly KnownFile[], fallback: string, path: string): Draft {
  for (const weak of [false, true]) {
    for (const { platform, host, hostname } of files) {
      const name = (platform === 'keepalived') === weak ? hostname : undefined;
      if (name) return { files, fallback, path, stated: { name: host === 'f5' ? shortHost(name) : name, weak } };
    }
  }
  return { files, fallback, path };
}

/** F5's host names carry a domain: `lb1.example.net` is lb1; an address stays whole. */
function shortHost(name: string): string {
  return /^[\d.:a-fA-F]+$/.test(name) ? name : (name.split('.')[0] as string);
}

/**
 * Gives every draft a name of its own within its network, in their order: the project file's, else the host name that
 * its config states, else the folder's or file's (docs: "Device name").
 */
export function nameDrafts(drafts: readonly Draft[], scopeOf: (path: string) => string): string[] {
  const scope = (d: Draft): string => scopeOf(firstPath(d.files));
  const free = drafts.filter((d) => d.name === undefined);
  const count = (name: (d: Draft) => string | undefined) => {
    const counts = new Map<string, number>();
    for (const d of free) {
      const key = `${scope(d)}\n${name(d)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return (d: Draft): number => counts.get(`${scope(d)}\n${name(d)}`) ?? 0;
  };
  const statedCount = count((d) => d.stated?.name);
  const base = (d: Draft): string => (d.stated && !(d.stated.weak && statedCount(d) > 1) ? d.stated.name : d.fallback);
  const baseCount = count(base);
  const taken = new Set<string>();
  return drafts.map((d) => {
    if (d.name !== undefined) return d.name;
    const plain = base(d);
    let name = plain;
    if (baseCount(d) > 1)
      name = d.stated && !d.stated.weak && !taken.has(`${scope(d)}\n${plain}`) ? plain : d.stated ? `${plain} (${d.path})` : d.path;
    for (let n = 2; taken.has(`${scope(d)}\n${name}`); n++) name = `${plain} (${d.path} ${n})`;
    taken.add(`${scope(d)}\n${name}`);
    return name;
  });
}

/** The name that a draft has where no other host has it: for a first reading. */
export function likelyName({ name, stated, fallback }: Draft): string {
  return name ?? stated?.name ?? fallback;
}

function takeOverrides<T extends { readonly path: string }>(
  files: readonly T[],
  overrides: DeviceOverrides,
  projectPath: (path: string) => string,
): { chosen: HostFolder<T>[]; rest: readonly T[] } {
  let rest = files;
  const chosen: HostFolder<T>[] = [];
  for (const [name, { files: globs }] of Object.entries(overrides)) {
    const matches = picomatch([...globs]);
    const own = new Set(rest.filter((one) => matches(projectPath(one.path))));
    rest = rest.filter((one) => !own.has(one));
    if (own.size > 0) chosen.push({ name, folder: '', files: [...own] });
  }
  return { chosen, rest };
}

/** The folder that stands for the host: customary folders at the end of the path, and BIG-IP's partitions, are left out. */
function hostFolder(path: string): string {
  const parts = path.split('/').slice(0, -1);
  if (parts.at(-2) === 'partitions') parts.pop();
  while (parts.length > 0 && CUSTOMARY.test(parts.at(-1) as string)) parts.pop();
  return parts.join('/');
}

function stem(path: string): string {
  const name = lastPart(path);
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}

function lastPart(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '.' && part !== '..')
      .at(-1) ?? ''
  );
}

function firstPath(files: readonly KnownFile[]): string {
  return files[0]?.path ?? '';
}
