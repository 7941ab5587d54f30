import picomatch from 'picomatch';
import type { PlatformId } from '../model/platform-id.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Source } from '../syntax/source.ts';
import { withoutArchiveEnding } from './archive-path.ts';

/** A file that was recognised and parsed. */
export interface KnownSource {
  readonly source: Source;
  readonly platform: Platform;
}

/** The files of one host. */
export interface Host {
  readonly name: string;
  readonly sources: readonly KnownSource[];
}

/** What the project file says of devices: name to the globs of its files. */
export type DeviceOverrides = Readonly<Record<string, { readonly files: readonly string[]; readonly platform?: string }>>;

export interface HostOptions {
  readonly overrides?: DeviceOverrides;
  /** Name of the folder that relative paths start from, for files at the top. */
  readonly top: string;
  /** The network a path belongs to: names need only differ within one. */
  readonly scopeOf?: (path: string) => string;
  /** A path as the overrides' globs see it. */
  readonly projectPath?: (path: string) => string;
  /** Configs in the folder of a file that are not looked at in this run, but tell whether the folder is one host's. */
  readonly beside?: (path: string) => Iterable<KnownSource>;
}

/** Switch systems that route by FRR, whose frr.conf stands beside their own config. */
const ROUTED_BY_FRR: ReadonlySet<PlatformId> = new Set(['cumulus-linux', 'sonic']);

/** Folders that configs are collected in; one that stands alone in such a folder has no better name. */
const COLLECTIONS = /^(?:conf|configs?|cfg|files|templates)$/i;

/** Folders inside a host's folder, which name no host. */
const CUSTOMARY =
  /^(?:etc|conf|config|configs|cfg|haproxy|keepalived|nginx|envoy|traefik|frr|network|netplan|systemd|sysctl\.d|conf\.d|interfaces\.d|sites-(?:enabled|available)|partitions|rootfs|usr|local|files|templates)$/i;

/**
 * Groups files into hosts and names each: by the host name that a config states, else by the folder
 * where that holds the configs of one host, else by the file's stem (docs: "Device name").
 */
export function groupHosts(known: readonly KnownSource[], options: HostOptions): Host[] {
  const { chosen, rest } = takeOverrides(known, options.overrides ?? {}, options.projectPath ?? ((path) => path));
  const byFolder = new Map<string, KnownSource[]>();
  for (const one of rest.flatMap(split)) {
    const folder = hostFolder(one.source.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), one]);
  }
  const drafts = [...byFolder].flatMap(([folder, files]) => draftsOf(folder, files, options));
  return [...chosen, ...named(drafts, options.scopeOf ?? (() => ''))].sort((a, b) => compare(firstPath(a), firstPath(b)));
}

/** A file that describes several hosts as one source for each. */
function split({ source, platform }: KnownSource): KnownSource[] {
  return (platform.split?.(source) ?? [source]).map((part) => ({ source: part, platform }));
}

interface Draft {
  readonly sources: readonly KnownSource[];
  /** Stated host name; `weak` where people copy it (keepalived's router_id). */
  readonly stated?: { readonly name: string; readonly weak: boolean };
  /** Names to fall back on, best first; a longer path tells equal ones apart. */
  readonly fallback: string;
  readonly path: string;
}

function draftsOf(folder: string, files: readonly KnownSource[], { top, beside }: HostOptions): Draft[] {
  if (isOneHost(files)) {
    const whole = draft(files, lastPart(withoutArchiveEnding(folder)) || collectionOf(files) || top, folder || top);
    if (whole.stated || !sharesFolder(files, beside)) return [whole];
  }
  const mains = files.filter((f) => f.platform.extent(f.source) === 'main');
  const parts = files.filter((f) => f.platform.extent(f.source) === 'part');
  const hosts = mains.map((main) => [main]);
  for (const part of parts) {
    const homes = hosts.filter(([main]) => main && belongs(part, main));
    if (homes.length === 1) homes[0]?.push(part);
    else hosts.push([part]);
  }
  return hosts.map((sources) =>
    draft(sources, stem(sources[0]?.source.path ?? ''), (sources[0]?.source.path ?? '').replace(/\.[^./]*$/, '')),
  );
}

