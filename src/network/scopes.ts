import type { Device } from '../model/device.ts';
import type { Wiring } from './network.ts';
import { push } from './port-index.ts';
import { WHOLE_TOPOLOGY } from './segments.ts';

/** Devices and wiring that belong to one network. */
export interface Scope {
  /** Folder of the topology that makes it a network of its own; empty for the rest. */
  readonly folder: string;
  readonly devices: readonly Device[];
  readonly wirings: readonly Wiring[];
}

/**
 * Splits what was read into networks. A folder that holds a topology file is a network of its own:
 * a repo may keep several sites, or a network before and after a change, that use the same names and
 * addresses. Everything under no such folder is one network.
 */
export function splitScopes(devices: readonly Device[], wirings: readonly Wiring[]): Scope[] {
  const folderFor = scopeFinder(wirings);
  const scopes = new Map<string, { folder: string; devices: Device[]; wirings: Wiring[] }>();
  const scopeAt = (folder: string) => {
    const scope = scopes.get(folder) ?? { folder, devices: [], wirings: [] };
    scopes.set(folder, scope);
    return scope;
  };
  for (const device of devices) scopeAt(folderFor(device.at.file)).devices.push(device);
  for (const { scope, wirings: own } of wiringsIn(wirings)) scopeAt(scope).wirings.push(...own);
  return [...scopes.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Wiring by the network that it belongs to. */
export function wiringsIn(wirings: readonly Wiring[]): { readonly scope: string; readonly wirings: readonly Wiring[] }[] {
  const folderFor = scopeFinder(wirings);
  const scopes = new Map<string, Wiring[]>();
  for (const wiring of wirings) push(scopes, folderFor(fileOf(wiring)), wiring);
  return [...scopes].map(([scope, own]) => ({ scope, wirings: own }));
}

/** The network that a path belongs to: the deepest folder above it that holds a whole topology, else none (''). */
export function scopeFinder(wirings: readonly Wiring[]): (path: string) => string {
  const folders = [...new Set(wirings.filter((w) => WHOLE_TOPOLOGY.has(w.evidence)).map((w) => folderOf(fileOf(w))))];
  return (path) => {
    let best = '';
    for (const folder of folders) if (folder.length > best.length && path.startsWith(`${folder}/`)) best = folder;
    return best;
  };
}

function fileOf(wiring: Wiring): string {
  return wiring.links[0]?.at.file ?? wiring.nodes[0]?.at.file ?? '';
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}
