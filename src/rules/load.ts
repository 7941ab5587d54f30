import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, isCollection, isMap, isPair, isScalar, parseDocument, type Scalar } from 'yaml';
import schema from '../../rules/schema.json' with { type: 'json' };
import { PLATFORM_IDS, type PlatformId } from '../model/platform-id.ts';
import { compileRule, interpreted } from './compile.ts';
import type { RuleProblem } from './problem.ts';
import type { Check, Example, ReadyRule, Rule } from './rule.ts';

/** A rule file read: the rule where it can be used, and what is wrong with it. */
export interface LoadedRule {
  readonly rule?: ReadyRule;
  readonly problems: readonly RuleProblem[];
}

/** Reads a rule file: YAML against the schema, then every expression against the vocabulary. Never throws. */
export function loadRule(file: string, text: string): LoadedRule {
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true });
  const problemAt = (offset: number, message: string): RuleProblem => {
    const before = text.slice(0, Math.min(offset, text.length)).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { file, line: before.length, column, message, source: text.split('\n')[before.length - 1] ?? '' };
  };
  if (document.errors.length > 0) {
    const hint = /:\s*\{\{/.test(text) ? " (a text that begins with '{{' wants quotes)" : '';
    return { problems: document.errors.map((e) => problemAt(e.pos[0], `not YAML: ${e.message}${hint}`)) };
  }
  const value = plainValue(document);
  if (value instanceof Error) return { problems: [problemAt(0, `not YAML: ${value.message}`)] };
  const validate = validator();
  if (!validate(value)) {
    const problems = (validate.errors ?? [])
      .filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'if')
      .map((error) => problemAt(offsetOf(document, pathOf(error), error.keyword === 'additionalProperties'), sentenceFor(error)));
    return { problems: inOrder(problems) };
  }
  const rule = normalised(value as RawRule);
  const compiled = compileRule(rule);
  const problems = [...platformProblems(rule), ...compiled.mistakes].map(({ path, offset, message }) => {
    const node = document.getIn(path, true) ?? document.getIn([...path.slice(0, -1)], true);
    return problemAt(isScalar(node) ? sourceOffset(text, node, offset) : offsetOf(document, path, false), message);
  });
  const stem = file.replaceAll('\\', '/').replace(/\.ya?ml$/, '');
  if (!stem.endsWith(rule.id))
    problems.push(problemAt(offsetOf(document, ['id'], false), `the file of rule ${rule.id} must be ${rule.id}.yaml`));
  return problems.length > 0 ? { problems: inOrder(problems) } : { rule: interpreted(rule, compiled), problems };
}

/** The document's value; an alias to nothing, or one too often used, is an error that `yaml` tells only here. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

type RawCheck = Omit<Check, 'given'> & { readonly given?: string | readonly string[] };
type RawRule = Omit<Rule, 'checks' | 'recommended'> & { readonly recommended?: boolean; readonly checks: readonly RawCheck[] };

/** Fills in what may be left out, and trims the ends that YAML's block texts leave. */
function normalised(raw: RawRule): Rule {
  return {
    ...raw,
    title: raw.title.trim(),
    why: raw.why.trim(),
    recommended: raw.recommended ?? true,
    fix: trimmed(raw.fix),
    checks: raw.checks.map(({ given, ...check }) => ({
      ...check,
      given: given === undefined ? [] : typeof given === 'string' ? [given] : given,
      message: check.message.trim(),
      ...(check.fix ? { fix: trimmed(check.fix) } : {}),
    })),
  };
}

function trimmed(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.trim()]));
}

interface Mistake {
  readonly path: readonly (string | number)[];
  readonly offset: number;
  readonly message: string;
}

