import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Node as YamlNode } from 'yaml';
import type { Diagnostic, ParsedText, Statement } from './statement.ts';
import { PLACEHOLDER } from './template.ts';

/*
 * YAML and JSON as statements: a key with a scalar is `[key, value]`, a key with a map or list is `[key]`
 * with children, an element of a list is `['-', value]` or `['-']` with children.
 */

/** Deeper data, and more of it than this (aliases multiply), is left out. */
const MAX_DEPTH = 100;
const MAX_STATEMENTS = 200_000;

type Growing = Statement & { parent?: Statement };

/** Turns an offset into line and column, both from 1. */
export type Locate = (offset: number) => { readonly line: number; readonly col: number };

interface Builder {
  readonly file: string;
  readonly locate: Locate;
  count: number;
  /** Nodes by their anchor; a later anchor of one name takes its place, as YAML wants it. */
  readonly anchors: Map<string, YamlNode>;
  /** Where values begin that are no more than the start of what they should be: strings without their other quote. */
  readonly garbled: ReadonlySet<number>;
}

/** An offset range, end exclusive. */
type Range = readonly [number, number];

function statement(
  builder: Builder,
  key: { text: string; range: Range },
  value: { text: string; range: Range } | undefined,
  end: number,
): Growing {
  builder.count++;
  const start = builder.locate(key.range[0]);
  const keyEnd = builder.locate(key.range[1]);
  const last = builder.locate(end);
  const at = value && builder.locate(value.range[0]);
  const valueEnd = value && builder.locate(value.range[1]);
  return {
    words: value ? [key.text, value.text] : [key.text],
    columns: at ? [start.col, at.col] : [start.col],
    ...(at && at.line !== start.line ? { lines: [start.line, at.line] } : {}),
    // A value of several lines ends on another: its place then covers its first character.
    ends: at && valueEnd ? [keyEnd.col, valueEnd.line === at.line ? valueEnd.col : at.col + 1] : [keyEnd.col],
    file: builder.file,
    line: start.line,
    column: start.col,
    endLine: last.line,
    endColumn: last.col,
    children: [],
  };
}

function adopt(parent: Growing | undefined, list: Statement[], child: Growing): void {
  if (parent) child.parent = parent;
  list.push(child);
}

/** Reads YAML, several documents one after the other; anchors and merge keys are followed. Never throws. */
export function parseYaml(text: string, file: string): ParsedText {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const builder: Builder = { file, locate: (offset) => lines.linePos(offset), count: 0, anchors: new Map(), garbled: new Set() };
  const statements: Statement[] = [];
  const diagnostics: Diagnostic[] = [];
  if (!Array.isArray(documents)) return { statements, diagnostics };
  for (const document of documents) {
    for (const error of document.errors) {
      diagnostics.push({ kind: 'syntax', file, line: lines.linePos(error.pos[0]).line, message: yamlMessage(error.message) });
    }
    if (isNode(document.contents)) yamlChildren(builder, document.contents, undefined, statements, 0);
  }
  return { statements, diagnostics };
}

