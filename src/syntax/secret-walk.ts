import { type Rewrite, withoutOverlaps } from './rewrite.ts';
import { gapAfter, plainWord, restAfter, type Word, wordsOf } from './secret-line-words.ts';
import { keyBlocksOf, MASK, opensKeyBlock, stretchesOf } from './secret-stretches.ts';
import { AFTER, BETWEEN, DIGEST, INLINE, looksSecret, NAMED, NAMES, SECRET_TABLE, SECRET_WORD, TABLE_WORD, WHOLE } from './secret-words.ts';

/** What a line leaves to the next one. */
export type Carry =
  /** Inside a key's block: lines of one word each. */
  | { readonly kind: 'block' }
  /** The keyword ended its line: the next one begins with the secret. */
  | { readonly kind: 'next'; readonly line: string; readonly surely: boolean }
  /** `password: |`, `passwords:`: all lines that stand deeper. */
  | { readonly kind: 'deeper'; readonly line: string }
  /** `name: DB_PASSWORD`: the next line's `value`. */
  | { readonly kind: 'value' }
  /** `/c/sys/ssnmp/snmpv3/comm 1`: the lines below, whose `name` is a community. */
  | { readonly kind: 'community'; readonly line: string }
  /** Within brackets that opened behind a keyword. */
  | { readonly kind: 'brackets'; readonly depth: number; readonly table: boolean };

interface Walked {
  readonly found: Rewrite[];
  readonly carry: Carry | undefined;
}

/** The stretches of a line that may be a secret, given what the line before left. */
export function walkLine(line: string, before: Carry | undefined): Walked {
  const carry = before && continued(before, line);
  if (carry?.kind === 'block' || carry?.kind === 'deeper') {
    const block = blockLine(line, carry);
    if (block) return block;
  }
  const words = wordsOf(line);
  const walk = newWalk(line, carry);
  for (const [i, word] of words.entries()) step(walk, word, words[i - 1]?.text, i === 0);
  return {
    found: withoutOverlaps([...walk.found, ...stretchesOf(line), ...keyBlocksOf(line)]),
    carry: leftOver(line, walk, words.at(-1), carry),
  };
}

