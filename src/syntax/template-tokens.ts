/** What a template tag does to the text around it. */
export type TemplateKind =
  | 'value' // stands for text that is not known here
  | 'open' // what follows may or may not be there, or several times
  | 'scope' // opens a block that is always there (`{% raw %}`, `{% block %}`)
  | 'middle' // `else`
  | 'close'
  | 'control'; // an assignment, an include, a comment: leaves nothing behind

/** A tag of a template language, from `start` up to, not including, `end`. */
export interface TemplateToken {
  readonly kind: TemplateKind;
  readonly start: number;
  readonly end: number;
}

/** Tags longer than this are not tags: a stray `{{` must not swallow a file. */
const MAX_TAG = 4000;
const TEMPLATE_NAME = /\.(?:j2|jinja2?|erb|epp|tmpl|tpl|tftpl|ctmpl|gotmpl|template|mustache|hbs|handlebars)$/i;

/** Whether a file's name says that it is a template. */
export function isTemplateName(path: string): boolean {
  return TEMPLATE_NAME.test(path);
}

/**
 * The tags of Jinja, Go templates (Helm, consul-template), Handlebars, ERB and EPP in a text, in
 * order, none inside another. Where the file's name does not say that it is a template, only what
 * nothing but a template would hold counts: F5 writes `{{ip a}{ip b}}`, HAProxy `%{+Q}o`.
 */
export function templateTokens(path: string, text: string): TemplateToken[] {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('<%')) return [];
  const sure = isTemplateName(path);
  const tokens: TemplateToken[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const start = nextOpening(text, at);
    if (start < 0) break;
    const token = tokenAt(text, start, sure, depth);
    if (!token) {
      at = start + 1;
      continue;
    }
    if (token.kind === 'open' || token.kind === 'scope') depth++;
    if (token.kind === 'close') depth--;
    tokens.push(token);
    at = token.end;
  }
  return sure || tokens.some((token) => text[token.start + 1] !== '#') ? tokens : [];
}

/** Offset of the next `{{`, `{%`, `{#` or `<%`. */
function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length - 1; at++) {
    const code = text.charCodeAt(at);
    if (code !== 123 && code !== 60) continue;
    const next = text.charCodeAt(at + 1);
    if (next === 37 || (code === 123 && (next === 123 || next === 35))) return at;
  }
  return -1;
}

function tokenAt(text: string, start: number, sure: boolean, depth: number): TemplateToken | undefined {
  const opening = text.slice(start, start + 2);
  if (opening === '{{') return doubleBraces(text, start, sure, depth);
  const closing = opening === '{%' ? '%}' : opening === '<%' ? '%>' : '#}';
  const window = text.slice(start + 2, start + MAX_TAG);
  const close = window.indexOf(closing);
  if (close < 0) return undefined;
  const body = window.slice(0, close);
  const end = start + 2 + close + 2;
  if (opening === '{#') return sure || !body.includes('\n') ? { kind: 'control', start, end } : undefined;
  const kind = opening === '{%' ? jinjaKind(body, sure) : rubyKind(body, sure, depth);
  return kind && { kind, start, end };
}

function doubleBraces(text: string, start: number, sure: boolean, depth: number): TemplateToken | undefined {
  const window = text.slice(start + 2, start + MAX_TAG);
  const name = TRIPLE.exec(window)?.[0];
  if (name !== undefined) return { kind: 'value', start, end: start + 2 + name.length };
  let close = window.indexOf('}}');
  if (close < 0) return undefined;
  // Without a brace inside, further ones are those of JSON around the tag.
  while (window[close + 2] === '}' && window.slice(0, close).includes('{')) close++;
  const body = window.slice(0, close);
  const end = start + 2 + close + 2;
  if (!sure && (!PLAIN_EXPRESSION.test(body) || isBareWords(body))) return undefined;
  return { kind: braceKind(body, depth), start, end };
}

