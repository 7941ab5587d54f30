import { PLACEHOLDER } from '../../syntax/template.ts';

/** A line as keepalived sees it after parameters and conditions, and the line of the file it came from. */
export interface ExpandedLine {
  readonly text: string;
  /** Line of the file, from 1. */
  readonly line: number;
  /** Behind `@id`: there on some hosts only. */
  readonly maybe: boolean;
  /** Something was put in, so the columns are not the file's. */
  readonly moved: boolean;
}

/** A text after expansion. */
export interface Expansion {
  readonly lines: readonly ExpandedLine[];
  /** Not everything could be expanded: a sequence too long, a parameter that contains itself. */
  readonly partial: boolean;
}

const DEFINITION = /^\s*\$([A-Za-z_]\w*)=(.*)$/;
const CONDITION = /^\s*@\^?[^\s@]+/;
/** Values that keepalived itself defines; which ones is known only on the host. */
const PREDEFINED = /\$\{_(?:PWD|INSTANCE|RANDOM|HASH|BANG)[^}]{0,40}\}/g;
const MAX_LINES = 5000;
const MAX_STEPS = 200_000;
const MAX_DEPTH = 20;
const MAX_WIDTH = 20_000;

/** Whether a text uses parameters, conditions or sequences at all. */
export function needsExpansion(text: string): boolean {
  return /^[ \t]*(?:@|\$[A-Za-z_]\w*=|~(?:SEQ|LST))/m.test(text) || text.includes('${');
}

/** Replaces comments (`!` or `#` outside double quotes, to the end of the line) by blanks, at equal length. */
export function blankComments(text: string): string {
  if (!/[!#]/.test(text)) return text;
  return text.replace(/^[^\n\r\u2028\u2029!#]*[!#][^\n]*/gm, (line) => {
    const start = commentStart(line);
    return start < 0 ? line : line.slice(0, start) + line.slice(start).replace(/[^\r\uE001\uE002]/g, ' ');
  });
}

function commentStart(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '#' || char === '!')) return at;
  }
  return -1;
}

interface State {
  readonly values: Map<string, readonly ExpandedLine[]>;
  readonly out: ExpandedLine[];
  partial: boolean;
  /** Lines looked at so far: parameters that use one another grow without bound. */
  steps: number;
}

/**
 * Expands `$NAME=value` parameters (many lines too), `@id` conditions, `~SEQ` and `~LST`, as
 * keepalived.conf(5) describes them under ADVANCED CONFIGURATION. Comments must be blanked before.
 */
export function expand(text: string): Expansion {
  const state: State = { values: new Map(), out: [], partial: false, steps: 0 };
  const lines = text
    .split('\n')
    .map((line, index): ExpandedLine => ({ text: line.replace(/\r$/, ''), line: index + 1, maybe: false, moved: false }));
  run(lines, state, 0);
  return { lines: state.out, partial: state.partial };
}

function run(lines: readonly ExpandedLine[], state: State, depth: number): void {
  for (let index = 0; index < lines.length; index++) {
    if (++state.steps > MAX_STEPS) state.partial = true;
    if (state.partial) return;
    let line = lines[index] as ExpandedLine;
    const condition = CONDITION.exec(line.text);
    if (condition) line = { ...line, text: ' '.repeat(condition[0].length) + line.text.slice(condition[0].length), maybe: true };
    const definition = DEFINITION.exec(line.text);
    if (!definition) {
      emit(line, state, depth);
      continue;
    }
    const body: ExpandedLine[] = [];
    let value = definition[2] as string;
    const isBlock = /^\s*\\\s*$/.test(value);
    while (/\\\s*$/.test(value) && index + 1 < lines.length) {
      const next = lines[++index] as ExpandedLine;
      value = next.text;
      body.push({ ...next, text: value.replace(/\\\s*$/, '') });
    }
    const first = { ...line, text: (definition[2] as string).trim(), moved: true };
    const known = state.values.has(definition[1] as string);
    // Behind a condition the value is one of several, so it is not known.
    const uncertain = line.maybe || (known && (state.values.get(definition[1] as string)?.some((l) => l.maybe) ?? false));
    if (uncertain) state.values.set(definition[1] as string, [{ ...first, text: PLACEHOLDER, maybe: true }]);
    else state.values.set(definition[1] as string, isBlock ? body : [first]);
  }
}

