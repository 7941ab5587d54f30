import { closest, distance } from 'fastest-levenshtein';
import { ignoreAll } from '../../syntax/handlers.ts';
import { placeOfWord, type Statement } from '../../syntax/statement.ts';
import { isUnknown } from '../../syntax/template.ts';
import { ALGORITHMS, IGNORED, MODES, OPTIONS, READ, SERVER_PARAMS } from './keywords.ts';
import { type Context, entityAt } from './proxy.ts';
import { SECTIONS } from './sections.ts';

const PEERS = new Set(['peer', 'server', 'bind', 'default-bind', 'default-server', 'disabled', 'enabled', 'table', 'log', 'shards']);

/** Marks every line as read or of no concern, and notes words that are misspelt. */
export function markAll(context: Context): void {
  for (const section of context.sections) {
    const kind = section.words[0] as string;
    const known = SECTIONS[kind];
    if (!known) {
      if (isUnknown(kind)) section.use = 'read';
      continue;
    }
    section.use = 'read';
    if (known.ignored) for (const line of section.children) ignoreAll(line);
    else if (kind === 'global') for (const line of section.children) line.use = line.words[0] === 'localpeer' ? 'read' : 'ignored';
    else if (kind === 'peers')
      for (const line of section.children) {
        if (PEERS.has(line.words[0] as string)) line.use = 'read';
      }
    else for (const line of section.children) markLine(line, context);
  }
}

function markLine(line: Statement, context: Context): void {
  const keyword = line.words[0] as string;
  if (READ.has(keyword) || isUnknown(keyword)) line.use = 'read';
  else if (IGNORED.has(keyword)) line.use = 'ignored';
  else noteTypo(line, 0, new Set([...READ, ...IGNORED]), context);
  const option = keyword === 'option' ? 1 : keyword === 'no' && line.words[1] === 'option' ? 2 : 0;
  if (option > 0 && !OPTIONS.has(line.words[option] ?? '')) {
    delete line.use;
    noteTypo(line, option, OPTIONS, context);
  }
  if (keyword === 'server') noteServerTypo(line, context);
  if (keyword === 'mode') noteTypo(line, 1, MODES, context);
  if (keyword === 'balance') noteTypo(line, 1, ALGORITHMS, context);
}

/** A server's words can be values, so only a near miss of `check` and its kin that nothing else explains counts. */
function noteServerTypo(line: Statement, context: Context): void {
  for (let index = 3; index < line.words.length; index++) {
    const word = line.words[index] as string;
    const before = line.words[index - 1] as string;
    if (SERVER_PARAMS.has(word) || SERVER_PARAMS.has(before) || !/^[a-z][a-z-]{3,}$/.test(word)) continue;
    if (index > 3 && !/^[\w.%-]*$/.test(before)) continue;
    noteTypo(line, index, SERVER_PARAMS, context);
  }
}

/** HAProxy refuses to start with a word that it does not know; only a near miss of one that it knows is told, since it learns new ones. */
function noteTypo(line: Statement, index: number, known: ReadonlySet<string>, context: Context): void {
  const word = line.words[index] ?? '';
  if (known.has(word) || line.maybe || isUnknown(word) || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(word)) return;
  const suggestion = closest(word, [...known]);
  if (distance(word, suggestion) > (word.length > 6 ? 2 : 1)) return;
  context.facts.remarks.push({
    ...entityAt(line, context),
    at: placeOfWord(line, index),
    kind: 'unknown-keyword',
    subject: word,
    text: `HAProxy does not know '${word}' here and refuses the configuration`,
    suggestion,
  });
}