function platformProblems(rule: Rule): Mistake[] {
  const known = (name: string) => (PLATFORM_IDS as readonly string[]).includes(name);
  const mistake = (name: string, path: readonly (string | number)[]): Mistake[] =>
    known(name) ? [] : [{ path, offset: 0, message: `unknown platform '${name}'${didYouMean(name, PLATFORM_IDS)}` }];
  const fixes = (texts: Readonly<Record<string, string>> | undefined, path: readonly (string | number)[]) =>
    Object.keys(texts ?? {}).flatMap((name) => (name === 'default' ? [] : mistake(name, [...path, name])));
  return [
    ...fixes(rule.fix, ['fix']),
    ...rule.checks.flatMap((check: Check, i) => [
      ...fixes(check.fix, ['checks', i, 'fix']),
      ...Object.keys(check.suggest ?? {}).flatMap((name) => mistake(name, ['checks', i, 'suggest', name])),
      ...(check.platforms ?? []).flatMap((name: PlatformId, j) => mistake(name, ['checks', i, 'platforms', j])),
    ]),
    ...rule.examples.flatMap((example: Example, i) => mistake(example.platform, ['examples', i, 'platform'])),
  ];
}

let compiledSchema: ValidateFunction | undefined;

function validator(): ValidateFunction {
  compiledSchema ??= new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema);
  return compiledSchema;
}

function pathOf(error: ErrorObject): (string | number)[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return error.keyword === 'additionalProperties' ? [...path, String(error.params.additionalProperty)] : path;
}

/** Where in the file a path leads, or as far as it leads; `key`: to the key rather than the value. */
function offsetOf(document: Document, path: readonly (string | number)[], key: boolean): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last));
    const target = key || isCollection(pair?.value) ? pair?.key : (pair?.value ?? pair?.key);
    if (target && isScalar(target) && target.range) return target.range[0];
  }
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

/** Where character `offset` of a scalar's value stands in the file: quotes, folds and indentation are stepped over. */
function sourceOffset(text: string, node: Scalar, offset: number): number {
  const [start, end] = node.range ?? [0, 0];
  const value = String(node.value);
  let at = start;
  if (/[|>]/.test(text.charAt(at))) at = text.indexOf('\n', at) + 1;
  else if (/["']/.test(text.charAt(at))) at++;
  for (let i = 0; i < offset && at < end; i++) {
    const wanted = value.charAt(i);
    if (/\s/.test(wanted) && /\s/.test(text.charAt(at))) at++;
    else {
      while (at < end && text.charAt(at) !== wanted) at++;
      at++;
    }
  }
  while (at < end && /\s/.test(text.charAt(at)) && !/\s/.test(value.charAt(offset))) at++;
  return Math.min(at, Math.max(start, end - 1));
}

function sentenceFor(error: ErrorObject): string {
  const what = error.instancePath === '' ? 'the rule' : `'${error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/')}'`;
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      return `unknown key '${params.additionalProperty}'${didYouMean(String(params.additionalProperty), known)}`;
    }
    case 'required':
      return `${what} has no '${params.missingProperty}'`;
    case 'enum':
      return `${what} must be one of ${(params.allowedValues as readonly string[]).join(', ')}`;
    case 'type':
      return error.data === null ? `${what} is empty` : `${what} must be a ${typeNames(params.type)}${bracesHint(error)}`;
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return `${what} is empty`;
    case 'pattern':
      return `${what} must look like ${params.pattern}`;
    default:
      return `${what} ${error.message ?? 'is wrong'}`;
  }
}

/** JSON's types as people who write YAML call them. */
function typeNames(types: string | readonly string[]): string {
  const names: Readonly<Record<string, string>> = { object: 'map', array: 'list', string: 'text' };
  return [types]
    .flat()
    .map((type) => names[type] ?? type)
    .join(' or ');
}

function bracesHint(error: ErrorObject): string {
  return error.params.type === 'string' && typeof error.data === 'object' ? "; put a text that begins with '{{' in quotes" : '';
}

/** `; did you mean 'x'?` where one is near, else what there is. */
function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(2, word.length / 3) ? `; did you mean '${near}'?` : `; known are ${known.join(', ')}`;
}

/** Each problem once, from the top of the file to its end. */
function inOrder(problems: readonly RuleProblem[]): RuleProblem[] {
  return [...new Map(problems.map((p) => [`${p.line}:${p.column}:${p.message}`, p])).values()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}
