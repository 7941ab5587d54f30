import { byDefault, type Fact } from '../model/fact.ts';
import type { SourceText } from '../syntax/source.ts';
import type { ParsedText, Statement } from '../syntax/statement.ts';
import { maskVariables, PLACEHOLDER } from '../syntax/template.ts';
import { parseData } from '../syntax/templated-data.ts';
import { flag, scalar, whole } from '../syntax/tree.ts';

/** JSON begins with a bracket, and its first key with a quote; `{class: ADC}` is YAML. */
const FLOW_YAML = /^[\s{[]{0,200}[A-Za-z_][\w-]{0,100}[ \t]*:/;

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && !FLOW_YAML.test(text);
}

/** Reads a declaration in JSON or YAML, or what becomes either when it is rendered. */
export function parseDeclaration(source: SourceText): ParsedText {
  const text = maskVariables(source.text, true);
  return parseData({ ...source, text }, isJson(text) ? 'json' : 'yaml');
}

/** Whether a text states, in JSON or YAML, that an object is of one of these classes (`ADC|AS3`). */
export function statesClass(text: string, classes: string): boolean {
  const json = new RegExp(`"class"[ \\t\\r\\n]{0,40}:[ \\t\\r\\n]{0,40}"(?:${classes})"`);
  if (isJson(text)) return json.test(text);
  const yaml = new RegExp(
    `(?:^|[{,])[ \\t]{0,80}(?:-[ \\t]{1,20})?(?:["']class["']:[ \\t]{0,20}|class:[ \\t]{1,20})["']?(?:${classes})["']?[ \\t\\r]{0,20}(?:$|[,}#])`,
    'm',
  );
  return yaml.test(text);
}

/** How deep below other keys (`as3_declaration`, a task's `uri`, `body`) a declaration is looked for. */
const MAX_NESTING = 10;

/** Members of every object of a class: the whole file, a document of it, or an object below other keys. */
export function objectsOfClass(statements: readonly Statement[], name: string, depth = 0): (readonly Statement[])[] {
  if (depth > MAX_NESTING) return [];
  if (statements.some((s) => s.words[0] === 'class' && s.words[1] === name)) return [statements];
  return statements.flatMap((s) => objectsOfClass(s.children, name, depth + 1));
}

/**
 * Whether a file is a config of F5's BIG-IP Runtime Init: all its declarations are for one device, which gets them one
 * after the other. (https://github.com/F5Networks/f5-bigip-runtime-init#deploying-a-big-ip: the first Declarative
 * Onboarding without the cluster, the last one with it.)
 */
export function isRuntimeInit(statements: readonly Statement[]): boolean {
  return statements.some((s) => s.words[0] === 'extension_services');
}

/** A file that describes an interface, with declarations as its examples, or a script that writes them. */
export function onlyQuotes({ path, text }: SourceText): boolean {
  return text.startsWith('#!') || /\.schema\.json$/i.test(path) || /^["' \t{]{0,8}(?:openapi|swagger)["']?[ \t]{0,8}:/m.test(text);
}

/** The member of a JSON object; marks it as read. */
export function key(s: Statement | undefined, name: string): Statement | undefined {
  const found = s?.children.findLast((c) => c.words[0] === name);
  if (found) found.use = 'read';
  return found;
}

/** The string, number or boolean of a member, as text. */
export function text(s: Statement | undefined, name: string): Fact<string> | undefined {
  const found = key(s, name);
  return found && found.children.length === 0 ? scalar(found) : undefined;
}

/** The boolean of a member, `usual` where it is not there (`page` says so); undefined where a template decides. */
export function flagOr(s: Statement | undefined, name: string, usual: boolean, page: string): Fact<boolean> | undefined {
  const found = key(s, name);
  return found ? flag(found) : byDefault(usual, page);
}

/** The whole number of a member, `usual` where it is not there; undefined where a template decides. */
export function wholeOr(s: Statement | undefined, name: string, usual: number, page: string): Fact<number> | undefined {
  const found = key(s, name);
  return found ? whole(found) : byDefault(usual, page);
}

/** The `class` of an object. */
export function classOf(s: Statement): string | undefined {
  return text(s, 'class')?.value;
}

/** Elements of an array member. */
export function elements(s: Statement | undefined, name: string): Statement[] {
  const list = (key(s, name)?.children ?? []).filter((c) => c.words[0] === '-');
  for (const item of list) item.use = 'read';
  return list;
}

/** A name for people: what a template leaves open is an ellipsis. */
export function shownName(name: string): string {
  return name.replaceAll(new RegExp(`${PLACEHOLDER}+`, 'g'), '…');
}
