import type { Fact } from '../../model/fact.ts';
import { type Context, find } from './context.ts';
import { textOf } from './objects.ts';

/**
 * Whether config sync brings an object to the other units: not where its folder, or the nearest one above that says so, has
 * `device-group none`.
 * https://clouddocs.f5.com/cli/tmsh-reference/latest/modules/sys/sys_folder.html
 */
export function syncedBy(context: Context, name: string): Fact<boolean> | undefined {
  for (let end = name.lastIndexOf('/'); end >= 0; end = name.lastIndexOf('/', end - 1)) {
    const folder = find(context, 'sys folder', end === 0 ? '/' : name.slice(0, end));
    const group = folder && textOf(folder, 'device-group');
    if (group) return { ...group, value: group.value !== 'none' };
    if (end === 0) break;
  }
  return undefined;
}
