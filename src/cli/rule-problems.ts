import { lineFinder } from '../project/check-project-file.ts';
import type { ProjectPart } from '../project/extends.ts';
import { optionProblems } from '../rules/options.ts';
import type { Rule } from '../rules/rule.ts';
import { didYouMean } from './suggest.ts';

/** Rules and options that project files name and that do not exist: sentences that begin with `file:line:`. */
export function ruleProblems(parts: readonly ProjectPart[], rules: readonly Rule[]): string[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const unknown = (id: string): string => `there is no rule '${id}'${didYouMean(id, [...byId.keys()])}`;
  return parts.flatMap(({ name, text, project }) => {
    const lineOf = lineFinder(text);
    const say = (path: readonly (string | number)[], message: string): string => `${name}:${lineOf(path)}: ${message}`;
    const named = Object.entries(project.rules ?? {}).flatMap(([id, said]) => {
      const rule = byId.get(id);
      if (!rule) return [say(['rules', id], unknown(id))];
      const options = typeof said === 'string' ? {} : (said.options ?? {});
      return Object.entries(options).flatMap(([option, value]) =>
        optionProblems(rule, { [option]: value }).map((problem) => say(['rules', id, 'options', option], problem)),
      );
    });
    const ignored = (project.ignore ?? []).flatMap(({ rule }, index) =>
      rule === undefined || byId.has(rule) ? [] : [say(['ignore', index, 'rule'], unknown(rule))],
    );
    return [...named, ...ignored];
  });
}
