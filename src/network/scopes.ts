import type { Device } from '../model/device.ts';
import type { Wiring } from './network.ts';

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
  const folders = [...new Set(wirings.map(folderOf))];
  const scopes = new Map<string, { folder: string; devices: Device[]; wirings: Wiring[] }>();
  const scopeAt = (folder: string) => {
    const scope = scopes.get(folder) ?? { folder, devices: [], wirings: [] };
    scopes.set(folder, scope);
    return scope;
  };
  for (const device of devices) scopeAt(deepest(folders, device.at.file)).devices.push(device);
  for (const wiring of wirings) scopeAt(folderOf(wiring)).wirings.push(wiring);
  return [...scopes.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The project file's wiring is everyone's, wherever that file stands. */
function folderOf(wiring: Wiring): string {
  if (wiring.evidence === 'project-file') return '';
  const file = wiring.links[0]?.at.file ?? wiring.nodes[0]?.at.file ?? '';
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}

function deepest(folders: readonly string[], file: string): string {
  let best = '';
  for (const folder of folders) if (folder.length > best.length && file.startsWith(`${folder}/`)) best = folder;
  return best;
}
