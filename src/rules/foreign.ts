import type { Entity } from '../model/entity.ts';
import { startOfLine } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';

/** A config of a system that halint does not read, as a thing that rules can ask about. */
export interface Foreign extends Entity {
  /** What the system is called. */
  readonly title: string;
}

/** Such files as things that rules can ask about; they belong to no device that halint knows. */
export function foreignOf(files: readonly { readonly path: string; readonly title: string }[]): Foreign[] {
  return files.map(({ path, title }) => ({
    at: startOfLine(path, 1),
    device: '',
    platform: '' as PlatformId,
    title,
  }));
}
