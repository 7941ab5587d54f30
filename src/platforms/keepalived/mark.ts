import { closest, distance } from 'fastest-levenshtein';
import { ignoreAll } from '../../syntax/handlers.ts';
import { placeOfHead, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import type { Context } from './context.ts';
import { BLOCKS, blockName } from './keywords.ts';

/** May stand anywhere. */
const INCLUDE = /^include[rmwba]?$/;

/**
 * Marks every statement as read or of no concern, and notes keywords that keepalived does not know:
 * it logs `Unknown keyword` and goes on as if the line were not there.
 */
export function markAll(context: Context): void {
  const stack = context.roots.map((statement) => ({ statement, outer: '' }));
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { statement, outer } = item;
    const keyword = statement.words[0] as string;
    const block = BLOCKS[outer];
    if (!block) continue;
    if (block.free || isUnknown(keyword) || INCLUDE.test(keyword) || block.read.includes(keyword)) {
      statement.use = 'read';
      const name = block.free ? outer : blockName(keyword, outer);
      for (const one of statement.children.map((child) => ({ statement: child, outer: name }))) stack.push(one);
    } else if (block.ignore.includes(keyword)) {
      ignoreAll(statement);
    } else {
      noteUnknown(statement, keyword, outer, context);
    }
  }
}

function noteUnknown(statement: Statement, keyword: string, outer: string, context: Context): void {
  // What is no word is no misspelt keyword: the remains of a template, of a shell script around the config.
  if (statement.maybe || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(keyword)) return;
  const suggestion = suggestionFor(keyword, outer);
  context.facts.remarks.push({
    at: placeOfHead(statement),
    device: context.device,
    platform: 'keepalived',
    kind: 'unknown-keyword',
    subject: keyword,
    text: `keepalived does not know '${keyword}' ${outer === '' ? 'outside a block' : `in ${outer}`}: it logs "Unknown keyword" and the setting is not in force`,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function suggestionFor(keyword: string, outer: string): string | undefined {
  const block = BLOCKS[outer];
  const known = [...(block?.read ?? []), ...(block?.ignore ?? [])];
  if (known.includes(`vrrp_${keyword}`)) return `vrrp_${keyword}`;
  if (known.length === 0) return undefined;
  const nearest = closest(keyword, known);
  return distance(keyword, nearest) <= Math.max(1, Math.floor(keyword.length / 4)) ? nearest : undefined;
}
