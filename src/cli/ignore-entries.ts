import { startOfLine } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import { lineFinder } from '../project/check-project-file.ts';
import type { Ignore } from '../project/project-file.ts';
import type { IgnoreEntry } from '../rules/ignore-entry.ts';
import { isExpired } from './settings.ts';
import type { Project } from './workspace.ts';

/** The `ignore`s of the project file as things that rules can ask about; `used`: those that kept something back. */
export function ignoreEntries({ parts }: Project, isUsed: (ignore: Ignore) => boolean, today: string): IgnoreEntry[] {
  const [own] = parts;
  if (!own) return [];
  const lineOf = lineFinder(own.text);
  return (own.project.ignore ?? []).map((ignore, index) => ({
    at: startOfLine(own.name, lineOf(['ignore', index])),
    device: '',
    platform: '' as PlatformId,
    about: aboutOf(ignore),
    reason: ignore.reason,
    ...(ignore.until === undefined ? {} : { until: ignore.until }),
    expired: isExpired(ignore, today),
    used: isUsed(ignore),
  }));
}

function aboutOf({ rule, device, path }: Ignore): string {
  return [rule ?? 'everything', ...(device === undefined ? [] : [`on ${device}`]), ...(path === undefined ? [] : [`in ${path}`])].join(' ');
}