/** Whether the folder also holds configs of other hosts, so that it can name none of them. */
function sharesFolder(files: readonly KnownSource[], beside: HostOptions['beside']): boolean {
  for (const { source } of files) {
    for (const other of beside?.(source.path) ?? []) if (!isOneHost([...files, other])) return true;
  }
  return false;
}

/** The folder of a collection that all files stand in. */
function collectionOf(files: readonly KnownSource[]): string | undefined {
  const names = new Set(files.map(({ source }) => lastPart(source.path.split('/').slice(0, -1).join('/'))));
  const [name = ''] = names;
  return names.size === 1 && COLLECTIONS.test(name) ? name : undefined;
}

/** A part and a main file of one platform that state no two host names. */
function belongs(part: KnownSource, main: KnownSource): boolean {
  if (part.platform.id !== main.platform.id) return false;
  const [a, b] = [part, main].map((one) => one.platform.hostname(one.source)?.value);
  return a === undefined || b === undefined || a === b;
}

function isOneHost(files: readonly KnownSource[]): boolean {
  const mains = files.filter((f) => f.platform.extent(f.source) === 'main').map((f) => f.platform.id);
  if (new Set(mains).size !== mains.length) return false;
  const hasRouting = files.some((f) => ROUTED_BY_FRR.has(f.platform.id));
  const own = files.filter((f) => !(hasRouting && f.platform.id === 'frr'));
  const kinds = new Set(own.map((f) => f.platform.host ?? f.platform.id));
  if (kinds.size > 1) return false;
  const names = files.filter((f) => f.platform.id !== 'keepalived').map((f) => f.platform.hostname(f.source)?.value);
  return new Set(names.filter((name) => name !== undefined)).size <= 1;
}

function draft(sources: readonly KnownSource[], fallback: string, path: string): Draft {
  for (const weak of [false, true]) {
    for (const { platform, source } of sources) {
      const name = (platform.id === 'keepalived') === weak ? platform.hostname(source)?.value : undefined;
      if (name) return { sources, fallback, path, stated: { name: platform.host === 'f5' ? shortHost(name) : name, weak } };
    }
  }
  return { sources, fallback, path };
}

/** F5's host names carry a domain: `lb1.example.net` is lb1; an address stays whole. */
function shortHost(name: string): string {
  return /^[\d.:a-fA-F]+$/.test(name) ? name : (name.split('.')[0] as string);
}

/** Gives every draft a name of its own within its network. */
function named(drafts: readonly Draft[], scopeOf: (path: string) => string): Host[] {
  const scope = (d: Draft): string => scopeOf(firstPath(d));
  const count = (list: readonly Draft[], name: (d: Draft) => string | undefined) => {
    const counts = new Map<string, number>();
    for (const d of list) {
      const key = `${scope(d)}\n${name(d)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return (d: Draft): number => counts.get(`${scope(d)}\n${name(d)}`) ?? 0;
  };
  const statedCount = count(drafts, (d) => d.stated?.name);
  const base = (d: Draft): string => (d.stated && !(d.stated.weak && statedCount(d) > 1) ? d.stated.name : d.fallback);
  const baseCount = count(drafts, base);
  const taken = new Set<string>();
  return drafts.map((d) => {
    const plain = base(d);
    let name = plain;
    if (baseCount(d) > 1)
      name = d.stated && !d.stated.weak && !taken.has(`${scope(d)}\n${plain}`) ? plain : d.stated ? `${plain} (${d.path})` : d.path;
    for (let n = 2; taken.has(`${scope(d)}\n${name}`); n++) name = `${plain} (${d.path} ${n})`;
    taken.add(`${scope(d)}\n${name}`);
    return { name, sources: d.sources };
  });
}

function takeOverrides(
  known: readonly KnownSource[],
  overrides: DeviceOverrides,
  projectPath: (path: string) => string,
): { chosen: Host[]; rest: KnownSource[] } {
  let rest = [...known];
  const chosen: Host[] = [];
  for (const [name, { files }] of Object.entries(overrides)) {
    const matches = picomatch([...files]);
    const sources = rest.filter((one) => matches(projectPath(one.source.path)));
    rest = rest.filter((one) => !sources.includes(one));
    if (sources.length > 0) chosen.push({ name, sources });
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

function firstPath(of: { readonly sources: readonly KnownSource[] }): string {
  return of.sources[0]?.source.path ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
