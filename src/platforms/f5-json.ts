import type { Fact } from '../model/fact.ts';
import { parseJson } from '../syntax/data.ts';
import type { SourceText } from '../syntax/source.ts';
import type { ParsedText, Statement } from '../syntax/statement.ts';
import { maskVariables, PLACEHOLDER, withoutMarks } from '../syntax/template.ts';
import { scalar } from '../syntax/tree.ts';

/** Reads a JSON declaration. One that only becomes JSON when it is rendered is read too: what it leaves open is unknown. */
export function parseDeclaration(source: SourceText): ParsedText {
  const masked = maskVariables(withoutMarks(source.text), true);
  return parseJson(quotePlaceholders(masked), source.path);
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
