import type { SourceText } from './source.ts';
import { isTemplateName, type TemplateToken, templateTokens } from './template-tokens.ts';

/** Stands, once a character, for a template's placeholder: a value that is not known here. */
export const PLACEHOLDER = '\uE000';
/** Begins a stretch that a template's control lines make conditional; stretches nest. */
export const MAYBE = '\uE001';
/** Ends such a stretch. */
export const MAYBE_END = '\uE002';

const PLACEHOLDER_CODE = 0xe000;
const MAYBE_CODE = 0xe001;
const MAYBE_END_CODE = 0xe002;

export function isPlaceholderCode(code: number): boolean {
  return code === PLACEHOLDER_CODE;
}

/** How far a character moves a grammar into (1) or out of (-1) a conditional stretch; 0 for all others. */
export function maybeStep(code: number): number {
  return code === MAYBE_CODE ? 1 : code === MAYBE_END_CODE ? -1 : 0;
}

/** Whether a word holds a placeholder, so that its value is not known. */
export function isUnknown(word: string): boolean {
  return word.includes(PLACEHOLDER);
}

/** A masked text without the marks of conditional stretches, for readers that know none (JSON, YAML). */
export function withoutMarks(text: string): string {
  return text.replace(/[\uE001\uE002]/g, ' ');
}

/**
 * Turns a file into the text that grammars read. In a template, placeholders become PLACEHOLDER
 * characters, control tags and template comments become blanks, and a condition's or a loop's tags
 * leave marks, from which grammars know which statements may not be there. All at equal length, so
 * that every position still holds. A byte order mark is dropped.
 */
export function maskTemplate(path: string, text: string): SourceText {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const tokens = templateTokens(path, plain);
  const tagged = tokens.length > 0 ? maskTokens(plain, tokens) : plain;
  const masked = isTemplateName(path) ? maskVariables(tagged, /\.(?:tftpl|tpl)$/i.test(path)) : tagged;
  return { path, text: masked, template: masked !== plain || isTemplateName(path) };
}

/**
 * Masks `${NAME}`, for platforms that do not know it themselves. Names in lower case count only
 * where `anyCase` says so: Terraform writes them, but so do nginx and Tcl for their own variables.
 */
export function maskVariables(text: string, anyCase: boolean): string {
  if (!text.includes('${')) return text;
  const variable = anyCase ? /\$\{[A-Za-z_][\w.[\]"-]{0,99}\}/g : /\$\{[A-Z_][A-Z0-9_]{0,99}\}/g;
  return text.replace(variable, (name) => PLACEHOLDER.repeat(name.length));
}

/** How far around a tag its line is looked at: keeps the work linear on endless lines. */
const MAX_INLINE = 1000;

/** A tag that opened a block and is still open. */
interface Opened {
  readonly token: TemplateToken;
  readonly conditional: boolean;
  middle: boolean;
}

function maskTokens(text: string, tokens: readonly TemplateToken[]): string {
  const spans: { start: number; end: number; fill: string; mark?: string }[] = [];
  const opened: Opened[] = [];
  for (const token of tokens) {
    const span = { start: token.start, end: token.end, fill: token.kind === 'value' ? PLACEHOLDER : ' ' };
    if (token.kind === 'open' || token.kind === 'scope') {
      const conditional = token.kind === 'open';
      opened.push({ token, conditional, middle: false });
      spans.push(conditional ? { ...span, mark: MAYBE } : span);
    } else if (token.kind === 'close') {
      const opener = opened.pop();
      if (opener?.conditional && isInline(text, opener, token)) {
        while (spans.length > 0 && (spans.at(-1)?.start ?? -1) >= opener.token.start) spans.pop();
        spans.push({ start: opener.token.start, end: token.end, fill: PLACEHOLDER });
      } else {
        spans.push(opener?.conditional ? { ...span, mark: MAYBE_END } : span);
      }
    } else {
      const last = opened.at(-1);
      if (token.kind === 'middle' && last) last.middle = true;
      spans.push(span);
    }
  }
  return fillSpans(text, spans);
}

/**
 * Whether a condition is part of a line rather than around lines: `state {% if a %}MASTER{% endif %}`.
 * Then what it chooses is a value that is not known. A condition with one branch that is the whole
 * line guards a statement instead.
 */
function isInline(text: string, opener: Opened, close: TemplateToken): boolean {
  if (close.start - opener.token.end > MAX_INLINE) return false;
  if (text.slice(opener.token.end, close.start).includes('\n')) return false;
  const before = text.slice(Math.max(0, opener.token.start - MAX_INLINE), opener.token.start);
  const after = text.slice(close.end, close.end + MAX_INLINE);
  return opener.middle || before.slice(before.lastIndexOf('\n') + 1).trim() !== '' || /^[^\S\n]*\S/.test(after);
}

function fillSpans(text: string, spans: readonly { start: number; end: number; fill: string; mark?: string }[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    const filled = text.slice(span.start, span.end).replace(/[^\n\r]/g, span.fill);
    parts.push(text.slice(at, span.start), span.mark ? span.mark + filled.slice(1) : filled);
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

export type { SourceText };