/** Mustache's `{{{NAME}}}`, which F5's and other tools fill in, behind its first two braces. */
const TRIPLE = /^\{[ \t]{0,8}[\w.]{1,100}[ \t]{0,8}\}\}\}/;

/** Without the file's name to vouch for it: one line, no braces, and something that reads as an expression or a tag. */
const PLAIN_EXPRESSION = /^[-~#/^]?\s*[\w.$'"([!][^{}\n]*$/;

/** Words without anything between them are no expression in any of these languages: F5's `{{ip a}}`. */
function isBareWords(body: string): boolean {
  const [first = '', ...rest] = body.trim().split(/\s+/);
  if (rest.length === 0 || !/^[\w-]+$/.test(first) || FIRST_WORDS.test(first)) return false;
  return rest.every((word) => /^[\w:/-]+$/.test(word) && !OPERATORS.test(word));
}

const FIRST_WORDS = /^(?:if|range|with|define|block|template|include|else|env|key|var|lookup)$/;
const OPERATORS = /^(?:if|or|and|in|is|not)$/;

const OPENS = /^(?:if|unless|range|with|define|for|each|call|macro|case|while|until|foreach)\b/;

function braceKind(body: string, depth: number): TemplateKind {
  const inner = body.replace(/^[-~]/, '').trim();
  if (/^(?:\/\*|!|#--)/.test(inner)) return 'control';
  if (/^[#^]/.test(inner)) return 'open';
  if (/^\/\s*\w/.test(inner)) return 'close';
  if (/^else\b/.test(inner)) return depth > 0 ? 'middle' : 'value';
  if (/^end\s*[-~]?$/.test(inner)) return depth > 0 ? 'close' : 'value';
  if (/^(?:if|range|with|define)\s+\S/.test(inner)) return 'open';
  if (/^block\s+"/.test(inner)) return 'scope';
  if (/^\$\w+\s*:?=/.test(inner) || /^scratch\.\w+Set\b/i.test(inner)) return 'control';
  return 'value';
}

const JINJA_TAG =
  /^(?:if|elif|else|endif|for|endfor|set|endset|macro|endmacro|call|endcall|filter|endfilter|block|endblock|raw|endraw|with|endwith|include|import|from|extends|do|autoescape|endautoescape|trans|endtrans|unless|endunless|case|when|endcase|comment|endcomment|assign)\b/;

function jinjaKind(body: string, sure: boolean): TemplateKind | undefined {
  const inner = body.replace(/^[-+~]/, '').trim();
  if (!JINJA_TAG.test(inner)) return sure ? 'control' : undefined;
  if (/^end/.test(inner)) return 'close';
  if (/^(?:else|elif|when)\b/.test(inner)) return 'middle';
  if (/^set\b/.test(inner)) return inner.includes('=') ? 'control' : 'open';
  if (/^(?:raw|block|filter|with|autoescape|trans)\b/.test(inner)) return 'scope';
  return OPENS.test(inner) || /^comment\b/.test(inner) ? 'open' : 'control';
}

function rubyKind(body: string, sure: boolean, depth: number): TemplateKind | undefined {
  if (body.startsWith('=')) return 'value';
  if (body.startsWith('#')) return 'control';
  const inner = body.replace(/^-|-$/g, '').trim();
  if (!sure && !/^[\w@$}]/.test(inner)) return undefined;
  if (/^(?:else|elsif|when|in|rescue|ensure)\b/.test(inner) || /^\}\s*(?:else|elsif)/.test(inner)) return 'middle';
  if (/^(?:end\b|\}(?:\s*\))?$)/.test(inner)) return depth > 0 ? 'close' : 'control';
  if (/^(?:if|unless|case|for|while|until|begin)\b/.test(inner)) return /\bend$/.test(inner) ? 'control' : 'open';
  return /\bdo\s*(?:\|[^|]*\|)?$/.test(inner) || /\{\s*(?:\|[^|]*\|)?$/.test(inner) ? 'open' : 'control';
}
