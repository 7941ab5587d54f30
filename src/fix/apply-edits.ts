import type { Edit } from '../rules/finding.ts';

/** A text with edits made, and those that wait because one before them changes the same place. */
export interface Edited {
  readonly text: string;
  readonly waiting: readonly Edit[];
}

/**
 * Makes edits in one text. Where two clash the first of the list is made, and the other waits for the next text;
 * the same edit twice is made once. All else stays as it is, line ends included.
 */
export function applyEdits(text: string, edits: readonly Edit[]): Edited {
  const { taken, waiting } = withoutClashes(edits);
  const starts = lineStarts(text);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  let result = '';
  let at = 0;
  for (const edit of taken.sort((a, b) => a.line - b.line || a.column - b.column)) {
    result += text.slice(at, offset(edit.line, edit.column)) + edit.text;
    at = offset(edit.endLine, edit.endColumn);
  }
  return { text: result + text.slice(at), waiting };
}

function withoutClashes(edits: readonly Edit[]): { readonly taken: Edit[]; readonly waiting: Edit[] } {
  const taken: Edit[] = [];
  const waiting: Edit[] = [];
  for (const edit of edits) {
    if (taken.some((other) => clash(edit, other))) waiting.push(edit);
    else if (!taken.some((other) => same(edit, other))) taken.push(edit);
  }
  return { taken, waiting };
}

/** Whether two different edits cannot both be made: they overlap, or one inserts where the other begins or ends. */
export function clash(a: Edit, b: Edit): boolean {
  if (a.file !== b.file || same(a, b)) return false;
  const apart = (left: Edit, right: Edit) => {
    const between = right.line - left.endLine || right.column - left.endColumn;
    return between > 0 || (between === 0 && !inserts(left) && !inserts(right));
  };
  return !apart(a, b) && !apart(b, a);
}

function same(a: Edit, b: Edit): boolean {
  return (['file', 'line', 'column', 'endLine', 'endColumn', 'text'] as const).every((key) => a[key] === b[key]);
}

function inserts(edit: Edit): boolean {
  return edit.line === edit.endLine && edit.column === edit.endColumn;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
