import type { Environment } from '@marcbachmann/cel-js';
import { baseEnvironment } from './cel/environment.ts';
import { compileExpression, type Expression, type ExpressionProblem, isProblem } from './cel/expression.ts';
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
  readonly mistakes: readonly ExpressionMistake[];
}

const compiled = new WeakMap<Rule, CompiledRule>();

/** Compiles a rule; the same rule is compiled once. */
export function compileRule(rule: Rule): CompiledRule {
  let result = compiled.get(rule);
  if (!result) {
    const mistakes: ExpressionMistake[] = [];
    const checks = rule.checks.map((check, index) => compileCheck(rule, check, index, mistakes)).filter((c) => c !== undefined);
    result = { checks, mistakes };
    compiled.set(rule, result);
  }
  return result;
}

type Report = <T extends object>(path: readonly (string | number)[], result: T | ExpressionProblem, type?: RegExp) => T | undefined;

function compileCheck(rule: Rule, check: Check, index: number, mistakes: ExpressionMistake[]): CompiledCheck | undefined {
  const before = mistakes.length;
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
    mistakes.push({
      path: ['checks', index, 'for'],
      offset: 0,
      message: `'${check.for}' is no entity; choose from ${SUBJECTS.join(', ')}`,
    });
    return undefined;
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
  const at = report(['at'], compilePlace(check.at ?? kind, inner, each && { variable: 'each', list: each }));
  const message = report(['message'], compileText(check.message, inner));
  const fix: Record<string, Text> = {};
  for (const [platform, text] of Object.entries(check.fix ?? rule.fix)) {
    const compiledText = report(['fix', platform], compileText(text, inner));
    if (compiledText) fix[platform] = compiledText;
  }
  const related = (check.related ?? []).map((_, i) => compileRelated(check, i, inner, report)).filter((r) => r !== undefined);
  if (mistakes.length > before || !require || !at || !message) return undefined;
  return { check, kind, variables: variablesWith(lets), given, ...(each ? { each } : {}), require, at, message, fix, related };
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