/** What the YAML parser says, without what it stumbles over: it quotes that, and it may be a password. */
export function yamlMessage(message: string): string {
  const [line = ''] = message.split('\n');
  const plain = line
    .replace(/ at line \d+, column \d+:?$/, '')
    .replace(/(?<=[^\s:]): .*$/, '')
    .replace(/(?<=escape sequence) .*$/, '')
    .replace(/^The .* tag has no suffix$/, 'A tag has no suffix')
    .replace(/^(Verbatim tags aren't resolved).*$/, '$1')
    .replace(/(?<=Unsupported YAML version|Unknown directive) .*$/, '');
  return plain.slice(0, 120);
}

function rangeOf(node: unknown, fallback: Range): Range {
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : fallback;
}

/** The node that an alias stands for; notes anchors as they come. */
function resolved(builder: Builder, node: unknown): YamlNode | undefined {
  if (!isNode(node)) return undefined;
  if (isAlias(node)) return builder.anchors.get(node.source);
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) builder.anchors.set(node.anchor, node);
  return node;
}

function yamlChildren(builder: Builder, node: YamlNode, parent: Growing | undefined, list: Statement[], depth: number): void {
  if (depth > MAX_DEPTH || builder.count > MAX_STATEMENTS) return;
  const target = resolved(builder, node);
  if (isSeq(target)) {
    for (const item of target.items) {
      const range = rangeOf(item, rangeOf(target, [0, 0]));
      yamlEntry(builder, { text: '-', range: [range[0], range[0]] }, item, parent, list, depth);
    }
    return;
  }
  if (!isMap(target)) return;
  for (const pair of target.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const range = rangeOf(pair.key, [0, 0]);
    const text = String(pair.key.value);
    if (text === '<<' && isNode(pair.value)) yamlChildren(builder, pair.value, parent, list, depth + 1);
    else yamlEntry(builder, { text, range }, pair.value, parent, list, depth);
  }
}

function yamlEntry(
  builder: Builder,
  key: { text: string; range: Range },
  value: unknown,
  parent: Growing | undefined,
  list: Statement[],
  depth: number,
): void {
  const target = resolved(builder, value);
  const range = rangeOf(value, key.range);
  if (isScalar(target)) {
    const text = target.value === null ? '' : String(target.value);
    adopt(parent, list, statement(builder, key, { text, range }, range[1]));
    return;
  }
  const made = statement(builder, key, undefined, Math.max(range[1], key.range[1]));
  adopt(parent, list, made);
  if (isNode(target)) yamlChildren(builder, target, made, made.children, depth + 1);
}

/** The parsers call themselves for each level, and a stack is finite: far more than any config nests. */
const MAX_BRACKETS = 1000;

/** Where brackets and braces outside strings nest deeper than can be read. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > MAX_BRACKETS) return index;
  }
  return undefined;
}

/** Reads JSON, with comments and trailing commas if need be. Never throws. */
export function parseJson(text: string, file: string): ParsedText {
  const locate = locator(text);
  const deep = tooDeep(text);
  if (deep !== undefined)
    return { statements: [], diagnostics: [{ kind: 'syntax', file, line: locate(deep).line, message: 'nests too deep' }] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const diagnostics = errors.map((error): Diagnostic => {
    return { kind: 'syntax', file, line: locate(error.offset).line, message: `not JSON here: ${printParseErrorCode(error.error)}` };
  });
  // One mistake is often several errors.
  const told = diagnostics.filter(({ line }, index) => diagnostics[index - 1]?.line !== line);
  const statements: Statement[] = [];
  const garbled = new Set(errors.map(({ offset }) => offset));
  if (root) jsonChildren({ file, locate, count: 0, anchors: new Map(), garbled }, root, undefined, statements, 0);
  return { statements, diagnostics: told };
}

function jsonChildren(builder: Builder, node: JsonNode, parent: Growing | undefined, list: Statement[], depth: number): void {
  if (depth > MAX_DEPTH || builder.count > MAX_STATEMENTS) return;
  for (const child of node.children ?? []) {
    if (node.type === 'array') jsonEntry(builder, { text: '-', range: [child.offset, child.offset] }, child, parent, list, depth);
    const [key, value] = child.children ?? [];
    if (node.type !== 'object' || !key) continue;
    const range: Range = [key.offset, key.offset + key.length];
    if (value) jsonEntry(builder, { text: String(key.value), range }, value, parent, list, depth);
  }
}

function jsonEntry(
  builder: Builder,
  key: { text: string; range: Range },
  value: JsonNode,
  parent: Growing | undefined,
  list: Statement[],
  depth: number,
): void {
  const range: Range = [value.offset, value.offset + value.length];
  if (value.type !== 'object' && value.type !== 'array') {
    const text = builder.garbled.has(range[0]) ? PLACEHOLDER : value.value === null ? '' : String(value.value);
    adopt(parent, list, statement(builder, key, { text, range }, range[1]));
    return;
  }
  const made = statement(builder, key, undefined, range[1]);
  adopt(parent, list, made);
  jsonChildren(builder, value, made, made.children, depth + 1);
}

/** Line and column, from 1, of an offset in a text, by binary search over the lines' starts. */
export function locator(text: string): Locate {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, col: offset - (starts[low] as number) + 1 };
  };
}
