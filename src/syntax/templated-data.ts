import { parseJson, parseYaml } from './data.ts';
import type { SourceText } from './source.ts';
import type { ParsedText, Statement } from './statement.ts';
import { MAYBE, MAYBE_END, PLACEHOLDER, withoutMarks } from './template.ts';
import { parseToml } from './toml.ts';

const PARSERS = { json: parseJson, yaml: parseYaml, toml: parseToml } as const;

/**
 * Reads data. What only becomes that when it is rendered is read too: what it leaves open is unknown, and what stands in
 * a condition or a loop may not be there.
 */
export function parseData({ path, text }: SourceText, language: keyof typeof PARSERS): ParsedText {
  const plain = withoutMarks(text);
  const parsed = PARSERS[language](language === 'json' ? quotePlaceholders(plain) : plain, path);
  markMaybes(parsed.statements, maybeLines(text));
  return parsed;
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
