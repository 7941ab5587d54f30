import type { Environment } from '@marcbachmann/cel-js';
import { baseEnvironment } from './cel/environment.ts';
import { compileExpression, type Expression } from './cel/expression.ts';
import { countStepsOf } from './cel/steps.ts';
import { compilePlace, type ListPath } from './compile-place.ts';
import { BOOL, type ExpressionMistake, elementType, LIST, type Report, reporter } from './compile-report.ts';
import { compileSuggestion } from './compile-suggestion.ts';
import { compileText } from './compile-text.ts';
import { type CheckPlan, mapPlan, type RelatedPlan, type TextPlan } from './plan.ts';
import type { Check, ReadyRule, Rule } from './rule.ts';
import { SUBJECTS, typeName, type WordName } from './vocabulary/vocabulary.ts';

/** The plans of a rule's checks, and what is wrong with it. A check with a mistake has no plan. */
export interface CompiledRule {
  readonly plans: readonly CheckPlan<Expression>[];
  readonly mistakes: readonly ExpressionMistake[];
}

/** Parses and type-checks every expression of a rule. */
export function compileRule(rule: Rule): CompiledRule {
  const mistakes: ExpressionMistake[] = [];
  const plans = rule.checks.flatMap((check, index) => compileCheck(rule, check, reporter(index, check, mistakes)) ?? []);
  return { plans, mistakes };
}

/** A rule that the interpreter runs. */
export function interpreted(rule: Rule, { plans }: CompiledRule): ReadyRule {
  const ready = plans.map((plan) => mapPlan(plan, (expression) => expression.ask));
  const start = () => {
    countStepsOf(rule.id);
    return ready;
  };
  return { ...rule, plans: start };
}

function compileCheck(rule: Rule, check: Check, report: Report): CheckPlan<Expression> | undefined {
  const kind = SUBJECTS.find((name) => name === check.for);
  if (!kind) {
    report(['for'], { offset: 0, message: `'${check.for}' is no entity; choose from ${SUBJECTS.join(', ')}` });
    return undefined;
  }
  const environment = baseEnvironment().clone().registerVariable(kind, typeName(kind));
  if (rule.options) environment.registerVariable({ name: 'options', schema: optionTypes(rule.options) });
  const lets = Object.entries(check.let ?? {}).map(([name, text]) => {
    const expression = report(['let', name], compileExpression(text, environment));
    environment.registerVariable(name, expression?.type ?? 'dyn');
    return expression && ([name, expression] as const);
  });
  const given = check.given.map((text, i) => report(['given', i], compileExpression(text, environment), BOOL));
  const each = check.each === undefined ? undefined : report(['each'], compileExpression(check.each, environment), LIST);
  const inner = each ? environment.clone().registerVariable('each', elementType(each.type)) : environment;
  const require = report(['require'], compileExpression(check.require, inner), BOOL);
  const telling = compileTelling(rule, check, kind, inner, each, report);
  if (!require || !telling || lets.includes(undefined) || given.includes(undefined)) return undefined;
  const suggest = compileSuggestions(check, inner, report);
  return { lets: lets.filter(isDefined), given: given.filter(isDefined), ...(each ? { each } : {}), require, ...telling, suggest };
}

/** How a finding is told. */
function compileTelling(
  rule: Rule,
  check: Check,
  kind: WordName,
  environment: Environment,
  each: Expression | undefined,
  report: Report,
): Pick<CheckPlan<Expression>, 'at' | 'message' | 'fix' | 'related'> | undefined {
  const at = report(['at'], compilePlace(check.at ?? kind, environment, each && { variable: 'each', list: each }));
  const message = report(['message'], compileText(check.message, environment));
  const fixes = Object.entries(check.fix ?? rule.fix).map(([platform, text]) => {
    const parts = report(['fix', platform], compileText(text, environment));
    return parts && ([platform, parts] as const);
  });
  const related = (check.related ?? []).map((_, i) => compileRelated(check, i, environment, report));
  if (!at || !message || fixes.includes(undefined) || related.includes(undefined)) return undefined;
  const fix: Record<string, TextPlan<Expression>> = Object.fromEntries(fixes.filter(isDefined));
  return { at, message, fix, related: related.filter(isDefined) };
}

/** The suggestions that have no mistake: `report` is told of the others. */
function compileSuggestions(check: Check, environment: Environment, report: Report): CheckPlan<Expression>['suggest'] {
  return Object.fromEntries(
    Object.entries(check.suggest ?? {}).map(([platform, said]) => {
      const path = ['suggest', platform];
      const plans =
        'edits' in said
          ? [compileSuggestion(said, path, environment, report)]
          : said.map((one, i) => compileSuggestion(one, [...path, i], environment, report));
      return [platform, plans.filter(isDefined)];
    }),
  );
}

function compileRelated(check: Check, index: number, environment: Environment, report: Report): RelatedPlan<Expression> | undefined {
  const related = check.related?.[index];
  if (!related) return undefined;
  const path = ['related', index] as const;
  const each = related.each === undefined ? undefined : report([...path, 'each'], compileExpression(related.each, environment), LIST);
  const inner = each ? environment.clone().registerVariable('other', elementType(each.type)) : environment;
  const item: ListPath | undefined = each && { variable: 'other', list: each };
  const given = related.given === undefined ? undefined : report([...path, 'given'], compileExpression(related.given, inner), BOOL);
  const at = report([...path, 'at'], compilePlace(related.at, inner, item));
  const message = report([...path, 'message'], compileText(related.message, inner));
  return at && message && { ...(each ? { each } : {}), ...(given ? { given } : {}), at, message };
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function optionTypes(options: NonNullable<Rule['options']>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, optionType(value)]));
}

function optionType(value: number | string | boolean): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