const SEQUENCE = /^\s*~SEQ(x?)\(([^()]{1,80})\)\s?(.*)$/;
const LIST = /^\s*~LST\(([^()]{1,2000})\)\s?(.*)$/;

function emit(line: ExpandedLine, state: State, depth: number): void {
  if (depth > MAX_DEPTH || state.out.length >= MAX_STEPS || line.text.length > MAX_WIDTH) {
    state.partial = true;
    return;
  }
  const sequence = SEQUENCE.exec(line.text);
  const rounds = sequence ? sequenceRounds(sequence[2] as string, sequence[1] === 'x') : listRounds(LIST.exec(line.text)?.[1]);
  if (rounds) {
    const rest = (sequence ? sequence[3] : LIST.exec(line.text)?.[2]) as string;
    for (const round of rounds) {
      for (const [name, value] of round) state.values.set(name, [{ ...line, text: value }]);
      emit({ ...line, text: rest, moved: true }, state, depth + 1);
      if (state.partial) return;
    }
    return;
  }
  if (/^\s*~(?:SEQ|LST)/.test(line.text)) {
    state.partial = true;
    return;
  }
  const alone = /^\s*\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))\s*$/.exec(line.text);
  const block = alone && state.values.get((alone[1] ?? alone[2]) as string);
  if (block)
    run(
      block.map((inner) => ({ ...inner, maybe: inner.maybe || line.maybe })),
      state,
      depth + 1,
    );
  else substitute(line, state, depth);
}

function substitute(line: ExpandedLine, state: State, depth: number): void {
  let moved = false;
  const text = line.text.replace(/\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)(?=\s|$)/g, (whole, braced?: string, bare?: string) => {
    const value = state.values.get((braced ?? bare) as string)?.[0]?.text;
    if (value === undefined) return whole;
    moved = true;
    return value;
  });
  if (moved) {
    emit({ ...line, text, moved: true }, state, depth + 1);
    return;
  }
  const masked = text.replace(PREDEFINED, mask).replace(/\$\{[^}\s]{0,60}\}/g, mask);
  state.out.push({ ...line, text: masked });
}

function mask(name: string): string {
  return PLACEHOLDER.repeat(name.length);
}

type Round = readonly (readonly [string, string])[];

function sequenceRounds(args: string, hex: boolean): Round[] | undefined {
  const [name, ...numbers] = args.split(',').map((arg) => arg.trim());
  const [a, b, c] = numbers.map(Number);
  if (!name || numbers.length === 0 || numbers.length > 3 || numbers.map(Number).some((n) => !Number.isInteger(n))) return undefined;
  const end = (c ?? b ?? a) as number;
  const start = numbers.length === 1 ? (end > 0 ? 1 : -1) : (a as number);
  const step = numbers.length === 3 ? (b as number) : end >= start ? 1 : -1;
  if (step === 0 || (end - start) / step > MAX_LINES) return undefined;
  const rounds: Round[] = [];
  for (let n = start; step > 0 ? n <= end : n >= end; n += step) rounds.push([[name, hex ? n.toString(16) : String(n)]]);
  return rounds;
}

function listRounds(args: string | undefined): Round[] | undefined {
  const parts = args
    ?.match(/\{[^{}]*\}|[^,{}]+/g)
    ?.map((part) => part.trim())
    .filter((part) => part !== '');
  if (!parts || parts.length < 2) return undefined;
  const items = (part: string): string[] =>
    part
      .replace(/^\{|\}$/g, '')
      .split(',')
      .map((item) => item.trim());
  const names = items(parts[0] as string);
  return parts
    .slice(1)
    .map((part) => items(part).flatMap((value, index): Round => (names[index] === undefined ? [] : [[names[index], value]])));
}
