import type { Entity } from '../model/entity.ts';
import type { Place } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Finding } from './finding.ts';

/** A comment in a config that keeps findings back. */
export interface Suppression extends Entity {
  /** Rule id, or `*` for every rule. */
  readonly rule: string;
  readonly reason?: string;
  /** First and last line it holds for. */
  readonly from: number;
  readonly to: number;
}

/** A config that may hold such comments, and whose it is. */
export interface CommentedFile {
  readonly path: string;
  readonly text: string;
  /** What starts a comment; empty: the platform keeps none. */
  readonly comment: string;
  readonly platform: PlatformId;
  readonly device: string;
}

const MARK = 'halint-';
const DIRECTIVE = /halint-(disable-next-line|disable|enable)(?:[ \t]+([^\s-][^\r\n]*|\*[^\r\n]*))?/;

/**
 * The suppressions of a file: `halint-disable-next-line RULE -- reason`, and `halint-disable RULE` up to
 * `halint-enable RULE` or the end, behind the platform's own comment sign. Several rules are separated
 * by blanks or commas; none means every rule.
 */
export function suppressionsIn(file: CommentedFile): Suppression[] {
  if (file.comment === '' || !file.text.includes(MARK)) return [];
  const lines = file.text.split('\n');
  const found: Suppression[] = [];
  const open = new Map<string, Suppression>();
  lines.forEach((line, index) => {
    const start = line.indexOf(file.comment);
    const match = start < 0 ? null : DIRECTIVE.exec(line.slice(start));
    if (!match) return;
    const at: Place = { file: file.path, line: index + 1, column: start + 1, endLine: index + 1, endColumn: line.trimEnd().length + 1 };
    const [list = '', reason] = (match[2] ?? '').split(/[ \t]--[ \t]+/);
    const rules = list.split(/[\s,]+/).filter((rule) => rule !== '' && rule !== '--');
    for (const rule of rules.length > 0 ? rules : ['*']) {
      const kept = { at, device: file.device, platform: file.platform, rule, ...(reason ? { reason: reason.trim() } : {}) };
      if (match[1] === 'disable-next-line') {
        const next = nextLine(lines, index, file.comment);
        found.push({ ...kept, from: next, to: next });
      } else if (match[1] === 'disable') {
        open.set(rule, { ...kept, from: index + 1, to: lines.length });
      } else {
        const opened = open.get(rule);
        if (opened) found.push({ ...opened, to: index + 1 });
        open.delete(rule);
      }
    }
  });
  return [...found, ...open.values()];
}

/** The next line that says something: comments and blank lines may stand between. */
function nextLine(lines: readonly string[], index: number, comment: string): number {
  let next = index + 1;
  while (next < lines.length - 1 && /^\s*$/.test(lines[next] ?? '')) next++;
  while (next < lines.length - 1 && (lines[next] ?? '').trimStart().startsWith(comment)) next++;
  return next + 1;
}

/** What is left of the findings, how many were kept back, and which suppressions kept nothing back. */
export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  readonly unused: readonly Suppression[];
}

/** Takes out the findings that begin on a suppressed line, or whose block begins there. */
export function applySuppressions(findings: readonly Finding[], suppressions: readonly Suppression[]): Suppressed {
  const used = new Set<Suppression>();
  const kept = findings.filter((finding) => {
    const fits = suppressions.filter(
      (s) =>
        s.at.file === finding.at.file &&
        (s.rule === '*' || s.rule === finding.rule) &&
        s.from <= finding.at.line &&
        finding.at.line <= s.to,
    );
    for (const s of fits) used.add(s);
    return fits.length === 0;
  });
  return { findings: kept, suppressed: findings.length - kept.length, unused: suppressions.filter((s) => !used.has(s)) };
}
