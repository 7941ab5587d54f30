import picomatch from 'picomatch';
import { globsOf, type Ignore, type ProjectFile } from '../project/project-file.ts';
import type { RuleSetting, RuleSettings } from '../rules/evaluate.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Rule } from '../rules/rule.ts';
import { UserError } from './io.ts';
import { didYouMean } from './suggest.ts';
import type { Project } from './workspace.ts';

const LEVELS: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'off'];

/**
 * The rules' settings: the project file's, then `--rule ID=severity` of the command line. A rule or an option that
 * does not exist is the user's mistake, told with its line.
 */
export async function ruleSettings(project: Project, asked: readonly string[], rules: readonly Rule[]): Promise<RuleSettings> {
  const { file, parts } = project;
  if (parts.some((part) => part.project.rules || part.project.ignore)) {
    const { ruleProblems } = await import('./rule-problems.ts');
    const problems = ruleProblems(parts, rules);
    if (problems.length > 0) throw new UserError(problems.join('\n'));
  }
  const settings: Record<string, RuleSetting> = {};
  for (const [id, said] of Object.entries(file.rules ?? {}))
    settings[id] = typeof said === 'string' ? { severity: said } : withoutOverrides(said);
  for (const one of asked) {
    const [id = '', severity = ''] = one.split('=');
    knownRule(id, rules);
    const level = LEVELS.find((known) => known === severity);
    if (!level) throw new UserError(`--rule wants ID=${LEVELS.join('|')}, not '${one}'${didYouMean(severity, LEVELS)}`);
    settings[id] = { ...settings[id], severity: level };
  }
  return { rules: settings, all: file.extends === 'halint:all' };
}

function withoutOverrides({ severity, options }: RuleSetting): RuleSetting {
  return { ...(severity === undefined ? {} : { severity }), ...(options === undefined ? {} : { options }) };
}

/** The rules of ids and of patterns such as `monitor/*`. */
export function chosenRules<R extends Rule>(asked: readonly string[], rules: readonly R[]): R[] {
  const chosen = asked.flatMap((id) => {
    if (!id.includes('*')) return [knownRule(id, rules)];
    const fits = picomatch(id);
    const found = rules.filter((rule) => fits(rule.id));
    if (found.length === 0) throw new UserError(`no rule is like '${id}' (halint rules lists them)`);
    return found;
  });
  return [...new Set(chosen)];
}

/** The rule of an id; an unknown id is the user's mistake. */
export function knownRule<R extends Rule>(id: string, rules: readonly R[]): R {
  const rule = rules.find((one) => one.id === id);
  if (rule) return rule;
  throw new UserError(
    `there is no rule '${id}'${didYouMean(
      id,
      rules.map((one) => one.id),
    )}${' (halint rules lists them)'}`,
  );
}

/** Findings with the severity that the project file gives their paths and devices; those switched off there are left out. */
export function applyOverrides(findings: readonly Finding[], file: ProjectFile, toProject: (path: string) => string): Finding[] {
  const overrides = Object.entries(file.rules ?? {}).flatMap(([rule, said]) =>
    typeof said === 'string'
      ? []
      : (said.overrides ?? []).map(({ files, devices, severity }) => ({
          rule,
          severity,
          devices,
          fits: files === undefined ? () => true : picomatch([...globsOf(files)]),
        })),
  );
  if (overrides.length === 0) return [...findings];
  return findings.flatMap((finding) => {
    const path = toProject(finding.at.file);
    const last = overrides.findLast(
      (one) => one.rule === finding.rule && (one.devices === undefined || globsOf(one.devices).includes(finding.device)) && one.fits(path),
    );
    if (last?.severity === 'off') return [];
    return [last ? { ...finding, severity: last.severity } : finding];
  });
}

/** Splits findings into those that count and those that an `ignore` of the project file keeps back on the day `today`. */
export function applyIgnores(
  findings: readonly Finding[],
  file: ProjectFile,
  toProject: (path: string) => string,
  today: string,
): { readonly kept: Finding[]; readonly suppressed: number; readonly used: ReadonlySet<Ignore> } {
  const ignores = (file.ignore ?? [])
    .filter((one) => !isExpired(one, today))
    .map((one) => ({ one, fits: one.path === undefined ? () => true : picomatch(one.path) }));
  const used = new Set<Ignore>();
  const kept = findings.filter((finding) => {
    const fitting = ignores.filter(
      ({ one, fits }) =>
        (one.rule ?? finding.rule) === finding.rule &&
        (one.device ?? finding.device) === finding.device &&
        fits(toProject(finding.at.file)),
    );
    for (const { one } of fitting) used.add(one);
    return fitting.length === 0;
  });
  return { kept, suppressed: findings.length - kept.length, used };
}

/** Whether the last day of an `ignore` is past. */
export function isExpired({ until }: Ignore, today: string): boolean {
  return until !== undefined && today > until;
}
