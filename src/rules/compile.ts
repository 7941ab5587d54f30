import type { Environment } from '@marcbachmann/cel-js';
import { baseEnvironment } from './cel/environment.ts';
import { compileExpression, type Expression, type ExpressionProblem, isProblem } from './cel/expression.ts';
import { lazy } from './indexes.ts';
import { compilePlace, type ListPath, type PlaceFinder } from './places.ts';
import type { Check, Rule } from './rule.ts';
import { compileText, type Text } from './text.ts';
import { type Variables, variablesWith } from './variables.ts';
import { SUBJECTS, typeName, type WordName } from './vocabulary/vocabulary.ts';

/** A check whose expressions are parsed and type-checked. */
export interface CompiledCheck {
  readonly check: Check;
  readonly kind: WordName;
  /** The check's variables for one subject. */
  readonly variables: (given: Readonly<Record<string, unknown>>) => Variables;
  readonly given: readonly Expression[];
  readonly each?: Expression;
  readonly require: Expression;
  /** How a finding is told; compiled when there is a first one. */
  readonly telling: () => Telling;
}

export interface Telling {
  readonly at: PlaceFinder;
  readonly message: Text;
  readonly fix: Readonly<Record<string, Text>>;
  readonly related: readonly CompiledRelated[];
}

export interface CompiledRelated {
  readonly each?: Expression;
  readonly given?: Expression;
  readonly at: PlaceFinder;
  readonly message: Text;
}

/** A mistake in one of a rule's expressions: the path to it in the rule, and the character (from 0) of that text. */
export interface ExpressionMistake extends ExpressionProblem {
  readonly path: readonly (string | number)[];
}

/** The compiled checks of a rule, and what is wrong with it. A check with a mistake is left out. */
export interface CompiledRule {
  readonly checks: readonly CompiledCheck[];
  /** What is wrong with its conditions. */
  readonly flaws: readonly ExpressionMistake[];
  /** All that is wrong with it, its messages included. */
  readonly mistakes: () => readonly ExpressionMistake[];
}

const compiled = new WeakMap<Rule, CompiledRule>();

/** Compiles a rule; the same rule is compiled once. */
export function compileRule(rule: Rule): CompiledRule {
  let result = compiled.get(rule);
  if (!result) {
    const drafts = rule.checks.map((check, index) => compileCheck(rule, check, index));
    result = {
      checks: drafts.flatMap((draft) => draft.check ?? []),
      flaws: drafts.flatMap((draft) => draft.mistakes),
      mistakes: () => {
        for (const draft of drafts) draft.telling?.();
        return drafts.flatMap((draft) => draft.mistakes);
      },
    };
    compiled.set(rule, result);
  }
  return result;
}

/** A check on the way: `telling` adds to its mistakes. */
interface Draft {
  readonly mistakes: readonly ExpressionMistake[];
  readonly check?: CompiledCheck;
  readonly telling?: () => Telling | undefined;
}

type Report = <T extends object>(path: readonly (string | number)[], result: T | ExpressionProblem, type?: RegExp) => T | undefined;

function compileCheck(rule: Rule, check: Check, index: number): Draft {
  const mistakes: ExpressionMistake[] = [];
  const report: Report = (path, result, type) => {
    const full = [...(path[0] === 'fix' && !check.fix ? [] : ['checks', index]), ...path];
    if (isProblem(result)) mistakes.push({ ...result, path: full });
    else if (type && 'type' in result && !type.test(String(result.type)))
      mistakes.push({ path: full, offset: 0, message: `gives a ${result.type}; it must be a ${NAMES.get(type)}` });
    else return result;
    return undefined;
  };
  const kind = SUBJECTS.find((name) => name === check.for);
  if (!kind) {
    const message = `'${check.for}' is no entity; choose from ${SUBJECTS.join(', ')}`;
    return { mistakes: [{ path: ['checks', index, 'for'], offset: 0, message }] };
  }
  const environment = baseEnvironment().clone().registerVariable(kind, typeName(kind));
  if (rule.options) environment.registerVariable({ name: 'options', schema: optionTypes(rule.options) });
  const lets = Object.entries(check.let ?? {}).flatMap(([name, text]) => {
    const expression = report(['let', name], compileExpression(text, environment));
    environment.registerVariable(name, expression?.type ?? 'dyn');
    return expression ? [[name, expression] as const] : [];
  });
  const given = check.given
    .map((text, i) => report(['given', i], compileExpression(text, environment), BOOL))
    .filter((g) => g !== undefined);
  const each = check.each === undefined ? undefined : report(['each'], compileExpression(check.each, environment), LIST);
  const inner = each ? environment.clone().registerVariable('each', elementType(each.type)) : environment;
  const require = report(['require'], compileExpression(check.require, inner), BOOL);
  const telling = lazy(() => compileTelling(rule, check, kind, inner, each, report));
  if (mistakes.length > 0 || !require) return { mistakes, telling };
  const known = (): Telling => telling() ?? notChecked(rule, mistakes);
  return {
    mistakes,
    telling,
    check: { check, kind, variables: variablesWith(lets), given, ...(each ? { each } : {}), require, telling: known },
  };
}

/** What only a bug leads to: rules are checked when they are loaded. */
export function notChecked(rule: Rule, [first]: readonly ExpressionMistake[]): never {
  throw new Error(`rule ${rule.id} was not checked before use: ${first?.path.join('.')}: ${first?.message}`);
}

function compileTelling(
  rule: Rule,
  check: Check,
  kind: WordName,
  environment: Environment,
  each: Expression | undefined,
  report: Report,
): Telling | undefined {
  const at = report(['at'], compilePlace(check.at ?? kind, environment, each && { variable: 'each', list: each }));
  const message = report(['message'], compileText(check.message, environment));
  const fixes = Object.entries(check.fix ?? rule.fix).map(
    ([platform, text]) => [platform, report(['fix', platform], compileText(text, environment))] as const,
  );
  const fix = Object.fromEntries(fixes.flatMap(([platform, text]) => (text ? [[platform, text]] : [])));
  const related = (check.related ?? []).map((_, i) => compileRelated(check, i, environment, report));
  if (!at || !message || fixes.some(([, text]) => !text) || related.includes(undefined)) return undefined;
  return { at, message, fix, related: related.filter((r) => r !== undefined) };
}

function compileRelated(check: Check, index: number, environment: Environment, report: Report): CompiledRelated | undefined {
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

const BOOL = /^(bool|dyn)$/;
const LIST = /^(list|dyn)/;
const NAMES = new Map([
  [BOOL, 'bool'],
  [LIST, 'list'],
]);

function elementType(list: string): string {
  return /^list<(.+)>$/.exec(list)?.[1] ?? 'dyn';
}

function optionTypes(options: NonNullable<Rule['options']>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, optionType(value)]));
}

function optionType(value: number | string | boolean): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