/** What of a carry still holds on a line. */
function continued(carry: Carry, line: string): Carry | undefined {
  switch (carry.kind) {
    case 'next':
      if (isComment(carry.line) !== isComment(line)) return undefined;
      return carry.surely || depthOf(line) > depthOf(carry.line) || /;\s*$/.test(line) ? carry : undefined;
    case 'deeper':
    case 'community': {
      if (line.trim() === '') return carry;
      const item =
        carry.kind === 'deeper' && /^[\s#!]*-\s/.test(line) && depthOf(line) === depthOf(carry.line) && !/^[\s#!]*-\s/.test(carry.line);
      return depthOf(line) > depthOf(carry.line) || item ? carry : undefined;
    }
    case 'value':
      return /^[\s#!-]{0,200}["']?value(?:From)?["']?\s*[:=]/i.test(line) ? carry : undefined;
    default:
      return carry;
  }
}

/** A line of a key's block, or of a text that stands below its keyword. */
function blockLine(line: string, carry: Carry): Walked | undefined {
  const [lead = ''] = /^[\s#!;"'-]*/.exec(line) ?? [];
  const text = line.slice(lead.length).trimEnd();
  if (carry.kind === 'block') {
    if (/^-{0,5}END /.test(text)) return undefined;
    if (text === '' || /^[A-Za-z-]{1,40}: /.test(text)) return { found: [], carry };
    if (!/^[\w+/=.\\$;-]+["',]*$/.test(text)) return undefined;
    return { found: [{ start: lead.length, end: lead.length + text.length, text: MASK }], carry };
  }
  if (text === '') return { found: [], carry };
  const key = /^["']?[\w.-]{1,80}["']?\s*:(?=\s|$)\s*["']?/.exec(text)?.[0] ?? '';
  const start = lead.length + key.length;
  const found = line.slice(start).trim() === '' ? [] : [{ start, end: lead.length + text.length, text: MASK }];
  return { found, carry };
}

/** How far the walk over a line's words has come. */
interface Walk {
  readonly line: string;
  /** A statement that is nothing but a key: its first word is a keyword. */
  readonly whole: boolean;
  readonly found: Rewrite[];
  readonly seen: boolean[];
  secret: boolean;
  brackets: { depth: number; readonly table: boolean } | undefined;
  /** End of the last word that was a keyword. */
  keywordEnd: number;
  keyword: string;
  /** The keyword was an option, which the next one ends once something is masked: `-password … -encrypted`. */
  option: boolean;
  masked: boolean;
}

function newWalk(line: string, carry: Carry | undefined): Walk {
  const brackets = carry?.kind === 'brackets' ? { depth: carry.depth, table: carry.table } : undefined;
  const seen = AFTER.map(([before]) => carry?.kind === 'community' && before.test('/snmpv3/comm'));
  const secret = brackets !== undefined || carry?.kind === 'next' || carry?.kind === 'value';
  return { line, whole: WHOLE.test(line), found: [], seen, secret, brackets, keywordEnd: -1, keyword: '', option: false, masked: false };
}

function step(walk: Walk, word: Word, previous: string | undefined, first: boolean): void {
  if (walk.brackets) follow(walk, walk.line.slice(word.last, word.start));
  const plain = plainWord(word.text);
  const named = previous !== undefined && NAMES.test(plainWord(previous));
  const keyword = !named && isKeyword(walk, plain);
  if (!walk.brackets && walk.masked && walk.option && /^-[a-z]/i.test(word.text)) walk.secret = false;
  const shown = walk.secret && isShown(walk, word, keyword, first);
  if (walk.secret && !shown) {
    mask(walk, word.start, word.end);
    walk.masked = true;
  } else if (looksSecret(word.text)) mask(walk, word.start, word.end);
  else if (/\s/.test(word.text)) for (const one of within(word)) walk.found.push(one);
  else {
    const inline = INLINE.exec(word.text);
    if (inline) mask(walk, word.start + inline[0].length, word.end);
  }
  for (const [i, [before]] of AFTER.entries()) if (before.test(plain)) walk.seen[i] = true;
  if (keyword && (!walk.secret || shown)) {
    walk.secret = true;
    walk.keywordEnd = word.end - (/[:=]{0,2}$/.exec(word.text)?.[0].length ?? 0);
    walk.keyword = plain;
    walk.option = word.text.startsWith('-');
    walk.masked = false;
    const table = SECRET_TABLE.test(plain);
    if (!walk.brackets && /^["']?\s*(?:[:=]\s*[{[]|\[)/.test(gapAfter(walk.line, word))) walk.brackets = { depth: 0, table };
    else if (table) walk.secret = false;
  }
  if (walk.secret && !walk.brackets && endsStatement(restAfter(walk.line, word), keyword)) walk.secret = false;
}

function isKeyword(walk: Walk, plain: string): boolean {
  if (SECRET_WORD.test(plain) || SECRET_TABLE.test(plain)) return true;
  if (walk.whole && /^(?:key|authentication|pass)$/i.test(plain)) return true;
  return walk.seen.some((seen, i) => seen && AFTER[i]?.[1].test(plain));
}

/** The secrets within quotes: in a description, a script's command line, a text of several statements. */
function within(word: Word): Rewrite[] {
  return walkLine(word.text, undefined).found.map(({ start, end, text }) => ({ start: start + word.start, end: end + word.start, text }));
}

/** Whether a word behind a keyword is none of the secret. */
function isShown(walk: Walk, word: Word, keyword: boolean, first: boolean): boolean {
  const isKey = /^["']?\s*:(?:\s|$|["'{[])/.test(gapAfter(walk.line, word));
  if (walk.brackets) return walk.brackets.table ? TABLE_WORD.test(word.text) : isKey;
  if (BETWEEN.test(word.text.replace(/[:=]$/, ''))) return true;
  if (first && /^value\W?$/i.test(word.text)) return true;
  return keyword && (!walk.secret || word.text.startsWith('-') || isKey || /[:=]$/.test(word.text));
}

function follow(walk: Walk, gap: string): void {
  if (!walk.brackets) return;
  for (const char of gap) {
    if (char === '{' || char === '[') walk.brackets.depth++;
    if (char === '}' || char === ']') walk.brackets.depth--;
    if (walk.brackets.depth > 0 || !/[{}[\]]/.test(char)) continue;
    walk.brackets = undefined;
    walk.secret = false;
    return;
  }
}

function mask({ found }: Walk, start: number, end: number): void {
  found.push({ start, end, text: MASK });
}

/** Whether a statement, or a JSON value, ends behind a word. */
function endsStatement(rest: string, keyword: boolean): boolean {
  if (/^["']?\)?\s*[;{}](?:\s|$|["'}\],;)])/.test(rest)) return true;
  return !keyword && (/^["']\s*,/.test(rest) || /^,\s+["']?[\w.-]{1,80}["']?\s*:\s/.test(rest));
}

function leftOver(line: string, walk: Walk, last: Word | undefined, before: Carry | undefined): Carry | undefined {
  if (line.includes('$ANSIBLE_VAULT') || opensKeyBlock(line)) return { kind: 'block' };
  if (walk.brackets) {
    follow(walk, last ? gapAfter(line, last) : line);
    if (walk.brackets) return { kind: 'brackets', ...walk.brackets };
  }
  if (before?.kind === 'community') return before;
  if (/\/snmpv3\/comm\s/.test(line)) return { kind: 'community', line };
  const named = NAMED.exec(line)?.[1];
  if (named && (SECRET_WORD.test(named) || /authorization$/i.test(named))) return { kind: 'value' };
  if (walk.keywordEnd < 0 || /^\s*(?:no|undo|delete)\s/.test(line) || DIGEST.test(walk.keyword)) return undefined;
  const rest = line.slice(walk.keywordEnd).replace(/^["']/, '').trim();
  if (/^:\s*(?:!\w+\s*)?(?:[|>][-+\d]{0,2})?$/.test(rest) || (rest === '' && /:$/.test(line.trimEnd()))) return { kind: 'deeper', line };
  if (/^(?:(?:\d|0x)?\s*\\|[=:]\s*\\?|##.*)?$/.test(rest)) return { kind: 'next', line, surely: rest.endsWith('\\') };
  return undefined;
}

function isComment(line: string): boolean {
  return /^\s*[#!;]/.test(line);
}

/** Where a line's text begins, a comment's sign not counted. */
function depthOf(line: string): number {
  return /^[\s#!;]*/.exec(line)?.[0].length ?? 0;
}
