import { Ajv, type ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import schema from '../../schemas/halint.schema.json' with { type: 'json' };
import { table } from '../syntax/table.ts';
import type { ProjectFile } from './project-file.ts';

/** The project file, or what is wrong with it: sentences that begin with `file:line:`. */
export type CheckedProject = { readonly project: ProjectFile } | { readonly problems: readonly string[] };

type Path = readonly (string | number)[];

/** Parses and checks a project file. `file` is its path as messages show it. */
export function checkProjectFile(file: string, text: string): CheckedProject {
  const { document, lineAt } = parsed(text);
  const say = (offset: number, message: string): string => `${file}:${lineAt(offset)}: ${message}`;
  const [mistake] = document.errors;
  if (mistake) return { problems: [say(mistake.pos[0], `not YAML: ${mistake.message}`)] };
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema);
  if (validate(value)) return { project: value as ProjectFile };
  const errors = deepest(validate.errors ?? []);
  return { problems: [...new Set(errors.map((error) => say(offsetOf(document, pathOf(error)), sentence(error))))] };
}

/** Tells on which line of a YAML text the key or the item at the end of a path stands; the text is parsed when first asked. */
export function lineFinder(text: string): (path: Path) => number {
  let known: Parsed | undefined;
  return (path) => {
    known ??= parsed(text);
    return known.lineAt(offsetOf(known.document, path));
  };
}

interface Parsed {
  readonly document: Document;
  readonly lineAt: (offset: number) => number;
}

function parsed(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  return { document, lineAt: (offset) => Math.max(1, lines.linePos(offset).line) };
}

/** Of the branches of an `anyOf`, the one that went furthest says what is wrong; the others are noise. */
function deepest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const specific = errors.filter((error) => !['anyOf', 'if'].includes(error.keyword));
  return specific.filter((error) => {
    const deeper = specific.some((other) => other.instancePath.startsWith(`${error.instancePath}/`));
    const rivals = specific.filter((other) => other.instancePath === error.instancePath && other !== error);
    const isBranch = error.keyword === 'type' && (deeper || rivals.some((other) => other.keyword !== 'type'));
    return !isBranch && !(error.keyword === 'enum' && (deeper || typeof error.data === 'object'));
  });
}

function pathOf(error: ErrorObject): Path {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return error.keyword === 'additionalProperties' ? [...path, String(error.params.additionalProperty)] : path;
}

/** Where the key or the item at the end of a path stands, or the nearest place around it. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key));
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) return node.range[0];
  }
  return 0;
}

function sentence(error: ErrorObject): string {
  const what = error.instancePath === '' ? 'the project file' : `'${pathOf({ ...error, keyword: '' }).join('.')}'`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      return `unknown key '${error.params.additionalProperty}'${near(String(error.params.additionalProperty), known)}`;
    }
    case 'required':
      return `${what} has no '${error.params.missingProperty}'`;
    case 'enum': {
      const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
      return `${what} is '${error.data}'; it must be one of ${allowed.join(', ')}${near(String(error.data), allowed)}`;
    }
    case 'type':
      return `${what} must be ${[error.params.type].flat().map(typeName).join(' or ')}`;
    case 'pattern':
      return `${what} must be a date of the form 2026-01-31`;
    default:
      return `${what} ${error.message ?? 'is not as it should be'}`;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = table({ object: 'a mapping', array: 'a list', string: 'a text', null: 'empty' });

function typeName(type: unknown): string {
  return TYPE_NAMES[String(type)] ?? `a ${type}`;
}

function near(written: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(written, [...known]);
  return distance(written, best) <= Math.max(2, Math.floor(written.length / 3)) ? `, did you mean '${best}'?` : '';
}
