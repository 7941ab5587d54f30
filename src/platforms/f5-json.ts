import { byDefault, type Fact } from '../model/fact.ts';
import { parseJson, parseYaml } from '../syntax/data.ts';
import type { SourceText } from '../syntax/source.ts';
import type { Diagnostic, ParsedText, Statement } from '../syntax/statement.ts';
import { MAYBE, MAYBE_END, maskVariables, PLACEHOLDER, withoutMarks } from '../syntax/template.ts';
import { flag, scalar, whole } from '../syntax/tree.ts';

/** JSON begins with a bracket, and its first key with a quote; `{class: ADC}` is YAML. */
const FLOW_YAML = /^[\s{[]{0,200}[A-Za-z_][\w-]{0,100}[ \t]*:/;

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && !FLOW_YAML.test(text);
}

/**
 * Reads a declaration in JSON or YAML. One that only becomes either when it is rendered is read too:
 * what it leaves open is unknown, and what stands in a condition or a loop may not be there.
 */
export function parseDeclaration(source: SourceText): ParsedText {
  const masked = maskMustaches(maskVariables(withoutMarks(source.text), true));
  const parsed = isJson(masked) ? parseJson(quotePlaceholders(masked), source.path) : parseYaml(masked, source.path);
  markMaybes(parsed.statements, maybeLines(source.text));
  return { ...parsed, diagnostics: parsed.diagnostics.map(withoutQuotation) };
}

/** Masks Mustache's `{{{NAME}}}`, in which F5's own tools fill declarations in, at equal length. */
function maskMustaches(text: string): string {
  return text.replace(/\{\{\{[ \t]{0,8}[\w.]{1,100}[ \t]{0,8}\}\}\}/g, (name) => PLACEHOLDER.repeat(name.length));
}

/** What the YAML parser stumbles over it quotes after a colon: that may be a password. */
function withoutQuotation(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, message: diagnostic.message.replace(/^([^:]*(?:token|characters|sequence)[^:]*): .*$/, '$1') };
}

/** Lines, from 1, that begin within a conditional stretch of a template, or hold the start of one. */
function maybeLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  if (!text.includes(MAYBE)) return lines;
  let depth = 0;
  text.split('\n').forEach((line, i) => {
    if (depth > 0 || line.includes(MAYBE)) lines.add(i + 1);
    depth = Math.max(0, depth + line.split(MAYBE).length - line.split(MAYBE_END).length);
  });
  return lines;
}

/** Marks the outermost statements of conditional stretches; what stands within them is as sure as they are. */
function markMaybes(statements: readonly Statement[], lines: ReadonlySet<number>): void {
  if (lines.size === 0) return;
  for (const s of statements) {
    if (lines.has(s.line)) (s as { maybe?: boolean }).maybe = true;
    else markMaybes(s.children, lines);
  }
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

/** Makes strings of placeholders that stand outside of any (`"port": ${port}`), at equal length. */
function quotePlaceholders(text: string): string {
  if (!text.includes(PLACEHOLDER)) return text;
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') {
      at = stringEnd(text, at);
    } else if (char === PLACEHOLDER) {
      let end = at;
      while (text[end] === PLACEHOLDER) end++;
      parts.push(text.slice(kept, at), end - at < 2 ? '0' : `"${PLACEHOLDER.repeat(end - at - 2)}"`);
      kept = end;
      at = end - 1;
    }
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

/** Offset of the quote that closes the string opened at `open`; a string ends with its line at the latest. */
function stringEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"' || text[at] === '\n') return at;
  }
  return text.length;
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
